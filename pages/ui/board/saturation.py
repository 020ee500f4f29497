"""Why pulling a lever further earns nothing any more."""

from __future__ import annotations

from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.project import FULL_TOTAL
from simulator.response import Curve
from simulator.rules import Indicator, Lever
from simulator.score import indicator_hundredths


def why_flat(view: View, lever: Lever, curve: Curve, say: Speech) -> str:
    """The reason where the curve becomes flat; empty if it only ends there."""
    if not lever.moves:
        return ""
    item = view.edition.indicator(lever.indicator)
    own = view.ranges[lever.code].moves_own_numerator and not view.is_held_down(lever)
    k = curve.flat_from
    # As whole numbers: a rate computed from counts could miss its cap by the last bit.
    if own and 100 * curve.counts[k] >= item.cap_percent * curve.wholes[k] > 0:
        return _full(item, say)
    return _why_projected(view, lever, curve, say)


def _full(item: Indicator, say: Speech) -> str:
    return say("board.why_cap", maximum=str(item.maximum), rate=say.cap(item.cap_percent))


def _why_projected(view: View, lever: Lever, curve: Curve, say: Speech) -> str:
    """The reason as the engine tells it: full marks, a full group, or a partner that limits."""
    edition, item = view.edition, view.edition.indicator(lever.indicator)
    k, level, total = curve.flat_from, curve.groups[item.group], curve.total
    score = _score(view, lever, curve)
    if lever.direction == "harmful":
        return say("board.why_lost") if score == 0 else _small(curve, say)
    if score == 100 * item.maximum:
        return _full(item, say)
    if level is not None and level[k] == 100 * edition.group_by_code[item.group].maximum:
        group = edition.group_by_code[item.group]
        return say("board.why_group", group=say.name(group.name), maximum=str(group.maximum))
    if total is not None and total[k] == FULL_TOTAL:
        return say("board.why_total")
    return _limited(view, lever, curve, say) or _small(curve, say)


def _score(view: View, lever: Lever, curve: Curve) -> int | None:
    """Points of the lever's indicator at the first flat stop."""
    k, item = curve.flat_from, view.edition.indicator(lever.indicator)
    position = view.edition.position[item.code]
    if position not in view.edition.multiplier and curve.wholes[k]:
        return indicator_hundredths(
            curve.counts[k], curve.wholes[k], item.maximum, item.cap_percent
        )
    at = {**view.projection.settings, lever.code: float(curve.changes[k])}
    return view.projected(at).after.indicators[position]


def _limited(view: View, lever: Lever, curve: Curve, say: Speech) -> str:
    """The partner that the lever's indicator cannot exceed, if that is what holds it."""
    edition = view.edition
    position = edition.position[lever.indicator]
    partners = [partner for _, limited, partner in edition.count_couplings if limited == position]
    if not partners:
        return ""
    end = {**view.projection.settings, lever.code: float(curve.changes[-1])}
    cut = any(
        notice.code == "cut_at_partner" and notice.fields["indicator"] == lever.indicator
        for notice in view.projected(end).notices
    )
    if cut or lever.upper == "partner":
        key = "board.why_partner" if cut else "board.why_room"
        return say(key, partner=say.name(edition.indicators[partners[0]].name))
    return ""


def _small(curve: Curve, say: Speech) -> str:
    """The stops beyond are worth less than the last decimal; said only if there are any."""
    return say("board.why_small") if curve.flat_from < len(curve.changes) - 1 else ""
