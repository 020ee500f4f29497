"""Points of the indicators to the last bit, as ``simulator.score`` computes them.

Each operation stands in the order of the app's, and the hundredths are cut by
:func:`~simulator.reports.workbook.live.exact_floor`: 1/48 of 6 points is 0.12 here too.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.reports.workbook.live import Live, choose, exact_floor, live, lowest
from simulator.reports.workbook.page import Page
from simulator.reports.workbook.rules_sheet import Rules
from simulator.rules import Edition

Pair = tuple[Live, Live]
GOOD, ALL, FACTOR, RATE, RAW, HUNDREDTHS = range(1, 7)
KEYS = ("indicator", "good", "all", "factor", "rate_used", "raw", "hundredths")


def write_scores(
    page: Page, top: int, title: str, edition: Edition, counts: Mapping[int, Pair], rules: Rules,
    kind: str,
) -> tuple[dict[int, Live], int]:  # fmt: skip
    """Hundredths of a point of each indicator that is known; the row below the block."""
    page.put(top, 0, title, "part")
    page.row_of(top + 1, 0, [page.book.said(key) for key in KEYS], "head")
    placed: dict[int, Pair] = {}
    for row, (k, (good, cases)) in enumerate(counts.items(), top + 2):
        page.put(row, 0, page.book.say.name(edition.indicators[k].name), "text")
        placed[k] = page.put(row, GOOD, good, kind), page.put(row, ALL, cases, "count")
    scores = {
        k: _score(page, row, k, placed, edition.multiplier.get(k), rules)
        for row, k in enumerate(counts, top + 2)
    }
    return scores, top + 2 + len(counts)


def _score(
    page: Page, row: int, position: int, counts: Mapping[int, Pair], partner: int | None,
    rules: Rules,
) -> Live:  # fmt: skip
    good, cases = counts[position]
    factor: Live | float = 1
    if partner is not None and partner in counts:
        its_good, its_cases = counts[partner]
        factor = choose(its_cases > 0, its_good / its_cases, 1)
    factor = page.put(row, FACTOR, factor, "exact")
    is_empty = cases.same(0)
    rate = page.put(row, RATE, choose(is_empty, live(0), good / cases * 100 * factor), "exact")
    maximum, cap = rules.maxima[position], rules.caps[position]
    raw = page.put(row, RAW, lowest(maximum * rate / cap, maximum) * 100 + 0.5, "exact")
    found = choose(is_empty, rules.empty[position] * 100, exact_floor(raw))
    return page.put(row, HUNDREDTHS, found, "count", "bold")
