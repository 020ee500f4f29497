"""The command line: its JSON, its text, and one line with exit code 2 on bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.baseline_files import baseline_ids
from simulator.cli import main

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
GROUPS = ["CKMB", "TDGQ", "ONLINE", "TTTT", "MDSH", "MDHL"]
PHU_THO = ["whatif", "--baseline", "phutho-2026-ytd"]


@pytest.fixture
def run(capsys):
    def call(*arguments: str) -> Any:
        assert main([*arguments, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def scores(tmp_path):
    def write(text: str, name: str = "scores.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


TIDY = (
    "unit,code,numerator,denominator,score\n"
    "H44,ON_TIME,528684,597918,17.68\n"
    "H44,PUBLISH_ON_TIME,0,0,\n"
    "H44,PAY_PROCEDURE,8,32,\n"
)


def test_score_prints_points_beside_published_values(run, scores):
    assert run("score", scores(TIDY)) == {
        "edition": "2026-portal",
        "units": [
            {
                "unit": "H44",
                "groups": {code: 17.68 if code == "TDGQ" else None for code in GROUPS},
                "total": None,
                "indicators": [
                    {"code": "PUBLISH_ON_TIME", "numerator": 0, "denominator": 0,
                     "points": None, "max": 6, "published": None},
                    {"code": "ON_TIME", "numerator": 528684, "denominator": 597918,
                     "points": 17.68, "max": 20, "published": 17.68},
                    {"code": "PAY_PROCEDURE", "numerator": 8, "denominator": 32,
                     "points": 0.63, "max": 2, "published": None},
                ],
            }
        ],
    }  # fmt: skip


def test_score_shows_published_groups_only_where_a_file_has_them(run, scores):
    groups = scores("unit,CKMB,total\nH44,7.96,61.89\n", "groups.csv")
    (unit,) = run("score", scores(TIDY), groups)["units"]
    assert unit["published"] == {"groups": {"CKMB": 7.96}, "total": 61.89}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_six_responses_of_a_year_give_all_of_phu_tho(run):
    files = sorted(str(path) for path in SHARED.glob("portal/phutho/*/year.json"))
    units = {unit["unit"]: unit for unit in run("score", *files)["units"]}
    assert units["H44"]["total"] == 61.89
    assert list(units["H44"]["groups"]) == GROUPS
    assert units["H44"]["groups"] == units["H44"]["published"]["groups"]
    assert len(units["H44"]["indicators"]) == 21


def test_score_as_text_shows_a_dash_for_what_is_not_known(capsys, scores):
    assert main(["score", scores(TIDY)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "H44  (edition 2026-portal)"
    assert any(line.split() == ["ON_TIME", "528,684/597,918", "17.68", "20", "17.68"]
               for line in lines)  # fmt: skip
    assert lines[-1].split() == ["Total", "-", "100", "-"]


def test_score_by_an_edition_without_component_points_says_that_it_is_an_estimate(capsys, scores):
    assert main(["score", scores(TIDY), "--edition", "2022-2025", "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["edition"] == "2022-2025"
    assert printed.err.startswith("Estimate")


def test_whatif_shows_before_after_and_contributions_that_add_up(run):
    shown = run(*PHU_THO, "--set", "ON_TIME=+3000", "--set", "ONLINE_SERVICE_USED=40%")
    assert list(shown) == ["unit", "before", "after", "contributions", "warnings"]
    assert shown["unit"] == "H44"
    assert list(shown["before"]) == ["groups", "total", "class", "rank"]
    assert list(shown["before"]["groups"]) == GROUPS
    assert (shown["before"]["total"], shown["before"]["class"]) == (61.89, "Average")
    assert shown["before"]["rank"] == 16
    change = round(shown["after"]["total"] - shown["before"]["total"], 2)
    assert change == round(sum(part["points"] for part in shown["contributions"]), 2) == 0.64
    assert [part["lever"] for part in shown["contributions"]] == ["ON_TIME", "ONLINE_SERVICE_USED"]


def test_whatif_without_a_setting_changes_nothing(run):
    shown = run(*PHU_THO)
    assert shown["before"] == shown["after"]
    assert shown["contributions"] == []


def test_a_saturated_lever_brings_nothing(run):
    shown = run(*PHU_THO, "--set", "ONLINE_SUBMISSION=+1000")
    assert shown["contributions"] == [{"lever": "ONLINE_SUBMISSION", "points": 0.0}]


def test_whatif_says_that_the_peers_are_of_another_capture(run):
    assert any("vn-2026-09-26" in warning for warning in run(*PHU_THO)["warnings"])


def test_whatif_of_old_figures_says_estimate_and_why_there_is_no_rank(run):
    shown = run("whatif", "--baseline", "tth-2022", "--lang", "vi")
    assert shown["before"]["rank"] is None
    assert shown["before"]["class"] == "Trung bình"
    assert shown["warnings"][0].startswith("Ước tính")
    assert any(warning.startswith("Không xếp hạng") for warning in shown["warnings"])


def test_an_assumed_starting_value_makes_a_lever_usable_and_is_named(run):
    shown = run(
        "whatif", "--baseline", "vn-2026-10-10", "--unit", "H20",
        "--assume", "ONLINE_SERVICE_USED=500/2000", "--set", "ONLINE_SERVICE_USED=+500",
    )  # fmt: skip
    assert shown["contributions"] == [{"lever": "ONLINE_SERVICE_USED", "points": 1.0}]
    assert any("500/2,000 is an assumption" in warning for warning in shown["warnings"])


def test_an_inferred_starting_value_is_named_where_a_lever_moves_it(run):
    national = ("whatif", "--baseline", "vn-2026-10-10", "--unit", "H44")
    assert run(*national)["warnings"] == []
    (warning,) = run(*national, "--set", "FEE_PROCEDURE=+10")["warnings"]
    assert "inferred from the group score" in warning


def test_a_cut_count_is_told(run):
    shown = run(*PHU_THO, "--set", "ON_TIME=100%", "--set", "OVERDUE_FLAG_REPAIRED=+10")
    assert any("cannot exceed 100%" in warning for warning in shown["warnings"])


def test_whatif_as_text_shows_both_states_and_the_notes(capsys):
    assert main([*PHU_THO, "--set", "ON_TIME=+3000", "--lang", "vi"]) == 0
    text = capsys.readouterr().out
    assert "Tổng điểm       61,89       62,03  +0,14" in text
    assert "Lưu ý: " in text


def test_text_of_an_estimate_has_one_decimal(capsys):
    assert main(["whatif", "--baseline", "tth-2022"]) == 0
    (total,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Total")]
    assert total.split()[1] == "54.1"


def test_baselines_lists_every_shipped_baseline(run):
    entries = run("baselines")
    assert [entry["id"] for entry in entries] == list(baseline_ids())
    keys = ["id", "title", "edition", "period", "captured_at", "units"]
    assert all(list(entry) == keys for entry in entries)
    assert {entry["id"]: entry["units"] for entry in entries}["gialai-2026-10-10"] == 149


def test_reproduce_counts_what_the_rules_reproduce(run, capsys):
    shown = run("reproduce")
    assert shown["cases"] == shown["exact"]
    assert [item["what"] for item in shown["exceptions"]] == ["CKMB"]
    assert main(["reproduce"]) == 0
    assert "Thái Nguyên CKMB 8.10 / 8.11" in capsys.readouterr().out


def module(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        cwd=ROOT, capture_output=True, env={**os.environ, **environment}, check=False,
    )  # fmt: skip


def test_python_m_simulator_prints_vietnamese_in_any_locale():
    done = module("baselines", "--format", "json", "--lang", "vi", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))[0]["title"].startswith("34 tỉnh")


def test_the_command_line_never_imports_streamlit():
    code = "import sys, simulator.cli; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_until_the_end_of_the_year_gives_the_figures_of_the_screen(capsys):
    arguments = ["whatif", "--baseline", "phutho-2026-ytd", "--until", "2026-12-31",
                 "--set", "ON_TIME=100%", "--format", "json"]  # fmt: skip
    assert main(arguments) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["after"]["groups"]["TDGQ"], shown["after"]["total"]) == (18.29, 62.61)
    ahead = shown["ahead"]
    assert ahead["inflow"]["dossier"] == {"so_far": 597918, "coming": 213383, "source": "pace"}
    assert [ahead[name]["total"] for name in ("floor", "line", "ceiling")] == [45.93, 61.89, 83.96]
    assert ahead["ceiling"]["rank"] == 1


def test_a_monthly_inflow_counts_for_the_days_that_are_left(capsys):
    arguments = ["whatif", "--baseline", "phutho-2026-ytd", "--until", "2026-12-31",
                 "--inflow", "67000/month", "--inflow", "petition=0",
                 "--format", "json"]  # fmt: skip
    assert main(arguments) == 0
    inflow = json.loads(capsys.readouterr().out)["ahead"]["inflow"]
    assert inflow["dossier"]["coming"] == 211463  # 67,000 * 12 * 96 / 365
    assert inflow["petition"] == {"so_far": 570, "coming": 0, "source": "typed"}
