"""Tables behind the charts: from an evaluated scenario to rows ready to draw or download."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pages.ui.view import Speech, View, contributions_of
from simulator.baseline import Basis, Unit
from simulator.contributions import TOTAL_LIMIT
from simulator.rank import Standing, group_scores, standing
from simulator.rules import Group, Indicator

NEIGHBOURS = 4


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def peer_groups(view: View) -> list[dict[str, int | None]]:
    """Group scores of the peers and of the unit itself, where known."""
    units: Iterable[Unit] = (*(view.peers.units if view.peers else ()), view.unit)
    return [group_scores(view.edition, unit) for unit in units]


def groups_table(view: View, say: Speech) -> pd.DataFrame:
    """Six rows for :func:`pages.ui.charts.groups_chart`."""
    everyone = peer_groups(view)
    rows = []
    for group in view.edition.groups:
        now = view.projection.before.groups[group.code]
        after = view.projection.after.groups[group.code]
        change = view.projection.group_change[group.code]
        known = [scores[group.code] for scores in everyone if scores[group.code] is not None]
        listed = len(known) > 1
        mean = round(sum(k or 0 for k in known) / len(known)) if listed else None
        mean = view.unit.averages.get(group.code, mean)
        best = max(k or 0 for k in known) if listed else None
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
    """Rows for :func:`pages.ui.charts.waterfall_chart`; from 0 if the total is unknown."""
    start = view.projection.before.total or 0
    rows = [_step(say("charts.now"), start, start, "now", say.points(view.projection.before.total))]
    level = start
    parts = [part for part in contributions_of(view.scenario) if part.hundredths]
    for part in sorted(parts, key=lambda item: -item.hundredths):
        name = (
            say("charts.total_limit")
            if part.lever == TOTAL_LIMIT
            else say.name(view.edition.lever_by_code[part.lever].name)
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
    projection = view.projection
    before, after = projection.before.standing, projection.after.standing
    if view.peers is None or before is None or after is None:
        return pd.DataFrame()
    ladder = [
        (view.peers.totals[unit.code], "peer", unit.short_name) for unit in view.peers.units
    ]  # fmt: skip
    own = view.unit.short_name
    assert projection.before.total is not None and projection.after.total is not None
    if projection.total_change:
        ladder.append((projection.before.total, "now", say("charts.own_now", name=own)))
    ladder.append((projection.after.total, "after", say("charts.own_after", name=own)))
    ladder.sort(key=lambda row: (-row[0], row[1] == "peer"))
    places = [k for k, row in enumerate(ladder) if row[1] != "peer"]
    first, last = max(0, min(places) - NEIGHBOURS), max(places) + NEIGHBOURS + 1
    rows = []
    for total, kind, name in ladder[first:last]:
        # The simulated unit replaces its own row: peers are counted without it.
        rank = standing(total, view.peers.totals).rank
        shown = rank if kind != "peer" else rank + (projection.after.total > total)
        rows.append(
            {
                "name": name,
                "total": total / 100,
                "kind": kind,
                "label": say(
                    "charts.place_before" if kind == "now" else "charts.place",
                    rank=shown,
                    points=say.points(total),
                ),
            }
        )
    table = pd.DataFrame(rows)
    return table.assign(tip=table["name"] + ": " + table["label"])


def indicators_table(view: View, say: Speech) -> pd.DataFrame:
    """All indicators with counts, rate, points now and after, and points still lost."""
    rows = []
    for k, item in enumerate(view.edition.indicators):
        evidence = view.unit.evidence[k]
        now, after = view.projection.before.indicators[k], view.projection.after.indicators[k]
        rows.append(
            {
                "position": k,
                "code": item.code,
                "group": say.name(view.edition.group_by_code[item.group].name),
                "colour": view.edition.group_by_code[item.group].colour,
                "name": say.name(item.name),
                "counts": counts_text(view, k, say),
                "rate": evidence.rate_percent,
                "now": now,
                "after": after,
                "maximum": item.maximum * 100,
                "lost": None if now is None else item.maximum * 100 - now,
                "flag": evidence.flag,
                "assumed": evidence.assumed,
            }
        )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Loss:
    """Points (hundredths) that are lost on an indicator, or on a group whose parts are unknown."""

    name: str
    lost: int
    group: Group
    indicator: Indicator | None


def losses(view: View, say: Speech) -> list[Loss]:
    """Where points are lost now, largest first.

    By indicator where the rules give its points; by group where no part is published, and
    for all groups of an edition whose component points are unknown.
    """
    edition, scores = view.edition, view.projection.before
    found = []
    for group in edition.groups:
        parts = [k for k in edition.group_positions[group.code] if view.unit.knows(k)]
        level = scores.groups[group.code]
        if parts and not edition.estimate:
            for k in parts:
                item, score = edition.indicators[k], scores.indicators[k]
                found.append(
                    Loss(say.name(item.name), 100 * item.maximum - (score or 0), group, item)
                )
        elif level is not None:
            name = say("overview.group_only", name=say.name(group.name))
            found.append(Loss(name, 100 * group.maximum - level, group, None))
    return sorted((loss for loss in found if loss.lost > 0), key=lambda loss: -loss.lost)


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


def ranking_table(view: View, say: Speech) -> pd.DataFrame:
    """All peers and the unit itself, after the what-if, with group scores in points."""
    if view.peers is None:
        return pd.DataFrame()
    projection = view.projection
    own = {"total": projection.after.total, "groups": projection.after.groups, "own": True}
    entries = [
        {
            "unit": unit, "total": view.peers.totals[unit.code], "own": False,
            "groups": group_scores(view.edition, unit),
        }
        for unit in view.peers.units
    ]  # fmt: skip
    entries.append({"unit": view.unit, **own})
    rows = []
    for entry in sorted(entries, key=lambda item: -(item["total"] or 0)):
        before, after = _places(view, entry)
        rows.append(
            {
                "rank": after.rank if after else None,
                "rank_before": before.rank if before else None,
                "name": entry["unit"].short_name,
                "code": entry["unit"].code,
                "own": entry["own"],
                "no_dossiers": entry["unit"].has_no_dossiers(view.edition),
                "total": _points(entry["total"]),
                **{code: _points(value) for code, value in entry["groups"].items()},
            }
        )
    return pd.DataFrame(rows)


def _places(view: View, entry: dict[str, object]) -> tuple[Standing | None, Standing | None]:
    """Place of a row before and after the what-if; the unit replaces its own row."""
    assert view.peers is not None
    projection = view.projection
    if entry["own"]:
        return projection.before.standing, projection.after.standing
    unit = entry["unit"]
    assert isinstance(unit, Unit)
    others = {code: total for code, total in view.peers.totals.items() if code != unit.code}
    total = view.peers.totals[unit.code]
    places = []
    for own in (projection.before.total, projection.after.total):
        rivals = others if own is None else {**others, view.unit.code: own}
        places.append(standing(total, rivals))
    return places[0], places[1]
