from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def remember_who_left(apps: Any, schema_editor: Any) -> None:
    """Keeps what was read from subscriptions until now, before more of them are forgotten."""
    Delivery = apps.get_model("communication_newsletters", "Delivery")
    Subscription = apps.get_model("communication_newsletters", "Subscription")
    left = Subscription.objects.filter(pk=OuterRef("subscription_id"), state="unsubscribed")
    Delivery.objects.filter(
        state__in=["accepted", "uncertain"], subscription__state="unsubscribed"
    ).update(left_at=Subquery(left.values("unsubscribed_at")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('communication_newsletters', '0006_fewer_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='frozen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='left_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='checked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='faulty_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='is_repeated',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='dispatch',
            name='paused_reason',
            field=models.CharField(blank=True, choices=[('asked', 'paused by hand'), ('too_late', 'its time had passed when a worker came to it'), ('refused', 'the mail server refuses us or our mail'), ('unreachable', 'the mail server cannot be reached'), ('failures', 'too many addresses were refused'), ('uncertain', 'one mail after the other became uncertain'), ('withdrawn', 'something in the issue is no longer public'), ('error', 'a fault of this site')], max_length=16, verbose_name='reason of the pause'),
        ),
        migrations.RunPython(remember_who_left, migrations.RunPython.noop, elidable=True),
    ]
