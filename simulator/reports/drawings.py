"""What each picture is drawn of: rows, axis, height and words; None where it makes no sense.

The rows are those of the screens; what a screen tells by pointing is said in the caption.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from simulator.history import history_of
from simulator.month_plan import MonthPlan
from simulator.peers_mode import PeersMode
from simulator.presentation import (
    figures,
    loss_tables,
    path_chart,
    peers_told,
    plan_marks,
    plan_tables,
    priority_charts,
    priority_scatter,
    priority_tables,
    rank_tables,
)
from simulator.presentation.priorities_found import priorities_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reports.announcement.told import told_of
from simulator.reports.announcement.written import inside
from simulator.reports.subject import Subject
from simulator.rules import Indicator

PLACES_HEIGHT = 200
# Pixels between the axes of the chart of effort on paper.
PAPER_PLOT = 540


@dataclass(frozen=True)
class Drawing:
    """``kind``: of :func:`simulator.presentation.charts.compiled`; ``table``: its rows; ``axis``:
    its title; ``height`` in pixels, None where it follows from the rows; ``title``; ``how``: how
    to read it; ``spoken``: the rows in words, for those who do not see them."""

    kind: str
    table: pd.DataFrame
    axis: str
    title: str
    how: str
    spoken: Sequence[str]
    height: int | None = None


def _tips(table: pd.DataFrame) -> list[str]:
    return [str(tip) for tip in table["tip"]]


def _on_paper(table: pd.DataFrame, say: Speech) -> pd.DataFrame:
    """``table`` with the words of a paper, which knows a plan and not a simulation."""
    screen, paper = say("charts.after"), say("paper.column_after")
    told = {one: table[one].str.replace(screen, paper, regex=False) for one in ("name", "tip")}
    return table.assign(**told)


def groups(subject: Subject) -> Drawing | None:
    view, say = subject.view, subject.say
    how = say("pictures.groups_after" if view.changed else "overview.groups_legend")
    table = _on_paper(figures.groups_table(view, say, told_of(subject).marks), say)
    if table["after"].isna().all():
        return None
    title = say("pictures.groups", unit=inside(view.unit.short_name, say))
    return Drawing("groups", table, say("unit.points_axis"), title, how, _tips(table))


def losses(subject: Subject) -> Drawing | None:
    view, say = subject.view, subject.say
    top = loss_tables.largest(view)
    if not top:
        return None
    table = loss_tables.chart_rows(top, say)
    title = say("pictures.losses", unit=inside(view.unit.short_name, say))
    how = say("pictures.losses_how")
    return Drawing("losses", table, say("overview.lost_axis"), title, how, _tips(table))


def waterfall(subject: Subject) -> Drawing | None:
    """None too where what is moved brings less than a hundredth."""
    view, say = subject.view, subject.say
    table = figures.waterfall_table(view, say) if subject.is_moved else pd.DataFrame()
    if len(table) <= 2:
        return None
    table = _on_paper(table, say)
    title = say("pictures.waterfall", unit=inside(view.unit.short_name, say))
    how = say("pictures.waterfall_how")
    return Drawing("waterfall", table, say("unit.points_axis"), title, how, _tips(table))


def ladder(subject: Subject) -> Drawing | None:
    view, say = subject.view, subject.say
    table = figures.ladder_table(view, say)
    if table.empty:
        return None
    unit = inside(view.unit.short_name, say)
    title = say("pictures.ladder", unit=unit)
    # The row of the present is told by its name: its tip speaks of a simulation.
    spoken = table["name"].where(table["kind"] == "now", table["tip"])
    return Drawing(
        "ladder", table, say("unit.points_axis"), title, _ladder_how(view, unit, say), list(spoken)
    )  # fmt: skip


def _ladder_how(view: View, unit: str, say: Speech) -> str:
    """Every mark of the ladder in words."""
    ahead = view.rank_ahead
    mode = PeersMode.FIXED if ahead is None else ahead.mode
    own = "ladder_after" if view.projection.total_change else "ladder_now"
    row = say("charts.own_now", name=view.unit.short_name)
    others = say(f"pictures.ladder_{mode}", last=peers_told.day(view))
    return f"{say(f'pictures.{own}', unit=unit, row=row)} {others}"


def places(subject: Subject) -> Drawing | None:
    """None where the peers stand still, or one place is all there is to say."""
    view, say = subject.view, subject.say
    ahead, score = view.rank_ahead, view.projection.after.total
    if ahead is None or score is None or ahead.mode is not PeersMode.UNCERTAIN:
        return None
    if ahead.outcomes.chances(score).max() > rank_tables.CERTAIN:
        return None
    table = rank_tables.places_table(ahead, score, say)
    title = say(
        "pictures.places", unit=inside(view.unit.short_name, say), last=peers_told.day(view)
    )
    return Drawing(
        "places", table, say("ranking.place_axis"), title, say("ranking.bars"),
        _tips(table), PLACES_HEIGHT,
    )  # fmt: skip


def path(subject: Subject) -> Drawing | None:
    """The indicator whose score the plan moves most; None where no month is left."""
    view, say, plan = subject.view, subject.say, subject.path
    ahead = view.outlook
    moved = plan_tables.moved_indicators(view, plan) if plan.ends else []
    if ahead is None or not moved:
        return None
    item = _most_moved(subject, plan, moved)
    known = history_of(view.baseline.id, view.unit.code)
    table = plan_marks.path(view, plan, ahead.period, item, known, say)
    how = plan_marks.legend(known, item, set(table["kind"]), say)
    title = say(
        "pictures.path", indicator=say.name(item.name), unit=inside(view.unit.short_name, say)
    )
    return Drawing(
        "path", table, say("plan.axis"), title, how,
        _tips(table[table["kind"] == "path"]), path_chart.HEIGHT,
    )  # fmt: skip


def _most_moved(subject: Subject, plan: MonthPlan, moved: Sequence[Indicator]) -> Indicator:
    ends, lines = plan.ends[-1].after.indicators, plan.lines[-1].after.indicators

    def gain(item: Indicator) -> int:
        k = subject.view.edition.position[item.code]
        return abs((ends[k] or 0) - (lines[k] or 0))

    return max(moved, key=gain)


def priorities(subject: Subject) -> Drawing | None:
    view, say = subject.view, subject.say
    gaining = [one for one in priorities_of(subject.scenario) if one.gain]
    ordered = sorted(gaining, key=priority_tables.ORDERS["per_hour"])
    table, is_log = priority_scatter.scatter_table(view, ordered, say, PAPER_PLOT)
    if table.empty:
        return None
    title = say("pictures.priorities", unit=inside(view.unit.short_name, say))
    points = table[table["kind"] == "point"]
    names = {
        str(k): f"{k}. {say.name(one.bounds.lever.name)}" for k, one in enumerate(ordered, start=1)
    }
    numbers = [names[label] for label in points["wide_label"] if label in names]
    how = say("pictures.priorities_how")
    if numbers:
        how += " " + say("pictures.numbers", names="; ".join(numbers))
    axis = say("priorities.chart_x_log" if is_log else "priorities.chart_x")
    return Drawing(
        "effort", table, axis, title, how, _tips(points), priority_charts.HEIGHT
    )  # fmt: skip


DRAWINGS: Mapping[str, Callable[[Subject], Drawing | None]] = {
    "groups": groups,
    "losses": losses,
    "waterfall": waterfall,
    "ladder": ladder,
    "places": places,
    "path": path,
    "priorities": priorities,
}
