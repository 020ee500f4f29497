"""The text catalogue: every sentence a person reads, in Vietnamese and English.

``data/text/<language>.toml`` holds tables of sentences with ``{placeholders}``; both
files have the same keys. Numbers are formatted in the language's own way.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from simulator.errors import Notice, Place, SimulatorError
from simulator.numbers import format_count, format_date
from simulator.paths import TEXT
from simulator.rules import Edition

LANGUAGES = ("vi", "en")
# Fields of errors and notices that hold codes of the rules, shown by name.
_LEVER_FIELDS = ("lever",)
_INDICATOR_FIELDS = ("indicator", "partner")
_LIST_FIELDS = ("indicators",)  # codes with commas between them
_GROUP_FIELDS = ("group", "other_group")
_ANY_FIELDS = ("what",)  # of an indicator or a group
_NUMBER_FIELDS = ("value_first", "value_second", "amount", "least")
_DECIMAL = re.compile(r"\d+\.\d+")
_MOMENT_FIELDS = ("captured_at", "own", "until", "last", "first", "second")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of ``language`` under flat keys such as ``errors.unknown_unit``."""
    raw = tomllib.loads((TEXT / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flatten(raw, ""))


def _flatten(table: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs.extend(_flatten(value, f"{prefix}{key}."))
        else:
            pairs.append((prefix + key, value))
    return pairs


def say(language: str, key: str, /, **fields: Any) -> str:
    """The sentence ``key`` with its placeholders filled; :class:`KeyError` if there is none."""
    shown = {name: _show(value, language) for name, value in fields.items()}
    return catalogue(language)[key].format_map(shown)


def explain(
    what: SimulatorError | Notice, language: str, edition: Edition | None = None, table: str = ""
) -> str:
    """The sentence of an error or notice; codes become names where ``edition`` knows them.

    ``table`` of the catalogue, where it is not the one of its kind.
    """
    table = table or ("notices" if isinstance(what, Notice) else "errors")
    fields = dict(what.fields)
    if "reason" in fields:
        fields["reason"] = say(language, f"reasons.{fields['reason']}")
    for name, value in fields.items():
        if isinstance(value, Place):
            fields[name] = say(language, f"places.{value.code}", **value.fields)
    if "flow" in fields and f"horizon.flow_{fields['flow']}" in catalogue(language):
        fields["flow"] = say(language, f"horizon.flow_{fields['flow']}")
    for name in _MOMENT_FIELDS:
        if name in fields and _ISO_DAY.match(str(fields[name])):
            fields[name] = format_date(fields[name])
    for name in _NUMBER_FIELDS:
        if language == "vi" and _DECIMAL.fullmatch(str(fields.get(name, ""))):
            fields[name] = str(fields[name]).replace(".", ",")
    if edition:
        fields |= _named(fields, edition, language)
    return say(language, f"{table}.{what.code}", **fields)


def _named(fields: dict[str, Any], edition: Edition, language: str) -> dict[str, str]:
    """Names in place of codes of levers, indicators and groups."""
    names = {}
    for field, value in fields.items():
        if field in _LEVER_FIELDS and value in edition.lever_by_code:
            names[field] = edition.lever_by_code[value].name[language]
        elif field in (*_INDICATOR_FIELDS, *_ANY_FIELDS) and value in edition.position:
            names[field] = edition.indicator(value).name[language]
        elif field in _LIST_FIELDS:
            codes = str(value).split(", ")
            known = {code: edition.indicator(code) for code in codes if code in edition.position}
            names[field] = "; ".join(
                known[code].name[language] if code in known else code for code in codes
            )
        elif field in (*_GROUP_FIELDS, *_ANY_FIELDS) and value in edition.group_by_code:
            names[field] = edition.group_by_code[value].name[language]
    return names


def _show(value: Any, language: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return format_count(value, language)
