"""What each document says: the same in the file and in the preview on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.reports.announcement.content import announcement
from simulator.reports.blocks import Content
from simulator.reports.order import Letterhead, Part
from simulator.reports.paper.content import paper
from simulator.reports.paper.page import page
from simulator.reports.subject import Subject


def content_of(
    part: Part, subjects: Sequence[Subject], letterhead: Letterhead, day: date
) -> Content:
    """``part``: one of :data:`~simulator.reports.order.DOCUMENTS`; an announcement tells of the
    first of ``subjects`` only."""
    if part is Part.ANNOUNCEMENT:
        return announcement(subjects[0], letterhead, day)
    write = page if part is Part.PAGE else paper
    return write(subjects, letterhead, day)
