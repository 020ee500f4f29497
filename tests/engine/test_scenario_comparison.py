"""Scenarios side by side and in one: by hand, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator import library
from simulator.baseline_files import load_baseline
from simulator.effort import default_effort
from simulator.errors import ScenarioError
from simulator.peers_mode import PeersMode
from simulator.project import project
from simulator.rank import peers_of
from simulator.rank_ahead import Question, rank_ahead
from simulator.scenario import Scenario, assumed_unit, outlook_of
from simulator.scenario_combining import combined
from simulator.scenario_comparison import Column, Part, Result, compare
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION
from tests.engine.whole_scenarios import scenarios

COUNTRY = load_baseline("vn-2026-10-10")
NOW = Scenario(COUNTRY.id, "H44")
AHEAD = replace(NOW, until="2026-12-31")


def side_by_side(*compared: Scenario):
    return compare(EDITION, [Column(f"P{k}", one) for k, one in enumerate(compared, 1)])


def rows(found) -> dict[tuple[str, str], tuple]:
    return {(row.part.value, row.code): row.values for row in found}


def codes(told) -> list[str]:
    return [one.code for one in told]


def test_three_scenarios_of_phu_tho_by_hand():
    """62.18 now. Published on time: 0 of 91, ten more are 0.66 of 6 points. With an electronic
    result: 500,910 of 670,094 dossiers (4.49 of 6), 100,000 more make 5.38: 0.89 points."""
    publish = NOW.with_change("PUBLISH_ON_TIME", 10)
    results = NOW.with_change("ORIGINAL_RESULT_AVAILABLE", 100_000)
    both = publish.with_change("ORIGINAL_RESULT_AVAILABLE", 100_000)
    found = side_by_side(publish, results, both)
    assert (found.now.state.total, found.now.state.score_class.code) == (6218, "AVERAGE")
    assert (found.now.hours, found.now.name) == (0, "")
    # Where the present score ends up among the same peers.
    ahead = found.results[0].ahead
    assert found.now.ends == ahead.ends(found.now.state.total)
    assert [result.state.total for result in found.results] == [6284, 6307, 6373]
    assert [result.state.groups["CKMB"] - found.now.state.groups["CKMB"]
            for result in found.results] == [66, 0, 66]  # fmt: skip
    # The provinces between 62.18 and 63.73 are passed.
    assert [result.state.standing.rank for result in (found.now, *found.results)] == [
        1 + sum(unit.total > total for unit in COUNTRY.units.values())
        for total in (6218, 6284, 6307, 6373)
    ]
    assert [result.name for result in found.results] == ["P1", "P2", "P3"]
    assert rows(found.differing) == {
        ("lever", "PUBLISH_ON_TIME"): (10, 0, 10),
        ("lever", "ORIGINAL_RESULT_AVAILABLE"): (0, 100_000, 100_000),
    }
    assert (found.shared, found.notices) == ((), ())
    assert {row.count_units for row in found.differing} == {
        ("procedure",) * 3, ("dossier",) * 3,
    }  # fmt: skip


def test_effort_is_that_of_each_with_the_values_of_the_office():
    """Ten procedures: at the hours of the example, and at three hours each."""
    example = NOW.with_change("PUBLISH_ON_TIME", 10)
    own = example.with_hours("PUBLISH_ON_TIME", 3)
    found = side_by_side(example, own)
    each = default_effort(EDITION.code).levers["PUBLISH_ON_TIME"]
    assert found.results[0].hours == 10 * each.hours
    assert found.results[1].hours == 30
    assert rows(found.differing) == {("hours", "PUBLISH_ON_TIME"): (None, 3)}
    assert rows(found.shared) == {("lever", "PUBLISH_ON_TIME"): (10, 10)}


def test_the_rank_and_its_interval_are_those_of_the_scenario():
    fixed = replace(AHEAD, peers=PeersMode.FIXED)
    found = side_by_side(AHEAD, fixed)
    for result in found.results:
        scenario = result.scenario
        ahead = rank_ahead(Question(COUNTRY.id, "H44", scenario.peers, "2026-12-31"))
        assert result.ends == ahead.ends(result.state.total)
    uncertain, held = (result.ends for result in found.results)
    assert uncertain[0] < uncertain[2]
    assert held == (held[1],) * 3
    assert held[1] == found.results[1].state.standing.rank
    assert codes(found.notices) == ["compare_peers_differ"]


def test_the_peers_are_drawn_as_each_scenario_says():
    found = side_by_side(AHEAD, replace(AHEAD, seed=7), replace(AHEAD, own_moves=True))
    asked = Question(COUNTRY.id, "H44", until="2026-12-31")
    assert [result.ahead.question for result in found.results] == [
        asked, replace(asked, seed=7), replace(asked, own=True),
    ]  # fmt: skip


def test_a_unit_that_is_not_ranked_has_no_place():
    alone = Scenario("phutho-2026-ytd", "H44.100")
    (result,) = side_by_side(alone).results
    assert (result.ahead, result.ends, result.state.standing) == (None, None, None)
    assert result.state.total is not None


def test_one_scenario_is_compared_with_the_present():
    found = side_by_side(AHEAD.with_change("PUBLISH_ON_TIME", 5).with_lock("ON_TIME", True))
    assert rows(found.differing) == {
        ("until", ""): ("2026-12-31",), ("lever", "PUBLISH_ON_TIME"): (5,),
        ("lock", "ON_TIME"): (True,),
    }  # fmt: skip
    assert (found.shared, found.notices) == ((), ())
    assert side_by_side(NOW).differing == ()


def test_only_what_differs_is_shown_in_the_order_of_the_edition():
    first = (
        NOW.with_assumption("ONLINE_SUPPLY", 80, 100).with_change("PAY_DOSSIER", 5)
        .with_change("ON_TIME", 9).with_floor("ON_TIME", 4).with_per_month("ON_TIME", 2)
    )  # fmt: skip
    second = (
        replace(AHEAD, pace="months", peers=PeersMode.TREND, seed=7, own_moves=True)
        .with_inflow("dossier", 1000).with_change("ON_TIME", 9).with_lock("PETITION_NEW", True)
    )  # fmt: skip
    found = side_by_side(first, second)
    assert rows(found.differing) == {
        ("until", ""): ("", "2026-12-31"), ("pace", ""): ("", "months"),
        ("inflow", "dossier"): (None, 1000), ("peers", ""): ("uncertain", "trend"),
        ("seed", ""): (1, 7), ("own_moves", ""): (False, True),
        ("lever", "PAY_DOSSIER"): (5, 0), ("assumption", "ONLINE_SUPPLY"): ((80, 100), None),
        ("lock", "PETITION_NEW"): (False, True), ("per_month", "ON_TIME"): (2, None),
        ("floor", "ON_TIME"): (4, 0),
    }  # fmt: skip
    assert [row.part for row in found.differing] == [
        Part.UNTIL, Part.PACE, Part.INFLOW, Part.PEERS, Part.SEED, Part.OWN_MOVES, Part.LEVER,
        Part.ASSUMPTION, Part.LOCK, Part.PER_MONTH, Part.FLOOR,
    ]  # fmt: skip
    assert rows(found.shared) == {("lever", "ON_TIME"): (9, 9)}
    assert codes(found.notices) == ["compare_days_differ", "compare_peers_differ"]
    backwards = NOW.with_change("PAY_DOSSIER", 5).with_change("PUBLISH_ON_TIME", 5)
    order = [row.code for row in side_by_side(NOW, backwards).differing]
    assert order == ["PUBLISH_ON_TIME", "PAY_DOSSIER"]


def test_other_figures_and_units_are_allowed_and_told():
    other = Scenario("vn-2026-09-26", "H44")
    found = side_by_side(NOW, other)
    assert codes(found.notices) == ["compare_figures_differ"]
    assert [result.state.total for result in found.results] == [6218, 6276]
    assert found.now.baseline.id == COUNTRY.id
    assert rows(found.differing) == {("baseline", ""): (COUNTRY.id, "vn-2026-09-26")}
    august = Scenario("phutho-2026-08", "H44.100")
    assert codes(side_by_side(NOW, august).notices) == [
        "compare_units_differ", "compare_figures_differ", "compare_periods_differ",
    ]  # fmt: skip
    for notice in side_by_side(NOW, replace(august, peers=PeersMode.FIXED)).notices:
        assert all(explain(notice, language) for language in LANGUAGES)


def test_what_cannot_be_compared_is_refused():
    for count in (0, 5):
        with pytest.raises(ScenarioError, match="compare_count"):
            side_by_side(*[NOW] * count)
    with pytest.raises(ScenarioError, match="editions_differ"):
        side_by_side(NOW, Scenario("tth-2022", load_baseline("tth-2022").default_unit))
    with pytest.raises(ScenarioError, match="unknown_baseline"):
        side_by_side(replace(NOW, baseline="gone"))
    with pytest.raises(ScenarioError, match="out_of_bounds"):
        side_by_side(NOW.with_change("ON_TIME", 10**9))


@settings(max_examples=25)
@given(st.lists(scenarios(), min_size=1, max_size=3))
def test_every_column_is_the_projection_of_its_scenario(compared):
    # Intervals of moving peers are another test's; here they would only take time.
    compared = [replace(one, peers=PeersMode.FIXED, own_moves=False) for one in compared]
    edition = library.load(compared[0].baseline).edition
    assume(all(library.load(one.baseline).edition == edition for one in compared))
    found = compare(edition, [Column("", one) for one in compared])
    for scenario, result in zip(compared, found.results, strict=True):
        check_result(scenario, result)
    differing = {(row.part, row.code) for row in found.differing}
    assert differing.isdisjoint((row.part, row.code) for row in found.shared)
    if len(compared) > 1:
        assert bool(differing) == (len(set(compared)) > 1)


def check_result(scenario: Scenario, result: Result) -> None:
    baseline = library.load(scenario.baseline)
    unit = assumed_unit(baseline.edition, baseline.unit(scenario.unit), scenario)
    peers = peers_of(baseline, unit, library.load)
    ahead = outlook_of(baseline, unit, scenario)
    expected = project(baseline.edition, unit, dict(scenario.settings), peers, ahead)
    assert result.state == expected.after
    assert result.hours >= 0
    if result.ends is not None and result.state.standing is not None:
        assert result.ends == (result.state.standing.rank,) * 3


def test_the_change_that_goes_further_is_taken():
    first = NOW.with_change("ON_TIME", 100).with_change("PAY_DOSSIER", 50)
    second = (
        NOW.with_change("ON_TIME", 300).with_change("PAY_DOSSIER", 20)
        .with_change("PETITION_NEW", 3)
    )  # fmt: skip
    found, problems = combined(first, second)
    assert dict(found.settings) == {"ON_TIME": 300, "PAY_DOSSIER": 50, "PETITION_NEW": 3}
    assert problems == []
    lowered, problems = combined(
        NOW.with_change("ON_TIME", -5), NOW.with_change("ON_TIME", -9)
    )  # fmt: skip
    assert (lowered.change("ON_TIME"), problems) == (-9, [])


def test_locks_own_values_and_floors_come_together():
    first = (
        AHEAD.with_lock("PETITION_NEW", True).with_hours("ON_TIME", 2).with_floor("ON_TIME", 10)
        .with_inflow("dossier", 5000).with_assumption("ONLINE_SUPPLY", 80, 100)
    )  # fmt: skip
    second = (
        AHEAD.with_lock("PAY_DOSSIER", True).with_per_month("ON_TIME", 400)
        .with_floor("ON_TIME", 30).with_inflow("petition", 9)
        .with_assumption("ONLINE_SERVICE_USED", 516, 1884).with_change("ONLINE_SERVICE_USED", 100)
    )  # fmt: skip
    found, problems = combined(first, second)
    assert problems == []
    assert found == Scenario(
        COUNTRY.id, "H44", (("ONLINE_SERVICE_USED", 100.0),),
        (("ONLINE_SUPPLY", 80, 100), ("ONLINE_SERVICE_USED", 516, 1884)),
        ("PAY_DOSSIER", "PETITION_NEW"), "2026-12-31", (("dossier", 5000), ("petition", 9)),
        hours=(("ON_TIME", 2),), per_month=(("ON_TIME", 400),), floors=(("ON_TIME", 30),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "code", "kept"),
    [
        (NOW.with_change("ON_TIME", 5), NOW.with_change("ON_TIME", -7),
         "combine_lever_against", NOW.with_change("ON_TIME", 5)),
        (NOW.with_lock("ON_TIME", True), NOW.with_change("ON_TIME", 7),
         "combine_lever_locked", NOW.with_lock("ON_TIME", True)),
        (NOW.with_change("ON_TIME", 7), NOW.with_lock("ON_TIME", True),
         "combine_lever_locked", NOW.with_lock("ON_TIME", True)),
        (NOW.with_change("ON_TIME", 7).with_lock("ON_TIME", True),
         NOW.with_change("ON_TIME", 9).with_lock("ON_TIME", True),
         "combine_lever_locked", NOW.with_change("ON_TIME", 7).with_lock("ON_TIME", True)),
        (NOW.with_change("ON_TIME", 7).with_lock("ON_TIME", True), NOW.with_lock("ON_TIME", True),
         "combine_lever_locked", NOW.with_change("ON_TIME", 7).with_lock("ON_TIME", True)),
        (NOW.with_lock("ON_TIME", True), NOW.with_floor("ON_TIME", 7),
         "combine_floor_locked", NOW.with_lock("ON_TIME", True)),
        (NOW.with_hours("ON_TIME", 1), NOW.with_hours("ON_TIME", 2),
         "combine_hours", NOW.with_hours("ON_TIME", 1)),
        (NOW.with_per_month("ON_TIME", 1), NOW.with_per_month("ON_TIME", 2),
         "combine_per_month", NOW.with_per_month("ON_TIME", 1)),
        (NOW.with_inflow("dossier", 1), NOW.with_inflow("dossier", 2),
         "combine_inflow", NOW.with_inflow("dossier", 1)),
        (NOW.with_assumption("ONLINE_SUPPLY", 1, 2), NOW.with_assumption("ONLINE_SUPPLY", 1, 3),
         "combine_assumption", NOW.with_assumption("ONLINE_SUPPLY", 1, 2)),
        (NOW, AHEAD, "combine_modes_differ", NOW),
        (NOW, replace(NOW, pace="months"), "combine_modes_differ", NOW),
        (replace(NOW, peers=PeersMode.FIXED), NOW, "combine_modes_differ",
         replace(NOW, peers=PeersMode.FIXED)),
        (NOW, replace(NOW, seed=5), "combine_modes_differ", NOW),
        (NOW, replace(NOW, own_moves=True), "combine_modes_differ", NOW),
        (NOW, Scenario("vn-2026-09-26", "H44"), "combine_figures_differ", NOW),
    ],
)  # fmt: skip
def test_conflicts_are_named_and_one_of_both_holds(first, second, code, kept):
    found, problems = combined(first, second)
    assert codes(problems) == [code]
    assert found == kept
    for language in LANGUAGES:
        assert explain(problems[0], language, EDITION)


def test_a_lock_on_a_moved_lever_is_no_conflict_where_the_other_leaves_it():
    locked = NOW.with_change("ON_TIME", 7).with_lock("ON_TIME", True)
    assert combined(NOW, locked) == (locked, [])
    assert combined(locked, NOW) == (locked, [])
    assert combined(locked, NOW.with_change("ON_TIME", 7)) == (locked, [])


def test_what_does_not_fit_together_is_left_out_and_named():
    """Repairing past records is only offered until the end of the period."""
    found, problems = combined(NOW, AHEAD.with_change("RESULT_REPAIRED", 100))
    assert codes(problems) == ["combine_modes_differ", "lever_unusable"]
    assert found == NOW
    # An assumption of one, on figures of the other that publish it.
    phu_tho = Scenario("phutho-2026-ytd", "H44")
    assumed = NOW.with_assumption("ONLINE_SUPPLY", 1, 2)
    found, problems = combined(phu_tho, assumed)
    assert codes(problems) == ["combine_figures_differ", "assumption_on_published"]
    assert found == phu_tho


def test_two_units_are_not_combined():
    with pytest.raises(ScenarioError, match="combine_units_differ"):
        combined(NOW, Scenario(COUNTRY.id, "H01"))
    with pytest.raises(ScenarioError, match="unknown_baseline"):
        combined(replace(NOW, baseline="gone"), NOW)


@given(scenarios())
def test_a_scenario_with_itself_is_itself(scenario):
    found, problems = combined(scenario, scenario)
    # Only a floor above its own lock cannot stay.
    assert set(codes(problems)) <= {"combine_floor_locked"}
    assert replace(found, floors=()) == replace(scenario, floors=())


@given(st.data(), scenarios())
def test_what_is_combined_can_be_shown_and_goes_as_far_as_both(data, first):
    second = data.draw(scenarios())
    second = replace(second, baseline=first.baseline, unit=first.unit)
    found, problems = combined(first, second)
    baseline = library.load(first.baseline)
    unit = assumed_unit(baseline.edition, baseline.unit(first.unit), found)
    project(baseline.edition, unit, dict(found.settings), None, outlook_of(baseline, unit, found))
    named = {problem.fields.get("lever") for problem in problems}
    for lever in baseline.edition.lever_by_code:
        if lever not in named:
            furthest = max(first.change(lever), second.change(lever), key=abs)
            locked = {one.change(lever) for one in (first, second) if lever in one.locks}
            assert found.change(lever) == (locked.pop() if locked else furthest)
    assert set(found.locks) == {*first.locks, *second.locks}
