"""What may not be left out of a paper, however short."""

from __future__ import annotations

from simulator.caveats import caveats, sums
from simulator.reports.announcement.written import points
from simulator.reports.paper.topic import Topic
from simulator.text import explain


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
    return [*texts, *(f"{topic.subject.sentence(one)}{_listed_there(topic)}" for one in borrowed)]


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
