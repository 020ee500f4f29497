"""Tables of the monthly plan: to be read and printed (words), to be downloaded (numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pages.ui.view import Speech, View
from simulator.history import COUNTRY, History, Stretch, monthly_rates
from simulator.month_plan import Month, MonthPlan, Step
from simulator.numbers import shown_percent
from simulator.period import DAY, Period
from simulator.project import Projection, State
from simulator.reach import Reachable
from simulator.rules import Indicator


def month_name(month: Month, say: Speech) -> str:
    """``Tháng 10``, or the days of it that are meant."""
    key = "month" if month.last.day >= 28 and month.days >= 28 else "month_part"
    days = say.count(round(month.days))
    return say(f"plan.{key}", month=f"{month.first.month:02d}", days=days)


def tasks(view: View, plan: MonthPlan, say: Speech) -> pd.DataFrame:
    """One row per lever, one column per month: what must turn out well, or be done."""
    names = [month_name(month, say) for month in plan.months]
    rows = []
    for lever in view.edition.levers:
        steps = [step for step in plan.steps if step.lever == lever.code]
        if not steps:
            continue
        unit = say(f"unit.{view.ranges[lever.code].count_unit}")
        total = say.count(sum(step.change for step in steps), sign=True)
        rows.append(
            {
                say("plan.lever"): f"{say.name(lever.name)} ({unit})",
                say("plan.more"): total,
                **{name: _task(step, say) for name, step in zip(names, steps, strict=True)},
                say("plan.responsible"): say.name(lever.responsible),
            }
        )
    return pd.DataFrame(rows)


def _task(step: Step, say: Speech) -> str:
    if step.rate_percent is None:
        return say.count(step.change, sign=True)
    return say(
        "plan.task", good=say.count(step.good), cases=say.count(step.cases),
        rate=say.percent(step.rate_percent),
    )  # fmt: skip


def steps(view: View, plan: MonthPlan, say: Speech) -> pd.DataFrame:
    """One row per lever and month, as numbers."""
    rows = []
    for step in plan.steps:
        lever = view.edition.lever_by_code[step.lever]
        rows.append(
            {
                say("plan.lever"): say.name(lever.name),
                say("tables.code"): lever.code,
                say("plan.month_column"): _month(step.month),
                say("plan.cases"): float(step.cases) if step.cases else None,
                say("plan.good"): float(step.good),
                say("plan.more"): float(step.change),
                say("plan.rate"): _tenths(step.rate_percent),
                say("plan.responsible"): say.name(lever.responsible),
            }
        )
    return pd.DataFrame(rows)


def ends(view: View, plan: MonthPlan, say: Speech) -> pd.DataFrame:
    """Total, class, rank and the groups that change, at the end of every month."""
    states = [view.projection.before, *(end.after for end in plan.ends)]
    columns = [say("plan.now"), *(say("plan.end", last=_day(month.last)) for month in plan.months)]

    def row(name: str, values: list[str]) -> dict[str, str]:
        return {say("plan.what"): name, **dict(zip(columns, values, strict=True))}

    rows = [row(say("tables.total"), [say.points(one.total) for one in states])]
    if states[-1].score_class:
        rows.append(row(say("headline.class"), [_class(one, say) for one in states]))
    if states[-1].standing:
        rows.append(row(say("plan.rank_fixed"), [_rank(one, say) for one in states]))
    for group in view.edition.groups:
        if view.projection.group_change[group.code]:
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
                    say("plan.end", last=_day(month.last)): _stand(
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
        good, cases = known.numerator, known.denominator
        for month, end, line in zip(plan.months, plan.ends, plan.lines, strict=True):
            numerator, denominator = end.counts.numerators[k], end.counts.denominators[k]
            points = end.after.indicators[k]
            rows.append(
                {
                    say("plan.what"): say.name(item.name),
                    say("tables.code"): item.code,
                    say("plan.month_column"): _month(month.first),
                    say("plan.cases"): float(round(denominator - cases)),
                    say("plan.month_good"): float(round(numerator - good)),
                    say("plan.numerator"): float(round(numerator)),
                    say("plan.denominator"): float(round(denominator)),
                    say("plan.end_rate"): _tenths(end.counts.rate_percent(k)),
                    say("plan.line_rate"): _tenths(line.counts.rate_percent(k)),
                    say("tables.points"): None if points is None else points / 100,
                }
            )
            good, cases = numerator, denominator
    return pd.DataFrame(rows)


def path(view: View, plan: MonthPlan, item: Indicator, known: History, say: Speech) -> pd.DataFrame:
    """The marks of :func:`pages.ui.charts.path_chart` for one indicator."""
    k = view.edition.position[item.code]
    period = plan.ends[-1].outlook.period if plan.ends[-1].outlook else None
    if period is None:
        return pd.DataFrame()
    now = view.unit.evidence[k].rate_percent
    rows = [_ghost(stretch, item, period, say) for stretch in ghosts(known, item, period)]
    found = [row for row in rows if row]
    steps = {step.month: step for step in plan.steps if _is_of(view, step, item)}
    said = ""
    for month in plan.months:
        step = steps.get(month.first)
        if step and step.rate_percent is not None:
            rate = step.rate_percent
            text = say("plan.tip_needed", month=month_name(month, say), rate=say.percent(rate))
            mark = _mark("needed", rate, text, say, labelled=say.percent(rate) != said)
            found.append(mark | _span(_start(period, month), month, period))
            said = say.percent(rate)
    captured = (period.captured - DAY / 2).date()
    text = say("plan.tip_now", last=_day(captured), rate=say.percent(now))
    for kind, states in (("line", plan.lines), ("path", plan.ends)):
        # The present stands from the start of the period to the capture.
        begins = [period.first] if kind == "line" else []
        for day in (*begins, captured):
            at = _place_of(period, day, after=day == captured)
            found.append(_mark(kind, now, text, say, labelled=day in begins) | _point(at))
        for month, state in zip(plan.months, states, strict=True):
            rate = _rate(state, k)
            text = say(f"plan.tip_{kind}", last=_day(month.last), rate=say.percent(rate))
            is_last = month is plan.months[-1] and kind == "path"
            end = _place_of(period, month.last, after=True)
            found.append(_mark(kind, rate, text, say, labelled=is_last) | _point(end))
    return pd.DataFrame(found)


def ghosts(known: History, item: Indicator, period: Period) -> list[Stretch]:
    """Months so far of the unit; where it has none, those of the country."""
    own = [stretch for stretch in known.stretches if item.code in stretch.rates]
    if own:
        return own
    return [
        stretch
        for stretch in monthly_rates().get(COUNTRY, ())
        if item.code in stretch.rates and period.starts <= stretch.starts < period.captured
    ]


def _point(at: float) -> dict[str, object]:
    return {"at": at, "end": at}


def _is_of(view: View, step: Step, item: Indicator) -> bool:
    return view.edition.lever_by_code[step.lever].indicator == item.code and step.cases > 0


def _rate(state: Projection, position: int) -> float | None:
    return state.counts.rate_percent(position)


def _ghost(
    stretch: Stretch, item: Indicator, period: Period, say: Speech
) -> dict[str, object] | None:
    rate = stretch.rates.get(item.code)
    if rate is None:
        return None
    first, last = stretch.starts.date(), (stretch.ends - DAY / 2).date()
    text = say("plan.tip_ghost", first=_day(first), last=_day(last), rate=say.percent(rate))
    ends = {"at": _place_of(period, first), "end": _place_of(period, last, after=True)}
    return _mark("ghost", rate, text, say) | ends


def _mark(
    kind: str, rate: float | None, tip: str, say: Speech, *, labelled: bool = True
) -> dict[str, object]:
    label = say.percent(rate) if labelled else ""
    return {"kind": kind, "rate": rate, "tip": tip, "label": label}


def _start(period: Period, month: Month) -> date:
    return max(month.first, period.captured.date())


def _span(first: date, month: Month, period: Period) -> dict[str, object]:
    return {"at": _place_of(period, first), "end": _place_of(period, month.last, after=True)}


def _place_of(period: Period, day: date, *, after: bool = False) -> float:
    """Where a day begins (or ends) on an axis of months: 10.0 is the first of October."""
    months = 12 * (day.year - period.first.year) + day.month
    return months + (day.day - (0 if after else 1)) / 31


def reach(view: View, reachable: Reachable, say: Speech) -> pd.DataFrame:
    """Indicators, groups, total and rank: now, at worst, at present rates, at best."""
    states = _states(reachable)
    names = [say(f"plan.{word}") for word in ("now", "floor", "line", "ceiling")]
    rows = []
    for group in view.edition.groups:
        values = [one.groups[group.code] for one in states]
        rows.append(_reach_row(say.name(group.name), values, names, group.maximum, say))
        for k in view.edition.group_positions[group.code]:
            item = view.edition.indicators[k]
            if view.unit.knows(k):
                points = [one.indicators[k] for one in states]
                name = f"– {say.name(item.name)}"
                rows.append(_reach_row(name, points, names, item.maximum, say))
    totals = [one.total for one in states]
    return pd.DataFrame([*rows, _reach_row(say("tables.total"), totals, names, 100, say)])


def ranks(reachable: Reachable, say: Speech) -> str:
    """Places at worst, at present rates and at best; empty without peers."""
    states = _states(reachable)
    places = [one.standing.rank for one in states if one.standing]
    if len(places) < len(states):
        return ""
    now, floor, line, ceiling = places
    return say("plan.ranks", now=now, floor=floor, line=line, ceiling=ceiling)


def _states(reachable: Reachable) -> tuple[State, State, State, State]:
    line = reachable.line
    return line.before, reachable.floor.after, line.after, reachable.ceiling.after


def _reach_row(
    name: str, values: list[int | None], names: list[str], maximum: int, say: Speech
) -> dict[str, object]:
    points = [None if value is None else value / 100 for value in values]
    return {
        say("plan.what"): name, **dict(zip(names, points, strict=True)),
        say("tables.maximum"): float(maximum),
    }  # fmt: skip


def _tenths(percent: float | None) -> float | None:
    return None if percent is None else shown_percent(percent)


def _month(month: date) -> str:
    return f"{month.month:02d}/{month.year}"


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}"
