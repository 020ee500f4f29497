"""Readers: what portal responses and CSV files say, and how what they cannot say is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator.errors import DataError
from simulator.readers import join, read_bytes, read_files
from simulator.readers.fields import load_fields
from simulator.rules import Edition
from simulator.scorecard import UnitScore, score_reading
from simulator.text import explain

TRANSPARENCY = {
    "PUBLISH_ON_TIME": (0, 89, 0),
    "PUBLIC_UPDATE_ON_TIME": (0, 70, 0),
    "PUBLIC_CONTENT_FULL": (87, 89, 1.96),
    "DOSSIER_SYNC": (475053, 475053, 6),
}


def response(**data: Any) -> bytes:
    return json.dumps({"code": "OK", "data": data}).encode()


def metrics(values: dict[str, tuple[Any, Any, Any]]) -> list[dict[str, Any]]:
    return [
        {"code": code, "numerator": n, "denominator": d, "score": score}
        for code, (n, d, score) in values.items()
    ]


def transparency(**unit: Any) -> bytes:
    overview = {"departmentId": "id-44", "totalScore": 7.96, "totalMaxScore": 18, **unit}
    return response(overview={**overview, "metrics": metrics(TRANSPARENCY)}, evaluation=[])


def tree(parent: dict[str, Any], *children: dict[str, Any]) -> bytes:
    return response(parent=parent, children=list(children))


PROGRESS = tree(
    {
        "departmentId": "id-44", "departmentCode": "H44", "departmentName": "Phú Thọ",
        "totalReceived": 597918, "totalOnTime": 528684, "totalScore": 17.68, "totalMaxScore": 20,
    },
    {"departmentId": "id-01", "departmentCode": "H44.01", "totalReceived": 161,
     "totalOnTime": 156, "score": 19.38},
)  # fmt: skip


def scored(edition: Edition, *files: tuple[str, bytes | str]) -> dict[str, UnitScore]:
    readings = [
        read_bytes(text.encode() if isinstance(text, str) else text, name, edition)
        for name, text in files
    ]
    return {unit.unit: unit for unit in score_reading(edition, join(readings, edition))}


def refusal(edition: Edition, *files: tuple[str, bytes | str]) -> str:
    with pytest.raises(DataError) as caught:
        scored(edition, *files)
    explain(caught.value, "vi")
    return explain(caught.value, "en")


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
    listed = {code: (1, 2, None) for code in (
        "ORIGINAL_RESULT_AVAILABLE", "SO_HOA_GIAY_TO_GIAI_QUYET", "REUSED_DIGITIZED_DATA",
        "SYNCED_WITH_DVCQG_PERSONAL_STORAGE", "CITIZEN_DATA_CONNECTED_DOSSIER",
    )} | {"ELECTRONIC_CERTIFIED_COPY": (None, None, 2)}  # fmt: skip
    for declared, expected in ((20, 300 + 200 + 125 + 200 + 100 + 200), (22, None)):
        unit = {"departmentCode": "H44", "totalMaxScore": declared, "metrics": metrics(listed)}
        found = scored(edition, ("f.json", response(overview=unit)))["H44"]
        assert found.groups["MDSH"] == expected


def test_without_cases_the_rule_at_zero_decides(edition):
    table = "unit,code,numerator,denominator\n" + "".join(
        f"H1,{code},{cell},{cell}\n"
        for code in ("PUBLISH_ON_TIME", "ON_TIME", "PETITION_PROCESSING_ON_TIME")
        for cell in ("0",)
    )
    table += "H1,ELECTRONIC_CERTIFIED_COPY,,\n"
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


def tidy(*rows: str, header: str = "unit,code,numerator,denominator,score") -> str:
    return "\n".join([header, *rows]) + "\n"


BAD_CSV = {
    "text in a count": (tidy("H1,ON_TIME,ba,10,"), "line 2, column numerator: 'ba'"),
    "a negative count": (tidy("H1,ON_TIME,-1,10,"), "line 2, column numerator: '-1'"),
    "NaN": (tidy("H1,ON_TIME,1,NaN,"), "line 2, column denominator: 'NaN'"),
    "an infinite count": (tidy("H1,ON_TIME,1e309,10,"), "'1e309' is not a count"),
    "a fraction of a dossier": (tidy("H1,ON_TIME,1.5,10,"), "'1.5' is not a count"),
    "a decimal comma": (tidy('H1,ON_TIME,"1,5",10,'), "'1,5' is not a count"),
    "digits of another script": (tidy("H1,ON_TIME,١,10,"), "is not a count"),
    "a count a double cannot hold": (tidy(f"H1,ON_TIME,1,{10**17},"), "is not a count"),
    "more than all": (tidy("H1,ON_TIME,12,10,"), "line 2: the numerator 12 is above"),
    "half a pair": (tidy("H1,ON_TIME,12,,"), "line 2: numerator '12' with denominator ''"),
    "a score above the maximum": (tidy("H1,ON_TIME,1,2,20.5"), "allowed: 0 to 20"),
    "an unknown indicator": (tidy("H1,ONTIME,1,2,"), "there is no indicator 'ONTIME'; allowed"),
    "no unit": (tidy(",ON_TIME,1,2,"), "line 2: the unit is missing"),
    "rows that disagree": (tidy("H1,ON_TIME,1,2,", "H1,ON_TIME,2,2,"), "x.csv line 3 says 2/2"),
    "parameters that disagree": (tidy("H1,totalOnTime,1,,", "H1,totalOnTime,2,,"), "line 3 says 2"),
    "a row too long": (tidy("H1,ON_TIME,1,2,,,"), "line 2: 7 cells; expected 5"),
    "no columns to read": ("a;b\n1;2\n", "the columns are 'a;b'; needed: unit,code"),
    "a missing column": (tidy("H1,ON_TIME,1", header="unit,code,numerator"), "needed: unit,code"),
    "a column twice": (tidy(header="unit,code,code"), "the column 'code' appears twice"),
    "an open quote": (tidy('H1,"ON_TIME,1,2,'), "is not a CSV row"),
    "swapped groups": ("unit,CLGQ,TTTT\nH1,8,11.5\n", "seem to be swapped"),
    "an unknown group": (tidy("H1,GROUP_TOTAL,,,5", header="unit,code,numerator,denominator,score"),
                         "there is no group ''"),
    "nothing": ("  \n", "x.csv: is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_CSV)
def test_a_csv_is_refused_with_its_place_and_what_is_allowed(edition, case):
    text, expected = BAD_CSV[case]
    message = refusal(edition, ("x.csv", text))
    assert expected in message
    assert message.startswith("x.csv") or "x.csv line" in message
    assert "\n" not in message


def with_metric(**changes: Any) -> bytes:
    metric = {"code": "PUBLISH_ON_TIME", "numerator": 1, "denominator": 48, "score": 0.12}
    unit = {"departmentCode": "H1", "metrics": [{**metric, **changes}]}
    return response(overview=unit)


BAD_JSON = {
    "text in a count": (with_metric(numerator="1"), "data.overview.metrics[0].numerator: '1'"),
    "true as a count": (with_metric(numerator=True), "metrics[0].numerator: 'True'"),
    "a negative count": (with_metric(numerator=-1), "metrics[0].numerator: '-1'"),
    "an endless integer": (with_metric(denominator=10**400), "metrics[0].denominator: '1000"),
    "a score above the maximum": (with_metric(score=7), "metrics[0].score: '7' is not a score"),
    "more than all": (with_metric(numerator=49), "the numerator 49 is above the denominator 48"),
    "half a pair": (with_metric(numerator=None), "metrics[0]: numerator '' with denominator '48'"),
    "an unknown indicator": (with_metric(code="NEW_ONE"), "there is no indicator 'NEW_ONE'"),
    "a code that is no text": (with_metric(code=3), "there is no indicator '3'"),
    "a renamed key": (
        response(overview={"departmentCode": "H1", "metrics": [{"code": "ON_TIME", "num": 1}]}),
        "data.overview.metrics[0]: 'numerator' is missing",
    ),
    "no unit": (response(overview={"metrics": metrics(TRANSPARENCY)}), "the unit is missing"),
    "a unit that is a number": (transparency(departmentCode=44), "departmentCode: '44' where"),
    "an unknown group": (
        response(evaluation=[{"departmentCode": "H1", "groupScores": {"XXXX": 1}}]),
        "there is no group 'XXXX'; allowed: CKMB, TDGQ, CLGQ",
    ),
    "swapped groups": (
        response(evaluation=[{"departmentCode": "H1", "groupScores": {"TTTT": 11.5}}]),
        "seem to be swapped",
    ),
    "another response": (response(monthlyChart=[]), "x.json, data: is not what"),
    "a list": (b"[1, 2]", "x.json, data: is not what"),
    "units that are no list": (response(evaluation={"a": 1}), "data.evaluation: is not what"),
    "a unit that is no object": (response(evaluation=[5]), "data.evaluation[0]: is not what"),
    "only scores of an unknown group": (
        response(parent={"departmentCode": "H1", "totalScore": 5}), "x.json, data: is not what"
    ),
    "an error of the portal": (b'{"code": "ERR_401", "data": null}', "answered 'ERR_401', not OK"),
    "NaN": (b'{"data": {"parent": NaN}}', "NaN is not allowed in JSON"),
    "Infinity": (b'{"data": {"parent": -Infinity}}', "-Infinity is not allowed in JSON"),
    "a number beyond any double": (
        b'{"data": {"parent": {"departmentCode": "H1", "totalReceived": 1e309}}}',
        "data.parent.totalReceived: '1e309' is not a count",
    ),
    "half a file": (PROGRESS[:80], "x.json line 1, column"),
    "a repeated key": (b'{"data": 1, "data": 2}', "the key 'data' appears twice"),
    "endless nesting": (b"[" * 100_000, "nested too deeply"),
    "nothing": (b"", "x.json: is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_JSON)
def test_a_response_is_refused_with_its_path_and_what_is_allowed(edition, case):
    content, expected = BAD_JSON[case]
    message = refusal(edition, ("x.json", content))
    assert expected in message
    assert "x.json" in message
    assert "\n" not in message


def test_files_of_two_periods_are_refused(edition):
    august = tree({"departmentCode": "H44", "totalReceived": 9, "totalOnTime": 8})
    message = refusal(edition, ("year.json", PROGRESS), ("month.json", august))
    assert message.startswith("H44 ON_TIME: year.json, data.parent says 528684/597918")
    assert "month.json" in message


def test_one_id_with_two_codes_is_refused(edition):
    other = tree({"departmentId": "id-44", "departmentCode": "H45", "totalReceived": 1,
                  "totalOnTime": 1})  # fmt: skip
    message = refusal(edition, ("a.json", PROGRESS), ("b.json", other))
    assert "the codes H44 and H45" in message


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"unit\x00code", "Điểm".encode("utf-16")]
)
def test_what_is_not_utf_8_text_is_refused(edition, content):
    assert "is not UTF-8 text" in refusal(edition, ("x.csv", content))


def test_a_file_of_another_kind_is_refused(edition):
    assert "allowed: .json" in refusal(edition, ("scores.xlsx", b"PK"))


def test_a_directory_and_a_missing_file_are_refused(edition, tmp_path):
    with pytest.raises(DataError) as caught:
        read_files([tmp_path], edition)
    assert caught.value.code == "input_not_a_file"
    with pytest.raises(DataError) as caught:
        read_files([tmp_path / "none.csv"], edition)
    assert caught.value.code == "input_missing"


def test_a_file_with_a_header_only_has_no_units(edition, tmp_path):
    path = tmp_path / "head.csv"
    path.write_text("unit,code,numerator,denominator\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_files([path], edition)
    assert caught.value.code == "input_without_units"
