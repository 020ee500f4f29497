"""Scenarios in the store: every save is a version, and no version is ever changed or lost."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from simulator.errors import DataError
from simulator.store.engine import Content, Database, changed
from simulator.store.events import Action, note
from simulator.store.reading import version
from simulator.store.records import Actor, check_text
from simulator.store.schema import scenario_versions, scenarios

_TEXTS = ("name", "author", "note", "edition", "baseline", "fingerprint", "unit")
MOST_NAME, MOST_AUTHOR, MOST_NOTE = 120, 80, 2000


@dataclass(frozen=True)
class NewVersion:
    """A scenario as it is to be saved.

    ``parameters``: those of its link; ``fingerprint``: of the figures it was made on; ``total``
    (hundredths), ``place`` and ``pool_size``: what it shows now.
    """

    name: str
    author: str
    note: str
    edition: str
    baseline: str
    fingerprint: str
    unit: str
    parameters: Mapping[str, str]
    total: int | None = None
    place: int | None = None
    pool_size: int | None = None


@dataclass(frozen=True)
class Version:
    """A saved version; ``based_on``: the one it was made from, None for the first."""

    scenario_id: str
    number: int
    based_on: int | None
    saved_at: datetime
    content: NewVersion


@dataclass(frozen=True)
class KeptScenario:
    """A scenario with its newest version and how many there are."""

    id: str
    created_at: datetime
    archived_at: datetime | None
    deleted_at: datetime | None
    newest: Version
    versions: int


@dataclass(frozen=True)
class Saved:
    """The version that was written, and those others saved since the one it was made from."""

    version: Version
    meanwhile: tuple[Version, ...] = ()


class Scenarios:
    """The scenarios of one store; may be shared between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewVersion, client: str = "") -> Version:
        """A new scenario with this as its first version; ``client``: the address it comes from."""
        row = _row(new)
        key, now = secrets.token_hex(6), datetime.now(UTC)
        with self._database.writing() as connection:
            connection.execute(insert(scenarios), {"id": key, "created_at": now})
            note(connection, Action.SCENARIO_SAVED, new.name, Actor(new.author, client))
            return _add(connection, key, 1, None, now, new, row)

    def save(self, key: str, new: NewVersion, based_on: int, client: str = "") -> Saved:
        """One more version; what others saved since version ``based_on`` stays and is told."""
        row = _row(new)
        with self._database.writing() as connection:
            _require(connection, key)
            later = [one for one in _versions(connection, key) if one.number > based_on]
            number = max((one.number for one in later), default=based_on) + 1
            note(connection, Action.SCENARIO_SAVED, new.name, Actor(new.author, client))
            made = _add(connection, key, number, based_on, datetime.now(UTC), new, row)
            return Saved(made, tuple(later))

    def rename(self, key: str, name: str, by: Actor) -> Version:
        """The newest version once more, under another name."""
        with self._database.writing() as connection:
            _require(connection, key)
            newest = _versions(connection, key)[-1]
            new = replace(newest.content, name=name, author=by.name)
            note(connection, Action.SCENARIO_RENAMED, f"{newest.content.name} → {name}", by)
            number, now = newest.number + 1, datetime.now(UTC)
            return _add(connection, key, number, newest.number, now, new, _row(new))

    def listed(self, deleted: bool = False) -> tuple[KeptScenario, ...]:
        """All scenarios in use (archived ones too), or the deleted ones; last saved first."""
        gone = scenarios.c.deleted_at
        newest = (
            select(
                scenario_versions.c.scenario_id,
                func.max(scenario_versions.c.number).label("number"),
                func.count().label("versions"),
            )
            .group_by(scenario_versions.c.scenario_id)
            .subquery()
        )
        query = (
            select(scenarios, newest.c.versions, scenario_versions)
            .join(newest, newest.c.scenario_id == scenarios.c.id)
            .join(
                scenario_versions,
                (scenario_versions.c.scenario_id == scenarios.c.id)
                & (scenario_versions.c.number == newest.c.number),
            )
            .where(gone.is_not(None) if deleted else gone.is_(None))
        )
        with self._database.reading() as connection:
            found = [
                KeptScenario(
                    row.id, row.created_at, row.archived_at, row.deleted_at, _version(row),
                    row.versions,
                )
                for row in connection.execute(query)
            ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.newest.saved_at, one.id), reverse=True))

    def versions(self, key: str) -> tuple[Version, ...]:
        """All versions of a scenario, the first one first; :class:`DataError` if unknown."""
        with self._database.reading() as connection:
            found = _versions(connection, key)
        if not found:
            raise DataError("scenario_unknown", id=key)
        return found

    def version(self, key: str, number: int | None = None) -> Version:
        """One version, by default the newest; :class:`DataError` if there is none."""
        found = [one for one in self.versions(key) if number in (None, one.number)]
        if not found:
            raise DataError("scenario_version_unknown", id=key, number=number)
        return found[-1]

    def archive(self, key: str, by: Actor) -> None:
        """Out of the way; :meth:`unarchive` brings it back."""
        self._mark(key, Action.SCENARIO_ARCHIVED, by, archived_at=datetime.now(UTC))

    def unarchive(self, key: str, by: Actor) -> None:
        self._mark(key, Action.SCENARIO_UNARCHIVED, by, archived_at=None)

    def delete(self, key: str, by: Actor) -> None:
        """Out of the lists; :meth:`undelete` brings it back at any time."""
        self._mark(key, Action.SCENARIO_DELETED, by, deleted_at=datetime.now(UTC))

    def undelete(self, key: str, by: Actor) -> None:
        self._mark(key, Action.SCENARIO_UNDELETED, by, deleted_at=None)

    def _mark(self, key: str, action: Action, by: Actor, **moments: datetime | None) -> None:
        with self._database.writing() as connection:
            _require(connection, key)
            connection.execute(update(scenarios).where(scenarios.c.id == key).values(**moments))
            note(connection, action, _versions(connection, key)[-1].content.name, by)
            changed(connection, Content.SCENARIOS)

    def number_of_changes(self) -> int:
        """Grows with every change of a scenario by any process."""
        with self._database.reading() as connection:
            return version(connection, Content.SCENARIOS)


def _row(new: NewVersion) -> dict[str, Any]:
    """The columns of a version; :class:`DataError` for what the store could not return."""
    _check_length(new)
    row = {column: check_text(column, getattr(new, column)) for column in _TEXTS}
    parameters = json.dumps(dict(new.parameters), ensure_ascii=False)
    return row | {
        "parameters": check_text("parameters", parameters),
        "total": new.total, "place": new.place, "pool_size": new.pool_size,
    }  # fmt: skip


def _check_length(new: NewVersion) -> None:
    if not new.name.strip():
        raise DataError("scenario_without_name")
    for column, most in (("name", MOST_NAME), ("author", MOST_AUTHOR), ("note", MOST_NOTE)):
        length = len(getattr(new, column))
        if length > most:
            raise DataError("scenario_text_long", column=column, length=length, most=most)


def _add(
    connection: Connection, key: str, number: int, based_on: int | None, now: datetime,
    new: NewVersion, row: Mapping[str, Any],
) -> Version:  # fmt: skip
    about = {"scenario_id": key, "number": number, "based_on": based_on, "saved_at": now}
    connection.execute(insert(scenario_versions), {**about, **row})
    changed(connection, Content.SCENARIOS)
    return Version(key, number, based_on, now, new)


def _require(connection: Connection, key: str) -> None:
    if connection.scalar(select(scenarios.c.id).where(scenarios.c.id == key)) is None:
        raise DataError("scenario_unknown", id=key)


def _versions(connection: Connection, key: str) -> tuple[Version, ...]:
    query = (
        select(scenario_versions)
        .where(scenario_versions.c.scenario_id == key)
        .order_by(scenario_versions.c.number)
    )
    return tuple(_version(row) for row in connection.execute(query))


def _version(row: Row[Any]) -> Version:
    content = NewVersion(
        **{column: getattr(row, column) for column in _TEXTS},
        parameters=json.loads(row.parameters),
        total=row.total, place=row.place, pool_size=row.pool_size,
    )  # fmt: skip
    return Version(row.scenario_id, row.number, row.based_on, row.saved_at, content)
