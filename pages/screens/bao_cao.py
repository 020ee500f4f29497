"""Báo cáo: documents, workbooks, pictures and tables to sign, to send and to work with."""

from pages.ui import headline
from pages.ui.reports.parts import draw_reports
from pages.ui.view import current, speech

view = current()
say = speech(view)
headline.draw(view, say)
draw_reports(view, say)
