"""Phương pháp: rules, evidence, assumptions and limits, generated from the data files."""

from pages.ui import method
from pages.ui.view import current, speech

view = current()
method.draw_method(view, speech(view))
