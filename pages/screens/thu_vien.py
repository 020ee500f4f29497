"""Thư viện: saved scenarios and those that are shipped."""

from pages.ui import headline
from pages.ui.library.parts import draw_library
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_library(view, say)
