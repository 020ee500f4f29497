"""A scenario as a file: JSON that another office can read, checked part by part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.errors import DataError
from simulator.store import NewVersion

KIND, FORMAT = "index-766-scenario", 1
MOST_BYTES = 200_000
_SHOWN = ("total", "place", "pool_size")
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
    words = _UNSAFE.sub("-", content.name).strip("-")[:60] or "scenario"
    return f"766-{content.unit}-{words}.json"


def read(file: bytes) -> NewVersion:
    """What a file holds; :class:`DataError` that names what is wrong with it."""
    if len(file) > MOST_BYTES:
        raise DataError("scenario_file_large", size=len(file), most=MOST_BYTES)
    try:
        raw = json.loads(file.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as cause:
        raise DataError("scenario_file_broken", detail=str(cause)[:200]) from None
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        raise DataError("scenario_file_other")
    if type(raw.get("format")) is not int or raw["format"] < 1:
        raise DataError("scenario_file_part", part="format")
    if raw["format"] > FORMAT:
        raise DataError("scenario_file_newer", format=raw["format"])
    shown = _table(raw, "shown") if "shown" in raw else {}
    baseline = _table(raw, "baseline")
    return NewVersion(
        name=_text(raw, "name"), author=_text(raw, "author"), note=_text(raw, "note"),
        edition=_text(raw, "edition"), unit=_text(raw, "unit"),
        baseline=_text(baseline, "id"), fingerprint=_text(baseline, "fingerprint"),
        parameters=_parameters(raw), total=_whole(shown, "total"), place=_whole(shown, "place"),
        pool_size=_whole(shown, "pool_size"),
    )  # fmt: skip


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    if not isinstance(found, dict):
        raise DataError("scenario_file_part", part=name)
    return found


def _text(raw: Mapping[str, Any], name: str) -> str:
    found = raw.get(name)
    if not isinstance(found, str):
        raise DataError("scenario_file_part", part=name)
    return found


def _whole(raw: Mapping[str, Any], name: str) -> int | None:
    found = raw.get(name)
    if found is not None and (type(found) is not int or not 0 <= found <= 1_000_000):
        raise DataError("scenario_file_part", part=name)
    return found


def _parameters(raw: Mapping[str, Any]) -> dict[str, str]:
    found = _table(raw, "parameters")
    for name, value in found.items():
        if not isinstance(value, str):
            raise DataError("scenario_file_part", part=name[:40])
    return dict(found)
