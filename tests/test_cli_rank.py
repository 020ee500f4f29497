"""The command ``rank``: its JSON and text, and one line with exit code 2 on bad input."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from simulator import library
from simulator.cli import main
from simulator.own_figures import OWN_FIGURES
from simulator.project import project
from simulator.rank import peers_of, unit_total
from simulator.rank_ahead import Question, rank_ahead
from simulator.rules import Edition
from tests.test_imports import written

ISSUE = ["rank", "--unit", "H44", "--peers", "uncertain", "--until", "2026-12-31",
         "--draws", "20000", "--seed", "1", "--format", "json"]  # fmt: skip
KEYS = [
    "unit", "baseline", "captured_at", "until", "days", "peers", "answered", "draws", "seed",
    "own_moves", "total", "rank", "expected_place", "median_place", "intervals", "chances",
    "places", "needed", "peers_list", "model", "warnings",
]  # fmt: skip
FAST = ["--draws", "2000"]
NATIONAL = "vn-2026-10-10"


pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def run(output):
    def call(*arguments: str) -> Any:
        return json.loads(output("rank", *arguments, "--format", "json"))

    return call


@pytest.fixture
def refused(capsys):
    def call(*arguments: str) -> str:
        try:
            code = main(["rank", *arguments])
        except SystemExit as stop:
            code = stop.code
        printed = capsys.readouterr()
        assert code == 2
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        assert printed.err.endswith("\n")
        return printed.err

    return call


def test_the_rank_at_the_end_of_the_year_is_the_one_the_engine_draws(output):
    shown = json.loads(output(*ISSUE))
    assert list(shown) == KEYS
    ahead = rank_ahead(Question(NATIONAL, "H44", until="2026-12-31"))
    assert (shown["unit"], shown["baseline"], shown["total"]) == ("H44", NATIONAL, 62.18)
    assert shown["captured_at"] == "2026-10-10T07:00:40Z"
    assert (shown["until"], shown["peers"], shown["answered"]) == (
        "2026-12-31", "uncertain", "uncertain",
    )  # fmt: skip
    assert shown["days"] == pytest.approx(82.4162037)
    assert (shown["draws"], shown["seed"], shown["own_moves"]) == (20_000, 1, False)
    assert shown["rank"] == {"rank": 19, "of": 34, "tied": False}
    assert shown["expected_place"] == pytest.approx(ahead.outcomes.expected_place(6218))
    assert shown["median_place"] == ahead.outcomes.place(6218, 0.5)
    for level in ("50", "90"):
        assert shown["intervals"][level] == list(ahead.outcomes.interval(6218, int(level) / 100))
    best, worst = shown["intervals"]["90"]
    assert best <= shown["median_place"] <= worst
    assert "of only 23 past days" in shown["warnings"][-1]


def test_equal_seeds_print_the_same_and_others_do_not(output):
    first = output(*ISSUE)
    assert output(*ISSUE) == first
    assert output(*ISSUE, "--seed", "2") != first


@pytest.mark.parametrize("more", [[], ["--own-moves"], ["--peers", "trend"], ["--peers", "fixed"]])
def test_chances_of_all_places_add_up_to_one(run, more):
    chances = run("--unit", "H44", *FAST, *more)["chances"]
    assert [one["place"] for one in chances] == list(range(1, 35))
    assert sum(one["chance"] for one in chances) == pytest.approx(1, abs=1e-8)
    assert chances[-1]["at_least"] == 1
    for before, one in pairwise(chances):
        assert one["at_least"] == pytest.approx(before["at_least"] + one["chance"])


def test_among_fixed_peers_every_province_has_the_rank_of_the_what_if(run, provinces):
    for code, unit in provinces.units.items():
        peers = peers_of(provinces, unit, library.load)
        expected = project(provinces.edition, unit, {}, peers).after.standing
        shown = run("--unit", code, "--peers", "fixed")
        rank = {"rank": expected.rank, "of": expected.of, "tied": expected.tied}
        assert shown["rank"] == rank
        assert shown["answered"] == "fixed"
        assert shown["expected_place"] == shown["median_place"] == expected.rank
        assert shown["intervals"] == {"50": [expected.rank] * 2, "90": [expected.rank] * 2}
        assert shown["chances"][expected.rank - 1]["chance"] == 1
        assert shown["model"] is None
        if expected.to_next is not None:
            assert shown["needed"][0]["fixed"]["missing"] == 0
            missing = shown["needed"][1]["fixed"]["missing"]
            assert missing == pytest.approx(expected.to_next / 100)


def test_on_their_trend_peers_move_by_their_drift_alone(run):
    shown = run("--unit", "H44", "--peers", "trend", "--until", "2026-12-31")
    assert shown["answered"] == "trend"
    ends = {peer["code"]: peer["p50"] for peer in shown["peers_list"]}
    assert all(peer["p05"] == peer["p50"] == peer["p95"] for peer in shown["peers_list"])
    place = 1 + sum(end > shown["total"] for end in ends.values())
    assert shown["median_place"] == place == 26
    drift = shown["model"]["drift"] * shown["days"]
    moved = [peer["p50"] - peer["total"] for peer in shown["peers_list"]]
    assert min(moved) < drift < max(moved)
    assert {peer["above"] for peer in shown["peers_list"]} == {0, 1}


def test_a_place_that_is_asked_for_is_told_with_its_chance(run):
    shown = run("--unit", "H44", *FAST, "--place", "10", "--place", "34")
    tenth = shown["chances"][9]
    assert shown["places"] == [
        {"place": 10, "at_least": tenth["at_least"]}, {"place": 34, "at_least": 1.0},
    ]  # fmt: skip


def test_a_better_place_needs_the_points_that_reach_it_alone(run):
    shown = run("--unit", "H44", *FAST, "--until", "2026-12-31")
    totals = sorted((peer["total"] for peer in shown["peers_list"]), reverse=True)
    assert [one["gain"] for one in shown["needed"]] == [0, 1, 3, 5, 10]
    for one in shown["needed"][1:]:
        assert one["place"] == 19 - one["gain"]
        assert one["fixed"]["total"] == pytest.approx(totals[one["place"] - 1] + 0.01)
        assert one["at_least"] == shown["chances"][one["place"] - 1]["at_least"] < 0.8
        for way in ("fixed", "certain"):
            total, missing = one[way]["total"], one[way]["missing"]
            assert total - missing == pytest.approx(shown["total"])
        assert one["certain"]["total"] > one["fixed"]["total"]


def test_a_total_that_is_said_to_be_80_percent_sure_is(run):
    place = run("--unit", "H44", *FAST, "--until", "2026-12-31")["needed"][2]
    ahead = rank_ahead(Question(NATIONAL, "H44", until="2026-12-31", draws=2000))
    needed = round(100 * place["certain"]["total"])
    # One hundredth less ties with a peer, two are not enough.
    assert ahead.outcomes.chances_at_least(needed - 1)[place["place"] - 1] >= 0.8
    assert ahead.outcomes.chances_at_least(needed - 2)[place["place"] - 1] < 0.8


def test_there_is_no_place_before_the_first_and_no_total_beyond_100(run):
    first = run("--unit", "H05", "--peers", "fixed")
    assert first["rank"]["rank"] > 10
    (leader,) = [peer for peer in first["peers_list"] if peer["above"] == 1][:1]
    top = run("--unit", leader["code"], *FAST, "--until", "2026-12-31")
    assert top["rank"]["rank"] == 1
    assert top["needed"][0]["place"] == 1
    assert top["needed"][1:] == [
        {"gain": gain, "place": None, "at_least": None, "fixed": None, "certain": None}
        for gain in (1, 3, 5, 10)
    ]
    second = top["peers_list"][0]["code"]
    one = run("--unit", second, "--until", "2026-12-31")["needed"][1]
    assert one["fixed"]["total"] == top["total"] + 0.01
    assert one["certain"] is None or one["certain"]["total"] <= 100


def test_peers_are_shown_with_the_middle_and_both_ends_of_their_totals(run):
    shown = run("--unit", "H44", *FAST, "--until", "2026-12-31")
    peers = shown["peers_list"]
    assert len(peers) == 33
    assert list(peers[0]) == ["code", "name", "total", "p05", "p50", "p95", "above"]
    assert [peer["total"] for peer in peers] == sorted(
        (peer["total"] for peer in peers), reverse=True
    )
    assert all(peer["p05"] < peer["p50"] < peer["p95"] for peer in peers)
    assert sum(peer["above"] for peer in peers) + 1 == pytest.approx(shown["expected_place"])


def test_a_unit_that_moves_as_well_leaves_the_totals_of_its_peers_as_they_are(run):
    held, moving = (run("--unit", "H44", *more) for more in ([], ["--own-moves"]))
    assert moving["own_moves"] is True
    assert moving["chances"] != held["chances"]
    for one, other in zip(held["peers_list"], moving["peers_list"], strict=True):
        for level in ("p05", "p50", "p95"):
            assert one[level] == other[level]


def test_the_model_is_told_in_points(run):
    model = run("--unit", "H44", *FAST)["model"]
    assert list(model) == [
        "basis", "days", "units", "span", "drift", "shift", "freedom", "noise", "unrest",
        "jump_rate", "jumps", "correlation",
    ]  # fmt: skip
    movement = rank_ahead(Question(NATIONAL, "H44")).movement
    assert (model["basis"], model["units"], model["freedom"]) == ("own", 34, movement.freedom)
    assert model["days"][0] == "2026-09-17"
    assert model["noise"] == pytest.approx(movement.noise / 100)
    assert model["jumps"] == pytest.approx([size / 100 for size in movement.jumps])
    assert 0 < model["correlation"] < 1


def test_levers_assumptions_and_inflow_are_those_of_the_what_if(run, output):
    scenario = ["--baseline", "phutho-2026-ytd", "--until", "2026-12-31", "--inflow",
                "67000/month", "--set", "ON_TIME=100%"]  # fmt: skip
    whatif = json.loads(output("whatif", *scenario, "--format", "json"))
    shown = run(*scenario, *FAST)
    assert (shown["unit"], shown["total"]) == ("H44", whatif["after"]["total"])
    assert shown["rank"]["rank"] == whatif["after"]["rank"]
    assert set(whatif["warnings"]) <= set(shown["warnings"])
    assert shown["baseline"] == "phutho-2026-ytd"
    assumed = ["--baseline", NATIONAL, "--unit", "H20", "--assume", "ONLINE_SERVICE_USED=500/2000",
               "--set", "ONLINE_SERVICE_USED=+500"]  # fmt: skip
    bare = run(*assumed[:4], *FAST)
    assert run(*assumed, *FAST)["total"] == bare["total"] + 1


def test_without_a_day_both_go_to_the_end_of_the_period(run):
    whole, until = (run("--unit", "H44", *FAST, *more) for more in ([], ["--until", "2026-12-31"]))
    assert whole == until
    assert run("--unit", "H44", *FAST, "--until", "2026-10-31")["days"] < whole["days"] - 60


def test_peers_of_a_period_that_is_over_no_longer_move(run, tmp_path):
    path = tmp_path / "august.csv"
    written("vn-2026-09-26", path)
    files = ["--file", str(path), "--captured", "2026-09-26"]
    shown = run(*files, "--period", "2026-08", "--unit", "H44")
    assert (shown["peers"], shown["answered"], shown["days"]) == ("uncertain", "fixed", 0)
    assert "no day is left" in shown["warnings"][-1]
    unknown = run("--file", str(path), "--unit", "H44")
    assert (unknown["answered"], unknown["until"], unknown["captured_at"]) == ("fixed", None, "")
    assert "not known when the figures were read" in unknown["warnings"][-1]


def test_files_that_are_not_kept_move_as_the_readings_before_them(run, tmp_path):
    path = tmp_path / "now.csv"
    written(NATIONAL, path)
    files = ["--file", str(path), "--period", "2026-ytd", "--captured", "2026-10-10T14:00:40+07:00"]
    shown = run(*files, "--unit", "H44", "--until", "2026-12-31")
    shipped = run("--unit", "H44", "--until", "2026-12-31")
    assert shown["baseline"] == "own"
    assert shown["model"] == shipped["model"]
    assert shown["chances"] == shipped["chances"]


def departments(path, edition: Edition, moved: int) -> str:
    """Ten departments with totals from 60 points on; every other gained ``moved`` hundredths."""
    lines = ["unit,name,level,code,numerator,denominator,score"]
    for number in range(10):
        groups = [100 * group.maximum * 6 // 10 for group in edition.groups]
        groups[0] += 10 * number + (moved * number if number % 2 else 0)
        start = f"H44.{number + 1:02},Sở số {number + 1},department"
        for group, score in zip(edition.groups, groups, strict=True):
            lines.append(f"{start},{group.code},,,{score / 100}")
        lines.append(f"{start},TOTAL,,,{sum(groups) / 100}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_three_lists_of_an_office_tell_how_its_departments_move(run, output, tmp_path, edition):
    days = ("2026-09-20", "2026-10-01", "2026-10-11")
    lists = [
        departments(tmp_path / f"{day}.csv", edition, moved)
        for day, moved in zip(days, (0, 4, 9), strict=True)
    ]
    for path, day in zip(lists[:2], days[:2], strict=True):
        output("import", path, "--period", "2026-ytd", "--captured", day, "--complete")
    OWN_FIGURES.refresh()
    own = ["--file", lists[2], "--period", "2026-ytd", "--captured", days[2], "--complete"]
    shown = run(*own, "--unit", "H44.04", "--until", "2026-12-31")
    assert (shown["rank"]["of"], shown["answered"]) == (10, "uncertain")
    assert shown["model"]["basis"] == "partly"
    assert shown["model"]["days"] == list(days)
    assert shown["model"]["units"] == 10
    assert shown["days"] == 81
    # Without a choice of figures: the newest that are kept.
    newest = run("--unit", "H44.04", "--until", "2026-12-31")
    assert newest["captured_at"] == days[1]
    assert newest["model"]["days"] == list(days[:2])


def test_lists_of_several_files_are_ranked_each_by_itself(run, tmp_path, edition):
    files = [tmp_path / name for name in ("provinces.csv", "gialai.csv", "departments.csv")]
    written(NATIONAL, files[0])
    written("gialai-2026-10-10", files[1])
    departments(files[2], edition, 0)
    chosen = [part for path in files for part in ("--file", str(path))]
    about = ["--period", "2026-ytd", "--captured", "2026-10-10", "--complete"]
    for unit, of in (("H44", 34), ("H21.227", 135), ("H44.04", 10)):
        shown = run(*chosen, *about, "--unit", unit, *FAST)
        assert (shown["unit"], shown["rank"]["of"], len(shown["peers_list"])) == (unit, of, of - 1)


def test_the_newest_figures_that_rank_a_unit_are_chosen(run):
    assert run("--unit", "H44", *FAST)["baseline"] == NATIONAL
    assert run("--unit", "H21.227", *FAST)["baseline"] == "gialai-2026-10-10"
    commune = run("--unit", "H21.227", *FAST)
    assert commune["model"]["basis"] == "default"
    assert any("readings so far: 1;" in warning for warning in commune["warnings"])


def test_figures_that_lack_something_do_not_take_the_place_of_whole_ones(run, output, tmp_path):
    path = tmp_path / "own.csv"
    written(NATIONAL, path)
    keep = ["--period", "2026-ytd", "--format", "json"]
    whole = json.loads(output("import", str(path), *keep, "--captured", "2026-10-11"))
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("H50,"))
    path.write_text(text, encoding="utf-8")
    keep += ["--complete", "--captured", "2026-10-12"]
    part = json.loads(output("import", str(path), *keep))
    OWN_FIGURES.refresh()
    assert (whole["lacks"], part["lacks"]) == ([], ["H50"])
    assert library.listed()[0].id == part["id"]
    assert run("--unit", "H44", *FAST)["baseline"] == whole["id"]
    assert run("--unit", "H44", *FAST, "--baseline", part["id"])["rank"]["of"] == 33


TEXTS = {
    "vi": [
        "Đến hết 31/12/2026 (82 ngày). Các đơn vị khác: biến động như đã thấy (20.000 lần rút",
        "Hạng nếu đối thủ giữ nguyên  19/34  hiện nay hạng 19",
        "Khoảng 90%",
        "Khả năng đạt hạng 15 hoặc cao hơn: 3,1%",
        "Hạng 18                62,98 (+0,80)",
        "Lưu ý: Dự báo cho 82 ngày tới chỉ dựa trên số liệu của 23 ngày đã qua",
    ],
    "en": [
        "To the end of 31/12/2026 (82 days). The other units: moving as they have been (20,000 d",
        "Rank if the others stay  19/34  now 19",
        "90% interval",
        "Chance of place 15 or better: 3.1%",
        "Place 18      62.98 (+0.80)",
        "Note: The forecast for the next 82 days rests on the figures of only 23 past days",
    ],
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_tells_places_chances_and_what_is_needed(output, language):
    asked = ["rank", "--unit", "H44", "--until", "2026-12-31", "--place", "15"]
    text = output(*asked, "--lang", language)
    for sentence in TEXTS[language]:
        assert sentence in text
    # The three units next before and the three next behind.
    names = [line.split()[0] for line in text.splitlines() if line.startswith("H")]
    assert names[-6:] == ["H36", "H12", "H14", "H61", "H41", "H13"]
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize(
    ("mode", "there", "missing"),
    [
        ("fixed", "held as they stand", "interval"),
        ("trend", "Rank if the others go on  26/34", "80% sure"),
    ],
)
def test_the_text_of_peers_without_chance_shows_no_interval(output, mode, there, missing):
    asked = ["rank", "--unit", "H44", "--until", "2026-12-31", "--peers", mode]
    tables = output(*asked).partition("Note:")[0]
    assert there in tables
    assert missing not in tables


def test_the_text_says_what_moves_and_of_which_days_the_levers_are(output):
    text = output("rank", "--unit", "H44", *FAST, "--own-moves", "--set", "ON_TIME=+100")
    assert "the unit's own result moves as well" in text
    assert "as if for the whole period" in text
    ahead = output("rank", "--unit", "H44", "--until", "2026-12-31", "--set", "ON_TIME=95%")
    assert "as if for the whole period" not in ahead


UNIT = ["--unit", "H44"]
BAD = {
    "no unit and no figures": ([], "A unit is needed (--unit H44)"),
    "a unit nobody has": (["--unit", "H99"], "No figures, shipped or imported, have the unit"),
    "a unit of other figures": (["--baseline", NATIONAL, "--unit", "H99"], "no unit 'H99'"),
    "unknown figures": (["--baseline", "x"], "no baseline 'x'"),
    "two kinds of figures": (["--baseline", NATIONAL, "--file", "x.csv"], "Exactly one of"),
    "a missing file": (["--file", "no-such.csv"], "there is no such file"),
    "part of a list": (
        ["--baseline", "phutho-2026-ytd", "--unit", "H44.01"],
        "H44.01 cannot be ranked with phutho-2026-ytd: only some",
    ),
    "no other figures than part of a list": (["--unit", "H44.01"], "H44.01 cannot be ranked"),
    "no list": (["--baseline", "province-2023-11"], "cannot be ranked with province-2023-11"),
    "an unknown kind of peers": ([*UNIT, "--peers", "wild"], "invalid choice: 'wild'"),
    "a look ahead that is no day": ([*UNIT, "--until", "soon"], "not a day"),
    "a day after the period": ([*UNIT, "--until", "2027-01-31"], "after the period"),
    "an inflow without a day": ([*UNIT, "--inflow", "5"], "only goes with a last day"),
    "an unknown lever": ([*UNIT, "--set", "SPEED=+1"], "no lever 'SPEED'"),
    "an assumption on published counts": ([*UNIT, "--assume", "ON_TIME=1/2"], "are published"),
    "an unknown edition": ([*UNIT, "--edition", "2030"], "invalid choice: '2030'"),
    "an own movement among still peers": (
        [*UNIT, "--peers", "trend", "--own-moves"], "only goes with --peers uncertain"
    ),
    "too few draws": ([*UNIT, "--draws", "99"], "from 100 to 200,000"),
    "too many draws": ([*UNIT, "--draws", "200001"], "“200001” cannot be used"),
    "draws that are no number": ([*UNIT, "--draws", "1e4"], "“1e4” cannot be used"),
    "a negative seed": ([*UNIT, "--seed=-1"], "random seed “-1” cannot be used"),
    "a seed that is too large": ([*UNIT, "--seed", "4294967296"], "from 0 to 4,294,967,295"),
    "a seed that is no number": ([*UNIT, "--seed", "x"], "random seed “x” cannot be used"),
    "place 0": ([*UNIT, "--place", "0"], "place “0” cannot be used"),
    "a place after the last": ([*UNIT, "--place", "35"], "from 1 to 34"),
    "a place that is no number": ([*UNIT, "--place", "1", "--place", "ten"], "“ten” cannot be"),
    "part of an option": ([*UNIT, "--draw", "1000"], "unrecognized arguments: --draw"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_one_line_and_code_2(refused, case):
    arguments, expected = BAD[case]
    assert expected in refused(*arguments)


def test_a_unit_without_total_is_not_ranked(refused, tmp_path, edition):
    path = tmp_path / "own.csv"
    departments(path, edition, 0)
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("H44.04") or ",CKMB," in line]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    files = ["--file", str(path), "--complete", "--unit"]
    assert "the unit's total is not known" in refused(*files, "H44.04")
    assert "không biết tổng điểm" in refused(*files, "H44.04", "--lang", "vi")


def test_an_incomplete_list_of_files_says_what_to_add(refused, tmp_path, edition):
    path = departments(tmp_path / "own.csv", edition, 0)
    assert "add --complete" in refused("--file", path, "--unit", "H44.04")


def test_the_totals_shown_are_those_of_the_list(run, gia_lai):
    shown = run("--baseline", "gialai-2026-10-10", "--unit", "H21.227", *FAST)
    for peer in shown["peers_list"]:
        assert peer["total"] == unit_total(gia_lai.edition, gia_lai.unit(peer["code"])) / 100
