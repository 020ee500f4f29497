"""What a saved scenario is, and how a version of it becomes a row and comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from simulator.errors import DataError, Place
from simulator.store.records import check_text, one_line

MOST_NAME, MOST_AUTHOR, MOST_NOTE = 120, 80, 2000
# Codes are short; a link with every lever moved has some 1,500 characters.
_MOST = {
    "name": MOST_NAME, "author": MOST_AUTHOR, "note": MOST_NOTE, "edition": 200, "baseline": 200,
    "fingerprint": 200, "unit": 200, "parameters": 20_000,
}  # fmt: skip
_TEXTS = tuple(column for column in _MOST if column != "parameters")
_PLACES = {
    "name": Place("scenario_name"), "author": Place("scenario_author"),
    "note": Place("scenario_note"),
}  # fmt: skip
NUMBERS = ("total", "place", "pool_size")


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
    """The version that was written, and those others saved since the one it was made from.

    ``was_deleted``, ``was_archived``: somebody had deleted or archived the scenario meanwhile;
    saving brought it back.
    """

    version: Version
    meanwhile: tuple[Version, ...] = ()
    was_deleted: bool = False
    was_archived: bool = False


def as_kept(new: NewVersion) -> NewVersion:
    """``new`` as the store returns it: name and author on one line."""
    return replace(new, name=one_line(new.name), author=one_line(new.author))


def content_row(new: NewVersion) -> dict[str, Any]:
    """The columns of what was saved; :class:`DataError` for what the store could not return."""
    kept = as_kept(new)
    texts: dict[str, str] = {column: getattr(kept, column) for column in _TEXTS}
    texts["parameters"] = json.dumps(dict(new.parameters), ensure_ascii=False)
    if not kept.name:
        raise DataError("scenario_without_name")
    for column, value in texts.items():
        if len(value) > _MOST[column]:
            place = _PLACES.get(column, Place("scenario_content"))
            raise DataError("scenario_text_long", part=place, length=len(value), most=_MOST[column])
        check_text(column, value)
    return texts | {column: getattr(new, column) for column in NUMBERS}


def whole_row(version: Version) -> dict[str, Any]:
    """All columns of a version; raises like :func:`content_row`."""
    return content_row(version.content) | {
        "scenario_id": version.scenario_id, "number": version.number,
        "based_on": version.based_on, "saved_at": version.saved_at,
    }  # fmt: skip


def version_of(row: Row[Any]) -> Version:
    """The version in a row of the database."""
    content = NewVersion(
        **{column: getattr(row, column) for column in (*_TEXTS, *NUMBERS)},
        parameters=json.loads(row.parameters),
    )
    return Version(row.scenario_id, row.number, row.based_on, row.saved_at, content)
