"""Imported figures, the files they came from, and the counter of changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first version."""
    op.create_table(
        "imports",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("captured_at", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("is_complete", sa.Boolean, nullable=False),
        sa.Column("default_unit", sa.Text, nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("lacks", sa.Text, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Text, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_table(
        "import_tables",
        sa.Column("import_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("parquet", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("import_id", "kind", name="pk_import_tables"),
        _of_import("import_tables"),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_originals"),
    )
    _create_what_refers_to_these()
    changes = op.create_table(
        "changes",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.bulk_insert(changes, [{"id": 1, "number": 0}])


def _create_what_refers_to_these() -> None:
    op.create_table(
        "import_files",
        sa.Column("import_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("import_id", "position", name="pk_import_files"),
        _of_import("import_files"),
        sa.ForeignKeyConstraint(["sha256"], ["originals.sha256"], name="fk_import_files_sha256"),
    )
    op.create_index("ix_import_files_sha256", "import_files", ["sha256"])
    op.create_table(
        "import_units",
        sa.Column("import_id", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("pool", sa.Text),
        sa.Column("total", sa.Integer),
        sa.PrimaryKeyConstraint("import_id", "unit", name="pk_import_units"),
        _of_import("import_units"),
    )
    op.create_index("ix_import_units_unit", "import_units", ["unit"])


def _of_import(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["import_id"], ["imports.id"], name=f"fk_{table}_import_id", ondelete="CASCADE"
    )


def downgrade() -> None:
    """Remove everything: what was imported is lost."""
    for table in ("import_units", "import_files", "originals", "import_tables", "imports"):
        op.drop_table(table)
    op.drop_table("changes")
