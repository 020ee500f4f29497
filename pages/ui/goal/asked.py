"""What can be wanted of a unit, what is wanted where nobody asked yet, and what somebody typed."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from pages.ui.goal.found import Range
from simulator.errors import ScenarioError
from simulator.numbers import format_count, parse_number
from simulator.plan_target import MOST_HOURS, Target, check_hours, parse_rank
from simulator.presentation.view import View
from simulator.project import FULL_TOTAL
from simulator.rank import to_next_class

PLACES_UP = 3
QUICK_PLACES = (1, 3, 5)
# Hundredths that are wanted more, where nothing else suggests itself.
POINT = 100
SURE = 0.8
FEW_HOURS = 1000.0
# Hundredths between a goal and what the plan for it reaches.
RESERVE = 10


class Kind(StrEnum):
    """Ways to say what is wanted."""

    TOTAL = "total"
    CLASS = "class"
    RANK = "rank"
    GROUPS = "groups"
    HOURS = "hours"


def kinds_of(target: Target) -> list[Kind]:
    """All that ``target`` names: a link can ask for several at once."""
    parts = {
        Kind.HOURS: target.hours is not None,
        Kind.RANK: target.rank is not None,
        Kind.CLASS: target.score_class is not None,
        Kind.TOTAL: target.total is not None,
        Kind.GROUPS: bool(target.groups),
    }
    return [kind for kind, is_asked in parts.items() if is_asked]


def possible(view: View) -> list[Kind]:
    """What can be asked of this unit."""
    before = view.projection.before
    knows_total = before.total is not None
    can = {
        Kind.TOTAL: knows_total,
        Kind.CLASS: knows_total,
        Kind.RANK: before.standing is not None,
        Kind.GROUPS: any(score is not None for score in before.groups.values()),
        Kind.HOURS: knows_total,
    }
    return [kind for kind, is_possible in can.items() if is_possible]


def proposed(view: View, known: Range, chosen: Kind | None = None) -> Target:
    """Three places up; the first place kept; without a list the next class, or one more point.

    ``chosen``: the kind that is wanted, if this unit has it.
    """
    order = (Kind.RANK, Kind.CLASS, Kind.TOTAL, Kind.GROUPS)
    for kind in order if chosen is None else (chosen, *order):
        if kind in possible(view):
            found = target_of_kind(kind, view, known)
            if not found.is_empty:
                return found
    return Target()


def target_of_kind(kind: Kind, view: View, known: Range) -> Target:
    """What is proposed of a kind; empty where there is nothing above."""
    before = view.projection.before
    total = before.total or 0
    if kind is Kind.RANK:
        now = before.standing.rank if before.standing else 1
        return Target(rank=1, certainty=SURE) if now == 1 else Target(rank=max(now - PLACES_UP, 1))
    if kind is Kind.CLASS:
        above = to_next_class(view.edition, total)
        return Target(score_class=above[0].code) if above else Target()
    if kind is Kind.TOTAL:
        return Target(total=min(total // POINT * POINT + POINT, FULL_TOTAL))
    if kind is Kind.GROUPS:
        return _of_group(view, known)
    return Target(hours=FEW_HOURS)


def _of_group(view: View, known: Range) -> Target:
    """One more point of the group that can still gain most."""
    now, best = view.projection.before.groups, known.ceiling.after.groups
    rooms = {
        code: (best[code] or score) - score for code, score in now.items() if score is not None
    }
    if not rooms:
        return Target()
    code = max(rooms, key=rooms.__getitem__)
    highest = 100 * view.edition.group_by_code[code].maximum
    return Target(groups=((code, min((now[code] or 0) + POINT, highest)),))


def with_reserve(target: Target, total: int) -> Target:
    """``target`` as a total ``RESERVE`` above ``total``, what it needed so far (hundredths)."""
    return replace(target, total=min(total + RESERVE, FULL_TOTAL), score_class=None)


def quick_ranks(view: View) -> dict[int, int]:
    """Ranks that are offered: rank -> places up."""
    standing = view.projection.before.standing
    if standing is None:
        return {}
    return {standing.rank - up: up for up in QUICK_PLACES if standing.rank - up >= 1}


def typed_total(text: str, language: str) -> Target:
    """A total as somebody types it; an emptied field asks for a number, as all of these do."""
    _refuse_empty(text, _decimal("65.5", language))
    return Target(total=_points(text, language, 100))


def typed_rank(text: str, certainty: float | None) -> Target:
    _refuse_empty(text, "10")
    return Target(rank=parse_rank(text.strip()), certainty=certainty)


def typed_hours(text: str, language: str) -> Target:
    _refuse_empty(text, "500")
    try:
        return Target(hours=check_hours(float(parse_number(text, language)), text))
    except ScenarioError:
        highest = format_count(MOST_HOURS, language)
        raise ScenarioError(
            "goal_hours_form", value=text.strip()[:40], highest=highest, example="500"
        ) from None


def typed_group(target: Target, group: str, text: str, language: str, highest: int) -> Target:
    """``target`` with another score of one group; empty: nothing is asked of it."""
    groups = dict(target.groups)
    if text.strip():
        groups[group] = _points(text, language, highest)
    else:
        groups.pop(group, None)
    if not groups:
        example = _decimal(f"{highest / 2:g}", language)
        raise ScenarioError("goal_group_missing", highest=highest, example=example)
    return Target(groups=tuple(sorted(groups.items())))


def _refuse_empty(text: str, example: str) -> None:
    if not text.strip():
        raise ScenarioError("goal_number_missing", example=example)


def _decimal(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "vi" else number


def _points(text: str, language: str, highest: int) -> int:
    """Hundredths of a score with at most two decimals."""
    try:
        found: Fraction = parse_number(text, language) * 100
    except ScenarioError:
        example = _decimal("65.5" if highest == FULL_TOTAL // 100 else f"{highest / 2:g}", language)
        raise ScenarioError(
            "goal_points_form", value=text.strip()[:40], highest=highest, example=example
        ) from None
    if found.denominator != 1 or not 0 <= found <= 100 * highest:
        raise ScenarioError("plan_goal_out_of_range", value=text.strip()[:40], highest=highest)
    return int(found)
