"""The decision paper: what its document says, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.reports.announcement import result
from simulator.reports.announcement.written import roman
from simulator.reports.blocks import Block, Content, Heading, Paragraph
from simulator.reports.documents.lines import Kind, letterhead_fields, recipients
from simulator.reports.documents.tags import sections_of
from simulator.reports.order import Letterhead, Part
from simulator.reports.paper import annexes, months, plan, units
from simulator.reports.paper.adverse import adverse
from simulator.reports.paper.alternatives import alternatives
from simulator.reports.paper.assumed import assumptions
from simulator.reports.paper.certainty import certainty
from simulator.reports.paper.doing import doing
from simulator.reports.paper.reachable import reachable
from simulator.reports.paper.situation import losses, situation
from simulator.reports.paper.topic import Topic
from simulator.reports.subject import Subject

Named = tuple[str, list[Block]]  # name of a heading, and what stands below it


def paper(subjects: Sequence[Subject], letterhead: Letterhead, day: date) -> Content:
    """The paper of the first of ``subjects``, the others beside it as alternatives.

    A plan where something is to be done, else a report of the situation.
    """
    topic = Topic(subjects, day)
    kind = Kind.PLAN if topic.has_tasks else Kind.REPORT
    language = topic.say.language
    fields = letterhead_fields(letterhead, day, language, kind)
    abstract = topic.say(f"paper.abstract_{kind}", period=topic.period, unit=topic.unit)
    annexes.number_annexes(topic)
    written: dict[str, list[Block]] = {"mo_dau": _opening(topic, kind)}
    number = 0
    for tag, (name, blocks) in _sections(topic).items():
        if blocks:
            number += 1
            title = Heading(f"{roman(number)}. {topic.say(f'paper.heading_{name}')}")
            written[tag] = [title, *blocks]
    written["phu_luc"] = annexes.annexes(topic, fields)
    return Content(
        {**fields, "trich_yeu": abstract},
        {tag: written.get(tag, []) for tag in sections_of(Part.PAPER)},
        {"noi_nhan": recipients(letterhead, language)},
    )


def _opening(topic: Topic, kind: Kind) -> list[Block]:
    *bases, _ = result.bases(topic.told)
    told = topic.say(f"paper.opening_{kind}", period=topic.period, unit=topic.unit)
    return [*bases, Paragraph(told)]


def _sections(topic: Topic) -> dict[str, Named]:
    """In the order of the paper, so that tables and figures are numbered as they come."""
    moved = topic.subject.is_moved
    plan_heading = _what(topic, "plan")
    return {
        "hien_trang": ("situation", situation(topic)),
        "mat_diem": ("losses", losses(topic)),
        "phuong_an": (plan_heading, _plan(topic)) if moved else ("reach", reachable(topic)),
        "chi_tieu": _targets(topic),
        "gia_dinh": ("assumptions", assumptions(topic)),
        "chac_chan": ("certainty", certainty(topic)),
        "to_chuc": ("doing" if topic.has_tasks else "end", doing(topic)),
    }


def _what(topic: Topic, of_plan: str) -> str:
    """What is told of the levers: a plan, what would have been, or adverse assumptions only."""
    if topic.has_tasks:
        return of_plan
    return "tried" if topic.has_helpful else "adverse"


def _plan(topic: Topic) -> list[Block]:
    return _parted(
        topic,
        (_what(topic, "goal"), plan.goal(topic)),
        (
            "tasks" if topic.has_tasks else "tried_own",
            plan.tasks(topic) if topic.has_helpful else [],
        ),
        ("adverse_own", adverse(topic)),
        ("groups", plan.result(topic)),
        ("reach", reachable(topic)),
        ("alternatives", alternatives(topic)),
    )


def _targets(topic: Topic) -> Named:
    """Months and units under one heading; a heading of its own where there is only one of them."""
    if not topic.has_tasks:
        return "targets", []
    by_month, by_unit = months.months(topic), units.units(topic)
    if by_month and by_unit:
        return "targets", _parted(topic, ("months", by_month), ("units", by_unit))
    return ("months", by_month) if by_month else ("units", by_unit)


def _parted(topic: Topic, *parts: Named) -> list[Block]:
    """``parts`` that say something, numbered from 1."""
    blocks: list[Block] = []
    filled = [(name, own) for name, own in parts if own]
    for number, (name, own) in enumerate(filled, start=1):
        blocks += [Heading(f"{number}. {topic.say(f'paper.part_{name}')}", 2), *own]
    return blocks
