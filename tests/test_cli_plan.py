"""The command ``plan``: its JSON and text, and the what-if it names, which scores it again."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from typing import Any

import pytest

from simulator.baseline_files import load_baseline
from simulator.cli import RUNS, main
from simulator.cli_parser import build_parser
from simulator.cli_plan import planned
from simulator.cli_plan_output import Planned, plan_json
from simulator.cli_plan_text import plan_text
from simulator.effort import default_effort
from simulator.numbers import format_percent
from simulator.plan_choices import is_offered
from simulator.plan_goals import Goal, Limits
from simulator.plan_solver import Planner
from simulator.rank_ahead import Question, rank_ahead
from simulator.scenario import Scenario, outlook_of
from tests.paths import PROJECT
from tests.test_cli_rank import departments
from tests.test_imports import written

NATIONAL = "vn-2026-10-10"
LIST = load_baseline(NATIONAL)
KEYS = [
    "unit", "baseline", "captured_at", "until", "days_left", "inflow", "asked", "goal", "status",
    "hours", "gap", "before", "line", "after", "moving", "levers", "given", "impossible", "whatif",
    "warnings",
]  # fmt: skip
LEVER_KEYS = [
    "code", "name", "change", "unit", "from", "to", "hours", "hours_each", "per_month", "given",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def run(output):
    def call(*arguments: str) -> Any:
        return json.loads(output("plan", *arguments, "--format", "json"))

    return call


@pytest.fixture
def scored(output):
    """What the command prints that a plan names."""

    def call(shown: dict[str, Any]) -> Any:
        assert shown["whatif"][:4] == ["python", "-m", "simulator", "whatif"]
        return json.loads(output(*shown["whatif"][3:]))

    return call


@pytest.mark.parametrize(
    ("code", "certainty"),
    [(code, None) for code in LIST.units] + [(code, "0.8") for code in list(LIST.units)[::3]],
)
def test_every_province_is_told_the_cheapest_way_three_places_up_or_why_there_is_none(
    run, scored, code, certainty
):
    asked = ["--unit", code, "--gain-places", "3", "--until", "2026-12-31"]
    shown = run(*asked, *(["--certainty", certainty] if certainty else []))
    wanted = max(shown["before"]["rank"] - 3, 1)
    assert (shown["baseline"], shown["until"]) == (NATIONAL, "2026-12-31")
    assert (shown["asked"]["rank"], shown["asked"]["certainty"]) == (
        wanted, float(certainty) if certainty else None,
    )  # fmt: skip
    again = scored(shown)
    assert again["before"] == shown["before"]
    assert again["after"] == shown["after"]
    assert set(again["after"]["groups"]) == set(LIST.edition.group_by_code)
    if shown["status"] == "reached":
        assert shown["impossible"] is None
        assert shown["after"]["total"] >= shown["goal"]["total"]
        assert shown["after"]["rank"] <= wanted
        assert certainty is None or shown["moving"]["at_least"] >= float(certainty)
    else:
        told = shown["impossible"]
        assert shown["after"]["total"] == told["best"]["total"] < shown["goal"]["total"]
        assert told["bindings"]
        assert {item["reason"] for item in told["bindings"]} <= {"unpublished", "period"}


def test_the_issue_asks_for_a_total_a_rank_and_a_lock(run, scored):
    asked = ["--unit", "H44", "--target-total", "65", "--target-rank", "10", "--certainty", "0.8",
             "--lock", "PAY_PROCEDURE"]  # fmt: skip
    shown = run(*asked)
    assert list(shown) == KEYS
    assert all(list(lever) == LEVER_KEYS for lever in shown["levers"])
    assert shown["goal"]["total"] > 65
    assert shown["status"] == "reached"
    assert shown["given"]["locks"] == {"PAY_PROCEDURE": 0.0}
    assert "PAY_PROCEDURE" not in {lever["code"] for lever in shown["levers"]}
    assert scored(shown)["after"] == shown["after"]
    assert run(*asked[:-2])["hours"] <= shown["hours"]


def test_the_answer_is_the_one_of_the_solver(run):
    unit, edition = LIST.unit("H44"), LIST.edition
    ahead = outlook_of(LIST, unit, Scenario(NATIONAL, "H44", until="2026-12-31"))
    months = float(ahead.period.remaining_days) / (365 / 12)
    of = Planner(edition, unit, ahead, default_effort(edition.code), Limits(months=months))
    plan = of.cheapest(Goal(6500))
    shown = run("--unit", "H44", "--target-total", "65")
    assert {lever["code"]: lever["change"] for lever in shown["levers"]} == plan.settings
    assert shown["hours"] == pytest.approx(plan.total_hours)
    assert sum(lever["hours"] for lever in shown["levers"]) == pytest.approx(shown["hours"])
    assert shown["gap"] == 0
    assert shown["after"]["total"] == 65
    for lever in shown["levers"]:
        assert lever["per_month"] == pytest.approx(lever["change"] / months)
        assert lever["from"] < lever["to"] <= 100
        assert lever["given"] is False
    outcomes = rank_ahead(Question(NATIONAL, "H44", until="2026-12-31"))
    assert shown["moving"]["interval"] == list(outcomes.interval(6500))
    assert shown["moving"]["at_least"] is None


def test_a_period_that_runs_is_looked_at_to_its_end_unless_it_is_asked_as_a_whole(run, scored):
    ahead, until, whole = (
        run("--unit", "H44", "--target-total", "64", *more)
        for more in ([], ["--until", "2026-12-31"], ["--whole"])
    )
    assert ahead == until
    assert (ahead["until"], round(ahead["days_left"])) == ("2026-12-31", 82)
    assert whole["until"] is whole["days_left"] is whole["inflow"] is None
    assert "--until" not in whole["whatif"]
    assert whole["line"] == whole["before"]
    assert {lever["per_month"] for lever in whole["levers"]} == {None}
    assert scored(whole)["after"] == whole["after"]


def test_a_period_that_is_over_is_planned_as_a_whole_and_says_so(run, scored):
    shown = run("--baseline", "phutho-2026-08", "--target-total", "70")
    assert (shown["until"], shown["moving"]) == (None, None)
    assert "ended on 31/08/2026" in shown["warnings"][0]
    assert shown["after"]["rank"] is None
    assert scored(shown)["after"] == shown["after"]


def test_inflows_assumptions_and_what_is_set_are_taken_as_given(run, scored):
    given = ["--baseline", NATIONAL, "--unit", "H20", "--assume", "ONLINE_SERVICE_USED=500/2000",
             "--inflow", "30000/month", "--set", "ON_TIME=+500", "--set", "PETITION_NEW=+2",
             "--floor", "ONLINE_SERVICE_USED=+20"]  # fmt: skip
    shown = run(*given, "--target-total", "70")
    assert shown["inflow"]["dossier"]["source"] == "typed"
    assert shown["given"]["settings"] == {"ON_TIME": 500, "PETITION_NEW": 2}
    assert shown["given"]["locks"] == {"ON_TIME": 500, "PETITION_NEW": 2}
    assert shown["given"]["floors"] == {"ONLINE_SERVICE_USED": 20}
    levers = {lever["code"]: lever for lever in shown["levers"]}
    assert levers["ON_TIME"]["change"] == 500
    assert levers["ONLINE_SERVICE_USED"]["change"] >= 20
    assert {code for code, lever in levers.items() if lever["given"]} == {"ON_TIME", "PETITION_NEW"}
    assert shown["status"] == "reached"
    assert shown["after"]["total"] >= 70
    assert scored(shown)["after"] == shown["after"]


def test_a_rate_that_is_set_is_a_change_that_stays(run, scored):
    shown = run("--unit", "H44", "--set", "ON_TIME=95%", "--target-total", "66")
    (change,) = shown["given"]["settings"].values()
    assert shown["given"]["locks"] == {"ON_TIME": change}
    assert {lever["code"]: lever["change"] for lever in shown["levers"]}["ON_TIME"] == change
    assert scored(shown)["after"] == shown["after"]


def test_own_hours_and_capacities_replace_the_examples(run):
    asked = ["--unit", "H44", "--target-total", "63"]
    example = run(*asked)
    assert "not measured anywhere" in example["given"]["effort"]
    (first, *_) = (lever["code"] for lever in example["levers"])
    dear = run(*asked, "--hours", f"{first}=9999")
    assert dear["given"]["effort"].startswith("Values of the office")
    assert first not in {lever["code"] for lever in dear["levers"]}
    few = run(*asked, "--per-month", "PUBLIC_UPDATE_ON_TIME=2")
    levers = {lever["code"]: lever for lever in few["levers"]}
    assert levers["PUBLIC_UPDATE_ON_TIME"]["change"] <= 2 * few["days_left"] / (365 / 12)
    assert few["hours"] > example["hours"]


def test_own_hours_are_read_with_a_comma_or_a_point(run):
    asked = ["--unit", "H44", "--target-total", "63", "--hours"]
    comma, point = (run(*asked, f"PUBLISH_ON_TIME={text}") for text in ("2,5", "2.5"))
    assert comma == point
    levers = {lever["code"]: lever["hours_each"] for lever in comma["levers"]}
    assert levers["PUBLISH_ON_TIME"] == 2.5


@pytest.mark.parametrize("name", ["kha", "Khá", "FAIR", "fair", " KHÁ "])
def test_a_class_is_asked_by_its_code_or_its_name(run, name):
    shown = run("--unit", "H44", "--target-class", name)
    assert shown["asked"]["class"] == "FAIR"
    assert (shown["goal"]["total"], shown["after"]["class"]) == (70, "Fair")


def test_groups_are_reached_at_once(run, scored):
    shown = run("--unit", "H44", "--target-group", "TDGQ=18", "--target-group", "TTTT=8,5")
    assert shown["asked"]["groups"] == {"TDGQ": 18, "TTTT": 8.5}
    assert shown["goal"] == {"total": None, "groups": {"TDGQ": 18, "TTTT": 8.5}}
    assert shown["after"]["groups"]["TDGQ"] >= 18
    assert shown["after"]["groups"]["TTTT"] >= 8.5
    assert scored(shown)["after"] == shown["after"]


def test_hours_bring_the_most_points_they_can(run, scored):
    shown = run("--unit", "H44", "--budget", "500")
    assert shown["asked"]["hours"] == 500
    assert shown["hours"] <= 500
    assert shown["after"]["total"] == shown["goal"]["total"]
    assert scored(shown)["after"] == shown["after"]
    above = f"{shown['after']['total'] + 0.01:.2f}"
    assert run("--unit", "H44", "--target-total", above)["hours"] > 500


def test_what_is_reached_anyway_needs_nothing(run, scored, output):
    shown = run("--unit", "H44", "--target-total", "60")
    assert (shown["status"], shown["levers"], shown["hours"]) == ("reached", [], 0)
    assert shown["after"] == shown["line"] == scored(shown)["after"]
    text = output("plan", "--unit", "H44", "--target-total", "60")
    assert "Nothing has to be done" in text
    assert "Lever" not in text
    must = output("plan", "--unit", "H44", "--target-total", "60", "--floor", "PAY_DOSSIER=+5")
    assert "beyond what is taken as given" in must
    assert "To be done at least: PAY_DOSSIER +5." in must


def test_the_first_keeps_its_place_and_is_told_so(run):
    shown = run("--unit", "H20", "--gain-places", "3")
    assert (shown["before"]["rank"], shown["asked"]["rank"]) == (1, 1)
    assert any("cannot go 3 places up" in warning for warning in shown["warnings"])
    assert shown["levers"] == []
    third = run("--unit", "H24", "--gain-places", "2")
    assert (third["before"]["rank"], third["asked"]["rank"]) == (3, 1)
    assert not any("places up" in warning for warning in third["warnings"])


def test_out_of_reach_names_the_best_possible_what_binds_and_since_when(run, scored):
    shown = run("--unit", "H44", "--target-total", "90", "--lock", "PAY_PROCEDURE",
                "--per-month", "FEE_PROCEDURE=10")  # fmt: skip
    told = shown["impossible"]
    assert shown["status"] == "impossible"
    assert told["missing"]["total"] == pytest.approx(90 - shown["after"]["total"])
    named = {item["indicator"]: item for item in told["bindings"]}
    assert (named["PAY_PROCEDURE"]["reason"], named["PAY_PROCEDURE"]["levers"]) == (
        "locked", ["PAY_PROCEDURE"],
    )  # fmt: skip
    assert named["FEE_PROCEDURE"]["reason"] == "capacity"
    assert named["ON_TIME"]["reason"] == "period"
    assert named["ON_TIME"]["missing"] > 0
    assert named["ONLINE_SUBMISSION"] == {
        "indicator": "ONLINE_SUBMISSION", "name": "Dossiers submitted online",
        "reason": "unpublished", "missing": None, "levers": [],
    }  # fmt: skip
    assert "2026-01-01" < told["reachable_until"] < shown["captured_at"][:10]
    assert scored(shown)["after"] == shown["after"]


def test_limits_alone_can_be_what_stands_in_the_way(run, output):
    asked = ["--unit", "H44", "--target-group", "CKMB=9", "--lock", "PUBLISH_ON_TIME",
             "--lock", "PUBLIC_UPDATE_ON_TIME"]  # fmt: skip
    shown = run(*asked)
    assert shown["impossible"]["missing"]["total"] is None
    assert shown["impossible"]["missing"]["groups"]["CKMB"] > 0
    text = output("plan", *asked)
    assert "as levers are locked: PUBLISH_ON_TIME" in text
    assert "Only the limits that were set stand in the way" in text


def test_an_assumed_risk_is_named_where_it_alone_stands_in_the_way(run, output):
    """What is reachable at the capture itself is kept away by the risk, not by what was lost."""
    best = run("--unit", "H44", "--target-total", "90")["after"]["total"]
    asked = ["--unit", "H44", "--target-total", str(best), "--set", "PETITION_NEW=+104"]
    shown = run(*asked)
    assert shown["impossible"]["reachable_until"] == shown["captured_at"][:10]
    risks = [item for item in shown["impossible"]["bindings"] if item["reason"] == "risk"]
    assert risks
    assert all(item["levers"] == ["PETITION_NEW"] for item in risks)
    missing = shown["impossible"]["missing"]["total"]
    assert sum(item["missing"] for item in risks) == pytest.approx(missing)
    english, vietnamese = (output("plan", *asked, "--lang", language) for language in ("en", "vi"))
    assert "short because of assumed risks: PETITION_NEW." in english
    assert "(locks, monthly capacity or assumed risks): without them" in english
    assert "vì rủi ro đang thử: PETITION_NEW." in vietnamese
    assert "(khóa, năng lực tháng hoặc rủi ro đang thử)" in vietnamese


def test_some_days_are_no_pace_of_a_month(run):
    shown = run("--unit", "H44", "--target-total", "90", "--until", "2026-10-15")
    assert shown["days_left"] < 30
    assert shown["levers"]
    assert all(lever["per_month"] == lever["change"] for lever in shown["levers"])


@pytest.mark.parametrize(
    ("certainty", "shown"), [("0.8", "80%"), ("0.875", "87.5%"), ("0.999", "99.9%")]
)
def test_a_certainty_is_shown_as_it_was_asked(output, certainty, shown):
    text = output("plan", "--unit", "H44", "--target-rank", "15", "--certainty", certainty)
    assert f" {shown}" in text.split("\nAsked")[1].splitlines()[0]


def test_peers_that_are_held_and_peers_that_move_are_asked_for_different_totals(run):
    held = run("--unit", "H44", "--target-rank", "15")
    sure = run("--unit", "H44", "--target-rank", "15", "--certainty", "0.9")
    assert held["after"]["rank"] == 15
    assert held["moving"]["at_least"] < 0.5
    assert sure["moving"]["at_least"] >= 0.9
    assert sure["goal"]["total"] > held["goal"]["total"]
    assert sure["hours"] > held["hours"]


def test_equal_seeds_give_equal_plans(output):
    asked = ["plan", "--unit", "H44", "--target-rank", "12", "--certainty", "0.8", "--format",
             "json", "--seed"]  # fmt: skip
    first = output(*asked, "7")
    assert output(*asked, "7") == first
    assert json.loads(first)["moving"]["seed"] == 7
    assert json.loads(output(*asked, "8"))["moving"] != json.loads(first)["moving"]


def test_files_are_scored_again_from_the_same_files(run, scored, tmp_path):
    path = tmp_path / "of the list.csv"
    written(NATIONAL, path)
    files = ["--file", str(path), "--period", "2026-ytd", "--captured", "2026-10-10T14:00:40+07:00",
             "--complete", "--unit", "H44"]  # fmt: skip
    shown = run(*files, "--gain-places", "3")
    assert shown["baseline"] == "own"
    assert shown["after"] == run("--unit", "H44", "--gain-places", "3")["after"]
    assert scored(shown)["after"] == shown["after"]
    undated = run("--file", str(path), "--unit", "H44", "--target-total", "64")
    assert (undated["until"], undated["moving"]) == (None, None)
    assert "as if for the whole period" in undated["warnings"][0]
    assert scored(undated)["after"] == undated["after"]


def test_a_whole_list_of_files_is_scored_again_as_one(run, scored, tmp_path, edition):
    path = departments(tmp_path / "departments.csv", edition, 0)
    shown = run("--file", path, "--period", "2026-ytd", "--captured", "2026-10-11", "--complete",
                "--unit", "H44.04", "--target-rank", "1")  # fmt: skip
    assert shown["status"] == "impossible"
    assert (shown["after"]["rank"], scored(shown)["after"]) == (7, shown["after"])


def test_files_of_another_edition_are_scored_again_by_its_rules(run, scored, tmp_path):
    path = tmp_path / "older.csv"
    written("tth-2022", path)
    shown = run("--file", str(path), "--edition", "2022-2025", "--target-group", "MDSH=10",
                "--assume", "ORIGINAL_RESULT_AVAILABLE=300/1000")  # fmt: skip
    again = scored(shown)
    assert again["after"] == shown["after"]
    assert again["after"]["groups"]["MDSH"] >= 10
    assert any(warning.startswith("Estimate") for warning in again["warnings"])


def test_rates_alone_are_planned_and_scored_again(run, scored):
    shown = run("--baseline", "tth-2022", "--target-total", "60")
    assert any(not float(lever["change"]).is_integer() for lever in shown["levers"])
    assert {lever["unit"] for lever in shown["levers"]} == {"point"}
    assert shown["after"]["total"] >= 60
    assert any(warning.startswith("Estimate") for warning in shown["warnings"])
    assert scored(shown)["after"] == shown["after"]


def test_the_newest_figures_are_taken_in_which_the_unit_is_ranked_or_has_a_total(run, refused):
    assert run("--unit", "H21.227", "--target-rank", "100")["baseline"] == "gialai-2026-10-10"
    assert run("--unit", "H44.01", "--target-group", "TDGQ=10")["baseline"].startswith("phutho")
    assert "H44.01 cannot be ranked" in refused("--unit", "H44.01", "--target-rank", "1")


TEXTS = {
    "vi": [
        "Tính đến hết ngày 31/12/2026, còn 82 ngày kể từ khi lấy số liệu",
        "Còn đến: 195.434 hồ sơ",
        "Muốn đạt: hạng 16 trở lên, đối thủ giữ nguyên; cần tổng điểm 63,25.",
        "Đã chứng minh: không kế hoạch nào tốn ít công hơn.",
        "Hạng nếu đối thủ giữ nguyên       19/34       19/34       16/34",
        "Nếu đối thủ biến động: 90% khả năng ở hạng",
        "Khả năng đạt hạng 16 hoặc cao hơn: ",
        "Giờ công: Giá trị ví dụ của phần mềm",
        "Lưu ý: Dự báo cho 82 ngày tới chỉ dựa trên số liệu của 23 ngày đã qua",
    ],
    "en": [
        "Up to the end of 31/12/2026, 82 days after the figures were read (--whole: as if",
        "Still to come: 195,434 dossiers",
        "place 16 or better, the others held as they stand; which takes a total of 63.25.",
        "Proved: no plan takes less.",
        "Rank if the others stay    19/34    19/34    16/34",
        "If the others move: 90% of outcomes are within places",
        "Chance of place 16 or better: ",
        "Hours: Example values of this software",
        "Note: The forecast for the next 82 days rests on the figures of only 23 past days",
    ],
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_tells_goal_effort_scores_levers_and_the_command(output, language):
    text = output("plan", "--unit", "H44", "--gain-places", "3", "--lang", language)
    for sentence in TEXTS[language]:
        assert sentence in text
    assert all(line == line.rstrip() for line in text.splitlines())
    (line,) = (line for line in text.splitlines() if "python -m simulator whatif" in line)
    command = shlex.split(line[line.index("python") :])
    mark = "," if language == "vi" else "."
    assert f"63{mark}25" in output(*command[3:])


def test_the_text_shows_whole_cases_and_what_has_no_counts(output):
    text = output("plan", "--unit", "H44", "--target-total", "90", "--lang", "vi")
    assert "Không đạt được: tổng điểm nhiều nhất là" in text
    assert "- Hồ sơ giải quyết đúng hạn: còn thiếu" in text
    assert "- Chưa công bố số liệu nên không tính được" in text
    assert "mục tiêu này còn đạt được cho đến hết ngày" in text
    # Part of a case is a whole one to work on.
    assert re.search(r"^PUBLIC_UPDATE_ON_TIME .* \+21 +thủ tục ", text, re.M)
    assert re.search(r"PUBLIC_UPDATE_ON_TIME=\+20\.[0-9]{6} ", text)
    silent = output("plan", "--unit", "H53", "--gain-places", "3")
    assert "No lever brings it nearer" in silent
    assert "Still to come" not in silent


def test_the_text_of_hours_and_of_a_whole_period(output):
    text = output("plan", "--unit", "H44", "--budget", "500", "--whole", "--set", "PETITION_NEW=3")
    assert "As if the whole period had been so" in text
    assert "the most points for 500 person-hours." in text
    assert "person-hours are enough" in text
    assert "Taken as given, not moved: PETITION_NEW +3." in text
    assert "A month" not in text
    assert "as now" not in text


@pytest.fixture
def refused(capsys):
    def call(*arguments: str) -> str:
        try:
            code = main(["plan", *arguments])
        except SystemExit as stop:
            code = stop.code
        printed = capsys.readouterr()
        assert code == 2
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        assert printed.err.endswith("\n")
        return printed.err

    return call


UNIT = ["--unit", "H44"]
RANK = [*UNIT, "--target-rank"]
TOTAL = [*UNIT, "--target-total", "65"]
BAD = {
    "no unit and no figures": (["--target-total", "65"], "A unit is needed", "Cần mã đơn vị"),
    "a unit nobody has": (["--unit", "H99", "--budget", "5"], "have the unit", "H99"),
    "nothing asked": (UNIT, "There is no goal", "Chưa có mục tiêu"),
    "a total above 100": ([*UNIT, "--target-total", "101"], "from 0 to 100", "từ 0 đến 100"),
    "a total of three decimals": (
        [*UNIT, "--target-total", "65.123"], "with two decimals at most", "hai chữ số thập phân"
    ),
    "a total that is no number": ([*UNIT, "--target-total", "much"], "A goal of much", "much điểm"),
    "an unknown class": ([*UNIT, "--target-class", "super"], "class “super”", "Khá"),
    "rank 0": ([*RANK, "0"], "rank '0' cannot be used", "“0” không dùng được"),
    "rank 99": ([*RANK, "99"], "no rank 99", "từ 1 đến 34"),
    "a rank in words": ([*RANK, "ten"], "'ten' cannot be used", "“ten”"),
    "places in words": ([*UNIT, "--gain-places", "three"], "places to gain 'three'", "Số bậc"),
    "a rank without a list": (
        ["--baseline", "province-2023-11", "--target-rank", "1"], "cannot be ranked", "xếp hạng"
    ),
    "two ranks": ([*RANK, "3", "--gain-places", "3"], "do not go together", "bỏ một trong hai"),
    "certainty 1.5": ([*RANK, "3", "--certainty", "1.5"], "certainty of 1.5", "1.5"),
    "certainty 1": ([*RANK, "3", "--certainty", "1"], "above 0 and below 1", "nhỏ hơn 1"),
    "certainty of no rank": ([*TOTAL, "--certainty", "0.8"], "takes --target-rank", "thứ hạng"),
    "a goal and hours": ([*TOTAL, "--budget", "500"], "Choose one of the two", "Chỉ chọn một"),
    "hours below 0": ([*UNIT, "--budget=-5"], "hours '-5' cannot be used", "“-5”"),
    "an unknown group": ([*UNIT, "--target-group", "XXXX=5"], "no group “XXXX”", "TDGQ"),
    "too much of a group": ([*UNIT, "--target-group", "TTTT=11"], "from 0 to 10", "0 đến 10"),
    "a group without points": ([*UNIT, "--target-group", "TTTT"], "write for example TDGQ=18",
                               "TDGQ=18"),
    "a group twice": (
        [*UNIT, "--target-group", "TTTT=5", "--target-group", "TTTT=6"], "set twice", "hai lần"
    ),
    "a whole period up to a day": (
        [*TOTAL, "--whole", "--until", "2026-12-31"], "do not go together", "bỏ một trong hai"
    ),
    "an inflow of a whole period": (
        [*TOTAL, "--whole", "--inflow", "5"], "only goes with a last day", "ngày"
    ),
    "a day after the period": ([*TOTAL, "--until", "2027-01-01"], "after the period", "31/12/2026"),
    "an unknown lever locked": ([*TOTAL, "--lock", "SPEED"], "no lever 'SPEED'", "SPEED"),
    "a lock below a floor": (
        [*TOTAL, "--lock", "PAY_DOSSIER", "--floor", "PAY_DOSSIER=+5"], "locked at 0 but",
        "đang khóa",
    ),
    "a floor above its capacity": (
        [*TOTAL, "--floor", "PAY_DOSSIER=+500", "--per-month", "PAY_DOSSIER=10"],
        "the months left can only take 27", "27",
    ),
    "a floor below 0": ([*TOTAL, "--floor", "PAY_DOSSIER=-5"], "below 0", "thấp hơn 0"),
    "a floor out of bounds": (
        [*TOTAL, "--floor", "PUBLISH_ON_TIME=+999"], "out of bounds; possible: 0 to 27", "phạm vi"
    ),
    "hours that are no number": ([*TOTAL, "--hours", "ON_TIME=long"], "'long' is not a number",
                                 "long"),
    "hours that are absurd": ([*TOTAL, "--hours", "ON_TIME=99999"], "99,999", "99.999"),
    "capacities below 0": ([*TOTAL, "--per-month", "ON_TIME=-1"], "capacity −1 cannot be", "−1"),
    "own hours twice": (
        [*TOTAL, "--hours", "ON_TIME=1", "--hours", "ON_TIME=2"], "set twice", "hai lần"
    ),
    "a budget below what has to be": (
        [*UNIT, "--floor", "PUBLISH_ON_TIME=+10", "--budget", "5"], "less than the", "5"
    ),
    "a seed that is no number": ([*TOTAL, "--seed", "x"], "seed “x”", "“x”"),
    "part of an option": ([*UNIT, "--target", "65"], "unrecognized arguments", "unrecognized"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_one_line_and_code_2(refused, case):
    arguments, english, vietnamese = BAD[case]
    assert english in refused(*arguments)
    assert vietnamese in refused(*arguments, "--lang", "vi")


def asked_of(*arguments: str) -> Planned:
    return planned(build_parser(RUNS, "").parse_args(["plan", *arguments]))


def test_a_plan_that_is_not_proved_says_how_much_less_is_not_excluded():
    found = asked_of("--unit", "H44", "--target-total", "65")
    plan = found.plan
    loose = replace(plan, bound=plan.total_hours - 12)
    doubted = replace(found, answer=replace(found.answer, plan=loose))
    assert plan_json(doubted, [], "en")["gap"] == pytest.approx(12)
    share = format_percent(100 * 12 / plan.total_hours, "vi")
    assert f"nhiều nhất là ít hơn 12 giờ ({share})" in plan_text(doubted, [], "vi")
    assert "Proved" not in plan_text(doubted, [], "en")
    nearly = replace(plan, bound=plan.total_hours - 0.1)
    slight = replace(found, answer=replace(found.answer, plan=nearly))
    assert "up to 0.1 hours (<0.1%) less" in plan_text(slight, [], "en")


def test_a_goal_beyond_full_marks_is_said_to_be_one():
    found = asked_of("--unit", "H44", "--target-total", "90")
    bare = replace(found.plan, binding=(), reachable_until=None)
    text = plan_text(replace(found, answer=replace(found.answer, plan=bare)), [], "en")
    assert "Every indicator is at full marks" in text
    assert "there was no day of the period" in text


def document() -> str:
    return (PROJECT / "docs" / "plan.md").read_text(encoding="utf-8")


def test_the_document_shows_the_example_efforts_of_all_levers_a_plan_may_pull():
    rows = re.findall(r"^\| .*\(`([A-Z_]+)`\) \| (\w+) \| ([\d.]+) \| (\d+) \|$", document(), re.M)
    effort, edition = default_effort("2026-portal").levers, LIST.edition
    assert [code for code, *_ in rows] == [
        lever.code for lever in edition.levers if is_offered(lever)
    ]
    for code, unit, hours, per_point in rows:
        assert unit == edition.indicator(edition.lever_by_code[code].indicator).count_unit
        assert (float(hours), float(per_point)) == (effort[code].hours, effort[code].per_point)
        assert effort[code].steps == ((0.9, 2), (0.98, 4))
        assert effort[code].per_month is None


def test_the_document_names_all_options_and_its_commands_run(output, capsys):
    with pytest.raises(SystemExit):
        main(["plan", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    options -= {"--help", "--format", "--lang", "--unit"}
    table = document()[document().index("| option |") :]
    assert options <= set(re.findall(r"`(--[a-z-]+)`", table))
    commands = re.findall(r"^python -m simulator (plan .*)$", document(), re.M)
    assert len(commands) == 4
    for command in commands:
        assert "simulator whatif" in output(*shlex.split(command)) or "json" in command
