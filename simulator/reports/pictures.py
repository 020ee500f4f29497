"""Pictures for reports: the charts of the screens with words of their own, as PNG and SVG.

Everything is drawn on this machine; nothing is ever fetched.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair
import vl_convert

from simulator import library
from simulator.numbers import format_date
from simulator.presentation.speech import Speech
from simulator.reports.announcement.written import day_of
from simulator.reports.blocks import Chart
from simulator.reports.drawings import DRAWINGS, Drawing
from simulator.reports.paper_spec import WIDTH, paper_spec
from simulator.reports.subject import Subject
from simulator.rules import Text

KEYS = tuple(DRAWINGS)
SCALE = 2.0
_WITH_PEERS = ("groups", "ladder", "places")
# Parts of a chart that its description names.
SPOKEN = 8


def chart(subject: Subject, key: str) -> Chart | None:
    """One of :data:`KEYS`; None where there is nothing to draw."""
    drawing = DRAWINGS[key](subject)
    if drawing is None:
        return None
    alt = _alt(subject, drawing)
    spec, height = paper_spec(
        drawing.kind, drawing.table, subject.language, drawing.axis, drawing.height
    )
    caption = f"{drawing.how} {_source(subject, with_peers=key in _WITH_PEERS)}"
    return Chart(
        key, drawing.title, caption, alt, spec | {"description": alt}, WIDTH, height
    )  # fmt: skip


def charts(subject: Subject) -> tuple[Chart, ...]:
    """All that make sense, in the order of :data:`KEYS`."""
    found = (chart(subject, key) for key in KEYS)
    return tuple(one for one in found if one is not None)


def day_read(captured_at: str) -> str:
    """The day figures were read, without its hour; empty where nobody knows it."""
    return format_date(captured_at).partition(" ")[0]


def _source(subject: Subject, *, with_peers: bool) -> str:
    """Whose figures a picture shows, and when they were read."""
    view, say = subject.view, subject.say
    found = _read(view.baseline.title, view.baseline.captured_at, say)
    if with_peers and view.peers is not None and view.peers.borrowed:
        lent = library.load(view.peers.baseline_id)
        others = _read(lent.title, view.peers.captured_at, say)
        found = say("pictures.source_peers", own=found, peers=others)
    return say("pictures.source", source=found)


def _read(title: Text, captured_at: str, say: Speech) -> str:
    day = day_read(captured_at)
    name = say.name(title)
    return say("pictures.source_read", title=name, day=day) if day else name


def peers_source(subject: Subject) -> str:
    """Whose the figures compared with are, where they are not of the unit's own reading."""
    peers, say = subject.view.peers, subject.say
    if peers is None or not peers.borrowed:
        return ""
    title = say.name(library.load(peers.baseline_id).title)
    return say("paper.peers_source", title=title, day=day_of(peers.captured_at, say))


def _alt(subject: Subject, drawing: Drawing) -> str:
    say, spoken = subject.say, list(drawing.spoken)
    content = "; ".join(spoken[:SPOKEN])
    if len(spoken) > SPOKEN:
        content = say("pictures.alt_more", content=content, count=len(spoken) - SPOKEN)
    return say("pictures.alt", title=drawing.title, content=content)


def png(chart: Chart, scale: float = SCALE) -> bytes:
    """``chart`` as a picture of ``scale`` dots per pixel of its drawing."""
    found = vl_convert.vegalite_to_png(dict(chart.spec), scale=scale, **_offline())
    return bytes(found)


def svg(chart: Chart) -> bytes:
    """``chart`` as a drawing that can be enlarged, in UTF-8."""
    return str(vl_convert.vegalite_to_svg(dict(chart.spec), **_offline())).encode()


@cache
def _offline() -> dict[str, Any]:
    """The release of Vega-Lite that Altair writes for, and no address to fetch anything from."""
    release = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return {"vl_version": release, "allowed_base_urls": []}
