"""Cases computed by hand, one sentence each."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.baseline import infer_single_unknown, model_scores, with_assumption
from simulator.baseline_files import load_baseline
from simulator.contributions import TOTAL_LIMIT, _round_to_sum, contributions
from simulator.errors import ScenarioError
from simulator.project import Projection, project
from simulator.rank import group_scores, unit_total
from simulator.score import indicator_hundredths, score_unit, to_hundredths, to_points
from tests.engine.units import EDITION, NO_CASES, counts, full_unit, load_unit, make_unit


def what_if(baseline_id: str, unit: str, **settings: float) -> Projection:
    baseline = load_baseline(baseline_id)
    return project(baseline.edition, baseline.unit(unit), settings)


@pytest.mark.parametrize(
    ("numerator", "denominator", "maximum", "cap_percent", "hundredths"),
    [
        pytest.param(1, 48, 6, 100, 12, id="1 of 48 procedures of 6 points prints 0.12, not 0.13"),
        pytest.param(8, 32, 2, 80, 63, id="8 of 32 procedures at cap 80 % prints 0.63, not 0.62"),
        pytest.param(0, 5, 6, 100, 0, id="nothing done earns nothing"),
        pytest.param(5, 5, 6, 100, 600, id="everything done earns the maximum"),
        pytest.param(4, 5, 2, 80, 200, id="exactly the cap earns the maximum"),
        pytest.param(5, 5, 2, 80, 200, id="more than the cap earns no more than the maximum"),
        pytest.param(516, 1884, 4, 100, 110, id="516 of 1,884 services of 4 points prints 1.10"),
        pytest.param(528464, 597918, 6, 90, 589, id="Phú Thọ's satisfaction prints 5.89 of 6"),
        pytest.param(1, 10**15, 20, 100, 0, id="one of very many rounds to 0"),
    ],
)  # fmt: skip
def test_one_indicator(numerator, denominator, maximum, cap_percent, hundredths):
    assert indicator_hundredths(numerator, denominator, maximum, cap_percent) == hundredths


def test_without_cases_the_rule_at_zero_applies_and_nothing_is_divided():
    assert indicator_hundredths(0, 0, 6, 100, at_zero=600) == 600
    assert indicator_hundredths(0, 0, 6, 100, at_zero=0) == 0


def test_only_petitions_and_e_copies_are_full_without_cases():
    empty = [0.0] * len(EDITION.indicators)
    scores = score_unit(EDITION, empty, empty)
    full = {item.code for item, score in zip(EDITION.indicators, scores, strict=True) if score}
    assert full == {
        "ELECTRONIC_CERTIFIED_COPY",
        "PETITION_PROCESSING_ON_TIME",
        "PETITION_HANDLING_SATISFACTION",
    }
    assert sum(scores) == 1400


def test_points_and_hundredths_convert_both_ways():
    assert to_hundredths(8.1) == 810
    assert to_hundredths(0.29) == 29
    assert to_points(6189) == 61.89
    assert to_points(None) is None


def test_phu_tho_year_scores_61_89_with_these_groups():
    projection = what_if("phutho-2026-ytd", "H44")
    assert projection.before.groups == {
        "CKMB": 796, "TDGQ": 1768, "ONLINE": 856, "TTTT": 667, "MDSH": 959, "MDHL": 1143,
    }  # fmt: skip
    assert projection.before.total == 6189
    assert projection.before.score_class.code == "AVERAGE"


def test_phu_tho_every_indicator_of_the_year(phu_tho):
    assert model_scores(phu_tho.edition, phu_tho.unit("H44")) == [
        0, 0, 196, 600,  # CKMB
        1768,  # TDGQ
        146, 110, 600,  # ONLINE
        518, 95, 54,  # TTTT
        435, 97, 57, 0, 109, 61, 200,  # MDSH
        312, 242, 589,  # MDHL
    ]  # fmt: skip


def test_clearing_3000_overdue_files_in_phu_tho_pays_in_tdgq_and_in_mdhl():
    # 531,684 / 597,918 of 20 = 17.7845; 531,464 / 597,918 of 6 at cap 90 % = 5.9257
    projection = what_if("phutho-2026-ytd", "H44", ON_TIME=3000)
    assert projection.group_change == {
        "CKMB": 0, "TDGQ": 10, "ONLINE": 0, "TTTT": 0, "MDSH": 0, "MDHL": 4,
    }  # fmt: skip
    assert projection.after.total == 6203


def test_repairing_3000_wrong_flags_is_worth_the_same_as_handling_3000_on_time():
    repaired = what_if("phutho-2026-ytd", "H44", OVERDUE_FLAG_REPAIRED=3000)
    handled = what_if("phutho-2026-ytd", "H44", ON_TIME=3000)
    assert repaired.after == handled.after


def test_clearing_the_late_backlog_earns_0_in_this_period():
    projection = what_if("phutho-2026-ytd", "H44", OVERDUE_BACKLOG_CLEARED=60_000)
    assert projection.total_change == 0
    assert projection.after == projection.before


def test_online_submission_at_98_6_percent_with_cap_50_percent_earns_0_more(phu_tho):
    projection = what_if("phutho-2026-ytd", "H44", ONLINE_SUBMISSION=8398)
    assert phu_tho.unit("H44").evidence[7].rate_percent == pytest.approx(98.595, abs=0.001)
    assert projection.total_change == 0
    assert projection.is_saturated(EDITION.position["ONLINE_SUBMISSION"])


def test_online_submission_loses_points_only_below_half():
    # 298,947 of 597,894 is exactly half
    half = what_if("phutho-2026-ytd", "H44", ONLINE_SUBMISSION=298_947 - 589_496)
    below = what_if("phutho-2026-ytd", "H44", ONLINE_SUBMISSION=298_947 - 589_496 - 6_000)
    assert half.total_change == 0
    assert below.total_change == -12


def test_bringing_100_more_services_into_use_is_what_pays_in_phu_tho():
    # 616 / 1,884 of 4 = 1.3079
    projection = what_if("phutho-2026-ytd", "H44", ONLINE_SERVICE_USED=100)
    assert projection.total_change == projection.group_change["ONLINE"] == 21


def test_one_unanswered_petition_costs_a_commune_without_petitions_12_points():
    projection = what_if("phutho-2026-ytd", "H44.07", PETITION_NEW=1)
    assert projection.group_change["MDHL"] == projection.total_change == -1200


def test_ten_unanswered_petitions_cost_it_no_more_than_one():
    projection = what_if("phutho-2026-ytd", "H44.07", PETITION_NEW=10)
    assert projection.total_change == -1200


def test_digitised_dossiers_stop_at_those_with_an_electronic_result():
    # 433,356 / 597,918 of 4 = 2.8991; 145,096 + 400,000 would be 111,740 more than that
    projection = what_if("phutho-2026-ytd", "H44", SO_HOA_GIAY_TO_GIAI_QUYET=400_000)
    assert projection.counts.numerators[EDITION.position["SO_HOA_GIAY_TO_GIAI_QUYET"]] == 433_356
    assert projection.group_change["MDSH"] == 290 - 97
    (notice,) = projection.notices
    assert notice.code == "cut_at_partner"
    assert notice.fields == {
        "indicator": "SO_HOA_GIAY_TO_GIAI_QUYET",
        "partner": "ORIGINAL_RESULT_AVAILABLE",
        "lost": 111_740,
    }


def test_digitised_dossiers_go_further_when_electronic_results_rise_too():
    projection = what_if(
        "phutho-2026-ytd", "H44",
        SO_HOA_GIAY_TO_GIAI_QUYET=400_000, ORIGINAL_RESULT_AVAILABLE=111_740,
    )  # fmt: skip
    assert projection.counts.numerators[EDITION.position["SO_HOA_GIAY_TO_GIAI_QUYET"]] == 545_096
    assert projection.notices == ()


def test_losing_electronic_results_takes_digitised_dossiers_down_too():
    projection = what_if("phutho-2026-ytd", "H44", ORIGINAL_RESULT_AVAILABLE=-433_356)
    assert projection.after.indicators[EDITION.position["ORIGINAL_RESULT_AVAILABLE"]] == 0
    assert projection.after.indicators[EDITION.position["SO_HOA_GIAY_TO_GIAI_QUYET"]] == 0
    # Nobody asked for more digitised dossiers, so nothing that was asked is lost.
    assert projection.notices == ()


def test_half_the_synchronisation_halves_the_online_submission_rate():
    # 60 % online x 50 % synchronised = 30 % of a cap of 50 %: 3.60 of 6
    unit = full_unit(share=0.6)
    projection = project(EDITION, unit, {"DOSSIER_SYNC": -100.0})
    assert projection.before.indicators[EDITION.position["ONLINE_SUBMISSION"]] == 432
    assert projection.after.indicators[EDITION.position["ONLINE_SUBMISSION"]] == 360
    assert projection.group_change == {
        "CKMB": -60, "TDGQ": 0, "ONLINE": -72, "TTTT": 0, "MDSH": 0, "MDHL": 0,
    }  # fmt: skip


def test_two_levers_on_one_count_stop_at_100_percent_and_say_so():
    projection = project(EDITION, full_unit(), {"ON_TIME": 500.0, "OVERDUE_FLAG_REPAIRED": 20.0})
    assert projection.after.groups["TDGQ"] == 2000
    assert [(item.code, item.fields["lost"]) for item in projection.notices] == [("cut_at_all", 20)]


def test_a_published_excess_over_the_partner_stays_and_moves_with_it():
    unit = make_unit({
        "ORIGINAL_RESULT_AVAILABLE": counts(10, 100), "SO_HOA_GIAY_TO_GIAI_QUYET": counts(30, 100),
    })  # fmt: skip
    position = EDITION.position["SO_HOA_GIAY_TO_GIAI_QUYET"]
    assert project(EDITION, unit, {}).counts.numerators[position] == 30
    more = project(EDITION, unit, {"SO_HOA_GIAY_TO_GIAI_QUYET": 50.0})
    assert more.counts.numerators[position] == 30
    both = project(
        EDITION, unit, {"SO_HOA_GIAY_TO_GIAI_QUYET": 50.0, "ORIGINAL_RESULT_AVAILABLE": 5.0}
    )
    assert both.counts.numerators[position] == 35


def test_thai_nguyen_stays_at_8_10_though_its_indicators_add_to_8_11(provinces):
    unit = provinces.unit("H55")
    assert sum(model_scores(provinces.edition, unit)[:4]) == 811
    assert project(provinces.edition, unit, {}).after.groups["CKMB"] == 810


def test_thai_nguyen_moves_from_8_10_by_the_difference():
    # 2 / 57 of 6 = 0.2105 instead of 1 / 57 = 0.1053
    assert what_if("vn-2026-10-10", "H55", PUBLISH_ON_TIME=1).after.groups["CKMB"] == 820


def test_thanh_hoa_keeps_8_49_and_cannot_move_what_is_not_published():
    assert what_if("vn-2026-10-10", "H56").after.groups["CKMB"] == 849
    with pytest.raises(ScenarioError, match="lever_unpublished"):
        what_if("vn-2026-10-10", "H56", PUBLISH_ON_TIME=1)


def test_a_group_without_components_moves_from_its_score_by_an_assumed_start(provinces):
    # H56 online: 500 of 1,000 services in use is 2.00 of 4, 600 is 2.40
    edition = provinces.edition
    unit = with_assumption(provinces.unit("H56"), edition, "ONLINE_SERVICE_USED", 500, 1000)
    before, after = project(edition, unit, {}), project(edition, unit, {"ONLINE_SERVICE_USED": 100})
    assert before.after.groups == project(edition, provinces.unit("H56"), {}).after.groups
    assert after.group_change["ONLINE"] == after.total_change == 40


def test_a_seed_moves_from_its_printed_rate_and_group_score():
    # 81.42 % on time is printed with 16.1; 91.42 % adds 18.28 - 16.28
    projection = what_if("province-2023-11", "unnamed-province", ON_TIME=10)
    assert projection.before.groups["TDGQ"] == 1610
    assert projection.after.groups["TDGQ"] == 1810
    assert projection.edition.estimate


def test_a_seed_without_satisfaction_and_total_shows_none_for_both():
    projection = what_if("province-2023-11", "unnamed-province", ON_TIME=10)
    assert projection.before.groups["MDHL"] is None
    assert projection.after.groups["MDHL"] is None
    assert projection.after.total is None
    assert projection.after.score_class is None
    assert projection.total_change == 200


def test_na_ri_keeps_46_63_though_four_of_its_groups_already_add_to_55_30():
    projection = what_if("nari-2023-10m", "nari")
    assert projection.after.total == 4663
    assert sum(score or 0 for score in projection.after.groups.values()) == 5530
    assert projection.after.groups["ONLINE"] is None
    assert projection.after.groups["TTTT"] is None


def test_na_ri_gains_from_a_rate_in_a_group_whose_score_is_unknown():
    # 39 % instead of 29 % of 6 points
    projection = what_if("nari-2023-10m", "nari", PAY_DOSSIER=10)
    assert projection.after.groups["TTTT"] is None
    assert projection.group_change["TTTT"] == 60
    assert projection.after.total == 4723


def test_ben_cau_published_total_wins_over_the_sum_of_its_groups():
    baseline = load_baseline("bencau-2023-02")
    unit = baseline.unit("ben-cau")
    assert unit_total(baseline.edition, unit) == 5339
    assert sum(group_scores(baseline.edition, unit).values()) == 5350


def test_the_unpublished_fee_procedures_follow_from_the_group_score(provinces):
    unit = provinces.unit("H55")
    position = provinces.edition.position["FEE_PROCEDURE"]
    item = unit.evidence[position]
    assert item.assumed and item.flag == "INFERRED_FROM_GROUP"
    assert sum(model_scores(provinces.edition, unit)[8:11]) == unit.groups["TTTT"]


def test_nothing_is_inferred_where_no_count_explains_the_group_score():
    unit = make_unit(
        {"PAY_DOSSIER": counts(10, 10), "PAY_PROCEDURE": counts(10, 10)}, groups={"TTTT": 100}
    )
    assert infer_single_unknown(EDITION, unit, {"FEE_PROCEDURE": 10}) == unit


def test_nothing_is_inferred_where_two_indicators_are_unknown():
    unit = make_unit({"PAY_PROCEDURE": counts(10, 10)}, groups={"TTTT": 500})
    denominators = {"FEE_PROCEDURE": 10, "PAY_DOSSIER": 10}
    assert infer_single_unknown(EDITION, unit, denominators) == unit


def test_a_group_is_held_at_its_maximum_however_high_it_was_published():
    unit = make_unit({"ON_TIME": counts(0, 100)}, groups={"TDGQ": 1990}, total=9990)
    projection = project(EDITION, unit, {"ON_TIME": 100.0})
    assert projection.after.groups["TDGQ"] == 2000
    assert projection.total_change == 10


def test_a_total_is_held_at_100_and_the_rest_belongs_to_no_lever():
    unit = make_unit({"ON_TIME": counts(0, 100)}, groups={"TDGQ": 0}, total=9990)
    projection = project(EDITION, unit, {"ON_TIME": 100.0})
    assert projection.after.total == 10_000
    parts = {part.lever: part.hundredths for part in contributions(projection)}
    assert parts == {"ON_TIME": 2000, TOTAL_LIMIT: -1990}


def test_what_two_levers_only_bring_together_is_shared_between_them():
    # Digitised dossiers stop at electronic results: +10 of each, 0.60 alone, 0.40 together
    unit = make_unit({
        "ORIGINAL_RESULT_AVAILABLE": counts(50, 100), "SO_HOA_GIAY_TO_GIAI_QUYET": counts(50, 100),
    })  # fmt: skip
    settings = {"ORIGINAL_RESULT_AVAILABLE": 10.0, "SO_HOA_GIAY_TO_GIAI_QUYET": 10.0}
    parts = contributions(project(EDITION, unit, settings))
    assert [part.hundredths for part in parts] == [60 + 20, 20]


@pytest.mark.parametrize(
    ("shares", "rounded"),
    [
        (["1/5", "9/10", "9/10"], [0, 1, 1]),
        (["9/10", "1/5", "9/10"], [1, 0, 1]),
        (["1/3", "1/3", "1/3"], [1, 0, 0]),
        (["-1/2", "3/2"], [0, 1]),
        (["-1/5", "-4/5"], [0, -1]),
        ([], []),
    ],
)
def test_shares_round_by_largest_remainder_to_the_same_sum(shares, rounded):
    assert _round_to_sum([Fraction(share) for share in shares]) == rounded


def test_a_group_that_was_not_printed_is_the_sum_of_its_known_indicators():
    unit = make_unit({"ON_TIME": counts(50, 100)})
    assert group_scores(EDITION, unit)["TDGQ"] == 1000


def test_a_group_with_one_unknown_indicator_is_not_guessed():
    unit = make_unit({"ONLINE_SUPPLY": counts(1, 1), "ONLINE_SERVICE_USED": NO_CASES})
    assert group_scores(EDITION, unit)["ONLINE"] is None
    assert unit_total(EDITION, unit) is None


def test_a_unit_without_dossiers_is_recognised(gia_lai):
    assert gia_lai.unit("H21.20").has_no_dossiers(gia_lai.edition)
    assert not gia_lai.unit("H21.181").has_no_dossiers(gia_lai.edition)


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "code"),
    [
        pytest.param("ONLINE_SUPPLY", 5, 4, "numerator_above_denominator", id="above 100 %"),
        pytest.param("ONLINE_SUPPLY", -1, 4, "count_out_of_range", id="negative"),
        pytest.param("ONLINE_SUPPLY", 1, float("inf"), "count_out_of_range", id="infinite"),
        pytest.param("ONLINE_SUPPLY", float("nan"), 4, "count_out_of_range", id="not a number"),
        pytest.param("ONLINE_SUPPLY", 0, 0, "assumption_needs_cases", id="no cases"),
        pytest.param("NOTHING", 1, 4, "unknown_indicator", id="unknown indicator"),
    ],
)
def test_an_assumption_must_be_possible(indicator, numerator, denominator, code):
    with pytest.raises(ScenarioError) as error:
        with_assumption(make_unit(), EDITION, indicator, numerator, denominator)
    assert error.value.code == code


@pytest.mark.parametrize(
    "place", [("phutho-2026-ytd", "H44"), ("province-2023-11", "unnamed-province")]
)
def test_an_assumption_never_overrides_a_published_count_or_rate(place):
    edition, unit = load_unit(place)
    with pytest.raises(ScenarioError) as error:
        with_assumption(unit, edition, "ON_TIME", 1, 2)
    assert error.value.code == "assumption_on_published"
