"""Letterheads and templates an office sets for its papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of letterheads and templates."""
    op.create_table(
        "letterheads",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("unit", "language", "fields")),
        *_set(),
        sa.PrimaryKeyConstraint("unit", "language", name="pk_letterheads"),
    )
    op.create_table(
        "document_templates",
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("part", "language", "name", "sha256")
        ),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_set(),
        sa.PrimaryKeyConstraint("part", "language", name="pk_document_templates"),
    )


def _set() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Remove them: what the office set is lost."""
    for table in ("document_templates", "letterheads"):
        op.drop_table(table)
