"""What is left of the time a plan was made for, where its figures are no longer fresh."""

from __future__ import annotations

from pages.ui import horizon
from simulator.numbers import format_date, format_number
from simulator.period import MONTH_DAYS
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

# Days: older figures are older than a week.
OLD = 7


def late_words(view: View, say: Speech) -> str:
    """How much more a month takes from today on; empty where the figures are fresh enough."""
    if view.outlook is None:
        return ""
    period, today = view.outlook.period, horizon.today()
    if (today - period.captured_day).days <= OLD:
        return ""
    days = (period.last - today).days + 1
    if days <= 0:
        return say("goal.from_today_over", last=format_date(period.last.isoformat()))
    # As in the column of months: less than a month is one.
    planned = max(float(period.remaining_days) / MONTH_DAYS, 1.0)
    times = round(planned / max(days / MONTH_DAYS, 1.0), 1)
    if times <= 1:
        return ""
    return say("goal.from_today", days=say.count(days), times=format_number(times, 1, say.language))
