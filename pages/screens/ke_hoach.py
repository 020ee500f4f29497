"""Kế hoạch theo tháng: what every month that is left must look like, ready to be handed out."""

from pages.ui import headline, plan
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
plan.draw_plan(view, say)
