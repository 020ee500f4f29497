"""Readers: what cannot be meant is refused with file, place, value and what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import DataError
from simulator.readers import read_files
from simulator.rules import Edition
from simulator.text import explain
from tests.portal_files import PROGRESS, TRANSPARENCY, metrics, response, scored, transparency, tree


def refusal(edition: Edition, *files: tuple[str, bytes | str]) -> str:
    with pytest.raises(DataError) as caught:
        scored(edition, *files)
    explain(caught.value, "vi")
    return explain(caught.value, "en")


def tidy(*rows: str, header: str = "unit,code,numerator,denominator,score") -> str:
    return "\n".join([header, *rows]) + "\n"


BAD_CSV = {
    "text in a count": (tidy("H1,ON_TIME,ba,10,"), "line 2, column numerator: 'ba'"),
    "a negative count": (tidy("H1,ON_TIME,-1,10,"), "line 2, column numerator: '-1'"),
    "NaN": (tidy("H1,ON_TIME,1,NaN,"), "line 2, column denominator: 'NaN'"),
    "an infinite count": (tidy("H1,ON_TIME,1e309,10,"), "'1e309' is not a count"),
    "a count with a dot for thousands": (tidy("H1,ON_TIME,11.000,12000,"),
                                         "11.000 could be 11000 or 11"),
    "a count with three decimals": (tidy("H1,ON_TIME,10,12.345,"), "12345 or 12.345"),
    "a fraction of a dossier": (tidy("H1,ON_TIME,1.5,10,"), "'1.5' is not a count"),
    "a decimal comma": (tidy('H1,ON_TIME,"1,5",10,'), "'1,5' is not a count"),
    "digits of another script": (tidy("H1,ON_TIME,١,10,"), "is not a count"),
    "a count a double cannot hold": (tidy(f"H1,ON_TIME,1,{10**17},"), "is not a count"),
    "more than all": (tidy("H1,ON_TIME,12,10,"), "line 2: the numerator 12 is above"),
    "half a pair": (tidy("H1,ON_TIME,12,,"), "line 2: numerator '12' with denominator ''"),
    "a score above the maximum": (tidy("H1,ON_TIME,1,2,20.5"), "from 0 to 20"),
    "an unknown indicator": (tidy("H1,ONTIME,1,2,"), "there is no indicator 'ONTIME'; allowed"),
    "no unit": (tidy(",ON_TIME,1,2,"), "line 2: the unit is missing"),
    "rows that disagree": (tidy("H1,ON_TIME,1,2,", "H1,ON_TIME,2,2,"), "x.csv line 3 says 2/2"),
    "parameters that disagree": (tidy("H1,totalOnTime,1,,", "H1,totalOnTime,2,,"), "line 3 says 2"),
    "a row too long": (tidy("H1,ON_TIME,1,2,,,9"), "line 2: 7 cells; expected 5"),
    "no columns to read": ("a;b\n1;2\n", "the columns are 'a, b'; needed: unit,code"),
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
    "a list": (b"[1, 2]", "x.json, [0]: is not what"),
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
    "content", [b"\x89PNG\r\n\x1a\n", b"unit\x00code", "Điểm".encode("utf-16")[:-1]]
)
def test_what_is_not_utf_8_text_is_refused(edition, content):
    assert "is not UTF-8 text" in refusal(edition, ("x.csv", content))


def test_a_file_of_another_kind_is_refused(edition):
    assert "allowed: .json" in refusal(edition, ("scores.odt", b"text"))


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
