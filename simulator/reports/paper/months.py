"""The months that are left: what is to be done in each, and the score at the end of each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from simulator.baseline import Basis
from simulator.levers import work_shown
from simulator.numbers import format_date
from simulator.presentation import plan_tables
from simulator.presentation.effort import capacities, effort_of
from simulator.reports.announcement.written import listed, lowered
from simulator.reports.blocks import Annex, Block, Grid, Paragraph
from simulator.reports.paper import adverse
from simulator.reports.paper.topic import Topic

KEY = "months"
# So many months fit on an upright page, and on one turned sideways; of plain scores, more do.
UPRIGHT, SIDEWAYS, SCORES = 3, 6, 5


def months(topic: Topic) -> list[Block]:
    """The path month by month; empty as if for the whole period."""
    plan, say, view = topic.subject.path, topic.say, topic.view
    if not plan.months:
        return []
    intro = say(
        "paper.months_shape", shape=say(f"plan.{topic.subject.shape}").lower(),
        count=len(plan.months), last=topic.last,
    )  # fmt: skip
    blocks: list[Block] = [Paragraph(text) for text in (intro, *past(topic))]
    blocks += [Paragraph(text) for text in _above(topic)]
    if not _tasks(topic).empty:
        if KEY in topic.annexes:
            annex = topic.annexes[KEY]
            blocks.append(Paragraph(say("paper.months_annex", annex=annex)))
        else:
            blocks += _task_grids(topic, UPRIGHT)
    ends = plan_tables.ends(view, plan, say).replace(
        say("plan.rank_fixed"), say("paper.row_rank")
    )  # fmt: skip
    blocks += _cut(topic, ends, 2, SCORES, say("paper.months_ends"), (34, 16, 18))
    return blocks


def past(topic: Topic) -> list[str]:
    """That months of the path were over on the day of the paper, though not of the figures."""
    say, names = topic.say, []
    for month in topic.subject.path.months if topic.has_tasks else ():
        if month.last < topic.day:
            names.append(plan_tables.month_name(month, say))
    if not names:
        return []
    read, day = (
        format_date(topic.view.baseline.captured_at[:10]),
        format_date(topic.day.isoformat()),
    )
    return [say("paper.months_past", read=read, day=day, months=lowered(listed(names)))]


def needs_annex(topic: Topic) -> bool:
    """True where the tasks of the months are too wide for an upright page."""
    return len(topic.subject.path.months) > UPRIGHT and not _tasks(topic).empty


def annex(topic: Topic) -> list[Block]:
    """The tasks on a page turned sideways."""
    title = topic.say("paper.annex_months")
    return [Annex(topic.annexes[KEY], title, is_wide=True), *_task_grids(topic, SIDEWAYS)]


def _tasks(topic: Topic) -> pd.DataFrame:
    """Of tasks only, not of adverse assumptions."""
    view, say = topic.view, topic.say
    table = plan_tables.tasks(view, topic.subject.path, say, capacities(effort_of(view)))
    if table.empty:
        return table
    down = tuple(f"{say.name(one.name)} (" for one in adverse.levers(topic))
    return table[[not str(name).startswith(down) for name in table[say("plan.lever")]]]


def _task_grids(topic: Topic, most: int) -> list[Block]:
    say, table = topic.say, _tasks(topic)
    # Who is responsible is told with the tasks of the whole period.
    table = table.drop(columns=[say("plan.responsible")]).rename(
        columns={
            say("plan.lever"): topic.column("lever"),
            say("plan.setting"): topic.column("amount"),
        }
    )
    how = [say("plan.path_how")]
    if any(step.lever in capacities(effort_of(topic.view)) for step in topic.subject.path.steps):
        how.append(say("plan.path_capacity"))
    title = say("paper.months_tasks")
    return list(_cut(topic, table, 2, most, title, (40, 16, 33), " ".join(how)))


def _cut(
    topic: Topic, table: pd.DataFrame, kept: int, most: int, title: str,
    widths: tuple[float, float, float], note: str = "",
) -> Sequence[Grid]:  # fmt: skip
    """``table`` as grids of at most ``most`` months; the first ``kept`` columns stand in each.

    ``widths``: of the first column, of the others that are kept, and of a month.
    """
    columns = list(table.columns)
    parts = range(kept, len(columns), most)
    grids = []
    for start in parts:
        shown = [*columns[:kept], *columns[start : start + most]]
        is_last = start + most >= len(columns)
        name = title if start == kept else topic.say("paper.annex_continued", title=title)
        first, own, month = widths
        grids.append(
            topic.grid(
                name, [str(one) for one in shown],
                [tuple(map(str, row)) for row in table[shown].itertuples(index=False)],
                "l" + "r" * (len(shown) - 1),
                (first, *[own] * (kept - 1), *[month] * (len(shown) - kept)),
                note=note if is_last else "",
            )
        )  # fmt: skip
    return grids


def _above(topic: Topic) -> list[str]:
    """Levers that are to change by more than the months can take."""
    view, say = topic.view, topic.say
    found = []
    for code, most in topic.subject.path.above.items():
        if topic.is_adverse(code):
            continue
        bounds = view.ranges[code]
        capacity = most if bounds.basis is Basis.RATE else math.floor(most)
        found.append(
            say(
                "paper.months_above", lever=say.name(view.edition.lever_by_code[code].name),
                change=say.count(work_shown(bounds, view.projection.settings[code])),
                unit=say(f"unit.{bounds.count_unit}"), capacity=say.count(capacity),
            )
        )  # fmt: skip
    return found
