"""Sentences of what stands in the way of a goal, and of what wider limits would bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pages.ui.goal.words import goal_words, held_words, horizon_words, lever_names, way
from simulator.numbers import format_date
from simulator.plan_limits import Binding, Reason, only_limits
from simulator.plan_prices import Price, Relaxed
from simulator.planning import Answer
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.project import Projection
from simulator.unpublished import unpublished

# More of what stands in the way is summed up.
MOST_BINDINGS = 6


def impossible_words(view: View, found: Answer, say: Speech) -> str:
    """That the goal is out of reach, or may be, the best that is left, and how far that is."""
    plan = found.plan
    best, goal = plan.ceiling.after, found.goal
    hidden = may_be_unpublished(view, found)
    missing = []
    if goal.total is not None and best.total is not None and best.total < goal.total:
        key = "missing_total" if found.target.rank is None else "missing_rank"
        missing.append(
            say(f"goal.{key}", points=say.points(goal.total - best.total),
                needed=say.points(goal.total))
        )  # fmt: skip
    for group in view.edition.groups:
        score, reached = goal.groups.get(group.code, 0), best.groups[group.code] or 0
        if reached < score:
            name = say.name(group.name)
            missing.append(
                say("goal.missing_group", name=name, points=say.points(score - reached),
                    best=say.points(reached))
            )  # fmt: skip
    fields = {
        "goal": goal_words(view, found.target, say), "horizon": horizon_words(view, say),
        "missing": "; ".join(missing), "best": best_words(view, plan.ceiling, say),
    }  # fmt: skip
    if hidden is None:
        return say("goal.impossible", **fields)
    names = [say.name(view.edition.indicator(code).name) for code in hidden.codes]
    points = say.points(hidden.most)
    return say("goal.unknown", names=", ".join(names), points=points, **fields)


@dataclass(frozen=True)
class Hidden:
    """Indicators without figures that a goal may lie in, and the most they could bring."""

    codes: tuple[str, ...]
    most: int


def may_be_unpublished(view: View, found: Answer) -> Hidden | None:
    """What is not published, where it could bring all that a goal is short of.

    None where it could not, or where it need not: limits alone keep the goal out of reach.
    """
    ceiling, until = found.plan.ceiling, found.plan.reachable_until
    if view.outlook is not None and until is not None and only_limits(until, view.outlook):
        return None
    short, left = found.goal.short(ceiling), unpublished(ceiling)
    gaps = [(score - (ceiling.after.groups[group] or 0), left.groups.get(group, 0))
            for group, score in short.groups.items()]  # fmt: skip
    if short.total is not None:
        gaps.append((short.total - (ceiling.after.total or 0), left.total))
    if not gaps or any(missing > most for missing, most in gaps):
        return None
    concerned = set(left.indicators) if short.total is not None else set(short.groups)
    codes = [code for group, own in left.indicators.items() if group in concerned for code in own]
    most = left.total if short.total is not None else sum(most for _, most in gaps)
    return Hidden(tuple(codes), most)


def best_words(view: View, ceiling: Projection, say: Speech) -> str:
    """The best that is left: total and rank, or the groups."""
    best = ceiling.after
    if best.total is None:
        return say("goal.best_groups")
    kind = way(view)
    if best.standing is None:
        return say(f"goal.best_total{kind}", points=say.points(best.total))
    return say(
        f"goal.best_rank{kind}", points=say.points(best.total), rank=best.standing.rank,
        how=held_words(view, best.total, say),
    )  # fmt: skip


def since_words(view: View, until: date | None, say: Speech) -> str:
    """Since when a goal is out of reach; empty as if for the whole period."""
    if view.outlook is None:
        return ""
    period = view.outlook.period
    if until is None:
        return say("goal.since_ever")
    if only_limits(until, view.outlook):
        return say("goal.since_limits")
    if until < period.first:
        return say("goal.since_start")
    return say("goal.since", until=format_date(until.isoformat()))


def binding_words(
    view: View, found: tuple[Binding, ...], say: Speech
) -> list[tuple[str, list[str]]]:
    """What keeps the score down: a sentence for each reason and the indicators it holds.

    Largest first; of more than a few the rest is summed up. Risks that were assumed and what is
    not published are always named.
    """
    names = {item.code: say.name(item.name) for item in view.edition.indicators}
    risks = [one for one in found if one.reason is Reason.RISK]
    known = [one for one in found if one.missing is not None and one not in risks]
    parts: dict[str, list[str]] = {}
    for one in risks + known[:MOST_BINDINGS]:
        key = "binds_levers" if one.levers else "binds_one"
        line = say(
            f"goal.{key}", name=names[one.indicator], points=say.points(one.missing),
            levers=lever_names(one.levers, view, say),
        )  # fmt: skip
        parts.setdefault(say(f"goal.binds_{one.reason}"), []).append(line)
    rest = known[MOST_BINDINGS:]
    if rest:
        missing = say.points(sum(one.missing or 0 for one in rest))
        parts[say("goal.binds_more", count=len(rest), points=missing)] = []
    unknown = [names[one.indicator] for one in found if one.reason is Reason.UNPUBLISHED]
    if unknown:
        parts[say("goal.binds_unpublished", names=", ".join(unknown))] = []
    return list(parts.items())


def price_words(view: View, price: Price, say: Speech) -> str:
    """``Nới thêm 1.000 hồ sơ cho “...”: bớt 120 giờ công, cao nhất thêm 0,04 điểm.``"""
    lever = "" if price.lever is None else lever_names([price.lever], view, say)
    unit = "" if price.lever is None else say(f"unit.{view.ranges[price.lever].count_unit}")
    if price.relaxed in (Relaxed.HARDER, Relaxed.EASIER):
        change = say.points(round(price.amount))
    else:
        change = say.count(price.amount)
    what = say(f"goal.price_{price.relaxed}", amount=change, unit=unit, lever=lever)
    return say("goal.price", what=what, effect=say("goal.price_and").join(_effects(price, say)))


def _effects(price: Price, say: Speech) -> list[str]:
    effects = []
    if price.saved is not None:
        if round(abs(price.saved), 1) == 0:
            effects.append(say("goal.price_same"))
        else:
            key = "price_saved" if price.saved > 0 else "price_cost"
            effects.append(say(f"goal.{key}", hours=hours_text(abs(price.saved), say)))
    if price.gained is not None:
        key = "price_gained" if price.gained > 0 else "price_gained_nothing"
        effects.append(say(f"goal.{key}", points=say.points(price.gained)))
    return effects
