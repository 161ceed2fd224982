"""PostgreSQL itself refuses two exclusive claims on one resource at once. SQLite's single writer checks in the rule."""

from django.db import migrations

ADD = """
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER TABLE scheduling_sessions_claim ADD CONSTRAINT claims_never_overlap
    EXCLUDE USING gist (resource WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (exclusive);
"""
DROP = "ALTER TABLE scheduling_sessions_claim DROP CONSTRAINT claims_never_overlap"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("scheduling_sessions", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
