"""Tổng quan: where the unit stands, where points are lost, what is saturated."""

from pages.ui import overview
from pages.ui.view import current, speech

view = current()
overview.draw_overview(view, speech(view))
