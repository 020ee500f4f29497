"""What indicators that nobody publishes for a unit could still add to its scores."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.project import FULL_TOTAL, Projection


@dataclass(frozen=True)
class Unpublished:
    """Hundredths that are not excluded beyond a projection: of each group, and of the total.

    ``indicators``: codes of those that are not published, by group; only groups that have some.
    """

    groups: dict[str, int]
    total: int
    indicators: dict[str, tuple[str, ...]]


def unpublished(best: Projection) -> Unpublished:
    """What the indicators without figures could bring beyond ``best``, at most.

    A published score of a group already holds what they have: the part of it that the published
    indicators do not explain. So they can add their maxima less that part, and never lift a group
    above its own maximum. Where the group is not known either, nothing of it can be excluded but
    what the total already holds.
    """
    edition, groups, indicators, unknown = best.edition, {}, {}, []
    for group, positions in edition.group_positions.items():
        hidden = [k for k in positions if best.after.indicators[k] is None]
        if not hidden:
            continue
        indicators[group] = tuple(edition.indicators[k].code for k in hidden)
        most = 100 * sum(edition.indicators[k].maximum for k in hidden)
        before, after = best.before.groups[group], best.after.groups[group]
        if before is None or after is None:
            unknown.append((group, round(most)))
            continue
        has = before - sum(best.before.indicators[k] or 0 for k in positions)
        room = round(100 * edition.group_by_code[group].maximum) - after
        groups[group] = min(max(round(most) - max(has, 0), 0), room)
    total = sum(groups.values())
    if best.after.total is not None:
        known = sum(score for score in best.after.groups.values() if score is not None)
        held = max(best.after.total - known, 0)
        total += max(sum(most for _, most in unknown) - held, 0)
        total = min(total, FULL_TOTAL - best.after.total)
    return Unpublished(groups | dict(unknown), total, indicators)
