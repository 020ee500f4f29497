"""Ưu tiên: what every lever is worth for its effort, and what to do first."""

from pages.ui import headline
from pages.ui.priorities.parts import draw_priorities
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_priorities(view, say)
