"""What the command line prints: JSON objects with fixed keys, and readable text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.baseline import Baseline
from simulator.contributions import PRESENT_RATES, TOTAL_LIMIT, Contribution
from simulator.numbers import format_count, format_date, format_points
from simulator.outlook import Outlook
from simulator.project import Projection, State
from simulator.reach import Reachable
from simulator.rules import Edition
from simulator.score import to_points
from simulator.scorecard import UnitScore
from simulator.text import say

Json = dict[str, Any]


def points_json(scores: Mapping[str, int | None]) -> dict[str, float | None]:
    """Hundredths by code as points."""
    return {code: to_points(score) for code, score in scores.items()}


def score_json(edition: Edition, units: Sequence[UnitScore]) -> Json:
    """``{"edition", "units": [...]}``; ``published`` only where a file prints such scores."""
    return {"edition": edition.code, "units": [_unit_json(unit) for unit in units]}


def _unit_json(unit: UnitScore) -> Json:
    shown: Json = {
        "unit": unit.unit,
        "groups": points_json(unit.groups),
        "total": to_points(unit.total),
        "indicators": [
            {
                "code": item.code,
                "numerator": _whole(item.numerator),
                "denominator": _whole(item.denominator),
                "points": to_points(item.points),
                "max": item.maximum,
                "published": to_points(item.published),
            }
            for item in unit.indicators
        ],
    }
    if unit.published_groups or unit.published_total is not None:
        shown["published"] = {
            "groups": points_json(unit.published_groups),
            "total": to_points(unit.published_total),
        }
    return shown


def _whole(count: float | None) -> int | None:
    return None if count is None else int(count)


def whatif_json(
    projection: Projection,
    parts: Sequence[Contribution],
    warnings: Sequence[str],
    language: str,
    bounds: Reachable | None = None,
) -> Json:
    """``{"unit", "before", "after", "contributions", "warnings"}``; with an outlook ``"ahead"``.

    Ranks are those among peers that are held fixed.
    """
    shown: Json = {} if bounds is None else {"ahead": _ahead_json(bounds, language)}
    return shown | {
        "unit": projection.unit.code,
        "before": state_json(projection.before, language),
        "after": state_json(projection.after, language),
        "contributions": [
            {"lever": part.lever, "points": to_points(part.hundredths)} for part in parts
        ],
        "warnings": list(warnings),
    }


def _ahead_json(bounds: Reachable, language: str) -> Json:
    """The day looked at, what is still to come, and floor, do-nothing line and ceiling."""
    ahead = bounds.outlook
    return {
        "until": ahead.period.last.isoformat(),
        "days_left": float(ahead.period.remaining_days),
        "inflow": inflow_json(ahead),
        "floor": state_json(bounds.floor.after, language),
        "line": state_json(bounds.line.after, language),
        "ceiling": state_json(bounds.ceiling.after, language),
    }


def inflow_json(ahead: Outlook) -> Json:
    """Cases so far and still to come by kind, and whose number the latter is."""
    return {
        flow.value: {"so_far": item.so_far, "coming": item.coming, "source": item.source}
        for flow, item in ahead.inflows.items()
    }


def state_json(state: State, language: str) -> Json:
    """Scores in points, class by name and rank among peers that are held fixed."""
    return {
        "groups": points_json(state.groups),
        "total": to_points(state.total),
        "class": state.score_class.name[language] if state.score_class else None,
        "rank": state.standing.rank if state.standing else None,
    }


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns padded to equal width: the first to the left, the others to the right."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def score_text(edition: Edition, units: Sequence[UnitScore], language: str) -> str:
    """One block per unit: indicators, then groups and the total, published values beside."""
    blocks = []
    for unit in units:
        named = f"{unit.unit} {unit.name or ''}".strip()
        heading = say(language, "cli.score_heading", unit=named, edition=edition.code)
        words = ("indicator", "counts", "points", "maximum", "score_published")
        rows = [[say(language, f"cli.{word}") for word in words]]
        for item in unit.indicators:
            rows.append(
                [
                    item.code,
                    f"{_count(item.numerator, language)}/{_count(item.denominator, language)}",
                    points(item.points, edition, language),
                    str(item.maximum),
                    points(item.published, edition, language),
                ]
            )
        for group in edition.groups:
            published = unit.published_groups.get(group.code)
            rows.append(
                [group.code, "", points(unit.groups[group.code], edition, language),
                 str(group.maximum), points(published, edition, language)]
            )  # fmt: skip
        rows.append(
            [say(language, "cli.score_total"), "", points(unit.total, edition, language), "100",
             points(unit.published_total, edition, language)]
        )  # fmt: skip
        blocks.append(f"{heading}\n{table(rows)}")
    return "\n\n".join(blocks)


def _count(count: float | None, language: str) -> str:
    return say(language, "cli.unknown") if count is None else format_count(count, language)


def points(hundredths: int | None, edition: Edition, language: str, *, sign: bool = False) -> str:
    """Points with the decimals of the edition; a dash where they are not known."""
    if hundredths is None:
        return say(language, "cli.unknown")
    return format_points(hundredths, edition.decimals, language, sign=sign)


def whatif_text(
    baseline: Baseline,
    projection: Projection,
    parts: Sequence[Contribution],
    warnings: Sequence[str],
    language: str,
    bounds: Reachable | None = None,
) -> str:
    """Before and after side by side, what is reachable, contributions, then the notes."""
    edition, before, after = projection.edition, projection.before, projection.after
    rows = [[say(language, f"cli.{word}") for word in ("group", "before", "after")] + ["±"]]
    for group in edition.groups:
        rows.append(
            [group.code, points(before.groups[group.code], edition, language),
             points(after.groups[group.code], edition, language),
             points(projection.group_change[group.code], edition, language, sign=True)]
        )  # fmt: skip
    rows.append(
        [say(language, "cli.score_total"),
         *(points(state.total, edition, language) for state in (before, after)),
         points(projection.total_change, edition, language, sign=True)]
    )  # fmt: skip
    for key, show in (("class", _class), ("rank", _rank)):
        shown = [show(state, language) for state in (before, after)]
        rows.append([say(language, f"cli.{key}"), *shown, ""])
    named = f"{projection.unit.code} {projection.unit.name}"
    lines = [say(language, "cli.whatif_heading", baseline=baseline.title[language], unit=named)]
    lines.append(table(rows))
    if after.standing is not None:
        lines.append(say(language, "cli.peers_fixed"))
    if bounds is not None:
        lines.append("\n" + _ahead_text(bounds, language))
    if parts:
        lines.append("\n" + say(language, "cli.contributions"))
        lines.append(
            table([[_lever(part.lever, language),
                    points(part.hundredths, edition, language, sign=True)] for part in parts])
        )  # fmt: skip
    lines.extend(say(language, "cli.warning", text=warning) for warning in warnings)
    return "\n".join(lines)


def _ahead_text(bounds: Reachable, language: str) -> str:
    """Floor, do-nothing line and ceiling at the end of the period."""
    ahead, edition = bounds.outlook, bounds.line.edition
    until = format_date(ahead.period.last.isoformat())
    words = ("until", "floor", "line", "ceiling")
    rows = [[say(language, f"cli.{word}", until=until) for word in words]]
    states = [bounds.floor.after, bounds.line.after, bounds.ceiling.after]
    for group in edition.groups:
        shown = [points(state.groups[group.code], edition, language) for state in states]
        rows.append([group.code, *shown])
    totals = [points(state.total, edition, language) for state in states]
    rows.append([say(language, "cli.score_total"), *totals])
    rows.append([say(language, "cli.rank"), *(_rank(state, language) for state in states)])
    return f"{table(rows)}\n{inflow_text(ahead, language)}"


def inflow_text(ahead: Outlook, language: str) -> str:
    """How many cases of each kind are still to come."""
    coming = ", ".join(
        say(
            language, "horizon.coming",
            count=_count(item.coming, language), flow=say(language, f"horizon.flow_{flow.value}"),
            source=say(language, f"horizon.source_{item.source}"),
        )
        for flow, item in ahead.inflows.items()
        if item.coming is not None
    )  # fmt: skip
    return say(language, "cli.inflow", coming=coming)


def _lever(code: str, language: str) -> str:
    named = {TOTAL_LIMIT: "cli.total_limit", PRESENT_RATES: "cli.present_rates"}
    return say(language, named[code]) if code in named else code


def _class(state: State, language: str) -> str:
    return state.score_class.name[language] if state.score_class else say(language, "cli.unknown")


def _rank(state: State, language: str) -> str:
    if state.standing is None:
        return say(language, "cli.unknown")
    return f"{state.standing.rank}/{state.standing.of}"
