"""A picture that goes out alone, as a file: with its title above it and, below, how to read it and
whose figures it shows. In a document both stand in the text."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape

import vl_convert

from simulator.reports import pictures
from simulator.reports.blocks import Chart
from simulator.reports.letter_widths import width_of
from simulator.reports.paper.topic import cut
from simulator.reports.paper_spec import FONT, WIDTH
from simulator.reports.subject import Subject

MARGIN = 16
# Size in pixels and height of a line of what stands in a file.
TITLE, UNDER, FOOT = (18, 24), (14, 19), (13, 18)
# A digit in sizes, of the widest typeface a machine may draw with; a line of so many letters is
# wider than any picture.
DIGIT, MOST_LETTERS = 0.7, 200
# Wider than a digit in it, by how many of its widths.
WIDE = dict.fromkeys("~^<>=+#&", 0.3)
INK, GREY = "#16213A", "#4A5568"
LONGEST_NAME = 120  # letters of a scenario's
# Charts whose colours are those of the groups without naming them, and names beside each other.
COLOURED, BESIDE = ("losses", "priorities"), 3
# Charts of the figures as they stand, whatever is planned; and where nothing is planned, the one
# that still asks how much can be done until the day looked at.
PRESENT, AHEAD = "losses", "priorities"

Size = tuple[int, int]


def files(chart: Chart, subject: Subject) -> tuple[bytes, bytes]:
    """``chart`` as PNG and SVG: equal charts of equal scenarios give equal files."""
    drawn = _framed(chart, subject)
    png = vl_convert.svg_to_png(drawn, scale=pictures.SCALE)
    return bytes(png), drawn.encode()


def _framed(chart: Chart, subject: Subject) -> str:
    inner = pictures.svg(chart).decode()
    above, top = _lines(chart.title, TITLE, MARGIN, INK, is_bold=True)
    under, top = _lines(_of_what(chart.key, subject), UNDER, top, GREY)
    top += MARGIN // 2
    legend, below = _legend(chart, subject, top + chart.height + MARGIN // 2)
    foot, end = _lines(chart.caption, FOOT, below, GREY)
    width, height = WIDTH + 2 * MARGIN, end + MARGIN
    placed = inner.replace("<svg ", f'<svg x="{MARGIN}" y="{top}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{FONT}">'
        f"<title>{_safe(chart.title)}</title><desc>{_safe(chart.alt)}</desc>"
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>'
        f"{''.join([*above, *under])}{placed}{''.join([*legend, *foot])}</svg>"
    )


def _of_what(key: str, subject: Subject) -> str:
    """The scenario, the day it is looked to, and the day its figures were read."""
    say, told = subject.say, _looked_at(key, subject)
    day = pictures.day_read(subject.view.baseline.captured_at)
    return say("pictures.of_figures", what=told, day=day) if day else told


def _looked_at(key: str, subject: Subject) -> str:
    say, ahead = subject.say, subject.view.outlook
    name = cut(" ".join(subject.content.name.split()), LONGEST_NAME)
    if key == PRESENT or not (subject.is_moved or key == AHEAD):
        return say("pictures.of_now", name=name)
    if ahead is None:
        return say("pictures.of_whole", name=name)
    return say("pictures.of_ahead", name=name, last=ahead.period.last.strftime("%d/%m/%Y"))


def _legend(chart: Chart, subject: Subject, top: int) -> tuple[Sequence[str], int]:
    """The colours of the groups by name, and where they end."""
    if chart.key not in COLOURED:
        return [], top
    pixels, line = FOOT
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
    text: str, size: Size, top: int, colour: str, *, is_bold: bool = False
) -> tuple[Sequence[str], int]:
    """``text`` in lines from ``top`` on, and where they end."""
    pixels, line = size
    found = _wrapped(_printable(text), WIDTH / (DIGIT * pixels), is_bold=is_bold)
    more = ' font-weight="bold"' if is_bold else ""
    drawn = [
        f'<text x="{MARGIN}" y="{top + k * line + pixels}" font-size="{pixels}px"'
        f' fill="{colour}"{more}>{escape(one)}</text>'
        for k, one in enumerate(found)
    ]
    return drawn, top + len(found) * line


def _wrapped(text: str, room: float, *, is_bold: bool) -> list[str]:
    """``text`` in the fewest lines none of which is wider than ``room`` digits."""
    tried = (textwrap.wrap(text, letters) for letters in range(MOST_LETTERS, 0, -1))
    return next(
        found for found in tried if all(_width(one, is_bold=is_bold) <= room for one in found)
    )


def _width(text: str, *, is_bold: bool) -> float:
    """In digits; the letters of some scripts, and pictures, are as wide as two."""
    double = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    signs = sum(WIDE.get(letter, 0.0) for letter in text)
    return width_of(text, is_bold=is_bold) + double + signs


def _safe(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    """``text`` without what no drawing may hold."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
