"""Dividing a province's plan: sums to the dossier, rooms, shares set by hand, and known answers."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.allocation import Allocation, allocate
from simulator.allocation_ahead import outlooks_below, start_of
from simulator.allocation_scores import OWN
from simulator.allocation_table import Terms, Way
from simulator.allocation_units import REST, Below, lists_below, units_below
from simulator.baseline import Baseline, Basis, Evidence, Fact, Unit
from simulator.baseline_files import load_baseline
from simulator.effort import Effort, LeverEffort, default_effort, hours, segments
from simulator.errors import ScenarioError
from simulator.largest_remainder import whole_blocks
from simulator.levers import lever_range, open_dossiers
from simulator.outlook import Outlook, outlook
from simulator.period import period_of
from simulator.project import project
from simulator.rank import peers_of, unit_total
from simulator.rules import Flow
from simulator.text import LANGUAGES, catalogue, explain
from tests.engine.units import EDITION, NO_CASES, counts, make_unit, rate

EFFORT = default_effort(EDITION.code)
PERIOD = period_of("2026-ytd", "2026-10-10")
WAYS = list(Way)


# A province and its units


def commune(code: str, on_time: int, all_: int, results: int = 0, digitised: int = 0) -> Unit:
    return make_unit(
        {
            "ON_TIME": counts(on_time, all_),
            "DOSSIER_RECEIVING_SATISFACTION": counts(max(0, on_time - 3), all_),
            "ORIGINAL_RESULT_AVAILABLE": counts(results, all_),
            "SO_HOA_GIAY_TO_GIAI_QUYET": counts(digitised, all_),
            "PUBLISH_ON_TIME": counts(1, 47),
            "PETITION_PROCESSING_ON_TIME": NO_CASES,
        },
        total=5000, code=code,
    )  # fmt: skip


SMALL = (
    commune("P.1", 600, 1000, 500, 100),
    commune("P.2", 900, 1000, 900, 850),
    commune("P.3", 250, 500, 100, 100),
)
SILENT = make_unit({}, total=4000, code="P.4")
PROVINCE = replace(
    make_unit(
        {
            "ON_TIME": counts(2250, 3000),
            "DOSSIER_RECEIVING_SATISFACTION": counts(2241, 3000),
            "ORIGINAL_RESULT_AVAILABLE": counts(1800, 3000),
            "SO_HOA_GIAY_TO_GIAI_QUYET": counts(1200, 3000),
            "PUBLISH_ON_TIME": counts(1, 47),
            "PAY_PROCEDURE": counts(20, 80),
            "PETITION_PROCESSING_ON_TIME": counts(10, 40),
            "ELECTRONIC_CERTIFIED_COPY": counts(5, 30),
            "PAY_DOSSIER": rate(60),
        },
        total=6000,
    ),
    code="P",
)


def divided(
    changes: dict[str, float], way: Way = Way.GAP, units: tuple[Unit, ...] = (*SMALL, SILENT),
    **terms: object,
) -> Allocation:  # fmt: skip
    below = Below(units)
    return allocate(EDITION, PROVINCE, changes, None, below, Terms(way, EFFORT, **terms))


def shares(result: Allocation, lever: str) -> dict[str, int]:
    row = next(row for row in result.rows if row.lever.code == lever)
    return {cell.unit: cell.share for cell in row.takers}


def test_the_four_ways_on_three_units():
    """Late: 400, 100 and 250 of 1,000, 1,000 and 500 dossiers; 300 are to be made on time."""
    change = {"ON_TIME": 300.0}
    assert shares(divided(change, Way.GAP), "ON_TIME") == {"P.1": 160, "P.2": 40, "P.3": 100}
    # 120, 120 and 60; the second takes no more than 100, the other 200 are shared 2:1.
    assert shares(divided(change, Way.CAPACITY), "ON_TIME") == {"P.1": 133, "P.2": 100, "P.3": 67}
    # (600 + 250 + 300) / 1,500 = 76.67 %, and the second is at 90 % already.
    assert shares(divided(change, Way.EQUAL_RATE), "ON_TIME") == {"P.1": 167, "P.2": 0, "P.3": 133}
    # Up to 90 % all cost the same: 300 and 200 can be had, shared 3:2.
    assert shares(divided(change, Way.LEAST_EFFORT), "ON_TIME") == {
        "P.1": 180, "P.2": 0, "P.3": 120,
    }  # fmt: skip


def test_each_unit_has_its_now_its_target_and_its_own_score():
    """The first unit goes from 600 to 760 of 1,000: 12 to 15.2 of 20 points, and the satisfied
    from 597 to 757, 3.98 to 5.05 of 6."""
    result = divided({"ON_TIME": 300.0})
    cell = result.rows[0].cells[0]
    assert (cell.now, cell.target, cell.share, cell.room) == ((600, 1000), (760, 1000), 160, 400)
    assert (cell.now_percent, cell.line_percent, cell.target_percent) == (60, 60, 76)
    assert cell.hours == 160 * EFFORT.levers["ON_TIME"].hours
    own = result.units[0]
    assert own.projection.group_change["TDGQ"] == 320
    assert own.projection.group_change["MDHL"] == 505 - 398
    assert own.hours == cell.hours
    assert own.path is None


def test_shares_set_by_hand_stay_and_the_rest_is_balanced_anew():
    """100 by hand for the second leave 200 to be shared 400:250."""
    result = divided({"ON_TIME": 300.0}, fixed={("P.2", "ON_TIME"): 100})
    assert shares(result, "ON_TIME") == {"P.1": 123, "P.2": 100, "P.3": 77}
    assert [cell.is_fixed for cell in result.rows[0].cells] == [False, True, False]
    result = divided({"ON_TIME": 300.0}, floors={("P.2", "ON_TIME"): 90})
    assert shares(result, "ON_TIME") == {"P.1": 129, "P.2": 90, "P.3": 81}


def test_what_no_unit_can_take_is_named():
    """The province publishes 3,000 dossiers with 750 late, its listed units 2,500 with 750 late;
    electronic results are missing in 1,200 and 1,000."""
    result = divided({"ON_TIME": 750.0, "ORIGINAL_RESULT_AVAILABLE": 1200.0})
    on_time, results = result.rows
    assert (on_time.handed, on_time.shortfall) == (750, 0)
    assert (results.amount, results.handed, results.shortfall) == (1200, 1000, 200)
    assert not result.is_complete
    assert result.covered.settings["ORIGINAL_RESULT_AVAILABLE"] == 1000
    assert result.covered.total_change < result.plan.total_change
    notice = next(one for one in results.notices if one.code == "allocation_shortfall")
    assert notice.fields["shortfall"] == 200
    assert "200 chưa có đơn vị nào nhận được" in explain(notice, "vi", EDITION)


def test_units_without_counts_get_no_share_and_are_named():
    result = divided({"ON_TIME": 300.0})
    row = result.rows[0]
    assert row.without_counts == ("P.4",)
    assert (row.listed_cases, row.all_cases) == (2500, 3000)
    assert [notice.code for notice in row.notices] == [
        "allocation_without_counts", "allocation_cases_differ",
    ]  # fmt: skip
    assert result.units[3].settings == {}
    assert result.units[3].projection.total_change == 0


def test_the_cases_without_a_unit_can_take_part():
    """500 dossiers are left, all on time; of their results 200 are missing."""
    result = divided({"ON_TIME": 300.0, "ORIGINAL_RESULT_AVAILABLE": 1200.0}, with_rest=True)
    rest = [row.rest for row in result.rows]
    assert rest[0] is not None and rest[1] is not None
    assert (rest[0].unit, rest[0].now, rest[0].share) == (REST, (500, 500), 0)
    assert (rest[1].now, rest[1].share) == ((300, 500), 200)
    assert result.is_complete and result.covered == result.plan
    assert REST not in {plan.unit.code for plan in result.units}


def test_what_does_not_add_up_stays_with_the_province_and_says_who_does_it():
    result = divided({
        "ON_TIME": 10.0, "PUBLISH_ON_TIME": 20.0, "PAY_PROCEDURE": 30.0,
        "PETITION_PROCESSING_ON_TIME": 5.0, "ELECTRONIC_CERTIFIED_COPY": 3.0, "PAY_DOSSIER": 5.0,
        "ORIGINAL_RESULT_AVAILABLE": -100.0, "PETITION_NEW": 2.0,
    })  # fmt: skip
    assert {item.lever.code: item.why.code for item in result.kept} == {
        "PUBLISH_ON_TIME": "allocation_kept_own",
        "PAY_PROCEDURE": "allocation_kept_procedures",
        "PAY_DOSSIER": "allocation_kept_rate",
        "ORIGINAL_RESULT_AVAILABLE": "allocation_kept_lowered",
        "ELECTRONIC_CERTIFIED_COPY": "allocation_kept_communes",
        "PETITION_PROCESSING_ON_TIME": "allocation_kept_petitions",
        "PETITION_NEW": "allocation_kept_risk",
    }
    assert [row.lever.code for row in result.rows] == ["ON_TIME"]
    assert {item.lever.code: item.change for item in result.kept}["PUBLISH_ON_TIME"] == 20
    assert all(item.lever.responsible["vi"] for item in result.kept)


def test_what_the_province_publishes_itself_counts_for_its_units():
    """21 of 47 procedures instead of 1: 2.68 instead of 0.13 of 6 points, copied to every unit."""
    result = divided({"ON_TIME": 10.0, "PUBLISH_ON_TIME": 20.0})
    for plan in result.units[:3]:
        assert "PUBLISH_ON_TIME" not in plan.settings
        assert plan.shared.total_change == plan.projection.total_change + 268 - 13
    assert result.units[3].shared == result.units[3].projection


def test_digitised_dossiers_are_given_where_electronic_results_are():
    """The second can digitise 50 more of its 900 results, the third none of its 100: the first
    takes 350."""
    change = {"SO_HOA_GIAY_TO_GIAI_QUYET": 400.0}
    assert shares(divided(change), "SO_HOA_GIAY_TO_GIAI_QUYET") == {"P.1": 350, "P.2": 50, "P.3": 0}
    result = divided({**change, "ORIGINAL_RESULT_AVAILABLE": 600.0})
    results = shares(result, "ORIGINAL_RESULT_AVAILABLE")
    row = result.rows[1]
    assert [cell.room for cell in row.cells] == [
        400 + results["P.1"], 50 + results["P.2"], results["P.3"],
    ]  # fmt: skip
    assert row.shortfall == 0


def test_a_share_by_hand_that_leans_on_another_lever_tells_what_is_lost():
    """The third has no result to digitise: 50 by hand wait for electronic results."""
    code = "SO_HOA_GIAY_TO_GIAI_QUYET"
    result = divided({code: 300.0}, fixed={("P.3", code): 50})
    cell, own = result.rows[0].cells[2], result.units[2]
    assert (cell.room, cell.share, cell.target) == (0, 50, (100, 500))
    lost = [notice.fields["lost"] for notice in own.projection.notices]
    assert ([notice.code for notice in own.projection.notices], lost) == (["cut_at_partner"], [50])


def test_levers_on_the_same_dossiers_share_their_room():
    """750 are late: 400 made on time and 350 flags repaired leave none."""
    result = divided({"ON_TIME": 400.0, "OVERDUE_FLAG_REPAIRED": 350.0})
    for first, second, late in zip(
        *(row.cells for row in result.rows), (400, 100, 250), strict=True
    ):
        assert first.share + second.share == late
        assert second.target[0] == second.target[1]


REFUSED = {
    "allocation_above_room": {"fixed": {("P.1", "ON_TIME"): 401}},
    "allocation_above_plan": {
        "fixed": {("P.1", "ON_TIME"): 200}, "floors": {("P.3", "ON_TIME"): 101},
    },
    "allocation_unknown_unit": {"fixed": {("P.9", "ON_TIME"): 1}},
    "allocation_not_divided": {"fixed": {("P.1", "PUBLISH_ON_TIME"): 1}},
    "allocation_unit_without_counts": {"floors": {("P.4", "ON_TIME"): 1}},
    "unknown_lever": {"floors": {("P.1", "NONE"): 1}},
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_shares_that_cannot_be_are_refused_with_the_reason(code):
    with pytest.raises(ScenarioError) as refused:
        divided({"ON_TIME": 300.0, "PUBLISH_ON_TIME": 5.0}, **REFUSED[code])
    assert refused.value.code == code
    for language in LANGUAGES:
        assert explain(refused.value, language, EDITION)


@pytest.mark.parametrize("share", [-1, 2.5, math.nan])
def test_a_share_is_a_whole_number_from_zero(share):
    with pytest.raises(ScenarioError) as refused:
        divided({"ON_TIME": 300.0}, fixed={("P.1", "ON_TIME"): share})
    assert (refused.value.code, refused.value.fields["high"]) == ("allocation_above_room", 400)


def test_units_are_listed_once_and_without_their_province():
    for units in ((*SMALL, SMALL[0]), (*SMALL, PROVINCE)):
        with pytest.raises(ScenarioError) as refused:
            divided({"ON_TIME": 1.0}, units=units)
        assert refused.value.code == "allocation_unit_twice"


def test_a_plan_that_looks_ahead_needs_units_that_do():
    ahead = outlook(EDITION, PROVINCE, PERIOD)
    with pytest.raises(ScenarioError) as refused:
        allocate(EDITION, PROVINCE, {"ON_TIME": 1.0}, ahead, Below(SMALL), Terms(Way.GAP, EFFORT))
    assert refused.value.code == "allocation_outlook_missing"


def test_a_plan_that_is_not_possible_is_refused():
    with pytest.raises(ScenarioError) as refused:
        divided({"ON_TIME": 751.0})
    assert refused.value.code == "out_of_bounds"


def test_without_anything_to_divide_the_table_is_empty():
    result = divided({})
    assert (result.rows, result.kept, result.is_complete) == ((), (), True)
    assert len(result.units) == 4


def test_every_reason_has_a_sentence_in_both_languages():
    kinds = ("own", "procedures", "petitions", "communes", "rate", "risk", "lowered")
    for language in LANGUAGES:
        assert {f"notices.allocation_kept_{kind}" for kind in kinds} <= set(catalogue(language))


# Shipped figures

PLACES = {
    "Gia Lai": ("vn-2026-10-10", "H21", "gialai-2026-10-10"),
    "Phú Thọ": ("phutho-2026-ytd", "H44", "phutho-2026-ytd"),
    "Phú Thọ, units read earlier": ("vn-2026-10-10", "H44", "phutho-2026-ytd"),
}


def question(place: str, looks_ahead: bool) -> tuple[Baseline, Unit, Outlook | None, Below]:
    above, code, listed = PLACES[place]
    baseline, below = load_baseline(above), load_baseline(listed)
    unit, units = baseline.unit(code), units_below(below, code)
    if not looks_ahead:
        return baseline, unit, None, Below(units, {}, below)
    ahead = outlook(EDITION, unit, baseline.whole_period())
    return baseline, unit, ahead, Below(units, outlooks_below(below, units, ahead), below)


def random_plan(unit: Unit, ahead: Outlook | None, seed: int) -> dict[str, float]:
    chance = random.Random(seed)  # noqa: S311
    bounds = [lever_range(EDITION, unit, lever, ahead) for lever in EDITION.levers]
    return {
        one.lever.code: float(chance.randint(0, math.floor(one.high)))
        for one in bounds
        if one.usable and chance.random() < 0.7
    }


@pytest.mark.parametrize("looks_ahead", [False, True])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=8)
@given(seed=st.integers(0, 10**6), with_rest=st.booleans())
def test_shipped_provinces_divide_their_plans_to_the_dossier(
    place, way, looks_ahead, seed, with_rest
):
    _, unit, ahead, below = question(place, looks_ahead)
    plan = random_plan(unit, ahead, seed)
    result = allocate(EDITION, unit, plan, ahead, below, Terms(way, EFFORT, with_rest=with_rest))
    assert {row.lever.code for row in result.rows}.isdisjoint(
        lever.code for lever in EDITION.levers
        if EDITION.indicator(lever.indicator).count_unit != "dossier" or lever.indicator in OWN
    )  # fmt: skip
    settings = {code: change for code, change in plan.items() if change}
    assert {item.lever.code for item in (*result.rows, *result.kept)} == set(settings)
    for row in result.rows:
        assert row.handed + row.shortfall == row.amount == plan[row.lever.code]
        assert row.shortfall == max(0, row.amount - sum(cell.room for cell in row.takers))
        assert len(row.cells) + len(row.without_counts) == len(below.units)
        for cell in row.takers:
            assert 0 <= cell.share <= cell.room <= cell.bounds.high + 1e-6
        given_to = {own.unit.code: own.settings.get(row.lever.code, 0) for own in result.units}
        assert {cell.unit: cell.share for cell in row.cells if cell.share} == {
            code: share for code, share in given_to.items() if share
        }
    for own in result.units:
        alone = project(EDITION, own.unit, own.settings, None, below.outlooks.get(own.unit.code))
        assert own.projection == alone
        # Nothing that was given is without effect.
        assert not [notice for notice in alone.notices if notice.code.startswith("cut_at")]
    for row in result.rows:
        position = EDITION.position[row.lever.indicator]
        ends = {own.unit.code: own.projection.counts for own in result.units}
        for cell in row.cells:
            end = ends[cell.unit]
            assert cell.target == (end.numerators[position], end.denominators[position])
    assert (result.covered == result.plan) == result.is_complete


def test_places_of_units_are_those_of_the_ranking():
    _, unit, _, below = question("Gia Lai", looks_ahead=False)
    plan = {"ON_TIME": 9000.0, "ORIGINAL_RESULT_AVAILABLE": 20_000.0}
    result = allocate(EDITION, unit, plan, None, below, Terms(Way.GAP, EFFORT))
    assert below.listed is not None
    for own in result.units[::12]:
        peers = peers_of(below.listed, own.unit, load_baseline)
        after = project(EDITION, own.unit, own.settings, peers)
        assert (own.before, own.after) == (after.before.standing, after.after.standing)
    by_code = {own.unit.code: own for own in result.units}
    # The department of agriculture and environment has 130,716 of 174,604 dossiers.
    agriculture = by_code["H21.24"]
    assert agriculture.before is not None and agriculture.before.rank == 11
    assert agriculture.projection.total_change > 200


def test_units_of_incomplete_lists_have_no_place():
    _, unit, _, below = question("Phú Thọ", looks_ahead=False)
    result = allocate(EDITION, unit, {"ON_TIME": 100.0}, None, below, Terms(Way.GAP, EFFORT))
    assert {(own.before, own.after) for own in result.units} == {(None, None)}


def test_levers_on_one_indicator_lead_to_one_rate_together():
    """Past and coming dossiers get electronic results: all that still can end at the same rate."""
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    plan = {"ORIGINAL_RESULT_AVAILABLE": 4000.0, "RESULT_REPAIRED": 15_000.0}
    result = allocate(EDITION, unit, plan, ahead, below, Terms(Way.EQUAL_RATE, EFFORT))
    last = result.rows[1]
    assert last.lever.code == "RESULT_REPAIRED"
    open_ = [cell for cell in last.cells if 0 < cell.share < cell.room]
    rates = [(cell.target[0] / cell.target[1], 1 / cell.target[1]) for cell in open_]
    level = max(low - one for low, one in rates)
    assert len(open_) >= 5
    assert all(rate - one <= level <= rate + one for rate, one in rates)
    # Nobody above it got any.
    assert all(
        cell.share == 0 for cell in last.cells if (cell.line_percent or 0) / 100 > level + 0.05
    )


def test_another_order_of_units_gives_everybody_the_same():
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    plan = random_plan(unit, ahead, 766)
    for way in WAYS:
        terms = Terms(way, EFFORT)
        straight = allocate(EDITION, unit, plan, ahead, below, terms)
        turned = replace(below, units=tuple(reversed(below.units)))
        back = allocate(EDITION, unit, plan, ahead, turned, terms)
        assert {own.unit.code: own.settings for own in straight.units} == {
            own.unit.code: own.settings for own in back.units
        }
        assert [cell.unit for cell in back.rows[0].cells] == [
            cell.unit for cell in reversed(straight.rows[0].cells)
        ]


def test_least_effort_never_costs_more_than_the_other_ways():
    """One lever at a time: what is given on one changes what is possible on the next."""
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    cheaper = 0
    for code in ("ON_TIME", "RESULT_REPAIRED", "CITIZEN_DATA_CONNECTED_DOSSIER"):
        lever = EDITION.lever_by_code[code]
        plan = {code: math.floor(lever_range(EDITION, unit, lever, ahead).high * 0.2)}
        spent = {
            way: allocate(EDITION, unit, plan, ahead, below, Terms(way, EFFORT)).rows[0].hours
            for way in WAYS
        }
        assert spent[Way.LEAST_EFFORT] == pytest.approx(min(spent.values()))
        cheaper += spent[Way.LEAST_EFFORT] < 0.99 * max(spent.values())
    assert cheaper >= 2


def test_effort_of_a_unit_is_that_of_its_shares():
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    plan = random_plan(unit, ahead, 1)
    result = allocate(EDITION, unit, plan, ahead, below, Terms(Way.EQUAL_RATE, EFFORT))
    for own in result.units:
        parts = [
            hours(lever_range(EDITION, own.unit, EDITION.lever_by_code[code],
                              below.outlooks[own.unit.code]), EFFORT.levers[code], change)
            for code, change in own.settings.items()
        ]  # fmt: skip
        assert own.hours == pytest.approx(sum(parts))
    assert sum(own.hours for own in result.units) == pytest.approx(
        sum(row.hours for row in result.rows)
    )


def test_whole_cases_cost_what_the_effort_says():
    """Cases priced one by one add up to the effort of their sum, on every lever of many units."""
    _, _, _, below = question("Gia Lai", looks_ahead=True)
    compared = 0
    for unit in below.units:
        for lever in EDITION.levers:
            bounds = lever_range(EDITION, unit, lever, below.outlooks[unit.code])
            spent, number = 0.0, 0
            for count, price in whole_blocks(segments(bounds, EFFORT.levers[lever.code])):
                spent, number = spent + count * price, number + count
                expected = hours(bounds, EFFORT.levers[lever.code], number)
                assert spent == pytest.approx(expected, abs=1e-6)
                compared += 1
            assert number == math.floor(bounds.high + 1e-9)
    assert compared > 500


def test_own_values_of_effort_change_who_gets_what():
    """With dear files near 100 % only, cheap ones are shared by their number."""
    flat = Effort({code: LeverEffort(1.0) for code in EFFORT.levers}, EFFORT.source)
    result = allocate(
        EDITION, PROVINCE, {"ON_TIME": 300.0}, None, Below(SMALL), Terms(Way.LEAST_EFFORT, flat)
    )
    assert shares(result, "ON_TIME") == {"P.1": 160, "P.2": 40, "P.3": 100}


def test_the_path_of_a_unit_ends_where_its_share_does():
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    codes = ("ON_TIME", "ORIGINAL_RESULT_AVAILABLE", "RESULT_REPAIRED")
    plan = dict.fromkeys(codes, 5000.0)
    result = allocate(EDITION, unit, plan, ahead, below, Terms(Way.GAP, EFFORT))
    own = next(one for one in result.units if one.unit.code == "H21.24")
    assert own.path is not None
    assert own.path.ends[-1].after == own.projection.after
    assert len(own.path.months) == 3
    for code in codes:
        steps = [step.more for step in own.path.steps if step.lever == code]
        # Where cases are still to come the present rate itself is not whole.
        assert abs(sum(steps) - own.settings[code]) <= 1


def test_units_look_ahead_as_their_province_does():
    """Twice as many dossiers to come for the province are twice as many for every unit."""
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    assert ahead is not None and below.listed is not None
    usual = ahead.inflows[Flow.DOSSIER]
    double = outlook(EDITION, unit, ahead.period, {Flow.DOSSIER: 2 * usual.coming})
    doubled = outlooks_below(below.listed, below.units, double)
    for code, own in below.outlooks.items():
        before, after = (one.inflows[Flow.DOSSIER].coming for one in (own, doubled[code]))
        assert (before is None and after is None) or abs(after - 2 * before) <= 2
    assert {own.period.last for own in doubled.values()} == {ahead.period.last}


def test_no_unit_looks_ahead_from_before_the_day_of_its_provinces_figures():
    """The units of Phú Thọ were read on 26 September (269 days), the province 13.58 days later."""
    _, unit, ahead, below = question("Phú Thọ, units read earlier", looks_ahead=True)
    plan = {"ON_TIME": 900.0, "ORIGINAL_RESULT_AVAILABLE": 3000.0}
    result = allocate(EDITION, unit, plan, ahead, below, Terms(Way.GAP, EFFORT))
    for own in result.units:
        assert own.path.months[0].first == date(2026, 10, 1)
        assert 21 < own.path.months[0].days < 22
    ward = next(one for one in below.units if one.code == "H44.103")
    cell = next(one for one in result.rows[0].cells if one.unit == ward.code)
    # 7,180 of 7,947 as published; 401 more until 10 October and 2,435 after it at the same rate.
    assert cell.now == (7180, 7947)
    assert (cell.bounds.denominator, cell.bounds.coming) == (7947 + 401 + 2435, 2435)
    assert cell.line_percent == pytest.approx(cell.now_percent)
    assert cell.room <= (1 - 7180 / 7947) * 2435 + 1
    own = next(one for one in result.units if one.unit.code == ward.code)
    assert own.projection.before.total == unit_total(EDITION, ward) == own.line.after.total
    assert sum(step.more for step in own.path.steps if step.lever == "ON_TIME") == cell.share


def test_units_read_on_another_day_leave_only_the_provinces_other_cases():
    _, unit, ahead, below = question("Phú Thọ, units read earlier", looks_ahead=True)
    terms = Terms(Way.GAP, EFFORT, with_rest=True)
    row = allocate(EDITION, unit, {"ON_TIME": 900.0}, ahead, below, terms).rows[0]
    known = [one.denominator for one in (_on_time(start_of(*pair)) for pair in _pairs(below))]
    assert row.rest.now[1] + sum(known) == row.all_cases
    assert sum(known) > row.listed_cases


def test_open_dossiers_of_a_unit_are_as_many_on_the_day_of_the_province():
    _, _, ahead, below = question("Phú Thọ, units read earlier", looks_ahead=True)
    finished = [Fact("COMPLETED", 7000.0, "dossier", None, None)]
    ward = replace(next(one for one in below.units if one.code == "H44.103"), facts=(*finished,))
    own = outlooks_below(below.listed, [ward], ahead)[ward.code]
    assert open_dossiers(EDITION, start_of(ward, own)) == open_dossiers(EDITION, ward) == 947


def _on_time(unit: Unit) -> Evidence:
    return unit.evidence[EDITION.position["ON_TIME"]]


def _pairs(below: Below) -> list[tuple[Unit, Outlook]]:
    found = [(unit, below.outlooks[unit.code]) for unit in below.units]
    return [pair for pair in found if _on_time(pair[0]).basis is Basis.COUNTS]


def test_what_is_left_beside_the_units_adds_up_to_the_province():
    _, unit, ahead, below = question("Gia Lai", looks_ahead=True)
    result = allocate(
        EDITION,
        unit,
        {"ON_TIME": 5000.0},
        ahead,
        below,
        Terms(Way.CAPACITY, EFFORT, with_rest=True),
    )
    row = result.rows[0]
    assert row.rest is not None
    assert row.listed_cases + row.rest.now[1] == row.all_cases == 417_669
    assert sum(cell.now[0] for cell in row.takers) == 358_540
    # 174,604 of 417,669 dossiers have a unit, and so about as many of the 5,000.
    listed = sum(cell.share for cell in row.cells)
    assert listed == pytest.approx(5000 * 174_604 / 417_669, rel=0.05)


def test_lists_of_a_provinces_units_are_found():
    assert [found.id for found in lists_below(load_baseline("vn-2026-10-10"), "H21")] == [
        "gialai-2026-10-10"
    ]
    phu_tho = load_baseline("phutho-2026-ytd")
    assert [found.id for found in lists_below(phu_tho, "H44")] == ["phutho-2026-ytd"]
    assert lists_below(load_baseline("vn-2026-10-10"), "H08") == ()
    assert len(units_below(load_baseline("gialai-2026-10-10"), "H21")) == 149
    assert lists_below(load_baseline("binhthuan-2023"), "H44") == ()


def test_figures_of_rates_alone_divide_nothing(old_edition):
    """Bến Cầu 2023 prints rates of its communes, no counts."""
    figures = load_baseline("bencau-2023-02")
    parent, *units = figures.units.values()
    assert all(item.basis is not Basis.COUNTS for unit in units for item in unit.evidence)
    effort = default_effort(old_edition.code)
    result = allocate(old_edition, parent, {}, None, Below(units), Terms(Way.GAP, effort))
    assert result.rows == ()
