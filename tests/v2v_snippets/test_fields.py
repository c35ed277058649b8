"""Blocks stay out of migrations, and a migration loses nothing of what is stored."""

from django.db.migrations.writer import MigrationWriter

from v2v_pages.models import NewsPage
from v2v_snippets.fields import StreamField

STORED = [{"type": "paragraph", "value": "<p>Kick-off</p>", "id": "1"}]


def test_migration_names_the_field_and_none_of_its_blocks() -> None:
    written, _imports = MigrationWriter.serialize(NewsPage._meta.get_field("body"))
    assert written.startswith("v2v_snippets.fields.StreamField(")
    assert "Block" not in written


def test_field_of_a_migration_hands_out_and_writes_back_what_is_stored() -> None:
    field = StreamField()
    value = field.to_python(STORED)
    assert list(value.raw_data) == STORED
    assert field.get_prep_value(value) == STORED


def test_field_of_a_migration_reads_malformed_json_as_empty() -> None:
    assert StreamField().get_prep_value(StreamField().to_python("{broken")) == []
