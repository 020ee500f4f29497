"""Scenarios as links: what is written reads back, what is wrong is said and left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.baseline_files import load_baseline
from simulator.errors import ScenarioError
from simulator.links import from_params, to_params
from simulator.scenario import Scenario, assumed_unit
from tests.engine.units import changes, load_unit, shipped_units, usable_levers

DEFAULT = Scenario("vn-2026-10-10", "H44")


@given(st.sampled_from(shipped_units()), st.data())
def test_a_scenario_reads_back_from_its_link(place, data):
    edition, unit = load_unit(place)
    scenario = Scenario(*place)
    for bounds in usable_levers(edition, unit):
        if data.draw(st.booleans()):
            scenario = scenario.with_change(bounds.lever.code, data.draw(changes(bounds)))
    assert from_params(to_params(scenario, edition), DEFAULT, load_baseline) == (scenario, [])


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
    ],
)
def test_a_wrong_part_is_said_and_left_out(params, code):
    scenario, problems = from_params(params, DEFAULT, load_baseline)
    assert [problem.code for problem in problems] == [code]
    assert scenario.baseline == DEFAULT.baseline
    assert scenario.settings == scenario.assumptions == ()


@given(st.dictionaries(st.sampled_from(["b", "u", "e", "ON_TIME", "a.ON_TIME", "X"]), st.text()))
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
