"""Who does what, how it is followed, and how the paper ends."""

from __future__ import annotations

from simulator.reports.announcement.written import listed, lowered
from simulator.reports.blocks import Block, Paragraph
from simulator.reports.paper import plan, units
from simulator.reports.paper.topic import Topic


def doing(topic: Topic) -> list[Block]:
    """The tasks by who is in charge, the units, the monthly report; the end of the paper."""
    say = topic.say
    if not topic.has_tasks:
        return [Paragraph(say("paper.closing_report", period=topic.period, unit=topic.unit))]
    texts = [
        say("paper.doing", number=str(number), who=who, tasks=listed(tasks))
        for number, (who, tasks) in enumerate(_by_who(topic).items(), start=1)
    ]
    if units.needs_annex(topic):
        annex = topic.annexes[units.KEY]
        texts.append(say("paper.doing_units", number=str(len(texts) + 1), annex=annex))
    key = "monthly" if topic.subject.path.months else "report"
    texts.append(say(f"paper.doing_{key}", number=str(len(texts) + 1), unit=topic.unit))
    texts.append(say("paper.closing_plan", unit=topic.unit))
    return [Paragraph(text) for text in texts]


def _by_who(topic: Topic) -> dict[str, list[str]]:
    """Tasks that are to be done, by who is in charge, those that bring most first."""
    found: dict[str, list[str]] = {}
    for part in plan.ordered(plan.own_parts(topic)):
        lever = topic.view.edition.lever_by_code.get(part.lever)
        if lever is None:
            continue
        name = lowered(topic.say.name(lever.name))
        amount = plan.amount(topic, lever)
        found.setdefault(topic.say.name(lever.responsible), []).append(f"{name} ({amount})")
    return found
