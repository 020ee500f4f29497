"""Whether the workbook finds what the app found, and whether what was typed can be used."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.presentation.view import View
from simulator.reports.workbook.calculation_sheet import Calculated
from simulator.reports.workbook.inputs_sheet import Inputs
from simulator.reports.workbook.levers_sheet import Levers
from simulator.reports.workbook.live import ADDED, Live, anchored, choose, is_error, some
from simulator.reports.workbook.marks import LEFT_OUT, REFUSED, how_many
from simulator.reports.workbook.page import BAD, GOOD, Page
from simulator.reports.workbook.peers_sheet import Places
from simulator.reports.workbook.rules_sheet import Rules

KEYS = (
    "agrees", "touched", "differs", "beyond", "within", "wrong", "absurd", "right", "peers_wrong",
    "broken",
)  # fmt: skip
ALARMS = ("differs", "beyond", "wrong", "absurd", "peers_wrong", "broken")
CALM = ("agrees", "within", "right")


def write_checks(
    page: Page, top: int, last: int, words_in: int, view: View, inputs: Inputs, levers: Levers,
    rules: Rules, calculated: Calculated, listed: Places | None,
) -> int:  # fmt: skip
    """Write the checks up to column ``last``, their sentences from ``words_in``; the row below."""
    said, after = page.book.said, view.projection.after.total
    told = page.book.say.points(after if after is not None else view.projection.total_change)
    words = {
        key: page.put(top + k // 2, words_in + k % 2, said(f"check_{key}", figure=told), "small")
        for k, key in enumerate(KEYS)
    }
    page.put(top, 0, said("check_title"), "part")
    found = _found(words, inputs, levers, rules, calculated, listed)
    for row, (key, verdict) in enumerate(found, top + 1):
        cell = anchored(page.wide(row, 1, last, verdict, "text", "bold"))
        page.put(row, 0, said(key), "text")
        where = page.span(row, 1, row, last)
        page.when(where, some(*(cell.same(anchored(words[name])) for name in ALARMS)), BAD)
        page.when(where, some(*(cell.same(anchored(words[name])) for name in CALM)), GOOD)
    return top + len(KEYS) // 2


def _found(
    words: dict[str, Live], inputs: Inputs, levers: Levers, rules: Rules, calculated: Calculated,
    listed: Places | None,
) -> list[tuple[str, Live]]:  # fmt: skip
    """Label and verdict of each check."""
    watched = [*inputs.watched, levers.watched, (rules.inputs, rules.copies)]
    watched += [] if listed is None else [listed.watched]
    # An empty cell and a 0 are equal to a spreadsheet.
    touched = _count(f"(({now}<>{was})+(ISBLANK({now})<>ISBLANK({was})))>0" for now, was in watched)
    differing = _count(calculated.levels.differing)
    verdict = choose(
        touched > 0, words["touched"], choose(differing > 0, words["differs"], words["agrees"])
    )
    outside = Live(f"SUM({levers.outside})", 0)
    refused, left_out = (
        how_many(inputs.marks, inputs.marked, mark) for mark in (REFUSED, LEFT_OUT)
    )
    counts = choose(
        refused > 0, words["wrong"], choose(left_out > 0, words["absurd"], words["right"])
    )
    found = [
        ("check", _computable(differing, verdict, words)),
        ("check_levers", _computable(
            outside, choose(outside > 0, words["beyond"], words["within"]), words)),
        ("check_counts", _computable(refused, counts, words)),
    ]  # fmt: skip
    if listed is not None:
        bad = how_many(listed.marks, listed.marked, REFUSED)
        verdict = choose(bad > 0, words["peers_wrong"], words["right"])
        found.append(("check_peers", _computable(bad, verdict, words)))
    return found


def _computable(number: Live, verdict: Live, words: dict[str, Live]) -> Live:
    """``verdict``, unless what it depends on is an error."""
    return choose(is_error(number), words["broken"], verdict)


def _count(conditions: Iterable[str]) -> Live:
    """How many cells meet one of the conditions: none, as long as nobody changes any."""
    return Live("+".join(f"SUMPRODUCT(--({one}))" for one in conditions), 0, ADDED)
