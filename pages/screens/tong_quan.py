"""Tổng quan: where the unit stands, where points are lost, what is saturated."""

from pages.ui import headline, overview
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
overview.draw_overview(view, say)
