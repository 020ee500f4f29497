"""Sentences of a plan: what is wanted, what it takes and where it leads; no Streamlit."""

from __future__ import annotations

import math
from collections.abc import Iterable

from pages.ui.goal import chances
from pages.ui.goal.found import moving
from pages.ui.goal.whose import beside_hours
from pages.ui.headline_figures import span
from simulator.baseline import Basis
from simulator.levers import SLIGHT, LeverRange, work_shown
from simulator.numbers import (
    format_certainty,
    format_date,
    format_number,
    plain_number,
)
from simulator.plan_found import Plan, Status
from simulator.plan_target import Target
from simulator.planning import Answer
from simulator.presentation.literal import literal, unbroken
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.project import State
from simulator.rules import ScoreClass

# Below so many units a month a decimal says something.
FEW = 10
# Of scores that are computed from counts; those that are estimated claim fewer.
DECIMALS = 2


def typed_number(value: float | None, say: Speech) -> str:
    """A number as somebody would type it: no thousands, no decimals it does not need."""
    if value is None:
        return ""
    text = plain_number(value)
    return text.replace(".", ",") if say.language == "vi" else text


def in_points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def class_name(found: ScoreClass | None, say: Speech) -> str:
    return say("unit.unknown") if found is None else say.name(found.name)


def units(change: float, bounds: LeverRange, say: Speech, *, sign: bool = False) -> str:
    """Work to be done; a rate that is estimated only to the decimal it can claim, rounded up."""
    if bounds.basis is Basis.RATE and say.decimals < DECIMALS:
        step = 10**say.decimals
        up = math.ceil(round(change * step, 6)) / step
        return format_number(up, say.decimals, say.language, sign=sign)
    return say.count(work_shown(bounds, change), sign=sign)


def a_month(change: float, bounds: LeverRange, say: Speech) -> str:
    """``1.234 hồ sơ``: units a month, never broken into lines."""
    unit = say(f"unit.short_{bounds.count_unit}")
    return unbroken(f"{per_month(change, bounds, say)} {unit}")


def per_month(change: float, bounds: LeverRange, say: Speech) -> str:
    """Units a month; with a decimal where whole ones would say little."""
    if bounds.basis is Basis.RATE or change < FEW:
        return format_number(change, 1, say.language)
    return say.count(math.ceil(change - SLIGHT))


def amount(code: str, change: float, view: View, say: Speech, *, short: bool = False) -> str:
    """``+1.234 hồ sơ``, never broken into lines."""
    bounds = view.ranges[code]
    unit = say(f"unit.{'short_' if short else ''}{bounds.count_unit}")
    return unbroken(f"{units(change, bounds, say, sign=True)} {unit}")


def lever_names(codes: Iterable[str], view: View, say: Speech) -> str:
    return ", ".join(f"“{say.name(view.edition.lever_by_code[code].name)}”" for code in codes)


def goal_words(view: View, target: Target, say: Speech) -> str:
    """What is wanted: ``lên hạng 16 với 80% chắc chắn``."""
    parts = []
    if target.rank is not None:
        now = view.projection.before.standing
        key = "rank_keep" if now is not None and now.rank <= target.rank else "rank_up"
        parts.append(say(f"goal.goal_{key}", rank=target.rank))
        if target.certainty is not None:
            percent = format_certainty(target.certainty, say.language)
            parts[-1] = say("goal.goal_sure", goal=parts[-1], percent=percent)
    if target.score_class is not None:
        named = {item.code: say.name(item.name) for item in view.edition.classes}
        name = named.get(target.score_class, target.score_class)
        parts.append(say("goal.goal_class", name=literal(name)))
    if target.total is not None:
        parts.append(say("goal.goal_total", points=say.points(target.total)))
    order = list(view.edition.group_by_code)
    known = sorted(target.groups, key=lambda one: order.index(one[0]) if one[0] in order else -1)
    for code, score in known:
        group = view.edition.group_by_code.get(code)
        name = literal(code) if group is None else say.name(group.name)
        parts.append(say("goal.goal_group", name=name, points=say.points(score)))
    if target.hours is not None:
        parts.append(say("goal.goal_hours", hours=say.count(round(target.hours, 2))))
    return say("goal.and").join(parts)


def horizon_words(view: View, say: Speech) -> str:
    """``đến hết 31/12/2026``, or as if for the whole period."""
    if view.outlook is None:
        return say("goal.whole")
    return say("goal.until", last=format_date(view.outlook.period.last.isoformat()))


def way(view: View) -> str:
    """Ending of texts that differ where one looks as if at the whole period."""
    return "_whole" if view.outlook is None else ""


def scores_words(
    view: View, before: State, after: State, say: Speech, *, ranked: bool = True
) -> str:
    """``tổng điểm 62,18 → 63,40, hạng 19 → 16 (đối thủ giữ nguyên; ...)`` of two states.

    Not ``ranked``: without the place among held peers, where a certainty was asked.
    """
    parts = []
    if after.total is not None:
        key = "total_same" if after.total == before.total else "totals"
        parts.append(
            say(f"goal.{key}", before=say.points(before.total), after=say.points(after.total))
        )
    if after.score_class != before.score_class:
        parts.append(
            say(
                "goal.classes", before=class_name(before.score_class, say),
                after=class_name(after.score_class, say),
            )
        )  # fmt: skip
    if ranked and before.standing and after.standing:
        same = before.standing.rank == after.standing.rank
        parts.append(
            say(
                f"goal.{'rank_same' if same else 'ranks'}", before=before.standing.rank,
                after=after.standing.rank, how=held_words(view, after.total, say),
            )
        )  # fmt: skip
    if after.total is None:
        parts += [
            say("goal.group_change", name=say.name(group.name),
                before=say.points(before.groups[group.code]),
                after=say.points(after.groups[group.code]))
            for group in view.edition.groups
            if after.groups[group.code] != before.groups[group.code]
        ]  # fmt: skip
    return ", ".join(parts)


def held_words(view: View, total: int | None, say: Speech) -> str:
    """The peers are held; where they move, where nine of ten draws end."""
    ahead = moving(view)
    if ahead is None or total is None or ahead.last is None:
        return say("goal.held")
    places = span(ahead.interval(total))
    return say("goal.held_moving", places=places, last=format_date(ahead.last.isoformat()))


def answer_words(view: View, found: Answer, say: Speech) -> str:
    """One sentence: what it takes, and where it leads."""
    plan, target = found.plan, found.target
    before, after = plan.projection.before, plan.projection.after
    scores = scores_words(view, before, after, say, ranked=target.certainty is None)
    fields = {
        "horizon": horizon_words(view, say),
        "hours": hours_text(plan.total_hours, say),
        "whose": beside_hours(view, plan, say),
        "scores": chances.moving_words(view, plan, target, scores, say),
    }
    if target.hours is not None:
        text = say("goal.answer_hours", budget=say.count(round(target.hours, 2)), **fields)
    elif plan.status is Status.IMPOSSIBLE:
        text = say("goal.answer_best", **fields)
    elif is_there(plan):
        key = "answer_given" if plan.settings else "answer_there"
        text = say(f"goal.{key}", goal=goal_words(view, target, say), **fields)
    else:
        text = say("goal.answer", goal=goal_words(view, target, say), **fields)
    text = chances.lead_words(found, text, say)
    return f"{text} {say('goal.estimate')}" if view.edition.estimate else text


def plan_words(view: View, plan: Plan, say: Speech) -> str:
    """One line of where the plan stands now."""
    return say(
        "goal.effort_now", hours=hours_text(plan.total_hours, say),
        whose=beside_hours(view, plan, say),
        scores=scores_words(view, plan.projection.before, plan.projection.after, say, ranked=False),
    )  # fmt: skip


def is_there(plan: Plan) -> bool:
    """True if nothing is left to a plan: the goal is reached with what is given."""
    given = {*plan.limits.locked, *plan.limits.floors}
    return plan.status is Status.REACHED and set(plan.settings) <= given


def given_words(view: View, plan: Plan, say: Speech) -> list[str]:
    """What a plan takes as it is: locks, what only the scenario can set, what has to be done."""
    locked = [code for code in plan.limits.locked if code in view.scenario.locks]
    assumed = {code: at for code, at in plan.limits.locked.items() if code not in locked and at}
    sentences = []
    if locked:
        names = [
            f"{lever_names([code], view, say)} ({_at(code, plan.limits.locked[code], view, say)})"
            for code in locked
        ]
        sentences.append(say("goal.given_locked", names=", ".join(names)))
    for key, changes in (("assumed", assumed), ("floors", plan.limits.floors)):
        if changes:
            names = [
                f"{lever_names([code], view, say)} ({amount(code, change, view, say)})"
                for code, change in changes.items()
            ]
            sentences.append(say(f"goal.given_{key}", names=", ".join(names)))
    return sentences


def _at(code: str, change: float, view: View, say: Speech) -> str:
    return amount(code, change, view, say) if change else say("goal.as_now")
