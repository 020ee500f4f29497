"""Who did what and when: a log that only grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from simulator.store.records import Actor, check_text
from simulator.store.schema import events


class Action(StrEnum):
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
    """Write what is done into the log, in the transaction that does it."""
    row = {
        "at": datetime.now(UTC), "who": check_text("who", by.name), "action": action.value,
        "client": check_text("client", by.client), "what": check_text("what", what),
    }  # fmt: skip
    connection.execute(insert(events), row)


def newest(connection: Connection, most: int) -> tuple[Event, ...]:
    """At most ``most`` entries, the newest first."""
    query = select(events).order_by(events.c.id.desc()).limit(most)
    return tuple(
        Event(row.at, row.who, row.client, Action(row.action), row.what)
        for row in connection.execute(query)
    )
