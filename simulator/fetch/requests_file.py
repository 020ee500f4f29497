"""Reading ``data/portal.toml``: what the portal is asked, how slowly and within which limits.

Raises :class:`~simulator.errors.RulesError` with file, line and what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from simulator.errors import RulesError
from simulator.paths import DATA
from simulator.rules import Text
from simulator.strict_files import (
    both_languages,
    check_choice,
    check_keys,
    check_number,
    check_tables,
    check_whole,
    line_of,
    read_toml,
    refuse_duplicate,
)

PORTAL = DATA / "portal.toml"
PLACEHOLDERS = ("{unit}", "{year}", "{quarter}", "{month}", "{first}", "{last}")
PERIOD_KINDS = ("year", "quarter", "month", "days")
MOST_RETRIES = 2
Body = Mapping[str, str | int]


@dataclass(frozen=True)
class Template:
    """One kind of request; ``body`` still holds placeholders.

    ``scope``: ``unit`` (a province or one of its units) or ``country``. ``period``: ``named``
    (year, quarter or month) or ``days`` (first and last day).
    """

    group: str
    scope: str
    period: str
    path: str
    body: Body
    name: Text
    status: str
    source: Text


@dataclass(frozen=True)
class Portal:
    """The whole file; times in seconds unless the name says otherwise."""

    address: str
    accepted: tuple[int, ...]
    pause: float
    jitter: float
    timeout: float
    deadline: float
    retry_pauses: tuple[float, ...]
    rest_minutes: float
    megabytes: int
    most_pages: int
    page_key: str
    pages_table: str
    pages_total: str
    periods: Mapping[str, Body]
    requests: tuple[Template, ...]

    @property
    def most_bytes(self) -> int:
        return self.megabytes * 1_000_000


@cache
def load_portal(path: Path = PORTAL) -> Portal:
    """Read and check the file; cached, the result is immutable."""
    raw = read_toml(path)
    keys = ("address", "accepted", "pace", "limits", "pages", "period", "request")
    check_keys(raw, keys, (), file=path.name, line=1)
    for table in ("pace", "limits", "pages", "period"):
        _table(raw, table, path.name, 1)
    return Portal(
        address=_text(raw, "address", path.name, 1),
        accepted=_statuses(raw["accepted"], path),
        periods=_periods(raw["period"], path),
        requests=_requests(raw["request"], path),
        **_pace(raw["pace"], path),
        **_limits(raw["limits"], path),
        **_pages(raw["pages"], path),
    )


def _pace(table: dict[str, Any], path: Path) -> dict[str, Any]:
    place: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^\[pace\]")}
    keys = ("pause_seconds", "jitter_seconds", "timeout_seconds", "deadline_seconds",
            "retry_pauses_seconds", "rest_minutes")  # fmt: skip
    check_keys(table, keys, (), **place)

    def number(key: str, low: float, high: float) -> float:
        return check_number(table[key], key=key, low=low, high=high, **place)

    pauses = _list(table["retry_pauses_seconds"], "retry_pauses_seconds", place)
    retries = [
        check_number(pause, key="retry_pauses_seconds", low=1, high=600, **place)
        for pause in pauses
    ]
    if len(retries) > MOST_RETRIES or retries != sorted(set(retries)):
        raise _not_allowed("retry_pauses_seconds", pauses, place, "[a, b], a < b")
    return {
        "pause": number("pause_seconds", 1, 600), "jitter": number("jitter_seconds", 0, 60),
        "timeout": number("timeout_seconds", 1, 600),
        "deadline": number("deadline_seconds", 1, 3600), "retry_pauses": tuple(retries),
        "rest_minutes": number("rest_minutes", 1, 1440),
    }  # fmt: skip


def _limits(table: dict[str, Any], path: Path) -> dict[str, Any]:
    place: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^\[limits\]")}
    check_keys(table, ("megabytes", "pages"), (), **place)
    most = check_whole(table["pages"], key="pages", low=1, high=100, **place)
    megabytes = check_whole(table["megabytes"], key="megabytes", low=1, high=100, **place)
    return {"megabytes": megabytes, "most_pages": most}


def _pages(table: dict[str, Any], path: Path) -> dict[str, Any]:
    line = line_of(path, r"^\[pages\]")
    check_keys(table, ("page", "table", "total"), (), file=path.name, line=line)
    names = {"page_key": "page", "pages_table": "table", "pages_total": "total"}
    return {name: _text(table, key, path.name, line) for name, key in names.items()}


def _periods(table: dict[str, Any], path: Path) -> Mapping[str, Body]:
    line = line_of(path, r"^\[period\.")
    check_keys(table, PERIOD_KINDS, (), file=path.name, line=line)
    return MappingProxyType({
        kind: _body(_table(table, kind, path.name, line), path.name,
                    line_of(path, rf"^\[period\.{kind}\]"))
        for kind in PERIOD_KINDS
    })  # fmt: skip


def _requests(value: object, path: Path) -> tuple[Template, ...]:
    keys = ("group", "scope", "period", "path", "body", "name", "status", "source")
    found: list[Template] = []
    for k, entry in enumerate(check_tables(value, key="request", file=path.name, line=1)):
        line = line_of(path, r"^\[\[request\]\]", k)
        place: dict[str, Any] = {"file": path.name, "line": line}
        check_keys(entry, keys, (), **place)
        group = _text(entry, "group", **place)
        refuse_duplicate(group, [item.group for item in found], path.name, line)
        target = _text(entry, "path", **place)
        if not target.startswith("/") or target.startswith("//"):
            raise _not_allowed("path", target, place, "/…")
        found.append(
            Template(
                group=group,
                scope=check_choice(entry["scope"], ("unit", "country"), key="scope", **place),
                period=check_choice(entry["period"], ("named", "days"), key="period", **place),
                path=target,
                body=_body(_table(entry, "body", **place), **place),
                name=both_languages(entry, "name", **place),
                status=check_choice(
                    entry["status"], ("published", "inferred"), key="status", **place
                ),
                source=both_languages(entry, "source", **place),
            )
        )
    return tuple(found)


def _body(table: dict[str, Any], file: str, line: int) -> Body:
    """Values of a body: whole numbers, texts, and known placeholders in braces."""
    for key, value in table.items():
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        is_text = isinstance(value, str) and ("{" not in value or value in PLACEHOLDERS)
        if not (is_whole or is_text):
            allowed = ", ".join(PLACEHOLDERS)
            raise _not_allowed(key, value, {"file": file, "line": line}, allowed)
    return MappingProxyType(dict(table))


def _statuses(value: object, path: Path) -> tuple[int, ...]:
    place: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^accepted")}
    listed = _list(value, "accepted", place)
    return tuple(check_whole(item, key="accepted", low=200, high=299, **place) for item in listed)


def _list(value: object, key: str, place: dict[str, Any]) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _not_allowed(key, value, place, "[…]")
    return value


def _table(parent: dict[str, Any], key: str, file: str, line: int) -> dict[str, Any]:
    value = parent[key]
    if not isinstance(value, dict):
        raise _not_allowed(key, value, {"file": file, "line": line}, f"[{key}]")
    return value


def _text(table: dict[str, Any], key: str, file: str, line: int) -> str:
    value = table[key]
    if not isinstance(value, str) or not value:
        raise _not_allowed(key, value, {"file": file, "line": line}, '"…"')
    return value


def _not_allowed(key: str, value: object, place: dict[str, Any], allowed: str) -> RulesError:
    return RulesError("not_allowed", key=key, value=value, allowed=allowed, **place)
