"""Mục tiêu: what has to be done to reach a score, a class or a rank, with the least effort."""

from pages.ui import headline
from pages.ui.goal.parts import draw_goal
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_goal(view, say)
