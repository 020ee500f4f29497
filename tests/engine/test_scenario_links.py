"""Scenarios as links: what is written reads back, what is wrong is said and left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.baseline_files import load_baseline
from simulator.effort import MOST_HOURS, MOST_UNITS
from simulator.errors import ScenarioError
from simulator.links import from_params, to_params
from simulator.scenario import Scenario, assumed_unit
from tests.engine.units import changes, load_unit, shipped_units, usable_levers

DEFAULT = Scenario("vn-2026-10-10", "H44")
KEYS = ("b", "u", "e", "ON_TIME", "a.ON_TIME", "X", "h.ON_TIME", "cap.ON_TIME", "min.ON_TIME")


@given(st.sampled_from(shipped_units()), st.data())
def test_a_scenario_reads_back_from_its_link(place, data):
    edition, unit = load_unit(place)
    scenario = Scenario(*place)
    for bounds in usable_levers(edition, unit):
        if data.draw(st.booleans()):
            scenario = scenario.with_change(bounds.lever.code, data.draw(changes(bounds)))
    assert from_params(to_params(scenario, edition), DEFAULT, load_baseline) == (scenario, [])


def amounts(highest: float) -> st.SearchStrategy[float]:
    """Values as a link keeps them: six decimals."""
    return st.integers(0, int(highest)).map(float) | st.floats(0, highest).map(
        lambda value: round(value, 6)
    )


@given(st.sampled_from(shipped_units()), st.data())
def test_what_plans_may_use_reads_back(place, data):
    edition, unit = load_unit(place)
    scenario = Scenario(*place)
    for lever in edition.levers:
        if data.draw(st.booleans()):
            scenario = scenario.with_hours(lever.code, data.draw(amounts(MOST_HOURS)))
        if data.draw(st.booleans()):
            scenario = scenario.with_per_month(lever.code, data.draw(amounts(MOST_UNITS)))
    for bounds in usable_levers(edition, unit):
        least = data.draw(changes(bounds))
        if least > 0:
            scenario = scenario.with_floor(bounds.lever.code, least)
    assert from_params(to_params(scenario, edition), DEFAULT, load_baseline) == (scenario, [])


def test_own_values_stand_in_the_link_as_documented():
    scenario = (
        DEFAULT.with_hours("ON_TIME", 2.5).with_per_month("ON_TIME", 4000)
        .with_floor("ON_TIME", 1000).with_lock("PETITION_NEW", True)
    )  # fmt: skip
    params = to_params(scenario, load_baseline(DEFAULT.baseline).edition)
    own = {"h.ON_TIME": "2.5", "cap.ON_TIME": "4000", "min.ON_TIME": "1000"}
    assert own.items() <= params.items()
    assert params["lock"] == "PETITION_NEW"


def test_the_order_of_own_values_does_not_matter():
    params = {"h.PAY_DOSSIER": "1", "h.ON_TIME": "2"}
    backwards = dict(reversed(params.items()))
    one, other = (from_params(given, DEFAULT, load_baseline)[0] for given in (params, backwards))
    assert one == other
    assert one.hours == (("ON_TIME", 2), ("PAY_DOSSIER", 1))


def test_locks_stand_in_the_link_in_the_order_of_the_edition_whenever_they_were_set():
    edition = load_baseline(DEFAULT.baseline).edition
    one, other = DEFAULT, DEFAULT
    for first, second in (("PETITION_NEW", "ON_TIME"), ("ON_TIME", "PETITION_NEW")):
        one, other = other, DEFAULT.with_lock(first, True).with_lock(second, True)
    assert one.locks != other.locks
    assert to_params(one, edition) == to_params(other, edition)
    assert to_params(one, edition)["lock"] == "ON_TIME,PETITION_NEW"


def test_assumptions_read_back_and_make_their_lever_usable():
    scenario = (
        Scenario("vn-2026-10-10", "H56")
        .with_assumption("ONLINE_SERVICE_USED", 516, 1884)
        .with_change("ONLINE_SERVICE_USED", 100)
    )
    edition, unit = load_unit(("vn-2026-10-10", "H56"))
    params = to_params(scenario, edition)
    assert params == {
        "b": "vn-2026-10-10", "u": "H56", "e": "2026-portal",
        "a.ONLINE_SERVICE_USED": "516-1884", "ONLINE_SERVICE_USED": "100", "seed": "1",
    }  # fmt: skip
    assert from_params(params, DEFAULT, load_baseline) == (scenario, [])
    assumed = assumed_unit(edition, unit, scenario)
    assert assumed.evidence[edition.position["ONLINE_SERVICE_USED"]].assumed


def test_the_order_of_a_link_does_not_matter():
    params = {"ONLINE_SERVICE_USED": "100", "a.ONLINE_SERVICE_USED": "516-1884", "u": "H56"}
    scenario, problems = from_params(params, DEFAULT, load_baseline)
    assert problems == []
    assert scenario.change("ONLINE_SERVICE_USED") == 100


def test_the_smallest_change_of_a_rate_reads_back():
    edition, _ = load_unit(("province-2023-11", "unnamed-province"))
    scenario = Scenario("province-2023-11", "unnamed-province", (("ON_TIME", 0.000001),))
    assert from_params(to_params(scenario, edition), DEFAULT, load_baseline) == (scenario, [])


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"b": "nowhere"}, "unknown_baseline"),
        ({"b": "../vn-2026-10-10"}, "unknown_baseline"),
        ({"u": "H99"}, "unknown_unit"),
        ({"e": "2022-2025"}, "unknown_edition"),
        ({"NOTHING": "1"}, "unknown_lever"),
        ({"ON_TIME": "1e5"}, "not_a_number"),
        ({"ON_TIME": "nan"}, "not_a_number"),
        ({"ON_TIME": ""}, "not_a_number"),
        ({"ON_TIME": "٣"}, "not_a_number"),
        ({"ON_TIME": "9999999"}, "out_of_bounds"),
        ({"ON_TIME": "0.5"}, "not_whole"),
        ({"a.ON_TIME": "1-2"}, "assumption_on_published"),
        ({"a.ONLINE_SUPPLY": "3-2"}, "numerator_above_denominator"),
        ({"a.ONLINE_SUPPLY": "3"}, "not_a_number"),
        ({"a.ONLINE_SUPPLY": "0-0"}, "assumption_needs_cases"),
        ({"a.NOTHING": "1-2"}, "unknown_indicator"),
        ({"h.NOTHING": "1"}, "unknown_lever"),
        ({"h.ON_TIME": "two"}, "not_a_number"),
        ({"h.ON_TIME": "2,5"}, "not_a_number"),
        ({"h.ON_TIME": "-1"}, "effort_out_of_range"),
        ({"h.ON_TIME": "10001"}, "effort_out_of_range"),
        ({"h.": "1"}, "unknown_lever"),
        ({"cap.NOTHING": "1"}, "unknown_lever"),
        ({"cap.ON_TIME": "-1"}, "effort_out_of_range"),
        ({"cap.ON_TIME": "2000000000"}, "effort_out_of_range"),
        ({"cap.ON_TIME": ""}, "not_a_number"),
        ({"min.NOTHING": "1"}, "unknown_lever"),
        ({"min.ON_TIME": "-1"}, "effort_floor_negative"),
        ({"min.ON_TIME": "0.5"}, "not_whole"),
        ({"min.ON_TIME": "9999999"}, "out_of_bounds"),
        ({"min.ONLINE_SUPPLY": "1"}, "lever_unusable"),
    ],
)
def test_a_wrong_part_is_said_and_left_out(params, code):
    scenario, problems = from_params(params, DEFAULT, load_baseline)
    assert [problem.code for problem in problems] == [code]
    assert scenario.baseline == DEFAULT.baseline
    assert scenario.settings == scenario.assumptions == ()
    assert scenario.hours == scenario.per_month == scenario.floors == ()


@given(st.dictionaries(st.sampled_from(KEYS), st.text()))
def test_any_link_gives_a_scenario_and_typed_errors(params):
    scenario, problems = from_params(params, DEFAULT, load_baseline)
    assert scenario.unit in load_baseline(scenario.baseline).units
    assert all(isinstance(problem, ScenarioError) for problem in problems)


def test_a_change_of_0_is_no_change():
    scenario = DEFAULT.with_change("ON_TIME", 5).with_change("ON_TIME", 0)
    assert scenario == DEFAULT


def test_an_assumption_can_be_taken_back():
    scenario = DEFAULT.with_assumption("ONLINE_SUPPLY", 1, 2)
    assert scenario.with_assumption("ONLINE_SUPPLY", 1, 3).assumptions == (("ONLINE_SUPPLY", 1, 3),)
    assert scenario.without_assumption("ONLINE_SUPPLY") == DEFAULT
