"""What a list of units looked like each time it was read within one period, oldest first.

Two sources: the totals of all provinces on several days that are shipped, and every list of the
library (an office's own imports among them) of the same edition and period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from simulator import library
from simulator.baseline import Baseline
from simulator.errors import RulesError
from simulator.paths import HISTORY
from simulator.period import captured_moment
from simulator.rank import unit_total
from simulator.score import to_hundredths
from simulator.strict_files import read_csv_rows

COLUMNS = ("date", "unit", "total", "source")
PROVINCES_CSV = HISTORY / "provinces-2026.csv"
# The edition, period and pool the shipped totals belong to.
SHIPPED = ("2026-portal", "2026-ytd", "provinces")
# Two readings within half a day are one that was mended.
SAME = timedelta(hours=12)
# A list that misses more than this share of another is not the same list read again.
MOST_MISSING = 0.2


@dataclass(frozen=True)
class Capture:
    """Totals of a list in hundredths of a point, by code of the unit, as they were read."""

    moment: datetime
    totals: Mapping[str, int]
    source: str

    @property
    def day(self) -> str:
        """The ISO day the figures reach to."""
        return (self.moment - timedelta(microseconds=1)).date().isoformat()


@cache
def totals_by_day(path: Path = PROVINCES_CSV) -> dict[str, dict[str, int]]:
    """Published totals: ISO day -> unit -> hundredths; refuses a unit twice on a day."""
    days: dict[str, dict[str, int]] = {}
    for line, row in read_csv_rows(path, COLUMNS):
        day = days.setdefault(row["date"], {})
        if row["unit"] in day:
            raise RulesError("duplicate", code=row["unit"], file=path.name, line=line)
        day[row["unit"]] = to_hundredths(float(row["total"]))
    return days


@cache
def shipped_captures() -> tuple[Capture, ...]:
    """The 34 provinces in 2026 to date, each time their figures were new."""
    name = PROVINCES_CSV.name
    return renewed(
        Capture(captured_moment(day), totals, name) for day, totals in totals_by_day().items()
    )


@library.remembered(maxsize=64)
def captures_of(baseline_id: str, pool: str) -> tuple[Capture, ...]:
    """:func:`readings` of figures of the library, remembered."""
    return readings(library.load(baseline_id), pool)


def readings(baseline: Baseline, pool: str) -> tuple[Capture, ...]:
    """Every reading of ``pool`` up to the one of ``baseline``, which is the last; none where it is
    not known when that was."""
    if not baseline.captured_at:
        return ()
    last = _capture(baseline, pool)
    codes = [code for code, unit in baseline.units.items() if unit.pool == pool]
    # A list that misses no more than these many of them holds at least one.
    sought = codes[: int(MOST_MISSING * len(codes)) + 1]
    entries = library.listed_holding(sought, baseline.edition.code, baseline.period)
    known = (
        _kept_capture(one.id, pool, one.imported_at) for one in entries if one.id != baseline.id
    )
    found = [capture for capture in known if capture is not None]
    if (baseline.edition.code, baseline.period, pool) == SHIPPED:
        found += shipped_captures()
    earlier = [one for one in found if one.moment < last.moment and _is_same_list(one, last)]
    return renewed([*earlier, last])


# What was imported once never changes, so it need not be loaded again after another import.
@lru_cache(maxsize=1024)
def _kept_capture(baseline_id: str, pool: str, _imported_at: str) -> Capture | None:
    """The whole list in figures of the library; None where they do not hold it."""
    baseline = library.unbroken(baseline_id)
    if baseline is None or not baseline.captured_at or pool in baseline.incomplete_pools:
        return None
    return _capture(baseline, pool)


def _capture(baseline: Baseline, pool: str) -> Capture:
    totals = {
        unit.code: total
        for unit in baseline.units.values()
        if unit.pool == pool and (total := unit_total(baseline.edition, unit)) is not None
    }
    return Capture(captured_moment(baseline.captured_at), totals, baseline.id)


def _is_same_list(one: Capture, other: Capture) -> bool:
    shared = len(one.totals.keys() & other.totals.keys())
    return shared >= (1 - MOST_MISSING) * max(len(one.totals), len(other.totals), 1)


def renewed(captures: Iterable[Capture]) -> tuple[Capture, ...]:
    """``captures`` by time without those in which nothing was new, or that were mended at once."""
    kept: list[Capture] = []
    # Backwards: of many readings that follow closely some are left, half a day apart.
    for capture in reversed(_new(sorted(captures, key=lambda one: one.moment))):
        if not kept or kept[-1].moment - capture.moment >= SAME:
            kept.append(capture)
    return tuple(_new(reversed(kept)))


def _new(captures: Iterable[Capture]) -> list[Capture]:
    """Those with other totals than the one before."""
    found: list[Capture] = []
    for capture in captures:
        if not found or capture.totals != found[-1].totals:
            found.append(capture)
    return found
