"""Xếp hạng: all peers before and after, the neighbours and the points between them."""

from pages.ui import ranking
from pages.ui.view import current, speech

view = current()
ranking.draw_ranking(view, speech(view))
