import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        ('v2v_snippets', '0010_accessibility'),
    ]

    operations = [
        migrations.AddField(
            model_name='projectsettings',
            name='privacy_page',
            field=models.ForeignKey(blank=True, help_text='Forms lead to it, and below its text it names the controller.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page about privacy'),
        ),
    ]
