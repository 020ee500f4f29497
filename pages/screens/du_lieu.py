"""Dữ liệu: take in an office's own figures, keep, compare and delete them."""

from pages.ui.data.parts import draw_data
from pages.ui.view import current, speech

draw_data(speech(current()))
