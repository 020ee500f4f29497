"""The older list of the portal (2025, service ``report_tinh_766_service``): one object per unit.

All values are strings: ROW_STT (place), ID, TEN, MA_COQUAN, CAPDONVIID ("1" department, "2"
commune), CKMB, TDGQ, CLGQ, TTTT, MDHL, MDSH, TONG_SCORE. CLGQ is the online service and TTTT the
online payment; public copies swap the two, and a payment above 10 points gives that away.
"""

from __future__ import annotations

import re
from typing import Any

from simulator.errors import DataError, Place
from simulator.readers.json_nodes import Node, as_object
from simulator.readers.naming import unit_code
from simulator.readers.problems import keep
from simulator.readers.records import (
    FULL_TOTAL,
    TOTAL,
    GroupRow,
    Reading,
    UnitRef,
    check_group_points,
    clean_text,
    quoted,
)
from simulator.rules import Edition

CODE, ID, NAME, TOTAL_SCORE = "MA_COQUAN", "ID", "TEN", "TONG_SCORE"
LEVEL, LEVELS = "CAPDONVIID", {"1": "department", "2": "commune"}
SCORE = re.compile(r"\d{1,3}([.,]\d{1,4})?", re.ASCII)


def read_old_list(raw: list[Any], file: str, edition: Edition) -> Reading:
    """Group scores and totals of every unit; what cannot be read is among the problems."""
    groups: list[GroupRow] = []
    problems: list[DataError] = []
    keys = {item.portal_code: item.code for item in edition.groups} | {TOTAL_SCORE: TOTAL}
    if raw and not any(isinstance(item, dict) for item in raw):
        as_object(raw[0], "[0]", file)
    for k, item in enumerate(raw):
        path = f"[{k}]"
        try:
            node = as_object(item, path, file)
            unit = _unit(node, path, file)
        except DataError as problem:
            keep(problems, problem, file)
            continue
        for key in node:
            group = keys.get(key)
            if group is None:
                continue
            try:
                groups += _score(node, key, group, unit, edition, _place(file, f"{path}.{key}"))
            except DataError as problem:
                keep(problems, problem, file)
    if not groups and not problems:
        allowed = ", ".join((CODE, *keys))
        raise DataError("json_shape", place=_place(file, "[0]"), allowed=allowed)
    return Reading((), tuple(groups), tuple(problems))


def _unit(node: Node, path: str, file: str) -> UnitRef:
    texts = []
    for key in (CODE, ID, NAME):
        value = node.get(key)
        if value is not None and not isinstance(value, str | int):
            raise DataError("input_text", place=_place(file, f"{path}.{key}"), value=quoted(value))
        place = _place(file, f"{path}.{key}")
        texts.append(clean_text(None if value is None else str(value), place))
    code, unit_id, name = texts
    unit = UnitRef(unit_code(code), unit_id, name, LEVELS.get(str(node.get(LEVEL))))
    if not unit.key:
        raise DataError("input_unit_missing", place=_place(file, path))
    return unit


def _score(
    node: Node, key: str, group: str, unit: UnitRef, edition: Edition, place: Place
) -> list[GroupRow]:
    """The printed score; empty text is "not published", never 0."""
    text = str(node[key] if node[key] is not None else "").strip()
    if not text:
        return []
    if not SCORE.fullmatch(text):
        raise DataError("input_points", place=place, value=quoted(text), maximum=FULL_TOTAL)
    value = float(text.replace(",", "."))
    points = check_group_points(value, text, group, edition, place)
    return [GroupRow(unit, group, points, None, place)]


def _place(file: str, path: str) -> Place:
    return Place("json_path", {"file": file, "path": path})
