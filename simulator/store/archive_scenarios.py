"""Scenarios with all versions, and the log, as parts of a backup; and back into a store.

Nothing that is in the store is changed: what a backup brings is added to it. Versions that go on
where those of the store end are added behind them. Where others were saved in the store meanwhile
its newest version stays the newest: the line of the backup becomes a scenario of its own, with its
names, moments and numbers, and is known there the next time.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, insert, select

import simulator.store.events as events
from simulator.store.archive_values import moment_of, text_of
from simulator.store.engine import Content, changed
from simulator.store.records import Amounts, Restored, check_text
from simulator.store.scenario_records import (
    NUMBERS,
    NewVersion,
    Version,
    content_row,
    version_of,
    whole_row,
)
from simulator.store.schema import events as event_rows
from simulator.store.schema import scenario_versions, scenarios

_MOMENTS = ("created_at", "archived_at", "deleted_at")
_MOST_NUMBER = 2**31 - 1  # what both databases hold
# Versions by number: when they were saved and what they hold.
Line = dict[int, tuple[object, ...]]


@dataclass(frozen=True)
class Scenario:
    """One scenario of a backup: its id, its moments by column, its versions in their order."""

    id: str
    moments: Mapping[str, datetime | None]
    versions: tuple[Version, ...]


def stored(connection: Connection) -> tuple[Scenario, ...]:
    """All scenarios, also archived and deleted ones."""
    by_key = scenario_versions.c.scenario_id, scenario_versions.c.number
    rows = connection.execute(select(scenario_versions).order_by(*by_key))
    found = {
        key: tuple(group)
        for key, group in groupby(map(version_of, rows), key=lambda one: one.scenario_id)
    }
    query = select(scenarios).order_by(scenarios.c.created_at, scenarios.c.id)
    return tuple(
        Scenario(row.id, {column: getattr(row, column) for column in _MOMENTS}, found[row.id])
        for row in connection.execute(query)
    )


def listed(found: Iterable[Scenario]) -> list[dict[str, Any]]:
    """Scenarios as they are written into the list of a backup."""
    return [
        {"id": one.id}
        | {column: moment and moment.isoformat() for column, moment in one.moments.items()}
        | {"versions": [_listed(version) for version in one.versions]}
        for one in found
    ]


def _listed(version: Version) -> dict[str, Any]:
    about = {
        "number": version.number, "based_on": version.based_on,
        "saved_at": version.saved_at.isoformat(),
    }  # fmt: skip
    return about | asdict(version.content)


def logged(connection: Connection) -> list[dict[str, str]]:
    """The log as it is written into the list of a backup."""
    return [
        asdict(event) | {"at": event.at.isoformat(), "action": event.action.value}
        for event in events.everything(connection)
    ]


def taken_out(raw: Mapping[str, Any]) -> Scenario:
    """A scenario of a backup; any error if it is not one that :func:`listed` wrote."""
    key = check_text("id", text_of(raw["id"]))
    moments = {column: _moment(raw[column]) for column in _MOMENTS}
    versions = tuple(_version(key, one) for one in raw["versions"])
    numbers = [version.number for version in versions]
    if not numbers or numbers != sorted(set(numbers)) or moments["created_at"] is None:
        raise ValueError(key)
    for version in versions:
        if version.based_on not in (None, *(n for n in numbers if n < version.number)):
            raise ValueError(f"{key}: {version.number}")
    return Scenario(key, moments, versions)


def _version(key: str, raw: Mapping[str, Any]) -> Version:
    texts = {
        name: text_of(raw[name])
        for name in NewVersion.__dataclass_fields__
        if name not in (*NUMBERS, "parameters")
    }
    parameters = {text_of(name): text_of(value) for name, value in raw["parameters"].items()}
    numbers = {name: _whole(raw[name]) for name in NUMBERS}
    content = NewVersion(**texts, **numbers, parameters=parameters)  # type: ignore[arg-type]
    content_row(content)
    number, saved_at = _whole(raw["number"]), _moment(raw["saved_at"])
    if not number or saved_at is None:
        raise ValueError(f"{key}: {number}")
    return Version(key, number, _whole(raw["based_on"]), saved_at, content)


def event_of(raw: Mapping[str, Any]) -> events.Event:
    """An entry of the log; any error if it is not one that :func:`logged` wrote."""
    at = _moment(raw["at"])
    if at is None:
        raise ValueError("at")
    texts = {name: check_text(name, text_of(raw[name])) for name in ("who", "client", "what")}
    return events.Event(at=at, action=events.Action(raw["action"]), **texts)


def _whole(value: object) -> int | None:
    if value is not None and (type(value) is not int or not 0 <= value <= _MOST_NUMBER):
        raise ValueError(value)
    return value


def _moment(value: object) -> datetime | None:
    return None if value is None else moment_of(value)


def restore(connection: Connection, brought: Iterable[Scenario]) -> Restored:
    """Add scenarios that are not there, and versions that those there do not have.

    ``figures`` of the answer are 0.
    """
    there = {one.id: _line(one.versions) for one in stored(connection)}
    added, known = [0, 0], [0, 0]
    for one in brought:
        line = _line(one.versions)
        home = _home(one.id, line, there)
        key = home or (secrets.token_hex(6) if one.id in there else one.id)
        if home is None:
            connection.execute(insert(scenarios), {"id": key, **one.moments})
        mine = there.get(key, {})
        missing = [replace(it, scenario_id=key) for it in one.versions if it.number not in mine]
        if missing:
            connection.execute(insert(scenario_versions), [whole_row(it) for it in missing])
        there[key] = mine | line
        (added if home is None else known)[0] += 1
        added[1] += len(missing)
        known[1] += len(one.versions) - len(missing)
    if added[1]:
        changed(connection, Content.SCENARIOS)
    return Restored(Amounts(0, *added), Amounts(0, *known))


def _line(versions: Iterable[Version]) -> Line:
    return {it.number: (it.saved_at, *content_row(it.content).values()) for it in versions}


def _home(key: str, line: Line, there: Mapping[str, Line]) -> str | None:
    """The scenario that ``line`` is the same as, the beginning of, or goes on; its own first."""
    others = (one for one in there if one != key)
    return next((one for one in (key, *others) if _goes_on(line, there.get(one, {}))), None)


def _goes_on(line: Line, mine: Line) -> bool:
    """True if the two have versions in common and no number that means another version."""
    common = mine.keys() & line.keys()
    return bool(common) and all(mine[number] == line[number] for number in common)


def restore_log(connection: Connection, brought: Iterable[events.Event]) -> None:
    """Add the entries that are not there."""
    missing = Counter(brought) - Counter(events.everything(connection))
    rows = [asdict(event) | {"action": event.action.value} for event in missing.elements()]
    if rows:
        connection.execute(insert(event_rows), rows)
