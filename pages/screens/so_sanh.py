"""So sánh: scenarios side by side, beside the present."""

from pages.ui import headline
from pages.ui.comparing.parts import draw_comparing
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_comparing(view, say)
