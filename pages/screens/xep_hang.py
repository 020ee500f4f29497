"""Xếp hạng: how sure the place is, the whole list, its history, and what decides it."""

from pages.ui import headline
from pages.ui.rank.parts import draw_rank
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_rank(view, say)
