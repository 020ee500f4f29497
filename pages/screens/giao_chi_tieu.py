"""Giao chỉ tiêu: a province's plan divided among its departments and communes."""

from pages.ui import headline
from pages.ui.dividing.parts import draw_dividing
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_dividing(view, say)
