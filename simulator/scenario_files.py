"""A scenario as a file: JSON that another office can read, checked part by part.

A file holds what a saved version holds (:class:`simulator.store.NewVersion`). Reading refuses
what it does not know, and leaves the parameters to :mod:`simulator.scenario_opening`, which needs
the figures for them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.errors import DataError
from simulator.links import BASELINE, EDITION, UNIT
from simulator.project import FULL_TOTAL
from simulator.store import NewVersion
from simulator.store.scenario_records import content_row

KIND, FORMAT = "index-766-scenario", 1
MOST_BYTES = 200_000
MOST_UNITS = 1_000_000
_SHOWN = ("total", "place", "pool_size")
_PARTS = (
    "kind", "format", "name", "author", "note", "edition", "baseline", "unit", "parameters",
)  # fmt: skip
_UNSAFE = re.compile(r"[^\w-]+")


def written(content: NewVersion, saved_at: datetime | None = None) -> bytes:
    """``content`` as a file; equal scenarios give equal files but for the moment."""
    made = {
        "kind": KIND,
        "format": FORMAT,
        "name": content.name,
        "author": content.author,
        "note": content.note,
        "saved_at": (saved_at or datetime.now(UTC)).isoformat(timespec="seconds"),
        "edition": content.edition,
        "baseline": {"id": content.baseline, "fingerprint": content.fingerprint},
        "unit": content.unit,
        "parameters": dict(content.parameters),
        "shown": {name: getattr(content, name) for name in _SHOWN},
    }
    return json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n"


def file_name(content: NewVersion) -> str:
    """A name that sorts by unit and is safe on any disk."""
    unit, words = (
        _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-")[:60]
        for text in (content.unit.replace(".", "-"), content.name)
    )
    return f"766-{unit or 'unit'}-{words or 'scenario'}.json"


def read(file: bytes) -> NewVersion:
    """What a file holds; :class:`DataError` that names what is wrong with it."""
    raw = _json(file)
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        raise DataError("scenario_file_other")
    if type(raw.get("format")) is not int or raw["format"] < 1:
        raise DataError("scenario_file_part", part="format")
    if raw["format"] > FORMAT:
        raise DataError("scenario_file_newer", format=raw["format"], known=FORMAT)
    _check_parts(raw, _PARTS, ("saved_at", "shown"))
    baseline, shown = _table(raw, "baseline"), _table(raw, "shown") if "shown" in raw else {}
    _check_parts(baseline, ("id", "fingerprint"), ())
    _check_parts(shown, (), _SHOWN)
    if "saved_at" in raw:
        _text(raw, "saved_at")
    content = NewVersion(
        name=_text(raw, "name"), author=_text(raw, "author"),
        note=_text(raw, "note"), edition=_text(raw, "edition"),
        unit=_text(raw, "unit"), baseline=_text(baseline, "id"),
        fingerprint=_text(baseline, "fingerprint"), parameters=_parameters(raw),
        total=_whole(shown, "total", 0, FULL_TOTAL), place=_whole(shown, "place", 1, MOST_UNITS),
        pool_size=_whole(shown, "pool_size", 1, MOST_UNITS),
    )  # fmt: skip
    _check_agreement(content)
    # What the store could not keep is refused here already.
    content_row(content)
    return content


def _json(file: bytes) -> object:
    if len(file) > MOST_BYTES:
        raise DataError("scenario_file_large", size=len(file), most=MOST_BYTES)
    try:
        return json.loads(file.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as cause:
        raise DataError("scenario_file_not_utf8", position=cause.start) from None
    except json.JSONDecodeError as cause:
        raise DataError("scenario_file_broken", line=cause.lineno, column=cause.colno) from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, tables a thousand deep: not written by this program.
        raise DataError("scenario_file_other") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DataError("scenario_file_twice", part=_shown(name))
        found[name] = value
    return found


def _check_parts(
    raw: Mapping[str, Any], required: Collection[str], optional: Collection[str]
) -> None:
    """Refuse what is missing and what is not known."""
    for name in required:
        if name not in raw:
            raise DataError("scenario_file_missing", part=name)
    for name in raw:
        if name not in (*required, *optional):
            allowed = ", ".join((*required, *optional))
            raise DataError("scenario_file_unknown", part=_shown(name), allowed=allowed)


def _check_agreement(content: NewVersion) -> None:
    """Refuse a file whose parts contradict each other."""
    said = {BASELINE: content.baseline, UNIT: content.unit, EDITION: content.edition}
    for name, value in said.items():
        if content.parameters.get(name, value) != value:
            raise DataError("scenario_file_part", part=f"parameters.{name}")
    if content.place is not None and content.place > (content.pool_size or 0):
        raise DataError("scenario_file_part", part="shown.place")


def _shown(name: str) -> str:
    """The beginning of a name that may hold anything, as it can be printed."""
    return name[:40].encode("utf-8", "backslashreplace").decode()


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw[name]
    if not isinstance(found, dict):
        raise DataError("scenario_file_part", part=name)
    return found


def _text(raw: Mapping[str, Any], name: str) -> str:
    found = raw[name]
    if not isinstance(found, str):
        raise DataError("scenario_file_part", part=_shown(name))
    return found


def _whole(raw: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    found = raw.get(name)
    if found is not None and (type(found) is not int or not low <= found <= high):
        raise DataError("scenario_file_part", part=f"shown.{name}")
    return found


def _parameters(raw: Mapping[str, Any]) -> dict[str, str]:
    found = _table(raw, "parameters")
    return {name: _text(found, name) for name in found}
