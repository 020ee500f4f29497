"""Who did what and when: a log that only grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from simulator.store.records import Actor, check_text, one_line
from simulator.store.schema import events

MOST = 300  # characters of a name in the log


class Action(StrEnum):
    """What is logged; the value is kept in the store."""

    SCENARIO_SAVED = "scenario_saved"
    SCENARIO_RENAMED = "scenario_renamed"
    SCENARIO_ARCHIVED = "scenario_archived"
    SCENARIO_UNARCHIVED = "scenario_unarchived"
    SCENARIO_DELETED = "scenario_deleted"
    SCENARIO_UNDELETED = "scenario_undeleted"
    FIGURES_IMPORTED = "figures_imported"
    FIGURES_RENAMED = "figures_renamed"
    FIGURES_DELETED = "figures_deleted"
    FIGURES_UNDELETED = "figures_undeleted"
    FIGURES_PURGED = "figures_purged"
    LETTERHEAD_SET = "letterhead_set"
    LETTERHEAD_CLEARED = "letterhead_cleared"
    TEMPLATE_SET = "template_set"
    TEMPLATE_CLEARED = "template_cleared"
    BACKUP_RESTORED = "backup_restored"
    PIN_SET = "pin_set"
    PIN_CLEARED = "pin_cleared"
    PIN_REFUSED = "pin_refused"


@dataclass(frozen=True)
class Event:
    """``who``: the name as typed; ``client``: the address; ``what``: name of what it is about."""

    at: datetime
    who: str
    client: str
    action: Action
    what: str


def note(connection: Connection, action: Action, what: str, by: Actor) -> None:
    """Write what is done into the log, in the transaction that does it.

    Every text is one line; one that is very long is cut, visibly: the log must not be filled by
    one entry. :class:`DataError` for a text the store cannot hold.
    """
    texts = {"who": by.name, "client": by.client, "what": what}
    row = {"at": datetime.now(UTC), "action": action.value}
    row |= {column: _cut(one_line(check_text(column, value))) for column, value in texts.items()}
    connection.execute(insert(events), row)


def _cut(value: str) -> str:
    return value if len(value) <= MOST else value[: MOST - 1] + "…"


def newest(connection: Connection, most: int) -> tuple[Event, ...]:
    """At most ``most`` entries, the newest first."""
    # By moment first: what a backup brought back is older than its number.
    order = events.c.at.desc(), events.c.id.desc()
    query = select(events).order_by(*order).limit(most)
    return tuple(_event(row) for row in connection.execute(query))


def everything(connection: Connection) -> tuple[Event, ...]:
    """The whole log, the oldest first."""
    query = select(events).order_by(events.c.at, events.c.id)
    return tuple(_event(row) for row in connection.execute(query))


def _event(row: Row[Any]) -> Event:
    return Event(row.at, row.who, row.client, Action(row.action), row.what)
