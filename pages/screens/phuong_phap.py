"""Phương pháp: rules, evidence, assumptions and limits, generated from the data files."""

from pages.ui import headline, method
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
method.draw_method(view, say)
