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
from simulator.reports.announcement.written import day_of
from simulator.reports.blocks import Chart
from simulator.reports.drawings import DRAWINGS, Drawing
from simulator.reports.paper_spec import WIDTH, paper_spec
from simulator.reports.subject import Subject

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
    caption = f"{drawing.how} {source_line(subject)}"
    if key in _WITH_PEERS and (others := peers_source(subject)):
        caption += f" {others}"
    return Chart(
        key, drawing.title, caption, alt, spec | {"description": alt}, WIDTH, height
    )  # fmt: skip


def charts(subject: Subject) -> tuple[Chart, ...]:
    """All that make sense, in the order of :data:`KEYS`."""
    found = (chart(subject, key) for key in KEYS)
    return tuple(one for one in found if one is not None)


def source_line(subject: Subject) -> str:
    """Whose figures they are, and when they were read."""
    baseline, say = subject.view.baseline, subject.say
    captured, title = format_date(baseline.captured_at), say.name(baseline.title)
    if not captured:
        return say("pictures.source_undated", source=title)
    return say("pictures.source", source=title, captured=captured)


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
