"""The command line on bad input: exit code 2 and one line with the reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import main

ROOT = Path(__file__).resolve().parents[1]
PHU_THO = ["whatif", "--baseline", "phutho-2026-ytd"]


def write(folder: Path, text: str) -> str:
    path = folder / "scores.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def refused(capsys):
    def call(*arguments: str) -> str:
        try:
            code = main(list(arguments))
        except SystemExit as stop:
            code = stop.code
        printed = capsys.readouterr()
        assert code == 2
        assert printed.out == ""
        assert printed.err.endswith("\n")
        assert printed.err.count("\n") == 1
        return printed.err

    return call


BAD_ARGUMENTS = {
    "no command": ([], "required: COMMAND"),
    "an unknown command": (["guess"], "invalid choice: 'guess'"),
    "no file": (["score"], "required: FILE"),
    "an unknown edition": (["score", "x.csv", "--edition", "2030"], "invalid choice: '2030'"),
    "a missing file": (["score", "no-such.csv"], "no-such.csv: there is no such file"),
    "a directory": (["score", "."], "is not a file that can be read"),
    "no baseline": (["whatif"], "Exactly one of --baseline and --file"),
    "an unknown baseline": (["whatif", "--baseline", "x"], "no baseline 'x'; available: vn-"),
    "an unknown unit": ([*PHU_THO, "--unit", "H99"], "no unit 'H99' in phutho-2026-ytd"),
    "an unknown lever": ([*PHU_THO, "--set", "SPEED=+1"], "no lever 'SPEED'; available"),
    "a setting without value": ([*PHU_THO, "--set", "ON_TIME"], "write for example ON_TIME=+3000"),
    "a setting that is no number": ([*PHU_THO, "--set", "ON_TIME=ten"], "'ten' is not a number"),
    "an ambiguous number": ([*PHU_THO, "--set", "ON_TIME=12,345"], "12345 or as 12.345"),
    "too much": ([*PHU_THO, "--set", "ON_TIME=+999999"], "out of bounds; possible"),
    "a rate above 100": ([*PHU_THO, "--set", "ON_TIME=101%"], "above 100%"),
    "part of a dossier": ([*PHU_THO, "--set", "ON_TIME=1.5"], "is not a whole number"),
    "a code set twice": (
        [*PHU_THO, "--set", "ON_TIME=1", "--set", "ON_TIME=2"], "ON_TIME is set twice"
    ),
    "an unpublished indicator": (
        ["whatif", "--baseline", "vn-2026-10-10", "--set", "ONLINE_SUBMISSION=1"],
        "enter a starting value as an assumption",
    ),
    "an assumption on a published one": ([*PHU_THO, "--assume", "ON_TIME=1/2"], "are published"),
    "an assumption without denominator": (
        ["whatif", "--baseline", "vn-2026-10-10", "--assume", "ONLINE_SUBMISSION=5"],
        "write for example ONLINE_SUBMISSION=1200/3000",
    ),
    "an assumption of part of a dossier": (
        ["whatif", "--baseline", "vn-2026-10-10", "--assume", "ONLINE_SUBMISSION=1.5/3"],
        "is not a count",
    ),
    "an unknown indicator assumed": (
        [*PHU_THO, "--assume", "SPEED=1/2"], "There is no indicator 'SPEED'"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_ARGUMENTS)
def test_bad_arguments_end_with_code_2_and_one_line(refused, case):
    arguments, expected = BAD_ARGUMENTS[case]
    assert expected in refused(*arguments)


def test_a_bad_file_is_named_with_its_line_in_the_chosen_language(refused, tmp_path):
    path = write(tmp_path, "unit,code,numerator,denominator\nH1,ON_TIME,-1,10\n")
    assert "scores.csv line 2, column numerator: '-1'" in refused("score", path)
    assert "scores.csv dòng 2, cột numerator: '-1'" in refused("score", path, "--lang", "vi")


def test_a_value_over_several_lines_is_told_in_one(refused, tmp_path):
    path = write(tmp_path, 'unit,code,numerator,denominator\nH1,"ON\nTIME",1,10\n')
    assert "'ON TIME'" in refused("score", path)


def test_python_m_simulator_ends_with_code_2_without_a_traceback():
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "whatif", "--baseline", "x"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--until", "2027-01-31"], "after the period"),
        (["--until", "2026-09-01"], "before the figures were read"),
        (["--until", "soon"], "not a day"),
        (["--inflow", "5"], "only goes with a last day"),
        (["--until", "2026-12-31", "--inflow", "cars=5"], "Unknown kind"),
        (["--until", "2026-12-31", "--inflow", "-5"], "not a number"),
        (["--until", "2026-12-31", "--inflow", "5/week"], "not a number"),
        (["--until", "2026-12-31", "--set", "ON_TIME==780000"], "out of reach"),
    ],
)
def test_an_impossible_look_ahead_is_refused_in_one_line(arguments, sentence, capsys):
    assert main(["whatif", "--baseline", "phutho-2026-ytd", *arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
