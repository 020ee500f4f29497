"""Units from the tidy tables of :mod:`simulator.tables`, wherever these come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.baseline import (
    UNKNOWN,
    Basis,
    Evidence,
    Fact,
    Unit,
    infer_single_unknown,
)
from simulator.baseline_checks import TOTAL
from simulator.rules import Edition
from simulator.score import to_hundredths

Row = Mapping[str, Any]
Rows = Iterable[Row]


def units_of(tables: Mapping[str, Rows], edition: Edition) -> dict[str, Unit]:
    """Units by code, in the order of the table ``units``; every table is gone through once."""
    scores: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in tables["scores"]:
        scores[row["unit"]][row["group"]] = row
    evidence: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for row in tables["indicators"]:
        evidence[row["unit"]][row["indicator"]] = _evidence(row)
    facts = defaultdict(list)
    for row in tables["facts"]:
        facts[row["unit"]].append(
            Fact(row["fact"], row["value"], row["value_unit"], row["raw"], row["note"])
        )
    return {
        row["unit"]: _unit(
            row, edition, scores[row["unit"]], evidence[row["unit"]], tuple(facts[row["unit"]])
        )
        for row in tables["units"]
    }


def _unit(
    row: Mapping[str, Any],
    edition: Edition,
    scores: Mapping[str, Mapping[str, Any]],
    indicators: Mapping[str, Evidence],
    facts: tuple[Fact, ...],
) -> Unit:
    published = {
        group: to_hundredths(score["points"])
        for group, score in scores.items()
        if score["points"] is not None
    }
    unit = Unit(
        code=row["unit"],
        name=row["name"],
        short_name=row["short_name"],
        level=row["level"],
        pool=row["pool"],
        groups={group: points for group, points in published.items() if group != TOTAL},
        total=published.get(TOTAL),
        evidence=tuple(indicators.get(item.code, UNKNOWN) for item in edition.indicators),
        averages={
            group: to_hundredths(score["national_average"])
            for group, score in scores.items()
            if score["national_average"] is not None
        },
        score_notes={group: score["note"] for group, score in scores.items() if score["note"]},
        facts=facts,
        published_rank=row["published_rank"],
        published_pool_size=row["published_pool_size"],
    )
    fees = unit.evidence[edition.position["PAY_PROCEDURE"]]
    return infer_single_unknown(edition, unit, {"FEE_PROCEDURE": fees.denominator})


def _evidence(row: Row) -> Evidence:
    return Evidence(
        basis=Basis(row["basis"]),
        numerator=row["numerator"] or 0.0,
        denominator=row["denominator"] or 0.0,
        published=None if row["points"] is None else to_hundredths(row["points"]),
        flag=row["flag"],
        raw=row["raw"],
        note=row["note"],
    )
