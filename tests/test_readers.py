"""Readers: what portal responses and CSV files say."""

from __future__ import annotations

import pytest

from simulator.readers.fields import load_fields
from tests.portal_files import PROGRESS, TRANSPARENCY, metrics, response, scored, transparency, tree


def test_a_unit_without_code_takes_it_from_another_file_with_the_same_id(edition):
    units = scored(edition, ("t.json", transparency()), ("p.json", PROGRESS))
    assert list(units) == ["H44", "H44.01"]
    assert units["H44"].groups["CKMB"] == 796
    assert units["H44"].groups["TDGQ"] == 1768


def test_a_unit_whose_code_no_file_knows_keeps_its_id(edition):
    assert list(scored(edition, ("t.json", transparency()))) == ["id-44"]


def test_a_code_in_a_csv_with_ids_serves_a_response_without_code(edition):
    table = "department_code,department_id,CKMB,total_score\nH44,id-44,7.96,61.89\n"
    unit = scored(edition, ("t.json", transparency()), ("p.csv", table))["H44"]
    assert unit.published_groups == {"CKMB": 796}
    assert unit.published_total == 6189


def test_the_group_score_of_a_group_of_one_indicator_is_also_the_indicators(edition):
    unit = scored(edition, ("p.json", PROGRESS))["H44.01"]
    assert [(item.code, item.points, item.published) for item in unit.indicators] == [
        ("ON_TIME", 1938, 1938)
    ]


def test_parameters_of_online_service_are_summed_into_indicators(edition):
    parent = {
        "departmentCode": "H44", "totalScore": 8.56, "authorityCount": 89, "partialCount": 31,
        "fullCount": 21, "onlineDossierCount": 516, "onlineServiceTotal": 1884,
        "channelOnlineSum": 589496, "channelTotalSum": 597894,
    }  # fmt: skip
    child = {"departmentCode": "H44.01", "totalScore": 6, "totalMaxScore": 12}
    units = scored(edition, ("o.json", tree(parent, child)))
    assert units["H44"].groups["ONLINE"] == 856
    assert units["H44"].indicators[0].numerator == 52
    assert units["H44.01"].indicators == ()
    assert units["H44.01"].groups["ONLINE"] is None
    assert units["H44.01"].published_groups == {"ONLINE": 600}


def test_the_national_list_gives_group_scores_and_names_online_service_clgq(edition):
    scores = {"CKMB": 7.96, "TDGQ": 17.68, "CLGQ": 8.56, "TTTT": 6.67, "MDHL": 11.43, "MDSH": 9.59}
    data = response(
        overview={"departmentName": "Cả nước", "totalScore": 62.59, "groupScores": scores},
        radar=[], growthPercent=30.4,
        evaluation=[{"departmentCode": "H44", "totalScore": 61.89, "groupScores": scores}],
    )  # fmt: skip
    units = scored(edition, ("n.json", data))
    assert list(units) == ["H44"]
    assert units["H44"].published_groups["ONLINE"] == 856
    assert units["H44"].published_total == 6189
    assert units["H44"].total is None


def test_a_response_of_one_procedure_is_complete_at_its_own_smaller_maximum(edition):
    counted = (
        "ORIGINAL_RESULT_AVAILABLE", "SO_HOA_GIAY_TO_GIAI_QUYET", "REUSED_DIGITIZED_DATA",
        "SYNCED_WITH_DVCQG_PERSONAL_STORAGE", "CITIZEN_DATA_CONNECTED_DOSSIER",
    )  # fmt: skip
    listed = dict.fromkeys(counted, (1, 2, None))
    listed["ELECTRONIC_CERTIFIED_COPY"] = (None, None, 2)
    for declared, expected in ((20, 300 + 200 + 125 + 200 + 100 + 200), (22, None)):
        unit = {"departmentCode": "H44", "totalMaxScore": declared, "metrics": metrics(listed)}
        found = scored(edition, ("f.json", response(overview=unit)))["H44"]
        assert found.groups["MDSH"] == expected


def test_without_cases_the_rule_at_zero_decides(edition):
    table = (
        "unit,code,numerator,denominator\nH1,PUBLISH_ON_TIME,0,0\nH1,ON_TIME,0,0\n"
        "H1,PETITION_PROCESSING_ON_TIME,0,0\nH1,ELECTRONIC_CERTIFIED_COPY,,\n"
    )
    points = {item.code: item.points for item in scored(edition, ("z.csv", table))["H1"].indicators}
    assert points == {
        "PUBLISH_ON_TIME": None,
        "ON_TIME": 0,
        "ELECTRONIC_CERTIFIED_COPY": 200,
        "PETITION_PROCESSING_ON_TIME": 600,
    }


def test_an_indicator_without_points_counts_zero_in_a_complete_group(edition):
    month = {**TRANSPARENCY, "PUBLISH_ON_TIME": (0, 0, None), "PUBLIC_UPDATE_ON_TIME": (0, 0, None)}
    unit = {"departmentCode": "H44", "metrics": metrics(month)}
    assert scored(edition, ("m.json", response(overview=unit)))["H44"].groups["CKMB"] == 796


def test_information_codes_earn_nothing_and_are_left_out(edition):
    table = (
        "unit_code,indicator_code,numerator,denominator\n"
        "H1,PETITION_CLASSIFICATION_STAFF,40,286\nH1,totalOverdue,5,\nH1,ON_TIME,1,2\n"
    )
    assert [i.code for i in scored(edition, ("i.csv", table))["H1"].indicators] == ["ON_TIME"]


@pytest.mark.parametrize(
    "header",
    [
        "department_code,group,code,numerator,denominator,ratio,score",
        "unit_code,group,indicator,numerator,denominator,ratio,points",
        "UNIT,Group,Indicator_Code,Numerator,Denominator,Ratio,Published",
    ],
)
def test_columns_are_found_by_any_of_their_names(edition, header):
    table = f"\ufeff{header}\r\nH20,TDGQ,ON_TIME,358660,405424,88.47,17.69\r\n\r\n"
    item = scored(edition, ("c.csv", table))["H20"].indicators[0]
    assert (item.points, item.published) == (1769, 1769)


def test_plain_parameters_in_tidy_rows_become_indicators(edition):
    table = (
        "department_code,group,code,numerator,denominator,score\n"
        "H21.17,TTTT,GROUP_TOTAL,,,8.61\n"
        "H21.17,TTTT,totalDossierOnlinePaymentSuccess,145,,\n"
        "H21.17,TTTT,totalDossierFinancialObligation,165,,\n"
        "H21.17,TTTT,totalDossierOnlineFormalityPaymentSuccess,8,,\n"
        "H21.17,TTTT,totalFeeFormality,12,,\n"
    )
    unit = scored(edition, ("g.csv", table))["H21.17"]
    assert {item.code: item.points for item in unit.indicators} == {
        "PAY_DOSSIER": 527,
        "PAY_PROCEDURE": 167,
    }
    assert unit.groups["TTTT"] is None  # totalFeeDossierFormality is not published
    assert unit.published_groups == {"TTTT": 861}


def test_a_wide_file_has_parameters_as_columns_and_the_groups_score(edition):
    table = (
        "department_code,totalReceived,totalOnTime,total_overdue,score\nH20,405424,358660,9,17.69\n"
    )
    unit = scored(edition, ("w.csv", table))["H20"]
    assert unit.groups["TDGQ"] == 1769
    assert unit.indicators[0].published == 1769


def test_equal_rows_in_two_files_are_one(edition):
    table = "unit,code,numerator,denominator,score\nH44,ON_TIME,528684,597918,\n"
    unit = scored(edition, ("a.csv", table), ("p.json", PROGRESS))["H44"]
    assert len(unit.indicators) == 1
    assert unit.indicators[0].published == 1768


def test_every_parameter_belongs_to_an_indicator_of_the_edition(edition, old_edition):
    fields = load_fields(edition)
    assert {field.indicator for field in fields.fields} <= set(edition.position)
    assert load_fields(old_edition) == fields
    assert not any(fields.is_information(name) for name in fields.names)
