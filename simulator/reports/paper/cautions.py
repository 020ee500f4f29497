"""What a reader must know of the figures, in words a signed paper can have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator import library
from simulator.caveats import caveats, sums
from simulator.errors import Notice, SimulatorError
from simulator.numbers import format_date
from simulator.reports.announcement.written import day_of, points
from simulator.reports.paper.topic import Topic
from simulator.text import explain


def cautions(topic: Topic) -> list[str]:
    """All warnings of the scenario; lists by their titles, nothing on how to use the program."""
    view, subject = topic.view, topic.subject
    told: list[SimulatorError | Notice] = [*subject.problems, *subject.notices]
    told += caveats(view.baseline, view.projection, view.peers)
    return list(dict.fromkeys(_sentence(topic, one) for one in told))


def _sentence(topic: Topic, one: SimulatorError | Notice) -> str:
    say = topic.say
    fields: Mapping[str, Any] = one.fields
    if one.code == "scenario_newer_figures":
        day, own = (format_date(str(fields[name])) for name in ("captured_at", "own"))
        return say("paper.newer_figures", day=day, own=own)
    if one.code == "peers_borrowed":
        title = say.name(library.load(str(fields["baseline"])).title)
        day, own = (day_of(str(fields[name]), say) for name in ("captured_at", "own"))
        return say("paper.peers_borrowed", title=title, day=day, own=own)
    return explain(one, say.language, topic.view.edition)


def inconsistent(topic: Topic) -> list[str]:
    """That published groups cannot belong to the published total."""
    view = topic.told.view
    return [explain(one, topic.say.language, view.edition) for one in sums(view.projection)]


def most_urgent(topic: Topic) -> list[str]:
    """What may not be left out where there is room for little: no dossiers, groups that do not
    belong to the total, a list of another day."""
    view, say = topic.told.view, topic.say
    idle = view.unit.has_no_dossiers(view.edition)
    texts = [say("announcement.own_idle")] if idle else []
    texts += inconsistent(topic)
    borrowed = [
        one
        for one in caveats(view.baseline, view.projection, view.peers)
        if one.code == "peers_borrowed"
    ]
    return [*texts, *(f"{_sentence(topic, one)}{_listed_there(topic)}" for one in borrowed)]


def _listed_there(topic: Topic) -> str:
    """What the other list itself says of the unit; empty where it does not have it."""
    rows = topic.told.provinces.rows if topic.told.provinces else ()
    own = next((row for row in rows if row.unit.code == topic.view.unit.code), None)
    if own is None or own.place is None:
        return ""
    return " " + topic.say(
        "paper.page_borrowed", total=points(own.total, topic.say), rank=str(own.place.rank),
        of=str(own.place.of),
    )  # fmt: skip
