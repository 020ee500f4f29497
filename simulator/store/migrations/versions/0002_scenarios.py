"""Scenarios with their versions, who did what, and the PIN for changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables of scenarios, of the log and of the PIN."""
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("archived_at", _MOMENT),
        sa.Column("deleted_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
    )
    op.create_table(
        "scenario_versions",
        sa.Column("scenario_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("based_on", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "author", "note")),
        sa.Column("saved_at", _MOMENT, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("edition", "baseline", "fingerprint", "unit", "parameters")
        ),
        *(sa.Column(name, sa.Integer) for name in ("total", "place", "pool_size")),
        sa.PrimaryKeyConstraint("scenario_id", "number", name="pk_scenario_versions"),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.id"], name="fk_scenario_versions_scenario_id",
            ondelete="CASCADE",
        ),
    )  # fmt: skip
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "client", "action", "what")),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_at", "events", ["at"])
    op.create_table(
        "pins",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("set_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pins"),
    )
    op.create_table(
        "pin_failures",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pin_failures"),
    )
    # Scenarios are counted apart: saving one must not make every process read its figures anew.
    op.execute("INSERT INTO changes (id, number) VALUES (2, 0)")


def downgrade() -> None:
    """Remove them: scenarios that were saved are lost."""
    op.execute("DELETE FROM changes WHERE id = 2")
    for table in ("pin_failures", "pins", "events", "scenario_versions", "scenarios"):
        op.drop_table(table)
