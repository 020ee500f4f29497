"""A picture that goes out alone, as a file: with its title above it and, below, how to read it and
whose figures it shows. In a document both stand in the text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from xml.sax.saxutils import escape

import vl_convert

from simulator.reports import pictures
from simulator.reports.blocks import Chart
from simulator.reports.paper.topic import cut
from simulator.reports.paper_spec import FONT, WIDTH
from simulator.reports.subject import Subject

MARGIN = 16
# Size in pixels, height of a line, and letters that surely fit on one, of what stands in a file.
TITLE, UNDER, FOOT = (18, 24, 56), (14, 19, 82), (13, 18, 88)
INK, GREY = "#16213A", "#4A5568"
LONGEST_NAME = 120  # letters of a scenario's
# Charts whose colours are those of the groups without naming them, and names beside each other.
COLOURED, BESIDE = ("losses", "priorities"), 3

Size = tuple[int, int, int]


def files(chart: Chart, subject: Subject) -> tuple[bytes, bytes]:
    """``chart`` as PNG and SVG: equal charts of equal scenarios give equal files."""
    drawn = _framed(chart, subject)
    png = vl_convert.svg_to_png(drawn, scale=pictures.SCALE)
    return bytes(png), drawn.encode()


def _framed(chart: Chart, subject: Subject) -> str:
    inner = pictures.svg(chart).decode()
    above, top = _lines(chart.title, TITLE, MARGIN, INK, ' font-weight="bold"')
    under, top = _lines(_of_what(subject), UNDER, top, GREY)
    top += MARGIN // 2
    legend, below = _legend(chart, subject, top + chart.height + MARGIN // 2)
    foot, end = _lines(chart.caption, FOOT, below, GREY)
    width, height = WIDTH + 2 * MARGIN, end + MARGIN
    placed = inner.replace("<svg ", f'<svg x="{MARGIN}" y="{top}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{FONT}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>'
        f"{''.join([*above, *under])}{placed}{''.join([*legend, *foot])}</svg>"
    )


def _of_what(subject: Subject) -> str:
    """The scenario and the day it is looked to; of the figures alone, that they are published."""
    say, ahead = subject.say, subject.view.outlook
    if not subject.is_moved:
        return say("pictures.of_now")
    name = cut(" ".join(subject.content.name.split()), LONGEST_NAME)
    if ahead is None:
        return say("pictures.of_whole", name=name)
    return say("pictures.of_ahead", name=name, last=ahead.period.last.strftime("%d/%m/%Y"))


def _legend(chart: Chart, subject: Subject, top: int) -> tuple[Sequence[str], int]:
    """The colours of the groups by name, and where they end."""
    if chart.key not in COLOURED:
        return [], top
    pixels, line, _ = FOOT
    drawn = []
    groups = subject.view.edition.groups
    for k, group in enumerate(groups):
        x = MARGIN + k % BESIDE * (WIDTH // BESIDE)
        y = top + k // BESIDE * line
        drawn.append(
            f'<rect x="{x}" y="{y + 2}" width="12" height="12" fill="{group.colour}"/>'
            f'<text x="{x + 18}" y="{y + pixels}" font-size="{pixels}px"'
            f' fill="{GREY}">{escape(subject.say.name(group.name))}</text>'
        )
    return drawn, top + -(-len(groups) // BESIDE) * line + MARGIN // 2


def _lines(
    text: str, size: Size, top: int, colour: str, more: str = ""
) -> tuple[Sequence[str], int]:
    """``text`` in lines from ``top`` on, and where they end."""
    pixels, line, letters = size
    found = textwrap.wrap(_printable(text), letters)
    drawn = [
        f'<text x="{MARGIN}" y="{top + k * line + pixels}" font-size="{pixels}px"'
        f' fill="{colour}"{more}>{escape(one)}</text>'
        for k, one in enumerate(found)
    ]
    return drawn, top + len(found) * line


def _printable(text: str) -> str:
    """``text`` without what no drawing may hold."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
