"""What a reader of a what-if must know besides its figures, as notices."""

from __future__ import annotations

from simulator.baseline import Baseline, Unit
from simulator.errors import Notice
from simulator.project import Projection
from simulator.rank import Peers

INFERRED = "INFERRED_FROM_GROUP"
# Hundredths: six scores printed with one decimal can be 0.05 off each.
ROUNDING_OF_SIX_GROUPS = 30


def caveats(baseline: Baseline, projection: Projection, peers: Peers | None) -> tuple[Notice, ...]:
    """Estimate, starting values that were not published, cut counts, and why there is no rank."""
    notices: list[Notice] = []
    if projection.edition.estimate:
        notices.append(Notice("estimate_edition"))
    notices.extend(sums(projection))
    notices.extend(starting_values(projection))
    notices.extend(unexplained(projection))
    notices.extend(projection.notices)
    notices.extend(_rank(baseline, projection, peers))
    return tuple(notices)


def sums(projection: Projection) -> list[Notice]:
    """Published groups that cannot belong to the published total."""
    unit = projection.unit
    if unit.total is None:
        return []
    parts = sum(unit.groups.values())
    complete = len(unit.groups) == len(projection.edition.groups)
    tolerance = ROUNDING_OF_SIX_GROUPS if projection.edition.estimate else 0
    if parts > unit.total + tolerance or (complete and parts < unit.total - tolerance):
        return [
            Notice(
                "parts_against_total",
                {"groups": len(unit.groups), "parts": parts / 100, "total": unit.total / 100},
            )
        ]
    return []


def unexplained(projection: Projection) -> list[Notice]:
    """Groups with a user's starting value whose parts do not add up to the published score."""
    edition, unit = projection.edition, projection.unit
    notices = []
    for group, positions in edition.group_positions.items():
        assumed = any(
            unit.evidence[k].assumed and unit.evidence[k].flag != INFERRED for k in positions
        )
        published = unit.groups.get(group)
        if not assumed or published is None:
            continue
        model = sum(projection.before.indicators[k] or 0 for k in positions)
        if model != published:
            fields = {"published": published, "model": model, "rest": published - model}
            shown = {name: value / 100 for name, value in fields.items()}
            notices.append(Notice("unexplained", {"group": group, **shown}))
    return notices


def starting_values(projection: Projection) -> list[Notice]:
    """Assumed values always; inferred ones only where a lever moves them."""
    edition = projection.edition
    moved = {
        move.indicator for code in projection.settings for move in edition.lever_by_code[code].moves
    }
    notices = []
    for item, evidence in zip(edition.indicators, projection.unit.evidence, strict=True):
        inferred = evidence.flag == INFERRED
        if not evidence.assumed or (inferred and item.code not in moved):
            continue
        notices.append(
            Notice(
                "starting_value_inferred" if inferred else "starting_value_assumed",
                {
                    "indicator": item.code,
                    "numerator": evidence.numerator,
                    "denominator": evidence.denominator,
                },
            )
        )
    return notices


def _rank(baseline: Baseline, projection: Projection, peers: Peers | None) -> list[Notice]:
    if peers is None:
        return [Notice(no_list_reason(baseline, projection.unit))]
    if projection.before.total is None:
        return [Notice("no_rank_without_total")]
    if not peers.borrowed:
        return []
    fields = {
        "baseline": peers.baseline_id,
        "captured_at": peers.captured_at,
        "own": baseline.captured_at,
    }
    return [Notice("peers_borrowed", fields)]


def no_list_reason(baseline: Baseline, unit: Unit) -> str:
    """Why :func:`simulator.rank.peers_of` found no peers, as the code of a notice."""
    if unit.pool in baseline.incomplete_pools:
        return "no_rank_incomplete_list"
    return "no_rank_without_list"
