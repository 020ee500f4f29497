"""Responses of the national portal's API of 2026 (JSON) as rows.

Three shapes, all inside the envelope ``{"code": "OK", "data": ...}``:

* ``overview`` + ``evaluation[]`` with ``metrics[]`` (transparency, dossier-digitized,
  handling-satisfaction);
* ``parent`` + ``children[]`` with plain parameters (progress, online service, payment);
* ``evaluation[]`` with ``groupScores`` (the national list, service-results).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import DataError, Place
from simulator.readers.fields import PortalFields, load_fields
from simulator.readers.json_nodes import SHAPES, Node, as_list, as_object, nodes, payload
from simulator.readers.naming import unit_code
from simulator.readers.problems import keep
from simulator.readers.records import (
    FULL_TOTAL,
    TOTAL,
    Doubt,
    FactRow,
    GroupRow,
    IndicatorRow,
    Reading,
    UnitRef,
    check_count,
    check_group_points,
    check_pair,
    check_points,
    clean_text,
    find_group,
    quoted,
)
from simulator.rules import Edition

LEVELS = {
    "PROVINCE": "province",
    "PROVINCIAL_DEPARTMENT": "department",
    "COMMUNE_PEOPLE_COMMITTEE": "commune",
    "COMMUNE": "commune",
}
# Keys of a unit, or of the data around it, that name one procedure.
FORMALITY = ("formalityId", "formalityCode", "formalityName", "formality", "procedureCode")


def _names_procedure(node: Node) -> bool:
    return any(node.get(key) for key in FORMALITY)


def _level(node: Node) -> str | None:
    """Where a unit stands. ``level`` alone says PROVINCE of a province's departments too."""
    kind = node.get("departmentType")
    if isinstance(kind, str):
        return LEVELS.get(kind)
    return "commune" if node.get("level") == "COMMUNE" else None


def read_portal_json(raw: Any, file: str, edition: Edition) -> Reading:
    """Rows of one parsed response; what cannot be read names ``file`` and the path inside it."""
    parser = _Response(file, edition, load_fields(edition))
    data = payload(raw, file)
    parser.is_procedure = _names_procedure(data)
    found = list(nodes(data, file))
    tree_group = parser.tree_group(found)
    for path, node in found:
        with parser.keeping():
            parser.read(node, path, tree_group)
    if not parser.rows and not parser.groups and not parser.problems:
        raise DataError("json_shape", place=parser.place("data"), allowed=SHAPES)
    return Reading(
        tuple(parser.rows), tuple(parser.groups), tuple(parser.problems), tuple(parser.facts),
        doubts=tuple(parser.procedures.values()),
    )  # fmt: skip


@dataclass
class _Response:
    """Collects the rows of one response."""

    file: str
    edition: Edition
    fields: PortalFields
    rows: list[IndicatorRow] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    problems: list[DataError] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    is_procedure: bool = False
    procedures: dict[str, Doubt] = field(default_factory=dict)

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Go on with the next part of the response after one that cannot be read."""
        try:
            yield
        except DataError as problem:
            keep(self.problems, problem, self.file)

    def place(self, path: str) -> Place:
        return Place("json_path", {"file": self.file, "path": path})

    def tree_group(self, nodes: list[tuple[str, Node]]) -> str | None:
        """The one group whose plain parameters the response holds, if it holds any."""
        found = {self.fields.group_of[key] for _, node in nodes for key in node
                 if key in self.fields.group_of}  # fmt: skip
        return found.pop() if len(found) == 1 else None

    def read(self, node: Node, path: str, tree_group: str | None) -> None:
        """Read one unit; an overview without scores of groups or indicators is left out."""
        unit = self.unit(node, path)
        if "metrics" in node:
            self.read_metrics(node, unit, path)
        elif "groupScores" in node:
            self.read_group_scores(node, unit, path)
        elif tree_group is not None:
            self.read_parameters(node, unit, path, tree_group)

    def unit(self, node: Node, path: str) -> UnitRef:
        names = []
        for key in ("departmentCode", "departmentId", "departmentName"):
            value = node.get(key)
            if value is not None and not isinstance(value, str):
                place = self.place(f"{path}.{key}")
                raise DataError("input_text", place=place, value=quoted(value))
            names.append(clean_text(value, self.place(f"{path}.{key}")))
        code, unit_id, name = names
        return UnitRef(unit_code(code), unit_id, name, _level(node))

    def known_unit(self, unit: UnitRef, path: str) -> UnitRef:
        if not unit.key:
            raise DataError("input_unit_missing", place=self.place(path))
        return unit

    def read_metrics(self, node: Node, unit: UnitRef, path: str) -> None:
        seen = set()
        for k, item in enumerate(as_list(node["metrics"], f"{path}.metrics", self.file)):
            here = f"{path}.metrics[{k}]"
            with self.keeping():
                metric = as_object(item, here, self.file)
                code = self.metric_code(metric, here)
                if code is not None:
                    self.add_metric(metric, code, self.known_unit(unit, path), here)
                    seen.add(self.edition.indicator(code).group)
        if len(seen) == 1:
            self.add_group(node, unit, seen.pop(), path)
        elif self.number(node, "totalMaxScore", path) == FULL_TOTAL:
            self.add_group(node, unit, TOTAL, path)

    def metric_code(self, metric: Node, path: str) -> str | None:
        """The indicator of a metric; None for one that earns no points."""
        for key in ("code", "numerator", "denominator"):
            if key not in metric:
                raise DataError("json_missing_key", place=self.place(path), key=key)
        code = metric["code"]
        if isinstance(code, str) and self.fields.is_information(code):
            return None
        if not isinstance(code, str) or code not in self.edition.position:
            raise DataError(
                "input_unknown_code", place=self.place(f"{path}.code"), value=quoted(code),
                allowed=", ".join(self.edition.position),
            )  # fmt: skip
        return code

    def add_metric(self, metric: Node, code: str, unit: UnitRef, path: str) -> None:
        counts = [self.count(metric, key, path) for key in ("numerator", "denominator")]
        check_pair(counts[0], counts[1], self.place(path))
        score = self.number(metric, "score", path)
        published = None if score is None else check_points(
            score, score, self.edition.indicator(code).maximum, self.place(f"{path}.score")
        )  # fmt: skip
        flag = metric.get("dataQualityStatus")
        if isinstance(flag, str):
            flag = clean_text(flag, self.place(f"{path}.dataQualityStatus"))
        self.rows.append(
            IndicatorRow(
                unit, code, counts[0], counts[1], published,
                flag if isinstance(flag, str) else None, self.place(path),
            )
        )  # fmt: skip

    def read_group_scores(self, node: Node, unit: UnitRef, path: str) -> None:
        scores = as_object(node["groupScores"] or {}, f"{path}.groupScores", self.file)
        if not unit.key and path == "data.overview":
            return  # the whole country
        unit = self.known_unit(unit, path)
        for name in scores:
            here = f"{path}.groupScores"
            group = find_group(name, self.edition)
            if group is None:
                allowed = ", ".join(item.portal_code for item in self.edition.groups)
                raise DataError(
                    "input_unknown_group", place=self.place(here), value=quoted(name),
                    allowed=allowed,
                )  # fmt: skip
            self.add_group(scores, unit, group, here, keys=(name,))
        self.add_group(node, unit, TOTAL, path)

    def read_parameters(self, node: Node, unit: UnitRef, path: str, group: str) -> None:
        values = {name: self.count(node, name, path) for name in self.fields.names if name in node}
        unit = self.known_unit(unit, path)
        published = self.add_group(node, unit, group, path, keys=("totalScore", "score"))
        for fact in self.fields.facts:
            value = self.number(node, fact.name, path)
            if value is not None:
                place = self.place(f"{path}.{fact.name}")
                self.facts.append(FactRow(unit, fact.code, float(value), fact.unit, place))
        alone = len(self.edition.group_positions[group]) == 1
        for item in self.fields.fields:
            counts = item.counts(values)
            if counts is not None:
                check_pair(*counts, self.place(f"{path}.{'+'.join(item.numerator)}"))
                self.rows.append(
                    IndicatorRow(
                        unit, item.indicator, *counts, published if alone else None, None,
                        self.place(path),
                    )
                )  # fmt: skip

    def add_group(
        self, node: Node, unit: UnitRef, group: str, path: str,
        keys: tuple[str, ...] = ("totalScore",),
    ) -> int | None:  # fmt: skip
        """Keep the group's printed score (the first of ``keys`` that is there); return it."""
        key = next((key for key in keys if key in node), keys[0])
        score = self.number(node, key, path)
        place = self.place(f"{path}.{key}")
        published = None if score is None else check_group_points(
            score, score, group, self.edition, place
        )  # fmt: skip
        declared = self.number(node, "totalMaxScore", path)
        self.doubt_procedure(node, group, declared, place)
        self.groups.append(GroupRow(unit, group, published, declared, place))
        return published

    def doubt_procedure(self, node: Node, group: str, declared: float | None, place: Place) -> None:
        """Say once per group that the figures seem to be those of a single procedure."""
        item = self.edition.group_by_code.get(group)
        is_less = item is not None and declared is not None and declared < item.maximum
        if is_less or self.is_procedure or _names_procedure(node):
            fields = {"file": self.file, "group": group}
            self.procedures.setdefault(group, Doubt("single_procedure", fields, place))

    def count(self, node: Node, key: str, path: str) -> float | None:
        value = self.number(node, key, path, code="input_count")
        return None if value is None else check_count(value, value, self.place(f"{path}.{key}"))

    def number(self, node: Node, key: str, path: str, code: str = "input_points") -> float | None:
        """A JSON number or null; text, booleans and the infinite are refused."""
        value = node.get(key)
        if value is None or (
            isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
        ):
            return value
        place = self.place(f"{path}.{key}")
        raise DataError(code, place=place, value=quoted(value), maximum=FULL_TOTAL)
