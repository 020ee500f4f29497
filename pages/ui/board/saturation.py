"""Why pulling a lever further earns nothing any more."""

from __future__ import annotations

from pages.ui.view import Speech, View
from simulator.project import FULL_TOTAL
from simulator.response import Curve
from simulator.rules import Indicator, Lever


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
    at = {**view.projection.settings, lever.code: float(curve.changes[curve.flat_from])}
    there = view.projected(at)
    score = there.after.indicators[edition.position[lever.indicator]]
    if lever.direction == "harmful":
        return say("board.why_lost") if score == 0 else _small(curve, say)
    if score == 100 * item.maximum:
        return _full(item, say)
    if there.after.groups[item.group] == 100 * edition.group_by_code[item.group].maximum:
        group = edition.group_by_code[item.group]
        return say("board.why_group", group=say.name(group.name), maximum=str(group.maximum))
    if there.after.total == FULL_TOTAL:
        return say("board.why_total")
    return _limited(view, lever, curve, say) or _small(curve, say)


def _limited(view: View, lever: Lever, curve: Curve, say: Speech) -> str:
    """The partner that the lever's indicator cannot exceed, if that is what holds it."""
    edition = view.edition
    position = edition.position[lever.indicator]
    partners = [partner for _, limited, partner in edition.count_couplings if limited == position]
    end = {**view.projection.settings, lever.code: float(curve.changes[-1])}
    cut = any(
        notice.code == "cut_at_partner" and notice.fields["indicator"] == lever.indicator
        for notice in view.projected(end).notices
    )
    if partners and (cut or lever.upper == "partner"):
        key = "board.why_partner" if cut else "board.why_room"
        return say(key, partner=say.name(edition.indicators[partners[0]].name))
    return ""


def _small(curve: Curve, say: Speech) -> str:
    """The stops beyond are worth less than the last decimal; said only if there are any."""
    return say("board.why_small") if curve.flat_from < len(curve.changes) - 1 else ""
