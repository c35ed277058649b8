"""A plugin's migration must run in a site whose image model is another one."""

from cms.management.commands.makemigrations import portable

WRITTEN_BY_DJANGO = """\
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0002_media'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='partner',
            name='logo',
            field=models.ForeignKey(on_delete=models.CASCADE, to='cms.cmsimage'),
        ),
        migrations.AddField(
            model_name='partner',
            name='flyer',
            field=models.ForeignKey(on_delete=models.CASCADE, to='cms.cmsdocument'),
        ),
    ]
"""


def test_media_models_are_named_by_the_settings_of_the_site() -> None:
    source = portable(WRITTEN_BY_DJANGO)

    assert "'cms" not in source
    assert "on_delete=models.CASCADE, to=get_image_model_string())" in source
    assert "on_delete=models.CASCADE, to=get_document_model_string())" in source
    assert "migrations.swappable_dependency(get_image_model_string())," in source
    assert "migrations.swappable_dependency(get_document_model_string())," in source
    assert "('wagtailcore', '0098_apitoken')," in source


def test_the_rewritten_migration_imports_what_it_calls() -> None:
    namespace: dict[str, object] = {}

    exec(portable(WRITTEN_BY_DJANGO), namespace)  # noqa: S102  (the text above, and nothing else)

    assert "Migration" in namespace


def test_a_migration_without_media_stays_as_django_wrote_it() -> None:
    source = "from django.db import migrations\n\ndependencies = [\n    ('v2v_pages', '0001'),\n]\n"

    assert portable(source) == source
