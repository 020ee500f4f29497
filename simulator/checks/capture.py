"""When figures were read, and what period they are of."""

from __future__ import annotations

from datetime import date

from simulator.checks.findings import Finding, Level
from simulator.errors import ScenarioError
from simulator.period import period_of

# Older figures are loaded and said to be old.
STALE_DAYS = 14


def capture_findings(period: str, captured_at: str, today: str) -> list[Finding]:
    """A period that is still open, a capture before it or unknown, figures that are old."""
    try:
        # Without a day any will do: the period must be one all the same.
        known = period_of(period, captured_at or "2000-01-01")
    except (ScenarioError, ValueError):
        fields = {"period": period, "captured": captured_at}
        return [Finding(Level.WRONG, "period_unreadable", fields)]
    if not captured_at:
        return [Finding(Level.NOTE, "capture_unknown")]
    found = []
    if known.captured_day < known.first:
        fields = {"first": known.first.isoformat(), "captured_at": known.captured_day.isoformat()}
        found.append(Finding(Level.WRONG, "captured_before_period", fields))
    elif not known.is_over:
        found.append(Finding(Level.NOTE, "period_open", {"last": known.last.isoformat()}))
    age = (date.fromisoformat(today) - known.captured_day).days if today else 0
    if age < 0:
        fields = {"captured_at": known.captured_day.isoformat()}
        found.append(Finding(Level.WRONG, "captured_tomorrow", fields))
    elif age > STALE_DAYS and not known.is_over:
        stale = {"captured_at": known.captured_day.isoformat(), "days": age}
        found.append(Finding(Level.DOUBTFUL, "capture_stale", stale))
    return found
