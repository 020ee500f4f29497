"""Why pulling a lever further earns nothing any more."""

from __future__ import annotations

from pages.ui.view import Speech, View
from simulator.project import Projection, project
from simulator.response import Curve
from simulator.rules import Lever


def why_flat(view: View, lever: Lever, curve: Curve, say: Speech) -> str:
    """The reason at the far end of the curve; empty if there is none to tell."""
    if not lever.moves:
        return ""
    item = view.edition.indicator(lever.indicator)
    own = view.ranges[lever.code].moves_own_numerator and not view.is_held_down(lever)
    # As whole numbers: a rate computed from counts could miss its cap by the last bit.
    if own and 100 * curve.counts[-1] >= item.cap_percent * curve.wholes[-1] > 0:
        return say("board.why_cap", maximum=str(item.maximum), rate=say.cap(item.cap_percent))
    return _why_projected(view, lever, curve, say)


def _why_projected(view: View, lever: Lever, curve: Curve, say: Speech) -> str:
    """The reason as the engine's notices tell it."""
    settings = {**view.projection.settings, lever.code: float(curve.changes[-1])}
    end = project(view.edition, view.unit, settings)
    item = view.edition.indicator(lever.indicator)
    position = view.edition.position[lever.indicator]
    if lever.direction == "harmful":
        return say("board.why_lost") if end.after.indicators[position] == 0 else ""
    for notice in end.notices:
        if notice.fields["indicator"] == lever.indicator and notice.code == "cut_at_partner":
            partner = view.edition.indicator(str(notice.fields["partner"]))
            return say("board.why_partner", partner=say.name(partner.name))
    if _group_is_full(end, item.group):
        group = view.edition.group_by_code[item.group]
        return say("board.why_group", group=say.name(group.name), maximum=str(group.maximum))
    return say("board.why_else") if curve.flat_from < len(curve.changes) - 1 else ""


def _group_is_full(end: Projection, group: str) -> bool:
    level = end.after.groups[group]
    return level is not None and level == 100 * end.edition.group_by_code[group].maximum
