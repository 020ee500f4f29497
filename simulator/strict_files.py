"""Reading TOML and CSV that name the place of every mistake.

Nothing unknown is accepted and nothing is repaired: an unexpected key, a missing
one or a wrong value raises an error with file, line and what is allowed.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from simulator.errors import RulesError


def read_toml(path: Path) -> dict[str, Any]:
    """Parse ``path``; :class:`RulesError` if it is missing or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RulesError("file_missing", file=path.name, folder=path.parent.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise RulesError("file_unreadable", file=path.name, detail=str(cause)) from cause


def line_of(path: Path, pattern: str, occurrence: int = 0) -> int:
    """Line number (from 1) of the ``occurrence``-th match of a regular expression, or 1."""
    text = path.read_text(encoding="utf-8")
    matches = list(re.finditer(pattern, text, flags=re.MULTILINE))
    if not matches:
        return 1
    match = matches[min(occurrence, len(matches) - 1)]
    return text.count("\n", 0, match.start()) + 1


def check_keys(
    found: Collection[str],
    required: Collection[str],
    optional: Collection[str],
    *,
    file: str,
    line: int,
) -> None:
    """Reject keys that are not known and keys that are missing."""
    allowed = [*required, *optional]
    for key in found:
        if key not in allowed:
            raise RulesError(
                "unexpected_key", key=key, file=file, line=line, allowed=", ".join(allowed)
            )
    for key in required:
        if key not in found:
            raise RulesError("missing_key", key=key, file=file, line=line)


def check_choice(value: object, allowed: Collection[str], *, key: str, file: str, line: int) -> str:
    """Return ``value`` if it is one of ``allowed``."""
    if value not in allowed:
        raise RulesError(
            "not_allowed", key=key, value=value, file=file, line=line, allowed=", ".join(allowed)
        )
    return str(value)


def check_number(
    value: object, *, key: str, file: str, line: int, low: float, high: float,
    open_low: bool = False,
) -> float:  # fmt: skip
    """Return ``value`` as a float within ``[low, high]`` (``(low, high]`` if ``open_low``)."""
    allowed = f"{'(' if open_low else '['}{low:g}, {high:g}]"
    try:
        number = float("nan") if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if not (low < number if open_low else low <= number) or not number <= high:
        raise RulesError("not_allowed", key=key, value=value, file=file, line=line, allowed=allowed)
    return number


def check_whole(value: object, *, key: str, file: str, line: int, low: int, high: int) -> int:
    """Return ``value`` if it is a whole number within ``[low, high]``; never rounds."""
    number = check_number(value, key=key, file=file, line=line, low=low, high=high)
    if not number.is_integer():
        allowed = f"{low}, {low + 1}, …, {high}"
        raise RulesError("not_allowed", key=key, value=value, file=file, line=line, allowed=allowed)
    return int(number)


def check_flag(value: object, *, key: str, file: str, line: int) -> bool:
    """Return ``value`` if it is true or false."""
    if not isinstance(value, bool):
        raise RulesError(
            "not_allowed", key=key, value=value, file=file, line=line, allowed="true, false"
        )
    return value


def check_tables(value: object, *, key: str, file: str, line: int) -> list[dict[str, Any]]:
    """Return ``value`` if it is a list of tables (``[[key]]`` in TOML)."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RulesError(
            "not_allowed", key=key, value=value, file=file, line=line, allowed=f"[[{key}]]"
        )
    return value


def both_languages(table: Mapping[str, Any], key: str, *, file: str, line: int) -> dict[str, str]:
    """Return the ``{vi, en}`` text of ``key``."""
    text = table.get(key)
    if not isinstance(text, dict) or set(text) != {"vi", "en"} or not all(text.values()):
        raise RulesError("not_bilingual", key=key, file=file, line=line)
    return {language: str(text[language]) for language in ("vi", "en")}


def read_csv_rows(path: Path, columns: Collection[str]) -> list[tuple[int, dict[str, str]]]:
    """Return ``(line, row)`` pairs of a CSV file with exactly ``columns``."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            header = reader.fieldnames or ()
            check_keys(header, columns, (), file=path.name, line=1)
            for column in columns:
                if header.count(column) > 1:
                    raise RulesError("duplicate", code=column, file=path.name, line=1)
            rows = []
            for row in reader:
                if None in row or None in row.values():
                    raise RulesError(
                        "row_length", file=path.name, line=reader.line_num, expected=len(columns)
                    )
                rows.append((reader.line_num, row))
            return rows
    except FileNotFoundError:
        raise RulesError("file_missing", file=path.name, folder=path.parent.name) from None
    except (csv.Error, UnicodeDecodeError) as cause:
        raise RulesError("file_unreadable", file=path.name, detail=str(cause)) from cause


def refuse_duplicate(code: str, seen: Collection[str], file: str, line: int) -> None:
    """Raise if ``code`` was seen before in the file."""
    if code in seen:
        raise RulesError("duplicate", code=code, file=file, line=line)
