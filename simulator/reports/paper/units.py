"""The plan among the units below: a summary, and what the province keeps."""

from __future__ import annotations

from dataclasses import replace

from simulator.allocation import Allocation
from simulator.errors import Notice
from simulator.levers import work_shown
from simulator.presentation.dividing import rows, words
from simulator.presentation.dividing.found import listed_of
from simulator.reports.announcement.written import day_of, listed, lowered
from simulator.reports.blocks import Block, Grid, Items, Paragraph
from simulator.reports.paper.topic import Topic
from simulator.rules import Lever
from simulator.text import explain

KEY = "units"
DIFFER = "allocation_cases_differ"


def found(topic: Topic) -> Allocation | None:
    """The plan divided, of what at least one unit is given something; None where no units are
    listed, or nothing of it can be divided."""
    divided = topic.subject.divided
    if divided is None:
        return None
    allocation = divided.allocation
    return replace(allocation, rows=tuple(row for row in allocation.rows if row.named))


def units(topic: Topic) -> list[Block]:
    """How the plan is divided, whether it adds up, and what is not divided."""
    allocation, say = found(topic), topic.say
    if allocation is None:
        return []
    if not allocation.rows:
        return [Paragraph(say("paper.units_none_divided")), *_kept(topic, allocation)]
    figures = listed_of(topic.view, topic.subject.division)
    intro = say(
        "paper.units_intro", count=str(len(allocation.units)), title=say.name(figures.title),
        day=day_of(figures.captured_at, say), way=say(f"dividing.way_{allocation.way}").lower(),
    )  # fmt: skip
    texts = [*_told(topic, allocation), *_covered(topic, allocation)]
    texts.append(say("paper.units_annex", annex=topic.annexes[KEY]))
    return [
        Paragraph(intro),
        *_shares(topic, allocation),
        *(Paragraph(text) for text in texts),
        _summary(topic, allocation),
        *_kept(topic, allocation),
    ]


def _covered(topic: Topic, allocation: Allocation) -> list[str]:
    """The total with all that is handed out and kept, beside the plan's."""
    plan, covered = allocation.plan.after.total, allocation.covered.after.total
    if plan is None or covered is None:
        return []
    total = topic.after(covered)
    if plan == covered:
        return [topic.say("paper.units_covered", total=total)]
    missing = topic.say.points(plan - covered)
    return [
        topic.say("paper.units_missing", total=total, missing=missing, plan=topic.after(plan))
    ]  # fmt: skip


def _told(topic: Topic, allocation: Allocation) -> list[str]:
    """What could not be handed out, or could not be kept to, as sentences."""
    divided, view = topic.subject.divided, topic.view
    assert divided is not None
    known = words.names((own.unit for own in allocation.units), topic.say)
    told = _alike(topic, allocation)
    for error in divided.refused:
        named = {**error.fields, "unit": known.get(str(error.fields.get("unit")), "")}
        told.append(
            explain(type(error)(error.code, **named), topic.say.language, view.edition)
        )  # fmt: skip
    return told


def _alike(topic: Topic, allocation: Allocation) -> list[str]:
    """Notices on targets, one for all targets of which the same has to be said.

    What is left over stands in the table, how much of the whole the units hold beside it.
    """
    found: dict[tuple[str, tuple[tuple[str, object], ...]], list[str]] = {}
    for one in allocation.notices:
        if one.code not in ("allocation_shortfall", DIFFER):
            fields = tuple((name, at) for name, at in one.fields.items() if name != "lever")
            found.setdefault((one.code, fields), []).append(_lever(topic, one))
    return [
        explain(Notice(code, {**dict(fields), "lever": _together(levers)}), topic.say.language)
        for (code, fields), levers in found.items()
    ]


def _shares(topic: Topic, allocation: Allocation) -> list[Block]:
    """How much of the province's cases the units with figures hold, where it is not all of them."""
    say, found = topic.say, dict[tuple[int, int], list[str]]()
    for one in allocation.notices:
        if one.code == DIFFER:
            cases = int(one.fields["listed"]), int(one.fields["all"])
            found.setdefault(cases, []).append(_lever(topic, one))
    texts = [
        say(
            "paper.units_share", lever=_together(levers), listed=say.count(part),
            all=say.count(whole), share=say.percent(100 * part / whole if whole else None),
        )
        for (part, whole), levers in found.items()
    ]  # fmt: skip
    return [Paragraph(say("paper.units_shares")), Items(texts)] if texts else []


def _lever(topic: Topic, notice: Notice) -> str:
    return topic.say.name(topic.view.edition.lever_by_code[str(notice.fields["lever"])].name)


def _together(levers: list[str]) -> str:
    """Several targets at the start of a sentence."""
    return listed([levers[0], *map(lowered, levers[1:])])


def _summary(topic: Topic, allocation: Allocation) -> Grid:
    say = topic.say
    has_sum = topic.tells_hours and len(allocation.rows) > 1
    # The last row sums up nothing but hours.
    table = rows.summary(topic.view, allocation, say).head(len(allocation.rows) + has_sum)
    left_out = ["responsible", *([] if topic.tells_hours else ["hours"])]
    table = table.drop(columns=[say(f"dividing.{name}") for name in left_out]).rename(
        columns={
            say("dividing.lever"): topic.column("lever"),
            say("dividing.shortfall"): topic.column("untaken"),
        }
    )
    count = len(table.columns)
    rounded = [say("paper.hours_rounded")] if has_sum else []
    return topic.grid(
        say("paper.units_title"), [str(one) for one in table.columns],
        [tuple(map(str, row)) for row in table.itertuples(index=False)],
        "l" + "r" * (count - 1), (44, *[16] * (count - 1)),
        (len(table) - 1,) if has_sum else (), " ".join([*rounded, *hours_differ(topic)]),
    )  # fmt: skip


def hours_differ(topic: Topic) -> list[str]:
    """That the hours of units do not add up to those of the plan; empty where none are told."""
    return [topic.say("paper.hours_differ")] if topic.tells_hours and needs_annex(topic) else []


def _kept(topic: Topic, allocation: Allocation) -> list[Block]:
    say, view = topic.say, topic.view
    found = [
        (one.lever, one.change, explain(one.why, say.language, view.edition))
        for one in allocation.kept
        if not topic.is_adverse(one.lever.code)
    ]
    texts = [
        say(
            "dividing.kept_one", why=why, responsible=say.name(lever.responsible),
            change=say.count(work_shown(view.ranges[lever.code], change), sign=True),
            unit=say(f"unit.{view.ranges[lever.code].count_unit}"),
        )
        for lever, change, why in (*found, *_nobodys(topic))
    ]  # fmt: skip
    return [Paragraph(say("paper.units_kept")), Items(texts)] if texts else []


def _nobodys(topic: Topic) -> list[tuple[Lever, float, str]]:
    """What could be divided, but no unit is given anything of, and why."""
    divided = topic.subject.divided
    rows_found = () if divided is None else divided.allocation.rows
    return [
        (row.lever, row.change, topic.say(
            f"paper.{'keep_no_room' if row.cells else 'keep_no_unit'}",
            lever=topic.say.name(row.lever.name),
        ))
        for row in rows_found
        if not row.named
    ]  # fmt: skip


def needs_annex(topic: Topic) -> bool:
    """True where at least one task is divided."""
    allocation = found(topic)
    return allocation is not None and bool(allocation.rows)
