"""Xếp hạng: all peers before and after, the neighbours and the points between them."""

from pages.ui import headline, ranking
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
ranking.draw_ranking(view, say)
