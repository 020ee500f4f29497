"""What a place depends on: answers known by hand, and properties."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.baseline_files import load_baseline
from simulator.peers_mode import PeersMode
from simulator.presentation.view import View, curves_of, evaluate
from simulator.project import project
from simulator.rank import peers_of, standing
from simulator.rank_levers import LeverPlaces, rank_levers
from simulator.rank_peers import rank_peers
from simulator.scenario import Scenario
from simulator.uncertainty import counted, still
from simulator.weights import DRAWS, Firmness, Reweighted, reweighted

GROUPS = ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDSH", "MDHL")
MAXIMA = {"A": 50, "B": 50}
HELD = Scenario("vn-2026-10-10", "H44", peers=PeersMode.FIXED)


def same(one: Reweighted, other: Reweighted) -> bool:
    return one.codes == other.codes and bool((one.totals == other.totals).all())


def list_of(view: View) -> tuple[dict[str, int], dict[str, dict[str, int | None]], dict[str, int]]:
    """Totals, groups and maxima of a list, the unit with its scores after the what-if."""
    assert view.peers is not None and view.projection.after.total is not None
    code, after = view.unit.code, view.projection.after
    groups = {**view.peers.groups, code: after.groups}
    return (
        {**view.peers.totals, code: after.total},
        {name: dict(scores) for name, scores in groups.items()},
        {group.code: group.maximum for group in view.edition.groups},
    )


@st.composite
def lists(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, dict[str, int]], dict[str, int]]:
    """Up to eight units with two to four groups; totals may differ from their groups a little."""
    maxima = {name: draw(st.integers(5, 40)) for name in draw(st.sampled_from(["AB", "ABC"]))}
    codes = [f"U{k}" for k in range(draw(st.integers(2, 8)))]
    groups = {
        code: {name: draw(st.integers(0, 100 * most)) for name, most in maxima.items()}
        for code in codes
    }
    totals = {code: sum(scores.values()) + draw(st.integers(-1, 1)) for code, scores in
              groups.items()}  # fmt: skip
    return totals, groups, maxima


# Weights


def test_two_units_strong_in_different_groups_change_places_half_of_the_time():
    totals = {"X": 5000, "Y": 5000}
    groups = {"X": {"A": 5000, "B": 0}, "Y": {"A": 0, "B": 5000}}
    found = reweighted(totals, groups, MAXIMA, 0.1, 20_000)
    # X is ahead exactly where the factor of A is larger: one draw in two, by symmetry.
    assert float((found.totals[0] > found.totals[1]).mean()) == pytest.approx(0.5, abs=0.015)
    assert found.places("X").chances.tolist() == pytest.approx([0.5, 0.5], abs=0.015)
    # Together they always have as many points as before.
    assert np.abs(found.totals.sum(axis=0) - 10_000).max() <= 1
    # Tied units have no order to lose.
    assert found.pairs == ()
    assert found.pairs_kept == 1.0
    assert found.places("X").printed == found.places("Y").printed == 1


def test_the_chance_of_a_swap_is_the_one_computed_by_hand():
    """50 points more in A, 46 more in B: the second is ahead where 46 b > 50 a.

    With factors even in [0.9, 1.1] the region a < 0.92 b is a triangle of the square: its corner
    is (0.9, 1.1), it ends at a = 1.012 and at b = 0.9 / 0.92.
    """
    totals = {"X": 5000, "Y": 4600}
    groups = {"X": {"A": 5000, "B": 0}, "Y": {"A": 0, "B": 4600}}
    found = reweighted(totals, groups, MAXIMA, 0.1, 40_000)
    (pair,) = found.pairs
    triangle = (1.012 - 0.9) * (1.1 - 0.9 / 0.92) / 2
    assert (pair.ahead, pair.behind, pair.gap) == ("X", "Y", 400)
    assert pair.chance == pytest.approx(triangle / 0.04, abs=0.01)
    assert found.places("X").kept == pytest.approx(1 - triangle / 0.04, abs=0.01)
    assert found.correlation[0] == pytest.approx(1 - 2 * triangle / 0.04, abs=0.02)
    assert found.correlation[1] == -1.0


def test_a_unit_ahead_in_every_group_stays_ahead():
    totals = {"X": 6000, "Y": 4000}
    groups = {"X": {"A": 3000, "B": 3000}, "Y": {"A": 2000, "B": 2000}}
    found = reweighted(totals, groups, MAXIMA, 0.3)
    assert found.places("X").interval(0.9) == found.places("X").seen == (1, 1)
    assert found.places("Y").chances.tolist() == [0.0, 1.0]
    assert found.firmness is Firmness.FIRM
    # Equal shares of both groups: no weighting can move a total.
    assert set(found.totals[0]) == {6000}


def test_all_groups_full_is_always_one_hundred_points():
    full = {"U": dict(zip("ABC", (2000, 3000, 5000), strict=True))}
    found = reweighted({"U": 10_000}, full, {"A": 20, "B": 30, "C": 50}, 0.3)
    assert set(found.totals[0]) == {10_000}


def test_a_wider_band_shuffles_more():
    given_list = list_of(evaluate(HELD))
    bands = [reweighted(*given_list, band) for band in (0.05, 0.1, 0.2, 0.3)]
    kept = [found.pairs_kept for found in bands]
    assert kept == sorted(kept, reverse=True)
    lows = [found.correlation[1] for found in bands]
    assert lows == sorted(lows, reverse=True)
    assert [found.firmness for found in bands][::3] == [Firmness.BROAD, Firmness.LOOSE]


def test_phu_tho_with_weights_ten_percent_apart():
    found = reweighted(*list_of(evaluate(HELD)), 0.1, DRAWS, 1)
    own = found.places("H44")
    assert (own.printed, own.interval(0.5), own.interval(0.9), own.seen) == (
        19, (19, 20), (19, 21), (18, 23),
    )  # fmt: skip
    assert own.kept == 0.648
    assert found.pairs_kept == pytest.approx(0.808, abs=0.001)
    assert found.correlation == pytest.approx((0.963, 0.934), abs=0.001)


@given(lists(), st.integers(0, 2**32 - 1))
def test_without_a_band_the_printed_order_is_certain(given_list, seed):
    totals, groups, maxima = given_list
    found = reweighted(totals, groups, maxima, 0.0, 50, seed)
    for code, total in totals.items():
        others = {name: value for name, value in totals.items() if name != code}
        own = found.places(code)
        assert own.printed == standing(total, others).rank
        assert own.kept == 1.0
        assert own.seen == own.interval(0.9) == (own.printed, own.printed)
        assert set(found.totals[found.codes.index(code)]) == {total}
    assert found.correlation == (1.0, 1.0)
    assert found.firmness is Firmness.FIRM


@given(lists(), st.randoms())
def test_the_order_in_which_units_and_groups_come_changes_nothing(given_list, random):
    totals, groups, maxima = given_list
    codes, names = list(totals), list(maxima)
    random.shuffle(codes)
    random.shuffle(names)
    shuffled = reweighted(
        {code: totals[code] for code in codes},
        {code: {name: groups[code][name] for name in names} for code in codes},
        {name: maxima[name] for name in names}, 0.2, 100,
    )  # fmt: skip
    assert same(reweighted(totals, groups, maxima, 0.2, 100), shuffled)


@given(lists(), st.sampled_from([0.05, 0.1, 0.3]))
def test_totals_move_by_no_more_than_the_band_allows(given_list, band):
    totals, groups, maxima = given_list
    found = reweighted(totals, groups, maxima, band, 100)
    # Scaled back to 100 points, a factor lies between the two ends divided by each other.
    low, high = (1 - band) / (1 + band) - 1, (1 + band) / (1 - band) - 1
    for code, drawn in zip(found.codes, found.totals, strict=True):
        scored = sum(groups[code].values())
        assert drawn.min() >= totals[code] + low * scored - 1
        assert drawn.max() <= totals[code] + high * scored + 1
        assert found.places(code).chances.sum() == pytest.approx(1)
    assert -1 <= found.correlations.min() <= found.correlations.max() <= 1


def test_the_same_seed_gives_the_same_figures_and_another_others():
    given_list = list_of(evaluate(HELD))
    first = reweighted(*given_list, 0.1, DRAWS, 7)
    assert same(first, reweighted(*given_list, 0.1, DRAWS, 7))
    assert not same(first, reweighted(*given_list, 0.1, DRAWS, 8))


def test_units_with_an_unknown_group_are_left_out_and_named():
    totals = {"X": 5000, "Y": 4000, "Z": 3000}
    groups = {"X": {"A": 3000, "B": 2000}, "Y": {"A": 4000, "B": None}, "Z": {"A": 3000}}
    found = reweighted(totals, groups, MAXIMA, 0.1)
    assert found.codes == ("X",)
    assert found.left_out == ("Y", "Z")
    assert found.places("X").printed == 1
    assert found.firmness is Firmness.FIRM
    with pytest.raises(ValueError, match="not in tuple"):
        found.places("Y")


def test_a_list_without_any_known_unit_is_empty():
    found = reweighted({"X": 1}, {"X": {"A": None, "B": 1}}, MAXIMA, 0.1)
    assert (found.count, found.left_out, found.pairs_kept) == (0, ("X",), 1.0)
    assert found.correlation == (1.0, 1.0)


def test_the_unit_takes_part_with_its_scores_after_the_what_if():
    view = evaluate(replace(HELD, settings=(("PUBLISH_ON_TIME", 50.0),)))
    found = reweighted(*list_of(view), 0.1)
    place = view.projection.after.standing
    assert place is not None
    assert found.places("H44").printed == place.rank < 19


def test_provinces_are_reweighted_in_less_than_fifty_milliseconds():
    given_list = list_of(evaluate(HELD))
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        found = reweighted(*given_list, 0.1, DRAWS)
        found.places("H44").interval(0.9)
        _ = found.firmness, found.pairs
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05


# Levers


def levers_of(scenario: Scenario) -> tuple[View, tuple[LeverPlaces, ...]]:
    view = evaluate(scenario)
    ahead = view.rank_ahead
    assert ahead is not None
    return view, rank_levers(curves_of(scenario), view.projection.settings, ahead.outcomes)


@pytest.mark.parametrize(
    ("baseline", "unit", "settings"),
    [
        ("vn-2026-10-10", "H44", ()),
        ("vn-2026-10-10", "H44", (("ON_TIME", 20000.0), ("PETITION_NEW", 30.0))),
        ("phutho-2026-ytd", "H44", (("PUBLISH_ON_TIME", 10.0),)),
        ("gialai-2026-10-10", "H21.181", ()),
    ],
)
def test_every_end_of_a_lever_is_what_a_projection_gives(baseline, unit, settings):
    scenario = Scenario(baseline, unit, settings, peers=PeersMode.FIXED)
    view, found = levers_of(scenario)
    assert {one.lever for one in found} == {
        code for code, bounds in view.ranges.items() if bounds.usable
    }
    for one in found:
        for stop in (one.lowest, one.now, one.best, one.worst, one.highest):
            moved = dict(settings) | {one.lever: stop.change}
            again = project(view.edition, view.unit, moved, view.peers)
            assert again.after.standing is not None
            assert (stop.total, stop.place) == (again.after.total, again.after.standing.rank)
            assert stop.interval == (stop.place, stop.place)
            assert stop.better == float(stop.place < one.now.place)
        assert one.now.change == view.scenario.change(one.lever)
        assert one.worst.place >= one.now.place >= one.best.place
        assert one.best.total >= max(one.lowest.total, one.now.total, one.highest.total)
        assert one.worst.total <= min(one.lowest.total, one.now.total, one.highest.total)


def test_levers_come_by_the_places_they_span():
    _, found = levers_of(HELD)
    spans = [one.span for one in found]
    assert spans == sorted(spans, reverse=True)
    first = found[0]
    assert (first.lever, first.now.place, first.best.place, first.gain) == (
        "ON_TIME", 19, 10, 226,
    )  # fmt: skip


def test_a_lever_at_its_cap_changes_nothing():
    """Phú Thọ submits 98.6 % online, and the cap is 50 %: pulling up is worth no place."""
    _, found = levers_of(Scenario("phutho-2026-ytd", "H44", peers=PeersMode.FIXED))
    online = next(one for one in found if one.lever == "ONLINE_SUBMISSION")
    assert online.highest.change > 0
    assert (online.gain, online.best.change) == (0, 0.0)
    assert online.highest.place == online.best.place == online.now.place
    assert online.best.better == 0.0


def test_of_stops_worth_the_same_the_least_effort_is_named():
    """Digitised dossiers stop at those with a result: the best stop is below the highest."""
    _, found = levers_of(Scenario("phutho-2026-ytd", "H44", peers=PeersMode.FIXED))
    digitised = next(one for one in found if one.lever == "SO_HOA_GIAY_TO_GIAI_QUYET")
    assert 0 < digitised.best.change < digitised.highest.change
    assert digitised.best.total == digitised.highest.total


def test_peers_that_move_give_a_median_place_with_its_interval():
    view, found = levers_of(replace(HELD, peers=PeersMode.UNCERTAIN))
    outcomes = view.rank_ahead.outcomes
    for one in found:
        for stop in (one.now, one.best, one.worst):
            assert stop.place == outcomes.place(stop.total, 0.5)
            best, worst = stop.interval
            assert best <= stop.place <= worst
            chance = outcomes.chances(stop.total)[: one.now.place - 1].sum()
            assert stop.better == pytest.approx(chance)
        assert one.best.better >= one.now.better >= one.worst.better


def test_without_a_total_there_is_no_place_to_move():
    curves = curves_of(Scenario("phutho-2026-ytd", "H44.104"))
    assert len(curves) > 10
    assert rank_levers(curves, {}, still({"A": 1})) == ()


# Peers


def test_peers_by_hand():
    """Ten draws of three peers; the score is 500."""
    up = np.array([501] * 5 + [499] * 5)
    rarely = np.array([501] + [500] * 9)
    always = np.full(10, 600)
    outcomes = counted(("UP", "RARE", "SURE"), np.stack([up, rarely, always], axis=1).astype("i4"))
    first, second, third = rank_peers(outcomes, 500, {"UP": 520, "RARE": 400, "SURE": 450})
    assert [one.code for one in (first, second, third)] == ["UP", "RARE", "SURE"]
    # Ahead now, above in half of the draws: turns over in the other half.
    assert (first.distance, first.above, first.turns) == (20, 0.5, 0.5)
    # A tie is not above.
    assert (second.distance, second.turns) == (-100, pytest.approx(0.1))
    assert first.share == pytest.approx(0.25 / 0.34)
    assert second.share == pytest.approx(0.09 / 0.34)
    # Behind now and certain to end above: it turns over, but nothing about it is uncertain.
    assert (third.turns, third.share) == (1.0, 0.0)


def test_peers_that_are_held_can_never_turn_over():
    provinces = load_baseline("vn-2026-10-10")
    unit = provinces.unit("H44")
    peers = peers_of(provinces, unit, load_baseline)
    for score in (0, 6218, 10_000, *peers.totals.values()):
        found = rank_peers(still(peers.totals), score, peers.totals)
        assert {one.turns for one in found} == {0.0}
        assert {one.share for one in found} == {0.0}


def test_shares_of_uncertain_peers_add_up_and_turns_are_chances():
    view = evaluate(replace(HELD, peers=PeersMode.UNCERTAIN))
    outcomes = view.rank_ahead.outcomes
    found = rank_peers(outcomes, 6218, view.peers.totals)
    assert len(found) == 33
    assert sum(one.share for one in found) == pytest.approx(1)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    for one in found:
        ahead_now = view.peers.totals[one.code] > 6218
        assert one.turns == pytest.approx(1 - one.above if ahead_now else one.above)
    assert 1 + sum(one.above for one in found) == pytest.approx(outcomes.expected_place(6218))


def test_the_order_of_the_peers_changes_nothing():
    totals = {"B": 510, "A": 510, "C": 480}
    turned = dict(reversed(totals.items()))
    assert rank_peers(still(totals), 500, totals) == rank_peers(still(turned), 500, turned)
