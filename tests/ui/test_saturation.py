"""What the board says where a lever earns nothing more is true, for shipped units of every kind."""

from __future__ import annotations

import pytest

from pages.ui.board.saturation import why_flat
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, curves_of, evaluate
from simulator.rules import Reach
from simulator.scenario import Scenario
from simulator.text import catalogue

SAY = Speech("vi")
EVERY = 9


def views() -> list[Scenario]:
    found = []
    for name in baseline_ids():
        codes = list(load_baseline(name).units)
        found += [Scenario(name, code) for code in codes[:: max(1, len(codes) // EVERY)]]
    settings = (("OVERDUE_FLAG_REPAIRED", 60000.0),)
    found.append(Scenario("phutho-2026-ytd", "H44", settings))
    found += [
        Scenario(name, code, until="2026-12-31")
        for name, code in (("phutho-2026-ytd", "H44"), ("gialai-2026-10-10", "H21.183"))
    ]
    found.append(
        Scenario(
            "vn-2026-10-10", "H44", (),
            (("ONLINE_SUPPLY", 26, 2339), ("ONLINE_SERVICE_USED", 49, 3240)),
        )
    )  # fmt: skip
    return found


def begins(key: str) -> str:
    return catalogue("vi")[key].split("{")[0]


def is_true(view: View, code: str, why: str) -> bool:
    """The state at the first flat stop is what the sentence says."""
    curve = curves_of(view.scenario)[code]
    lever = view.edition.lever_by_code[code]
    item = view.edition.indicator(lever.indicator)
    change = float(curve.changes[curve.flat_from])
    there = view.projected({**view.projection.settings, code: change})
    score = there.after.indicators[view.edition.position[item.code]]
    room = curve.total_change[-1] - curve.total_change[curve.flat_from]
    if why.startswith(begins("board.why_cap")):
        return score == 100 * item.maximum
    if why.startswith(begins("board.why_group")):
        return (
            there.after.groups[item.group] == 100 * view.edition.group_by_code[item.group].maximum
        )
    if why.startswith(begins("board.why_lost")):
        return score == 0
    if why.startswith((begins("board.why_partner"), begins("board.why_room"))):
        k = view.edition.position[item.code]
        partners = [b for _, a, b in view.edition.count_couplings if a == k]
        end = {**view.projection.settings, code: float(curve.changes[-1])}
        there = view.projected(end)
        counts = there.counts.numerators
        if view.outlook:  # among those so far, or those still to come
            past, coming = there.past.numerators, lever.reach is Reach.COMING
            counts = [all_ - so_far if coming else so_far
                      for all_, so_far in zip(counts, past, strict=True)]  # fmt: skip
        return any(counts[k] >= counts[partner] - 1e-6 for partner in partners)
    return why in (catalogue("vi")["board.why_small"], "") and room == 0


@pytest.mark.parametrize("scenario", views(), ids=lambda s: f"{s.baseline}/{s.unit}")
def test_every_reason_is_true(scenario: Scenario) -> None:
    view = evaluate(scenario)
    for code, curve in curves_of(scenario).items():
        why = why_flat(view, view.edition.lever_by_code[code], curve, SAY)
        assert is_true(view, code, why), (code, why)
        if not why and view.edition.lever_by_code[code].moves:
            assert curve.flat_from == len(curve.changes) - 1, code
