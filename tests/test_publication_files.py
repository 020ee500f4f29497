"""Five published documents against the baselines that were transcribed from them by hand."""

from __future__ import annotations

import csv
import tomllib

import pytest

from simulator.checks import Level, check_reading
from simulator.readers.publication import read_publication
from simulator.readers.records import Reading
from simulator.rule_files import load_edition
from tests.paths import PROJECT

EDITION = load_edition("2022-2025")
SEEDS = PROJECT.parent / "shared" / "seeds"
# Start of the document's name, folder of the baseline, its units by those of the reading.
DOCUMENTS = {
    "000": ("bencau-2023-02", {"ben-cau": "don-vi"}),
    "001": (
        "binhthuan-2023",
        {
            "binhthuan": "tinh-binh-thuan",
            "binhthuan-so-nganh": "cac-so-nganh",
            "binhthuan-phu-quy": "huyen-phu-quy",
            "binhthuan-ham-thuan-nam": "huyen-ham-thuan-nam",
        },
    ),
    "002": ("nari-2023-10m", {"nari": "huyen-na-ri"}),
    "003": ("province-2023-11", {"unnamed-province": "don-vi"}),
    "004": ("tth-2022", {"tth": "tinh-thua-thien-hue"}),
}
# What the transcription holds and the reader does not take, with the finding that says why.
NOT_TAKEN = {
    "002": {
        ("nari", "SO_HOA_GIAY_TO_GIAI_QUYET"): "bound_not_read",
        ("nari", "PAY_DOSSIER"): "bound_not_read",
    }
}
# Numbers of classes and groups are told in the transcription only: they are no figures of units.
TOLD_ONLY = {
    "CLASS_AVERAGE", "CLASS_WEAK", "CLASS_AVERAGE_DISTRICTS", "GROUPS_BELOW_NATIONAL_AVERAGE",
    "GROUPS_MOST_BELOW",
}  # fmt: skip


def document(number: str) -> Reading:
    files = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not files:
        pytest.skip("../shared/seeds is not here")
    return read_publication(files[0].read_text(encoding="utf-8"), files[0].name, EDITION)


def table(number: str, name: str) -> list[dict[str, str]]:
    path = PROJECT / "data" / "baselines" / DOCUMENTS[number][0] / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(number: str, unit: str) -> str:
    return DOCUMENTS[number][1].get(unit, unit)


@pytest.mark.parametrize("number", DOCUMENTS)
def test_scores_and_averages_are_those_of_the_transcription(number):
    reading = document(number)
    found = {(row.unit.key, row.group): (row.published, row.average) for row in reading.groups}
    expected = {
        (key(number, row["unit"]), row["group"]): (
            round(float(row["points"]) * 100),
            round(float(row["national_average"]) * 100) if row["national_average"] else None,
        )
        for row in table(number, "scores")
    }
    assert found == expected


@pytest.mark.parametrize("number", DOCUMENTS)
def test_rates_and_counts_of_indicators_are_those_of_the_transcription(number):
    reading = document(number)
    found = {
        (row.unit.key, row.code): (row.numerator, row.denominator, row.is_rate)
        for row in reading.rows
    }
    expected = {}
    codes = {doubt.code for doubt in reading.doubts}
    for row in table(number, "indicators"):
        reason = NOT_TAKEN.get(number, {}).get((row["unit"], row["indicator"]))
        if reason:
            assert reason in codes
            continue
        values = [float(row[name]) if row[name] else None for name in ("numerator", "denominator")]
        subject = (key(number, row["unit"]), row["indicator"])
        expected[subject] = (*values, row["basis"] == "rate")
    assert found == expected


@pytest.mark.parametrize("number", DOCUMENTS)
def test_numbers_beside_the_score_are_those_of_the_transcription(number):
    found = {
        (fact.unit.key, fact.code): fact.value
        for fact in document(number).facts
        if not fact.code.startswith("PUBLISHED_")
    }
    expected = {
        (key(number, row["unit"]), row["fact"]): float(row["value"])
        for row in table(number, "facts")
        if row["fact"] not in TOLD_ONLY
    }
    assert found == expected


@pytest.mark.parametrize("number", DOCUMENTS)
def test_ranks_are_those_that_were_printed(number):
    reading = document(number)
    found = {
        (fact.unit.key, fact.code): fact.value
        for fact in reading.facts
        if fact.code.startswith("PUBLISHED_")
    }
    expected = {}
    for row in table(number, "units"):
        if row["published_rank"] and row["level"] == "province":
            unit = key(number, row["unit"])
            expected[unit, "PUBLISHED_RANK"] = float(row["published_rank"])
            expected[unit, "PUBLISHED_POOL_SIZE"] = float(row["published_pool_size"])
    assert found == expected
    if number == "004":
        # The transcription ranks districts by their totals; the letter numbers every row "1.".
        assert "rows_numbered_alike" in {doubt.code for doubt in reading.doubts}


@pytest.mark.parametrize("number", DOCUMENTS)
def test_units_are_those_of_the_transcription(number):
    reading = document(number)
    units = {row.unit.key: row.unit for row in (*reading.rows, *reading.groups, *reading.facts)}
    assert set(units) == {key(number, row["unit"]) for row in table(number, "units")}
    for row in table(number, "units"):
        level = units[key(number, row["unit"])].level
        assert level in (None, row["level"]), row["unit"]


@pytest.mark.parametrize("number", DOCUMENTS)
def test_the_period_is_that_of_the_transcription(number):
    stated = document(number).stated
    path = PROJECT / "data" / "baselines" / DOCUMENTS[number][0] / "baseline.toml"
    assert stated is not None
    assert stated.period == tomllib.loads(path.read_text(encoding="utf-8"))["period"]


@pytest.mark.parametrize("number", DOCUMENTS)
def test_no_document_leaves_a_question_open(number):
    assert document(number).problems == ()


def test_only_the_document_whose_groups_exceed_its_total_is_found_wrong():
    report = check_reading(document("002"), EDITION)
    assert "parts_above_total" in {finding.code for finding in report.of(Level.WRONG)}
    for number in ("000", "001", "003", "004"):
        assert check_reading(document(number), EDITION).of(Level.WRONG) == []
