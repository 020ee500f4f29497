"""Scenarios in the store: every save is a version, and no version is ever changed or lost."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from simulator.errors import DataError
from simulator.store.engine import Content, Database, changed
from simulator.store.events import Action, note
from simulator.store.reading import version
from simulator.store.records import Actor
from simulator.store.scenario_records import (
    KeptScenario,
    NewVersion,
    Saved,
    Version,
    as_kept,
    version_of,
    whole_row,
)
from simulator.store.schema import scenario_versions, scenarios


class Scenarios:
    """The scenarios of one store; may be shared between threads.

    Every method that takes ``key`` raises :class:`DataError` if there is no such scenario.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewVersion, client: str = "", who: str | None = None) -> Version:
        """A new scenario with this as its first version; ``client``: the address it comes from.

        ``who`` takes it in, for the log, where that is not its author.
        """
        key, now = secrets.token_hex(6), datetime.now(UTC)
        with self._database.writing() as connection:
            connection.execute(insert(scenarios), {"id": key, "created_at": now})
            made = _add(connection, Version(key, 1, None, now, new))
            by = Actor(new.author if who is None else who, client)
            note(connection, Action.SCENARIO_SAVED, new.name, by)
            return made

    def save(self, key: str, new: NewVersion, based_on: int, client: str = "") -> Saved:
        """One more version, made from version ``based_on``.

        What others saved since then stays and is told; a scenario they deleted or archived is
        back.
        :class:`DataError` if there is no version ``based_on``.
        """
        by = Actor(new.author, client)
        with self._database.writing() as connection:
            row = _require(connection, key)
            found = _versions(connection, key, based_on)
            if not found or found[0].number != based_on:
                raise DataError("scenario_version_unknown", id=key, number=based_on)
            number, now = found[-1].number + 1, datetime.now(UTC)
            made = _add(connection, Version(key, number, based_on, now, new))
            was_deleted, was_archived = (
                moment is not None for moment in (row.deleted_at, row.archived_at)
            )
            if was_deleted:
                _mark(connection, key, deleted_at=None)
                note(connection, Action.SCENARIO_UNDELETED, new.name, by)
            if was_archived:
                _mark(connection, key, archived_at=None)
                note(connection, Action.SCENARIO_UNARCHIVED, new.name, by)
            note(connection, Action.SCENARIO_SAVED, new.name, by)
            return Saved(made, found[1:], was_deleted, was_archived)

    def rename(self, key: str, name: str, by: Actor) -> Version:
        """The newest version once more, under another name; itself if that is its name.

        Its author stays who made it; the log tells who renamed it.
        """
        with self._database.writing() as connection:
            _require(connection, key)
            newest = _versions(connection, key)[-1]
            new = as_kept(replace(newest.content, name=name))
            if new.name == newest.content.name:
                return newest
            number, now = newest.number + 1, datetime.now(UTC)
            made = _add(connection, Version(key, number, newest.number, now, new))
            note(connection, Action.SCENARIO_RENAMED, f"{newest.content.name} → {new.name}", by)
            return made

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
                    row.id, row.created_at, row.archived_at, row.deleted_at, version_of(row),
                    row.versions,
                )
                for row in connection.execute(query)
            ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.newest.saved_at, one.id), reverse=True))

    def versions(self, key: str) -> tuple[Version, ...]:
        """All versions of a scenario, the first one first."""
        with self._database.reading() as connection:
            _require(connection, key)
            return _versions(connection, key)

    def version(self, key: str, number: int | None = None) -> Version:
        """One version, by default the newest; :class:`DataError` if there is none."""
        found = [one for one in self.versions(key) if number in (None, one.number)]
        if not found:
            raise DataError("scenario_version_unknown", id=key, number=number)
        return found[-1]

    def archive(self, key: str, by: Actor) -> None:
        """Out of the way; :meth:`unarchive` brings it back."""
        self._change(key, Action.SCENARIO_ARCHIVED, by, archived_at=datetime.now(UTC))

    def unarchive(self, key: str, by: Actor) -> None:
        """In use again."""
        self._change(key, Action.SCENARIO_UNARCHIVED, by, archived_at=None)

    def delete(self, key: str, by: Actor) -> None:
        """Out of the lists; :meth:`undelete` brings it back at any time."""
        self._change(key, Action.SCENARIO_DELETED, by, deleted_at=datetime.now(UTC))

    def undelete(self, key: str, by: Actor) -> None:
        """Back in the lists, with all versions."""
        self._change(key, Action.SCENARIO_UNDELETED, by, deleted_at=None)

    def _change(self, key: str, action: Action, by: Actor, **moment: datetime | None) -> None:
        ((column, wanted),) = moment.items()
        with self._database.writing() as connection:
            found = getattr(_require(connection, key), column)
            # What is so already keeps its moment: somebody else was faster.
            if (found is None) == (wanted is None):
                return
            _mark(connection, key, **moment)
            note(connection, action, _versions(connection, key)[-1].content.name, by)

    def number_of_changes(self) -> int:
        """Grows with every change of a scenario by any process."""
        with self._database.reading() as connection:
            return version(connection, Content.SCENARIOS)


def _add(connection: Connection, made: Version) -> Version:
    made = replace(made, content=as_kept(made.content))
    connection.execute(insert(scenario_versions), whole_row(made))
    changed(connection, Content.SCENARIOS)
    return made


def _mark(connection: Connection, key: str, **moment: datetime | None) -> None:
    connection.execute(update(scenarios).where(scenarios.c.id == key).values(**moment))
    changed(connection, Content.SCENARIOS)


def _require(connection: Connection, key: str) -> Row[Any]:
    row = connection.execute(select(scenarios).where(scenarios.c.id == key)).one_or_none()
    if row is None:
        raise DataError("scenario_unknown", id=key)
    return row


def _versions(connection: Connection, key: str, since: int = 1) -> tuple[Version, ...]:
    """Those from number ``since`` on, in their order."""
    query = (
        select(scenario_versions)
        .where(scenario_versions.c.scenario_id == key, scenario_versions.c.number >= since)
        .order_by(scenario_versions.c.number)
    )
    return tuple(version_of(row) for row in connection.execute(query))
