"""Tables behind the charts: from an evaluated scenario to rows ready to draw or download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulator.baseline import Basis
from simulator.outlook import Outlook
from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, contributions_of
from simulator.summary import Loss, Marks, group_marks, places

NEIGHBOURS = 4
# Ends of the bands of a peer: the middle half and the middle nine tenths of all draws.
BANDS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
NO_BAND: dict[str, float] = dict.fromkeys(BANDS, float("nan"))


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def inflow_words(ahead: Outlook, say: Speech) -> str:
    """How many cases of each kind are still to come, and how that is known."""
    return "; ".join(
        say(
            "horizon.coming",
            count=say.count(item.coming), flow=say(f"horizon.flow_{flow.value}"),
            source=say(f"horizon.source_{item.source}"),
        )
        for flow, item in ahead.inflows.items()
        if item.coming is not None
    )  # fmt: skip


def groups_table(view: View, say: Speech, marks: Mapping[str, Marks] | None = None) -> pd.DataFrame:
    """Six rows for ``groups_chart``; ``marks``: those of :func:`group_marks` unless given."""
    marks = marks or group_marks(view.edition, view.unit, view.peers)
    rows = []
    for group in view.edition.groups:
        now = view.projection.before.groups[group.code]
        after = view.projection.after.groups[group.code]
        change = view.projection.group_change[group.code]
        mean, best = marks[group.code].mean, marks[group.code].best
        label = say("charts.of_max", points=say.points(after), maximum=str(group.maximum))
        if change:
            label += f" ({say.points(change, sign=True)})"
        rows.append(
            {
                "name": say.name(group.name),
                "colour": group.colour,
                "now": _points(now),
                "ghost": _points(now) if change else None,
                "after": _points(after),
                "maximum": group.maximum,
                "mean": _points(mean),
                "best": _points(best),
                "label": label,
                "tip": " · ".join(
                    [
                        say.name(group.name),
                        say("charts.tip_now", value=say.points(now)),
                        say("charts.tip_after", value=say.points(after)),
                        say("charts.tip_mean", value=say.points(mean)),
                        say("charts.tip_best", value=say.points(best)),
                    ]
                ),
            }
        )
    return pd.DataFrame(rows)


def waterfall_table(view: View, say: Speech) -> pd.DataFrame:
    """Rows for ``waterfall_chart``; from 0 if the total is unknown."""
    start = view.projection.before.total or 0
    rows = [_step(say("charts.now"), start, start, "now", say.points(view.projection.before.total))]
    level = start
    parts = [part for part in contributions_of(view.scenario) if part.hundredths]
    for part in sorted(parts, key=lambda item: -item.hundredths):
        name = (
            say.name(view.edition.lever_by_code[part.lever].name)
            if part.lever in view.edition.lever_by_code
            else say(f"charts.{part.lever.lower()}")
        )
        kind = "gain" if part.hundredths > 0 else "loss"
        label = say.points(part.hundredths, sign=True)
        rows.append(_step(name, level, level + part.hundredths, kind, label))
        level += part.hundredths
    after = view.projection.after.total
    rows.append(_step(say("charts.after"), level, level, "after", say.points(after)))
    return pd.DataFrame(rows)


def _step(name: str, start: int, end: int, kind: str, label: str) -> dict[str, object]:
    return {
        "name": name, "start": start / 100, "end": end / 100, "high": max(start, end) / 100,
        "kind": kind, "label": label, "tip": f"{name}: {label}",
    }  # fmt: skip


def ladder_table(view: View, say: Speech) -> pd.DataFrame:
    """Neighbours of the old and the new place, best first; empty without peers."""
    before, after = view.projection.before, view.projection.after.total
    listed = places(view.projection, view.peers) if view.peers else []
    if not listed or before.total is None or before.standing is None or after is None:
        return pd.DataFrame()
    bands = _bands(view)
    rows = [
        _rung(
            place.total, place.after.rank, "after" if place.is_own else "peer",
            place.unit.short_name, say,
        ) | bands.get(place.unit.code, NO_BAND)
        for place in listed
    ]  # fmt: skip
    if view.projection.total_change:
        name = say("charts.own_now", name=view.unit.short_name)
        rows.append(_rung(before.total, before.standing.rank, "now", name, say) | NO_BAND)
        rows.sort(key=lambda row: -float(row["total"]))
    own = [k for k, row in enumerate(rows) if row["kind"] != "peer"]
    rows = rows[max(0, min(own) - NEIGHBOURS) : max(own) + NEIGHBOURS + 1]
    table = pd.DataFrame(rows)
    return table.assign(own=after / 100)


def _bands(view: View) -> dict[str, dict[str, float]]:
    """Where each peer ends in the middle half and in nine of ten draws, in points."""
    ahead = view.peers_ahead
    if ahead is None or ahead.mode is PeersMode.FIXED:
        return {}
    quantiles = {name: ahead.outcomes.totals(certainty) for name, certainty in BANDS.items()}
    return {
        code: {name: totals[code] / 100 for name, totals in quantiles.items()}
        for code in ahead.outcomes.codes
    }


def _rung(total: int, rank: int, kind: str, name: str, say: Speech) -> dict[str, Any]:
    """A row; place and score stand beside the name, as bands may lie over the dot."""
    points = say.points(total)
    return {
        "name": say("charts.rung", rank=rank, name=name, points=points),
        "total": total / 100, "kind": kind,
        "tip": say("charts.place_before" if kind == "now" else "charts.place",
                   name=name, rank=rank, points=points),
    }  # fmt: skip


def indicators_table(view: View, say: Speech) -> pd.DataFrame:
    """All indicators with counts, rate, points now and after, and points still lost."""
    rows = []
    for k, item in enumerate(view.edition.indicators):
        evidence = view.unit.evidence[k]
        now, after = view.projection.before.indicators[k], view.projection.after.indicators[k]
        rows.append(
            {
                "code": item.code,
                "group": say.name(view.edition.group_by_code[item.group].name),
                "name": say.name(item.name),
                "counts": counts_text(view, k, say),
                "rate": evidence.rate_percent,
                "now": now,
                "after": after,
                "maximum": item.maximum * 100,
                "lost": None if now is None else item.maximum * 100 - now,
                "flag": evidence.flag,
            }
        )
    return pd.DataFrame(rows)


def loss_name(loss: Loss, say: Speech) -> str:
    if loss.indicator:
        return say.name(loss.indicator.name)
    return say("overview.group_only", name=say.name(loss.group.name))


def counts_text(view: View, position: int, say: Speech) -> str:
    """``528.684 / 597.918 hồ sơ``; the rate or the reason where counts were not published."""
    evidence = view.unit.evidence[position]
    if evidence.basis is Basis.UNKNOWN:
        return say("unit.not_published")
    if evidence.basis is Basis.RATE:
        return say("charts.rate_only")
    if evidence.denominator == 0:
        return say("unit.no_cases")
    return say(
        "charts.counts",
        numerator=say.count(evidence.numerator), denominator=say.count(evidence.denominator),
        unit=say(f"unit.{view.edition.indicators[position].count_unit}"),
    )  # fmt: skip


def ranking_table(view: View) -> pd.DataFrame:
    """All peers and the unit itself, after the what-if, with group scores in points.

    ``above``: chance to end above the unit in percent, None for the unit itself.
    """
    ahead, score = view.rank_ahead, view.projection.after.total
    above = {} if ahead is None or score is None else ahead.outcomes.chances_above(score)
    return pd.DataFrame(
        [
            {
                "rank": place.after.rank,
                "rank_before": place.before.rank,
                "name": place.unit.short_name,
                "code": place.unit.code,
                "own": place.is_own,
                "no_dossiers": place.unit.has_no_dossiers(view.edition),
                "total": place.total / 100,
                "above": None if place.is_own else round(100 * above.get(place.unit.code, 0.0), 1),
                **{code: _points(value) for code, value in place.groups.items()},
            }
            for place in (places(view.projection, view.peers) if view.peers else [])
        ]
    )
