"""Marks of the chart of one indicator through the year: rows for ``path_chart``."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pandas as pd

from simulator.history import COUNTRY, History, Stretch, monthly_rates
from simulator.month_plan import MonthPlan
from simulator.period import Period
from simulator.presentation.plan_tables import day_name, month_name
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import Indicator

Mark = dict[str, object]


def path(
    view: View, plan: MonthPlan, period: Period, item: Indicator, known: History, say: Speech
) -> pd.DataFrame:
    """Months so far, what each month to come needs, and both lines, one row per mark."""
    ghosts_ = [_ghost(stretch, item, period, say) for stretch in ghosts(known, item, period)]
    return pd.DataFrame(
        [
            *ghosts_, *_needed(view, plan, period, item, say),
            *_line("line", view, plan, period, item, say),
            *_line("path", view, plan, period, item, say),
        ]
    )  # fmt: skip


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


def legend(known: History, item: Indicator, kinds: set[str], say: Speech) -> str:
    """What the marks are; months that do not add up to the year are said to be so."""
    own = any(item.code in stretch.rates for stretch in known.stretches)
    ghosts = "months" if own else "country" if "ghost" in kinds else "none"
    needed = [say("plan.legend_needed")] if "needed" in kinds else []
    return " ".join([*needed, say("plan.legend"), say(f"plan.ghost_{ghosts}")])


def _ghost(stretch: Stretch, item: Indicator, period: Period, say: Speech) -> Mark:
    first, last = stretch.starts.date(), stretch.last_day
    rate = stretch.rates[item.code]
    tip = say("plan.tip_ghost", first=day_name(first), last=day_name(last), rate=say.percent(rate))
    return _mark("ghost", rate, tip, say.percent(rate)) | _span(period, first, last)


def _needed(
    view: View, plan: MonthPlan, period: Period, item: Indicator, say: Speech
) -> list[Mark]:
    """The rate that the cases of each month to come need, where a lever sets one."""
    steps = {
        step.month: step
        for step in plan.steps
        if step.cases and view.edition.lever_by_code[step.lever].indicator == item.code
    }
    found, said = [], ""
    for month in plan.months:
        step = steps.get(month.first)
        if step is None or step.rate_percent is None:
            continue
        rate = say.percent(step.rate_percent)
        tip = say("plan.tip_needed", month=month_name(month, say), rate=rate)
        first = max(month.first, period.captured_day)
        mark = _mark("needed", step.rate_percent, tip, "" if rate == said else rate)
        found.append(mark | _span(period, first, month.last))
        said = rate
    return found


def _line(
    kind: str, view: View, plan: MonthPlan, period: Period, item: Indicator, say: Speech
) -> list[Mark]:
    """Cumulative rates from the capture on; those at present rates from the period's start."""
    k = view.edition.position[item.code]
    now, captured = view.unit.evidence[k].rate_percent, period.captured_day
    tip = say("plan.tip_now", last=day_name(captured), rate=say.percent(now))
    found = [_mark(kind, now, tip, "") | _point(period, captured)]
    if kind == "line":
        start = {"at": _place(period, period.first), "end": _place(period, period.first)}
        found.insert(0, _mark(kind, now, tip, say.percent(now)) | start)
    for month, state in zip(plan.months, plan.lines if kind == "line" else plan.ends, strict=True):
        rate = state.counts.rate_percent(k)
        tip = say(f"plan.tip_{kind}", last=day_name(month.last), rate=say.percent(rate))
        is_last = month is plan.months[-1] and kind == "path"
        label = say.percent(rate) if is_last else ""
        found.append(_mark(kind, rate, tip, label) | _point(period, month.last))
    return found


def _mark(kind: str, rate: float | None, tip: str, label: str) -> Mark:
    return {"kind": kind, "rate": rate, "tip": tip, "label": label}


def _point(period: Period, day: date) -> Mark:
    at = _place(period, day, after=True)
    return {"at": at, "end": at}


def _span(period: Period, first: date, last: date) -> Mark:
    return {"at": _place(period, first), "end": _place(period, last, after=True)}


def _place(period: Period, day: date, *, after: bool = False) -> float:
    """Where a day begins (or ends) on an axis of months: 10.0 is the first of October."""
    months = 12 * (day.year - period.first.year) + day.month
    return months + (day.day - (0 if after else 1)) / monthrange(day.year, day.month)[1]
