"""What levers are worth and what to do first: answers known by hand, and properties."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.baseline import Unit
from simulator.baseline_files import load_baseline
from simulator.combinations import LEAST_EXTRA, Pair, coupled_pairs
from simulator.effective_weights import EffectiveWeights, effective_weights, part_weight
from simulator.effort import default_effort, hours
from simulator.first_steps import Aim, FirstSteps, aims, what_to_do_first
from simulator.least_changes import least_changes, total_changes, way_up
from simulator.levers import lever_range
from simulator.presentation.view import View, evaluate
from simulator.priorities import PORTIONS, Ease, Priority, Until, helping_ranges, priorities
from simulator.project import Projection, project
from simulator.rank import standing
from simulator.rule_files import load_edition
from simulator.rules import Edition, Reach
from simulator.scenario import Scenario
from tests.engine.units import EDITION, counts, make_unit, shipped_units, what_ifs

PHU_THO = Scenario("vn-2026-10-10", "H44")
AHEAD = Scenario("phutho-2026-ytd", "H44", until="2026-12-31")
PROVINCES = sorted(load_baseline("vn-2026-10-10").units)
EFFORT = default_effort("2026-portal")


def rows_of(scenario: Scenario) -> tuple[View, dict[str, Priority]]:
    view = evaluate(scenario)
    outcomes = view.rank_ahead.outcomes if view.rank_ahead else None
    found = priorities(view.projection, EFFORT, view.peers, outcomes, scenario.locks)
    return view, {one.lever: one for one in found}


def steps_of(scenario: Scenario, wanted: int) -> tuple[View, FirstSteps]:
    view = evaluate(scenario)
    return view, what_to_do_first(view.projection, EFFORT, wanted, view.peers, scenario.locks)


# Single levers


def test_a_thousand_dossiers_on_time_are_worth_what_the_hand_computes():
    """596,701 of 670,094 on time: 17.81; 596,428 without a dislike: 5.93 of 6 at a cap of 90 %.

    With 1,000 more 17.84 and 5.94; full marks are rounded up from 669,927 on (19.995 of 20).
    """
    _, rows = rows_of(PHU_THO)
    one = rows["ON_TIME"]
    assert (one.portion, one.first, one.first_added) == (1000, 3 + 1, 1000)
    assert (one.gain, one.end) == (219 + 7, 669_927 - 596_701)
    assert one.average == pytest.approx(1000 * 226 / 73_226)
    assert one.until is Until.CAP
    assert one.ranks == (19, 10)
    assert one.places == 9


def test_a_procedure_published_on_time_is_worth_six_points_by_91():
    _, rows = rows_of(PHU_THO)
    one = rows["PUBLISH_ON_TIME"]
    # 6 / 91 = 0.0659, and all 91 bring the six points.
    assert (one.portion, one.first, one.gain, one.end) == (1, 7, 600, 91)
    # 8 hours each, twice as much from 90 % on (81.9 procedures), four times from 98 % (89.18).
    assert one.hours == pytest.approx(8 * (81.9 + 2 * 7.28 + 4 * 1.82))
    assert one.per_100_hours == pytest.approx(100 * 600 / one.hours)
    assert one.ease is Ease.EASY


def test_the_end_of_a_lever_is_named():
    _, rows = rows_of(PHU_THO)
    # Full marks from 80 %: 261 of 326, rounded from 260.2 of them.
    assert (rows["PAY_PROCEDURE"].end, rows["PAY_PROCEDURE"].until) == (135, Until.CAP)
    # Never more digitised than have an electronic result.
    assert rows["SO_HOA_GIAY_TO_GIAI_QUYET"].until is Until.HELD
    assert rows["DOSSIER_RECEIVING_SATISFACTION"].until is Until.HELD
    _, ahead = rows_of(AHEAD)
    assert (ahead["PUBLISH_ON_TIME"].end, ahead["PUBLISH_ON_TIME"].until) == (32, Until.REACH)


def test_a_saturated_lever_brings_nothing_and_costs_nothing():
    _, rows = rows_of(AHEAD)
    online = rows["ONLINE_SUBMISSION"]
    assert (online.gain, online.added, online.hours, online.first) == (0, 0, 0, 0)
    assert (online.ease, online.per_100_hours) == (None, None)


def test_risks_and_levers_that_move_nothing_have_no_priority():
    _, rows = rows_of(PHU_THO)
    assert {"PETITION_NEW", "OVERDUE_BACKLOG_CLEARED", "OPEN_SLIPPED"}.isdisjoint(rows)
    assert not rows["OVERDUE_FLAG_REPAIRED"].stock_known


def test_less_than_a_portion_is_told_as_what_is_left():
    _, rows = rows_of(PHU_THO)
    one = rows["DOSSIER_RECEIVING_SATISFACTION"]
    assert (one.first_added, one.first) == (one.added, one.gain)
    assert one.first_added < one.portion


def test_a_lever_is_judged_from_where_it_is_set():
    _, rows = rows_of(replace(PHU_THO, settings=(("PUBLISH_ON_TIME", 41.0),)))
    one = rows["PUBLISH_ON_TIME"]
    # 41 of 91 are 2.70 of 6.
    assert (one.start, one.added, one.gain) == (41, 50, 600 - 270)
    assert one.hours == pytest.approx(8 * (40.9 + 2 * 7.28 + 4 * 1.82))
    _, whole = rows_of(PHU_THO)
    assert one.total == whole["PUBLISH_ON_TIME"].total


@pytest.mark.parametrize(
    ("hours_", "ease"),
    [(5.0, Ease.EASY), (5.01, Ease.MEDIUM), (50.0, Ease.MEDIUM), (50.01, Ease.HARD)],
)
def test_ease_follows_the_hours_for_a_point(hours_, ease):
    _, rows = rows_of(PHU_THO)
    assert replace(rows["PUBLISH_ON_TIME"], gain=1, hours=hours_).ease is ease


def test_chances_of_a_better_place_are_those_of_the_draws():
    view, rows = rows_of(PHU_THO)
    outcomes = view.rank_ahead.outcomes
    place = outcomes.place(6218, 0.5)
    for one in rows.values():
        now, then = one.chances
        assert now == pytest.approx(outcomes.chances(6218)[: place - 1].sum())
        assert then == pytest.approx(outcomes.chances(one.total)[: place - 1].sum())
        assert then >= now


@pytest.mark.parametrize("scenario", [PHU_THO, AHEAD, Scenario("tth-2022", "000.00.31.H57")])
def test_every_figure_is_scored_again_by_the_exact_engine(scenario):
    view, rows = rows_of(scenario)
    assert rows
    for code, one in rows.items():

        def scored(change: float, code: str = code) -> Projection:
            return project(view.edition, view.unit, {code: change}, view.peers, view.outlook)

        after = scored(one.end)
        assert after.total_change - view.projection.total_change == one.gain
        assert after.after.total == one.total
        assert one.ranks == (view.projection.after.standing.rank, after.after.standing.rank)
        assert scored(one.bounds.high).total_change == after.total_change
        first = scored(one.start + one.first_added).total_change
        assert first - view.projection.total_change == one.first
        assert one.hours == pytest.approx(hours(one.bounds, EFFORT.levers[code], one.end))


def test_the_order_is_most_points_for_an_hour_first():
    _, rows = rows_of(PHU_THO)
    worth = [one.per_100_hours or 0.0 for one in rows.values()]
    assert worth == sorted(worth, reverse=True)


@given(what_ifs())
@settings(max_examples=30, deadline=None)
def test_the_least_change_is_the_least(what_if: tuple[Edition, Unit, dict[str, float]]):
    edition, unit, chosen = what_if
    projection = project(edition, unit, chosen)
    ways = [
        way_up(bounds, chosen.get(bounds.lever.code, 0.0)) for bounds in helping_ranges(projection)
    ]
    for way, end in zip(ways, least_changes(projection, ways), strict=True):
        stops = [way.start, end, way.end]
        before = max(way.start, way.at_most(end - way.step)) if end > way.start else end
        low, least, high = total_changes(projection, [{way.lever: stop} for stop in stops])
        assert least == high
        assert low <= least
        if before < end:
            (below,) = total_changes(projection, [{way.lever: before}])
            assert below < least


@given(st.integers(1, 400), st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_what_is_wanted_is_reached_by_the_least_of_all_stops(whole: int, wanted: int):
    unit = make_unit({"PUBLISH_ON_TIME": counts(0, whole)})
    projection = project(EDITION, unit, {})
    way = way_up(lever_range(EDITION, unit, EDITION.lever_by_code["PUBLISH_ON_TIME"]), 0.0)
    (found,) = least_changes(projection, [way], [wanted])
    moves = [{"PUBLISH_ON_TIME": float(k)} for k in range(whole + 1)]
    enough = [k for k, change in enumerate(total_changes(projection, moves)) if change >= wanted]
    assert found == (enough[0] if enough else whole)


def test_stops_of_a_way_are_whole_and_keep_its_ends():
    view = evaluate(AHEAD)
    way = way_up(view.ranges["PUBLIC_UPDATE_ON_TIME"], 0.0)
    assert (way.length, way.change(0), way.change(24), way.change(99)) == (25, 0.0, 24.0, 25.0)
    on_time = way_up(view.ranges["ON_TIME"], 0.0)
    assert not on_time.end.is_integer()
    assert on_time.change(on_time.length) == on_time.at_most(1e9) == on_time.end
    assert on_time.at_most(12.7) == 12.0


# What to do first


def test_the_first_thing_to_do_for_phu_tho_is_to_update_procedures():
    """4 hours for 4 / 72 points: no lever brings more for an hour; 15 procedures pass the next."""
    view = evaluate(PHU_THO)
    _, found = steps_of(PHU_THO, aims(view.projection, view.peers)[Aim.PLACE])
    (step,) = found.steps
    assert (step.lever, step.start, step.end) == ("PUBLIC_UPDATE_ON_TIME", 0, 15)
    # (2 + 15) / 72 * 4 = 0.944 against 2 / 72 * 4 = 0.111.
    assert (step.gain, step.hours, step.ranks) == (94 - 11, 60, (19, 18))
    assert found.reached
    assert found.projection.after.total == 6218 + 83


def test_aims_are_the_next_place_the_next_class_and_a_point():
    view = evaluate(PHU_THO)
    found = aims(view.projection, view.peers)
    assert found == {Aim.PLACE: standing(6218, view.peers.totals).to_next, Aim.CLASS: 782,
                     Aim.POINT: 100}  # fmt: skip
    best = evaluate(Scenario("vn-2026-10-10", max(view.peers.totals, key=view.peers.totals.get)))
    assert Aim.PLACE not in aims(best.projection, best.peers)
    assert set(aims(view.projection)) == {Aim.CLASS, Aim.POINT}
    unknown = evaluate(Scenario("phutho-2026-ytd", "H44.104"))
    assert aims(unknown.projection, unknown.peers) == {Aim.POINT: 100}


@pytest.mark.parametrize("until", ["", "2026-12-31"])
@pytest.mark.parametrize("code", PROVINCES[::3])
def test_steps_add_up_to_their_projection_and_are_scored_one_by_one(code, until):
    scenario = Scenario("vn-2026-10-10", code, until=until)
    view = evaluate(scenario)
    for aim, wanted in aims(view.projection, view.peers).items():
        found = what_to_do_first(view.projection, EFFORT, wanted, view.peers)
        assert found.gain == found.projection.total_change - view.projection.total_change
        assert found.missing == max(0, wanted - found.gain)
        assert found.reached == (found.gain >= wanted)
        done: dict[str, float] = {}
        last = view.projection
        for step in found.steps:
            assert step.lever not in done
            done[step.lever] = step.end
            after = project(view.edition, view.unit, done, view.peers, view.outlook)
            assert after.total_change - last.total_change == step.gain
            assert step.total == after.after.total
            if step.ranks is not None:
                assert step.ranks[1] == after.after.standing.rank
            last = after
        assert last.total_change == found.projection.total_change
        if aim is Aim.PLACE and found.reached:
            assert last.after.standing.rank < view.projection.after.standing.rank


def test_more_is_never_wanted_than_is_needed_where_one_lever_is_enough():
    for code in PROVINCES[::4]:
        view, found = steps_of(Scenario("vn-2026-10-10", code), 100)
        if len(found.steps) == 1:
            (step,) = found.steps
            less = project(view.edition, view.unit, {step.lever: step.end - 1})
            assert less.total_change < 100


def test_what_is_out_of_reach_is_said_to_miss():
    view, found = steps_of(PHU_THO, 9_000)
    assert not found.reached
    ceiling = project(
        view.edition, view.unit,
        {bounds.lever.code: bounds.high for bounds in helping_ranges(view.projection)
         if bounds.lever.reach is not Reach.FLAGGED},
    )  # fmt: skip
    assert found.gain == ceiling.total_change
    assert found.missing == 9_000 - ceiling.total_change


def test_locked_levers_and_wrong_records_nobody_counted_are_left_alone():
    _, free = steps_of(PHU_THO, 2_000)
    assert "OVERDUE_FLAG_REPAIRED" not in {step.lever for step in free.steps}
    cheap = EFFORT.with_own({"OVERDUE_FLAG_REPAIRED": 0.0001}, {})
    steps = what_to_do_first(evaluate(PHU_THO).projection, cheap, 100).steps
    assert [step.lever for step in steps] == ["PUBLIC_UPDATE_ON_TIME"]
    locked = free.steps[0].lever
    _, held = steps_of(replace(PHU_THO, locks=(locked,)), 2_000)
    assert locked not in {step.lever for step in held.steps}
    _, rows = rows_of(replace(PHU_THO, locks=(locked,)))
    assert [one.lever for one in rows.values() if one.locked] == [locked]


def test_own_hours_change_what_comes_first():
    view = evaluate(PHU_THO)
    dear = EFFORT.with_own({"PUBLIC_UPDATE_ON_TIME": 400.0}, {})
    assert what_to_do_first(view.projection, dear, 100).steps[0].lever == "PUBLISH_ON_TIME"
    free = EFFORT.with_own({"PAY_DOSSIER": 0.0}, {})
    (step,) = what_to_do_first(view.projection, free, 50).steps
    assert (step.lever, step.hours) == ("PAY_DOSSIER", 0)


def test_steps_start_from_what_is_set_and_undo_first_what_was_lowered():
    """Without a lever set too low nothing is lost: to take that back costs no hour."""
    settings = (("PUBLISH_ON_TIME", 10.0), ("PUBLIC_CONTENT_FULL", -5.0), ("ON_TIME", -3000.0))
    view, found = steps_of(replace(PHU_THO, settings=settings), 700)
    lowered = {step.lever: (step.start, step.end, step.hours) for step in found.steps[:2]}
    # 149 dossiers fewer round to the same 17.81 and 5.93.
    assert lowered["ON_TIME"] == (-3000, -149, 0)
    assert lowered["PUBLIC_CONTENT_FULL"][0] == -5
    assert [step.start for step in found.steps if step.lever == "PUBLISH_ON_TIME"] == [10]
    assert found.gain == found.projection.total_change - view.projection.total_change >= 700


def test_a_full_unit_has_nothing_to_do():
    unit = make_unit({item.code: counts(10, 10) for item in EDITION.indicators})
    full = project(EDITION, unit, {})
    assert aims(full) == {}
    assert what_to_do_first(full, EFFORT, 100).steps == ()
    assert [one for one in priorities(full, EFFORT) if one.gain] == []
    assert coupled_pairs(full) == ()


@pytest.mark.parametrize(("baseline", "code"), shipped_units()[::7])
def test_any_shipped_unit_can_be_asked(baseline, code):
    view = evaluate(Scenario(baseline, code))
    effort = default_effort(view.edition.code)
    for one in priorities(view.projection, effort, view.peers):
        assert one.gain >= 0
        assert one.hours >= 0
    found = what_to_do_first(view.projection, effort, 100, view.peers)
    assert found.gain == found.projection.total_change


# Pairs


def pair_of(found: tuple[Pair, ...], *levers: str) -> Pair:
    return next(pair for pair in found if set(pair.levers) == set(levers))


def test_electronic_results_make_room_for_digitised_dossiers():
    """Of 670,094: 163,579 digitised (0.98 of 4), 500,910 with an electronic result (4.49 of 6).

    Alone digitising ends at 500,910 (2.99); together both end at full marks.
    """
    view = evaluate(PHU_THO)
    pair = pair_of(
        coupled_pairs(view.projection), "ORIGINAL_RESULT_AVAILABLE", "SO_HOA_GIAY_TO_GIAI_QUYET"
    )
    assert pair.alone == (151, 299 - 98)
    assert (pair.together, pair.extra) == (151 + 302, 101)
    (coupling,) = pair.couplings
    assert "không vượt quá" in coupling.text["vi"]


def test_levers_that_serve_the_same_points_bring_less_together():
    """850 of 1,000 on time, 700 without a dislike: 17.00 and 4.67; the cap is 90 %."""
    unit = make_unit({"ON_TIME": counts(850, 1000),
                      "DOSSIER_RECEIVING_SATISFACTION": counts(700, 1000)})  # fmt: skip
    (pair,) = coupled_pairs(project(EDITION, unit, {}))
    # 150 more of each: 850 without a dislike are 5.67; together 1,000 are more than 6 points.
    assert pair.alone == (300 + 100, 100)
    assert (pair.together, pair.extra) == (300 + 133, -67)
    assert {item.kind.value for item in pair.couplings} == {"follow", "limit"}


def test_synchronising_multiplies_what_is_submitted_online():
    """Half synchronised (3.00 of 6), 20 % online of the 50 % for full marks: 6 * 0.2 * 0.5 / 0.5.

    All synchronised: 6.00 and 2.40; all online, half of it counted: 6.00; both: 6.00 twice.
    """
    unit = make_unit({"DOSSIER_SYNC": counts(500, 1000), "ONLINE_SUBMISSION": counts(200, 1000)})
    (pair,) = coupled_pairs(project(EDITION, unit, {}))
    assert pair.levers == ("DOSSIER_SYNC", "ONLINE_SUBMISSION")
    assert (pair.alone, pair.together, pair.extra) == ((300 + 120, 480), 300 + 480, -120)
    assert [item.kind.value for item in pair.couplings] == ["multiply"]


def test_pairs_are_scored_again_by_the_exact_engine_and_rounding_is_left_out():
    for scenario in (PHU_THO, AHEAD):
        view = evaluate(scenario)
        found = coupled_pairs(view.projection)
        assert found
        for pair in found:
            ends = {code: view.ranges[code].high for code in pair.levers}
            scored = [
                project(view.edition, view.unit, settings, None, view.outlook).total_change
                for settings in ({c: e} for c, e in ends.items())
            ]
            both = project(view.edition, view.unit, ends, None, view.outlook).total_change
            assert tuple(scored) == pair.alone
            assert both == pair.together
            assert abs(pair.extra) >= LEAST_EXTRA
        assert [abs(pair.extra) for pair in found] == sorted(
            (abs(pair.extra) for pair in found), reverse=True
        )


# Effective weights


def test_weights_by_hand():
    totals = [0, 2, 4]
    same = part_weight("A", 100, 400, [0, 1, 2], totals)
    assert (same.nominal, same.share, same.correlation) == (0.25, 0.5, pytest.approx(1.0))
    assert (same.mean, same.spread) == (1.0, pytest.approx((2 / 3) ** 0.5))
    still = part_weight("B", 100, 400, [7, 7, 7], totals)
    assert (still.share, still.correlation, still.spread) == (0.0, None, 0.0)
    against = part_weight("C", 100, 400, [2, 1, 0], totals)
    assert (against.share, against.correlation) == (-0.5, pytest.approx(-1.0))
    some = part_weight("D", 100, 400, [0, None, 2, 3], [0, 9, 2, 3])
    assert (some.units, some.share) == (3, pytest.approx(1.0))
    few = part_weight("E", 100, 400, [0, None, 2], totals)
    assert (few.units, few.share, few.mean) == (2, None, None)


def weights(scenario: Scenario) -> EffectiveWeights:
    view = evaluate(scenario)
    found = effective_weights(view.edition, view.unit, view.peers)
    assert found is not None
    return found


def test_publishing_decides_among_the_provinces_far_more_than_its_weight():
    found = weights(PHU_THO)
    assert (found.units, found.left_out) == (34, ())
    shares = {part.code: part.share for part in found.groups}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert sum(part.nominal for part in found.groups) == pytest.approx(1.0)
    assert max(shares, key=shares.get) == "CKMB"
    assert shares["CKMB"] == pytest.approx(0.314, abs=0.001)
    # 24 provinces publish the figures behind their groups.
    assert {part.units for part in found.indicators if part.share is not None} == {24}


def test_the_unit_one_looks_from_changes_no_weight():
    assert weights(PHU_THO) == weights(Scenario("vn-2026-10-10", "H20"))


def test_units_without_a_group_are_left_out_of_the_weights():
    view = evaluate(Scenario("tth-2022", "000.00.31.H57"))
    assert effective_weights(view.edition, view.unit, view.peers) is None


def test_thresholds_and_portions_cover_every_unit_of_counting():
    units = {item.count_unit for item in load_edition("2026-portal").indicators}
    assert units | {"point"} == set(PORTIONS)
