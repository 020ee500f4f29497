"""An office's own files as the start of a what-if: the same figures as those that are shipped."""

from __future__ import annotations

import json

import pytest

from simulator.baseline import Basis
from simulator.baseline_files import load_baseline
from simulator.checks import check_files
from simulator.cli import main
from simulator.errors import DataError
from simulator.imports import About, baseline_of
from simulator.levers import open_dossiers
from simulator.project import project
from simulator.rank import peers_of
from simulator.readers import Reading
from simulator.rule_files import load_edition

EDITION = load_edition("2026-portal")


def written(baseline_id: str, path) -> None:
    """A shipped baseline as an office would keep it: a tidy table."""
    lines = ["unit,name,level,code,numerator,denominator,score"]
    for unit in load_baseline(baseline_id).units.values():
        start = f'{unit.code},"{unit.name}",{unit.level}'
        for item, known in zip(EDITION.indicators, unit.evidence, strict=True):
            if known.basis is Basis.COUNTS and not known.assumed:
                score = "" if known.published is None else known.published / 100
                lines.append(
                    f"{start},{item.code},{known.numerator:.0f},{known.denominator:.0f},{score}"
                )
        for group, points in unit.groups.items():
            lines.append(f"{start},{group},,,{points / 100}")
        if unit.total is not None:
            lines.append(f"{start},TOTAL,,,{unit.total / 100}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def imported(path, **about):
    reading = check_files([path], EDITION).reading
    assert reading.problems == ()
    return baseline_of(reading, EDITION, About(path.name, path.name, **about))


@pytest.mark.parametrize("baseline_id", ["vn-2026-10-10", "gialai-2026-10-10"])
def test_a_what_if_on_imported_figures_is_the_one_on_the_shipped(tmp_path, baseline_id):
    path = tmp_path / "own.csv"
    written(baseline_id, path)
    shipped = load_baseline(baseline_id)
    own = imported(path, period=shipped.period, captured_at=shipped.captured_at, is_complete=True)
    assert set(own.units) == set(shipped.units)
    for code in list(shipped.units)[::9]:
        ours, theirs = own.units[code], shipped.units[code]
        assert (ours.groups, ours.level, ours.pool) == (theirs.groups, theirs.level, theirs.pool)
        here = project(EDITION, ours, {}, peers_of(own, ours, load_baseline))
        there = project(EDITION, theirs, {}, peers_of(shipped, theirs, load_baseline))
        assert here.after.total == there.after.total
        assert here.after.standing == there.after.standing


def test_a_list_is_only_ranked_where_it_is_known_to_be_complete(tmp_path):
    path = tmp_path / "own.csv"
    written("gialai-2026-10-10", path)
    own = imported(path)
    assert own.incomplete_pools == {"H21-departments", "H21-communes"}
    commune = own.units["H21.227"]
    assert peers_of(own, commune, load_baseline) is None
    written("vn-2026-10-10", path)
    assert imported(path).incomplete_pools == frozenset()


def test_the_level_below_a_province_is_only_what_the_file_says(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("unit,TDGQ\nH44,17.68\nH44.07,13.78\n", encoding="utf-8")
    own = imported(path)
    assert own.units["H44"].pool == "provinces"
    assert own.units["H44.07"].pool is None


def test_the_score_of_a_single_procedure_is_no_group_score(tmp_path):
    content = {"code": "OK", "data": {"evaluation": [{
        "departmentCode": "H44", "departmentType": "PROVINCE", "totalScore": 10.68,
        "totalMaxScore": 20, "metrics": [
            {"code": "ORIGINAL_RESULT_AVAILABLE", "numerator": 145055, "denominator": 165139}],
    }]}}  # fmt: skip
    path = tmp_path / "one.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    unit = imported(path).units["H44"]
    assert (unit.groups, unit.level) == ({}, "province")


@pytest.mark.parametrize("kind", ["json", "wide", "tidy"])
def test_finished_dossiers_are_kept_so_the_open_ones_are_known(tmp_path, kind):
    """597,918 received and 490,441 finished leave 107,477 that can become overdue."""
    values = {"totalReceived": 597918, "totalOnTime": 528684, "totalCompleted": 490441}
    path = tmp_path / {"json": "a.json", "wide": "a.csv", "tidy": "a.csv"}[kind]
    parent = {"departmentCode": "H44", **values, "totalScore": 17.68}
    path.write_text({
        "json": json.dumps({"code": "OK", "data": {"parent": parent}}),
        "wide": f"unit,{','.join(values)}\nH44,{','.join(map(str, values.values()))}\n",
        "tidy": "unit,code,numerator,denominator\n"
        + "".join(f"H44,{name},{value},\n" for name, value in values.items()),
    }[kind], encoding="utf-8")  # fmt: skip
    unit = imported(path).units["H44"]
    assert unit.fact("COMPLETED") == 490_441
    assert open_dossiers(EDITION, unit) == 107_477


def test_nothing_read_is_no_baseline():
    with pytest.raises(DataError) as refused:
        baseline_of(Reading((), ()), EDITION, About("-", "empty.csv"))
    assert refused.value.code == "input_without_units"


def test_other_figures_have_another_fingerprint(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("unit,TDGQ\nH44,17.68\n", encoding="utf-8")
    first = imported(path).fingerprint
    assert imported(path).fingerprint == first
    path.write_text("unit,TDGQ\nH44,17.69\n", encoding="utf-8")
    assert imported(path).fingerprint != first


def test_the_command_line_looks_ahead_from_own_files(tmp_path, capsys):
    path = tmp_path / "own.csv"
    path.write_text(
        "unit,code,numerator,denominator,score\nH44,ON_TIME,528684,597918,17.68\n"
        "H44,TDGQ,,,17.68\n", encoding="utf-8",
    )  # fmt: skip
    arguments = ["whatif", "--file", str(path), "--period", "2026-ytd", "--captured", "2026-09-26",
                 "--until", "2026-12-31", "--set", "ON_TIME=100%", "--format", "json"]  # fmt: skip
    assert main(arguments) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["after"]["groups"]["TDGQ"] == 18.29


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--set", "ON_TIME=+1"], "Exactly one of --baseline and --file"),
        (["--baseline", "vn-2026-10-10", "--file", "x.csv"], "Exactly one of"),
        (["--file", "none.csv"], "1 mistakes in the files"),
    ],
)
def test_what_cannot_be_imported_is_one_line(arguments, sentence, capsys):
    assert main(["whatif", *arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said and said.count("\n") == 1
