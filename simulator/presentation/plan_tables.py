"""Tables of the monthly plan: to be read and printed (words), to be downloaded (numbers)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from simulator.levers import SLIGHT, work_shown
from simulator.month_plan import Month, MonthPlan, Step
from simulator.numbers import shown_percent
from simulator.outlook import half_up
from simulator.period import MONTH_DAYS
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.project import State
from simulator.rules import Indicator

# Below so many units a decimal says something.
FEW = 10


def month_name(month: Month, say: Speech) -> str:
    """``Tháng 10``, or the days of it that are meant."""
    key = "month" if month.last.day >= 28 and month.days >= 28 else "month_part"
    days = say.count(round(month.days))
    return say(f"plan.{key}", month=f"{month.first.month:02d}", days=days)


def tasks(
    view: View, plan: MonthPlan, say: Speech, per_month: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """One row per lever, one column per month: what must turn out well, or be done.

    ``per_month``: most units of a lever a month can take; where there is one, a cell also tells
    how many more than at present rates, and a month that is above it is marked.
    """
    names = [month_name(month, say) for month in plan.months]
    rows = []
    for lever in view.edition.levers:
        steps = [step for step in plan.steps if step.lever == lever.code]
        if not steps or lever.direction == "harmful":
            continue
        unit = say(f"unit.{view.ranges[lever.code].count_unit}")
        bounds = view.ranges[lever.code]
        setting = work_shown(bounds, view.projection.settings[lever.code])
        cells = [_task(step, say) for step in steps]
        most = (per_month or {}).get(lever.code)
        if most is not None:
            own = zip(cells, steps, plan.months, own_parts(plan, lever.code), strict=True)
            cells = [
                _with_capacity(cell, step, more, most * month.days / MONTH_DAYS, say)
                for cell, step, month, more in own
            ]
        rows.append(
            {
                say("plan.lever"): f"{say.name(lever.name)} ({unit})",
                say("plan.setting"): say.count(setting, sign=True),
                **dict(zip(names, cells, strict=True)),
                say("plan.responsible"): say.name(lever.responsible),
            }
        )
    return pd.DataFrame(rows)


def _task(step: Step, say: Speech) -> str:
    if step.rate_percent is None:
        return say.count(step.good, sign=True)
    return say(
        "plan.task", good=say.count(step.good), cases=say.count(step.cases),
        rate=say.percent(step.rate_percent),
    )  # fmt: skip


def own_parts(plan: MonthPlan, lever: str) -> list[tuple[float, int]]:
    """What a lever alone changes in each month, and in whole units that add up."""
    done = [end.settings.get(lever, 0.0) for end in plan.ends]
    return [
        (now - before, half_up(now) - half_up(before))
        for now, before in zip(done, [0.0, *done], strict=False)
    ]


def _with_capacity(cell: str, step: Step, own: tuple[float, int], most: float, say: Speech) -> str:
    """A month's cell with how many more it asks for; marked if that is more than ``most``."""
    exact, whole = own
    if step.cases:
        cell = say("plan.task_more", task=cell, more=say.count(whole, sign=True))
    if exact <= most + SLIGHT:
        return cell
    return say("plan.task_above", task=cell, most=_most(most, say))


def _most(units: float, say: Speech) -> str:
    """What a month can take: with a decimal where it is few."""
    return say.number(units, 1) if units < FEW else say.count(half_up(units))


def risks(view: View, plan: MonthPlan, say: Speech) -> str:
    """Names of the harmful levers in the plan: they are tried, not to be done."""
    codes = dict.fromkeys(step.lever for step in plan.steps)
    levers = (view.edition.lever_by_code[code] for code in codes)
    return ", ".join(say.name(lever.name) for lever in levers if lever.direction == "harmful")


def steps(view: View, plan: MonthPlan, say: Speech) -> pd.DataFrame:
    """One row per lever and month, as numbers."""
    rows = []
    for step in plan.steps:
        lever = view.edition.lever_by_code[step.lever]
        if lever.direction == "harmful":
            continue
        rows.append(
            {
                say("plan.lever"): say.name(lever.name),
                say("tables.code"): lever.code,
                say("plan.month_column"): _month(step.month),
                say("plan.cases"): float(step.cases) if step.cases else None,
                say("plan.good"): float(step.good),
                say("plan.more"): float(step.more),
                say("plan.rate"): _tenths(step.rate_percent),
                say("plan.responsible"): say.name(lever.responsible),
            }
        )
    return pd.DataFrame(rows)


def ends(view: View, plan: MonthPlan, say: Speech) -> pd.DataFrame:
    """Total, class, rank and the groups that change, at the end of every month."""
    states = [view.projection.before, *(end.after for end in plan.ends)]
    columns = [
        say("plan.now"),
        *(say("plan.end", last=day_name(month.last)) for month in plan.months),
    ]

    def row(name: str, values: list[str]) -> dict[str, str]:
        return {say("plan.content"): name, **dict(zip(columns, values, strict=True))}

    rows = [row(say("tables.total"), [say.points(one.total) for one in states])]
    if states[-1].score_class:
        rows.append(row(say("headline.class"), [_class(one, say) for one in states]))
    if states[-1].standing:
        rows.append(row(say("plan.rank_fixed"), [_rank(one, say) for one in states]))
    for group in view.edition.groups:
        if any(end.group_change[group.code] for end in plan.ends):
            points = [say.points(one.groups[group.code]) for one in states]
            rows.append(row(say.name(group.name), points))
    return pd.DataFrame(rows)


def _class(state: State, say: Speech) -> str:
    return say.name(state.score_class.name) if state.score_class else say("unit.unknown")


def _rank(state: State, say: Speech) -> str:
    if state.standing is None:
        return say("unit.unknown")
    return say("headline.rank_value", rank=state.standing.rank, of=state.standing.of)


def moved_indicators(view: View, plan: MonthPlan) -> list[Indicator]:
    """Indicators that end elsewhere than on the do-nothing line."""
    here, line = plan.ends[-1].counts, plan.lines[-1].counts
    return [
        item
        for k, item in enumerate(view.edition.indicators)
        if (here.numerators[k], here.denominators[k]) != (line.numerators[k], line.denominators[k])
    ]


def indicators(
    view: View, plan: MonthPlan, moved: Sequence[Indicator], say: Speech
) -> pd.DataFrame:
    """One row per moved indicator: rate and score by the end of every month, and of nothing."""
    rows = []
    for item in moved:
        k = view.edition.position[item.code]
        before = view.unit.evidence[k].rate_percent
        rows.append(
            {
                say("plan.what"): say.name(item.name),
                say("plan.now"): _stand(before, view.projection.before.indicators[k], say),
                **{
                    say("plan.end", last=day_name(month.last)): _stand(
                        end.counts.rate_percent(k), end.after.indicators[k], say
                    )
                    for month, end in zip(plan.months, plan.ends, strict=True)
                },
                say("plan.line"): _stand(
                    plan.lines[-1].counts.rate_percent(k), plan.lines[-1].after.indicators[k], say
                ),
            }
        )
    return pd.DataFrame(rows)


def _stand(rate: float | None, hundredths: int | None, say: Speech) -> str:
    if rate is None:
        return say("unit.unknown")
    return say("plan.stand", rate=say.percent(rate), points=say.points(hundredths))


def months(view: View, plan: MonthPlan, moved: Sequence[Indicator], say: Speech) -> pd.DataFrame:
    """One row per moved indicator and month, as numbers: of the month, and cumulative."""
    rows = []
    for item in moved:
        k = view.edition.position[item.code]
        known = view.unit.evidence[k]
        good, cases = half_up(known.numerator), half_up(known.denominator)
        states = zip(plan.months, plan.counts(k), plan.ends, plan.lines, strict=True)
        for month, (all_good, all_cases), end, line in states:
            points = end.after.indicators[k]
            rows.append(
                {
                    say("plan.what"): say.name(item.name),
                    say("tables.code"): item.code,
                    say("plan.month_column"): _month(month.first),
                    say("plan.cases"): float(all_cases - cases),
                    say("plan.month_good"): float(all_good - good),
                    say("plan.numerator"): float(all_good),
                    say("plan.denominator"): float(all_cases),
                    say("plan.end_rate"): _tenths(end.counts.rate_percent(k)),
                    say("plan.line_rate"): _tenths(line.counts.rate_percent(k)),
                    say("plan.end_points"): None if points is None else points / 100,
                }
            )
            good, cases = all_good, all_cases
    return pd.DataFrame(rows)


def _tenths(percent: float | None) -> float | None:
    return None if percent is None else shown_percent(percent)


def _month(month: date) -> str:
    return f"{month.month:02d}/{month.year}"


def day_name(day: date) -> str:
    """``31/12``."""
    return f"{day.day:02d}/{day.month:02d}"
