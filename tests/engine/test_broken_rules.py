"""Broken rule files: each is refused with a sentence that names the place.

A case copies ``data/rules`` to a temporary folder, changes one thing and loads it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.errors import RulesError
from simulator.paths import RULES
from simulator.rule_files import editions, load_edition
from simulator.text import explain
from tests.paths import BAD_FILES

CODE = "2026-portal"
Change = Callable[[Path], None]
ONE_MORE = '[{ indicator = "%s", part = "numerator", by = 1 }]'


def replacing(file: str, old: str, new: str, occurrence: int = 0, edition: str = CODE) -> Change:
    """Replace the ``occurrence``-th ``old`` of a file; the text must be there."""

    def change(folder: Path) -> None:
        path = folder / edition / file
        parts = path.read_text(encoding="utf-8").split(old)
        assert len(parts) > occurrence + 1, f"{old!r} is not in {file}"
        head = old.join(parts[: occurrence + 1])
        path.write_text(head + new + old.join(parts[occurrence + 1 :]), encoding="utf-8")

    return change


def cell(code: str, column: str, value: str) -> Change:
    """Set one cell of ``indicators.csv``, which may hold no quoted comma before it."""

    def change(folder: Path) -> None:
        path = folder / CODE / "indicators.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        position = lines[0].split(",").index(column)
        (row,) = [k for k, line in enumerate(lines) if line.startswith(f"{code},")]
        cells = lines[row].split(",")
        cells[position] = value
        lines[row] = ",".join(cells)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def without_line(file: str, start: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / CODE / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines), f"no line of {file} starts with {start!r}"
        path.write_text("".join(kept), encoding="utf-8")

    return change


def appending(file: str, text: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / CODE / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def copying(name: str, file: str, edition: str = CODE) -> Change:
    """Put a file of ``tests/bad_files`` in place of ``file``."""
    return lambda folder: shutil.copy(BAD_FILES / name, folder / edition / file)


def removing(file: str) -> Change:
    return lambda folder: (folder / CODE / file).unlink()


def row_of(code: str) -> str:
    lines = (RULES / CODE / "indicators.csv").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"{code},"))


def refusal(folder: Path, change: Change, edition: str = CODE) -> RulesError:
    shutil.copytree(RULES, folder / "rules")
    change(folder / "rules")
    with pytest.raises(RulesError) as error:
        load_edition(edition, folder / "rules")
    return error.value


CASES = [
    pytest.param(
        replacing("decision.toml", "estimate = false", "estimate = false\ntreshold = 5"),
        "Unexpected key 'treshold' in decision.toml line 1; allowed: edition, valid_from, title, "
        "legal_reference, source, decimals, estimate, group, class, differences_from, coupling.",
        id="a key nobody knows",
    ),
    pytest.param(
        replacing("decision.toml", 'colour = "#D55E00"', 'color = "#D55E00"'),
        "Unexpected key 'color' in decision.toml line {group2}; allowed: code, portal_code, max, "
        "colour, name.",
        id="a group with a misspelt key",
    ),
    pytest.param(
        without_line("decision.toml", "decimals ="),
        "Missing key 'decimals' in decision.toml line 1.",
        id="a missing key",
    ),
    pytest.param(
        replacing("decision.toml", 'code = "TDGQ"\n', ""),
        "Missing key 'code' in decision.toml line {group2}.",
        id="a group without a code",
    ),
    pytest.param(
        replacing("decision.toml", 'code = "TDGQ"\nportal', 'code = "CKMB"\nportal'),
        "'CKMB' appears twice in decision.toml, again on line {group2}.",
        id="a group twice",
    ),
    pytest.param(
        replacing("decision.toml", "max = 20", "max = 21"),
        "decision.toml line {group1}: the maxima of groups add up to 101, not 100.",
        id="group maxima of 101",
    ),
    pytest.param(
        replacing("decision.toml", "max = 20", "max = 19.5"),
        "'max' is '19.50' in decision.toml line {group2}; allowed: 1, 2, …, 100.",
        id="half a point as group maximum is not rounded away",
    ),
    pytest.param(
        replacing("decision.toml", "max = 20", "max = true"),
        "'max' is 'True' in decision.toml line {group2}; allowed: [1, 100].",
        id="true is not a maximum",
    ),
    pytest.param(
        replacing("decision.toml", 'name.en = "Timeliness"\n', ""),
        "'name' in decision.toml line {group2} needs a text in vi and en.",
        id="a group without an English name",
    ),
    pytest.param(
        replacing("decision.toml", 'title.vi = "', 'title.fr = "Indice"\ntitle.vi = "'),
        "'title' in decision.toml line 4 needs a text in vi and en.",
        id="a title in a third language",
    ),
    pytest.param(
        replacing("decision.toml", "decimals = 2", 'decimals = "two"'),
        "'decimals' is 'two' in decision.toml line 1; allowed: [0, 2].",
        id="decimals in words",
    ),
    pytest.param(
        replacing("decision.toml", "estimate = false", 'estimate = "false"'),
        "'estimate' is 'false' in decision.toml line 1; allowed: true, false.",
        id="a flag in quotes is not true",
    ),
    pytest.param(
        replacing("decision.toml", 'edition = "2026-portal"', 'edition = "2026"'),
        "'edition' is '2026' in decision.toml line 1; allowed: 2026-portal.",
        id="an edition that is not its folder",
    ),
    pytest.param(
        replacing("decision.toml", "from = 50", "from = 75"),
        "'from' is '75' in decision.toml line {class4}; allowed: [0, 70].",
        id="classes out of order",
    ),
    pytest.param(
        replacing("decision.toml", "from = 0\n", "from = 10\n"),
        "decision.toml line {class5}: the lowest class must start at 0.",
        id="totals without a class",
    ),
    pytest.param(
        replacing("decision.toml", 'kind = "follow"', 'kind = "follows"'),
        "'kind' is 'follows' in decision.toml line {coupling1}; allowed: follow, limit, multiply, "
        "declared.",
        id="a coupling of an unknown kind",
    ),
    pytest.param(
        replacing("decision.toml", 'indicator = "SO_HOA', 'indicator = "SO_HOO'),
        "'indicator' is 'SO_HOO_GIAY_TO_GIAI_QUYET' in decision.toml line {coupling3}; allowed: "
        "{codes}.",
        id="a coupling of an unknown indicator",
    ),
    pytest.param(
        replacing("decision.toml", 'partner = "DOSSIER_SYNC"', 'partner = "SYNC"'),
        "'partner' is 'SYNC' in decision.toml line {coupling5}; allowed: {codes}.",
        id="a coupling with an unknown partner",
    ),
    pytest.param(
        replacing("decision.toml", 'partner = "DOSSIER_SYNC"\n', ""),
        "Missing key 'partner' in decision.toml line {coupling5}.",
        id="a coupling without a partner",
    ),
    pytest.param(
        replacing("decision.toml", "[[coupling]]", "[coupling]", 0),
        "decision.toml: cannot be read ({detail}).",
        id="single brackets among double ones",
    ),
    pytest.param(
        cell("ON_TIME", "cap", "0"),
        "'cap' is '0' in indicators.csv line {ON_TIME}; allowed: (0, 1].",
        id="a cap of 0",
    ),
    pytest.param(
        cell("ON_TIME", "cap", "1.2"),
        "'cap' is '1.2' in indicators.csv line {ON_TIME}; allowed: (0, 1].",
        id="a cap above 100 %",
    ),
    pytest.param(
        cell("ON_TIME", "cap", "all"),
        "'cap' is 'all' in indicators.csv line {ON_TIME}; allowed: (0, 1].",
        id="a cap in words",
    ),
    pytest.param(
        cell("ON_TIME", "cap", "nan"),
        "'cap' is 'nan' in indicators.csv line {ON_TIME}; allowed: (0, 1].",
        id="a cap that is not a number",
    ),
    pytest.param(
        cell("ON_TIME", "cap", ""),
        "'cap' is '' in indicators.csv line {ON_TIME}; allowed: (0, 1].",
        id="no cap",
    ),
    pytest.param(
        cell("ON_TIME", "group", "SPEED"),
        "'group' is 'SPEED' in indicators.csv line {ON_TIME}; allowed: CKMB, TDGQ, ONLINE, TTTT, "
        "MDSH, MDHL.",
        id="an unknown group",
    ),
    pytest.param(
        cell("ON_TIME", "at_zero", "half"),
        "'at_zero' is 'half' in indicators.csv line {ON_TIME}; allowed: null, zero, full.",
        id="an unknown rule at zero",
    ),
    pytest.param(
        cell("ON_TIME", "count_unit", "file"),
        "'count_unit' is 'file' in indicators.csv line {ON_TIME}; allowed: dossier, procedure, "
        "petition, commune.",
        id="an unknown counting unit",
    ),
    pytest.param(
        cell("ON_TIME", "status", "sure"),
        "'status' is 'sure' in indicators.csv line {ON_TIME}; allowed: verified, inferred, "
        "contradicted.",
        id="an unknown status",
    ),
    pytest.param(
        cell("ON_TIME", "verified_cases", "many"),
        "'verified_cases' is 'many' in indicators.csv line {ON_TIME}; allowed: [0, 1e+09].",
        id="cases in words",
    ),
    pytest.param(
        cell("ON_TIME", "max", "19"),
        "indicators.csv line {ON_TIME}: the maxima of TDGQ add up to 19, not 20.",
        id="an indicator maximum that leaves its group short",
    ),
    pytest.param(
        cell("ON_TIME", "max", "20.4"),
        "'max' is '20.4' in indicators.csv line {ON_TIME}; allowed: 1, 2, …, 100.",
        id="a fraction of a point is not rounded away",
    ),
    pytest.param(
        cell("ON_TIME", "name_en", ""),
        "'name' in indicators.csv line {ON_TIME} needs a text in vi and en.",
        id="an indicator without an English name",
    ),
    pytest.param(
        cell("PUBLISH_ON_TIME", "note_vi", "Chỉ có tiếng Việt"),
        "'note' in indicators.csv line 2 needs a text in vi and en.",
        id="a note in Vietnamese only",
    ),
    pytest.param(
        appending("indicators.csv", row_of("ON_TIME") + "\n"),
        "'ON_TIME' appears twice in indicators.csv, again on line 23.",
        id="an indicator twice",
    ),
    pytest.param(
        without_line("indicators.csv", "PAY_DOSSIER,"),
        "indicators.csv line {FEE_PROCEDURE-1}: the maxima of TTTT add up to 4, not 10.",
        id="a missing indicator",
    ),
    pytest.param(
        without_line("indicators.csv", "ON_TIME,"),
        "indicators.csv line 1: the maxima of TDGQ add up to 0, not 20.",
        id="a group without indicators",
    ),
    pytest.param(
        replacing("indicators.csv", ",cap,", ",ceiling,"),
        "Unexpected key 'ceiling' in indicators.csv line 1; allowed: {columns}.",
        id="an unknown column",
    ),
    pytest.param(
        replacing("indicators.csv", ",cap,", ","),
        "Missing key 'cap' in indicators.csv line 1.",
        id="a missing column",
    ),
    pytest.param(
        replacing("indicators.csv", ",cap,", ",cap,cap,"),
        "'cap' appears twice in indicators.csv, again on line 1.",
        id="a column twice",
    ),
    pytest.param(
        replacing("indicators.csv", "ON_TIME,TDGQ,", "ON_TIME,", 0),
        "indicators.csv line {ON_TIME}: the row does not have 21 cells.",
        id="a row with a cell too few",
    ),
    pytest.param(
        replacing("indicators.csv", "ON_TIME,TDGQ,", "ON_TIME,TDGQ,TDGQ,", 0),
        "indicators.csv line {ON_TIME}: the row does not have 21 cells.",
        id="a row with a cell too many",
    ),
    pytest.param(
        copying("not_utf8.csv", "indicators.csv"),
        "indicators.csv: cannot be read ({detail}).",
        id="a table in Windows-1258",
    ),
    pytest.param(
        copying("open_quote.csv", "indicators.csv"),
        "indicators.csv: cannot be read ({detail}).",
        id="a quotation mark that never closes",
    ),
    pytest.param(
        copying("truncated.toml", "decision.toml"),
        "decision.toml: cannot be read ({detail}).",
        id="a file that breaks off",
    ),
    pytest.param(
        copying("not_utf8.toml", "levers.toml"),
        "levers.toml: cannot be read ({detail}).",
        id="levers in another encoding",
    ),
    pytest.param(
        copying("group_as_table.toml", "decision.toml"),
        "'group' is '{detail}' in decision.toml line 1; allowed: [[group]].",
        id="one group instead of a list",
    ),
    pytest.param(
        removing("indicators.csv"),
        "2026-portal: the file indicators.csv is missing.",
        id="no table of indicators",
    ),
    pytest.param(
        removing("levers.toml"),
        "2026-portal: the file levers.toml is missing.",
        id="no levers",
    ),
    pytest.param(
        removing("decision.toml"),
        "2026-portal: the file decision.toml is missing.",
        id="no decision",
    ),
    pytest.param(
        without_line("levers.toml", 'name.vi = "Cấp kết quả điện tử"'),
        "'name' in levers.toml line {lever16} needs a text in vi and en.",
        id="a lever without a Vietnamese name",
    ),
    pytest.param(
        replacing("levers.toml", '"Dossiers that use population data."', '""'),
        "'help' in levers.toml line {lever23} needs a text in vi and en.",
        id="a lever with an empty help text",
    ),
    pytest.param(
        replacing("levers.toml", f"moves = {ONE_MORE % 'PAY_DOSSIER'}", "moves = []"),
        "levers.toml: no lever moves PAY_DOSSIER.",
        id="an indicator that no lever moves",
    ),
    pytest.param(
        replacing("levers.toml", 'code = "FEE_PROCEDURE"', 'code = "PAY_PROCEDURE"'),
        "'PAY_PROCEDURE' appears twice in levers.toml, again on line {lever15}.",
        id="a lever twice",
    ),
    pytest.param(
        replacing("levers.toml", 'upper = "partner"', 'upper = "friend"'),
        "'upper' is 'friend' in levers.toml line {lever29}; allowed: denominator, partner, "
        "half_again.",
        id="an unknown upper bound",
    ),
    pytest.param(
        replacing("levers.toml", 'lower = "zero"', 'lower = "0"'),
        "'lower' is '0' in levers.toml line {lever1}; allowed: zero, none.",
        id="an unknown lower bound",
    ),
    pytest.param(
        replacing("levers.toml", 'direction = "harmful"', 'direction = "bad"'),
        "'direction' is 'bad' in levers.toml line {lever7}; allowed: helpful, harmful.",
        id="an unknown direction",
    ),
    pytest.param(
        replacing("levers.toml", 'part = "denominator"', 'part = "whole"'),
        "'moves.part' is 'whole' in levers.toml line {lever28}; allowed: numerator, denominator.",
        id="a move of an unknown part",
    ),
    pytest.param(
        replacing("levers.toml", "by = 1", "by = 2"),
        "'moves.by' is '2' in levers.toml line {lever1}; allowed: [-1, 1].",
        id="a move of two at once",
    ),
    pytest.param(
        replacing("levers.toml", "by = 1", "by = 0.5"),
        "'moves.by' is '0.50' in levers.toml line {lever1}; allowed: -1, 0, …, 1.",
        id="a move of a half is not rounded away",
    ),
    pytest.param(
        replacing("levers.toml", '[{ indicator = "PUBLISH_ON_TIME"', '[{ indicator = "PUBLISH"'),
        "'moves.indicator' is 'PUBLISH' in levers.toml line {lever1}; allowed: {codes}.",
        id="a move of an unknown indicator",
    ),
    pytest.param(
        replacing("levers.toml", f"moves = {ONE_MORE % 'PUBLISH_ON_TIME'}", 'moves = "all"'),
        "'moves' is 'all' in levers.toml line {lever1}; allowed: [[moves]].",
        id="moves in words",
    ),
]


def filled(message: str) -> re.Pattern[str]:
    """The expected sentence: ``{ON_TIME}`` is the line of that indicator in the shipped file,
    ``{group2}`` that of the second ``[[group]]``; ``{detail}`` is any text of the parser."""
    edition = load_edition(CODE)
    rows = (RULES / CODE / "indicators.csv").read_text(encoding="utf-8").splitlines()
    known = {line.split(",")[0]: str(k) for k, line in enumerate(rows, start=1)}
    known["FEE_PROCEDURE-1"] = str(int(known["FEE_PROCEDURE"]) - 1)
    known["codes"] = ", ".join(item.code for item in edition.indicators)
    for file in ("decision.toml", "levers.toml"):
        lines = (RULES / CODE / file).read_text(encoding="utf-8").splitlines()
        for name in ("group", "class", "coupling", "lever"):
            places = [k for k, line in enumerate(lines, start=1) if line == f"[[{name}]]"]
            known |= {f"{name}{k}": str(place) for k, place in enumerate(places, start=1)}
    parts = re.split(r"\{(.+?)\}", message)
    pattern = [
        re.escape(part) if k % 2 == 0 else re.escape(known[part]) if part in known else ".+"
        for k, part in enumerate(parts)
    ]
    return re.compile("".join(pattern), flags=re.DOTALL)


@pytest.mark.parametrize(("change", "message"), CASES)
def test_a_broken_rule_file_is_refused_with_its_place(change, message, tmp_path):
    error = refusal(tmp_path, change)
    assert filled(message).fullmatch(explain(error, "en")), explain(error, "en")
    vietnamese = explain(error, "vi")
    assert vietnamese != explain(error, "en")
    assert "{" not in vietnamese.replace(str(error.fields.get("value")), "")


OLD_CASES = [
    pytest.param(
        replacing("decision.toml", '"2026-portal"', '"2022-2025"', edition="2022-2025"),
        "'differences_from' is '2022-2025' in decision.toml line 1; allowed: 2026-portal.",
        id="an edition that borrows from itself",
    ),
    pytest.param(
        replacing("decision.toml", '"2026-portal"', '"2027"', edition="2022-2025"),
        "'differences_from' is '2027' in decision.toml line 1; allowed: 2026-portal.",
        id="an edition that borrows from nowhere",
    ),
    pytest.param(
        lambda folder: [
            replacing("decision.toml", "max = 18", "max = 17", edition="2022-2025")(folder),
            replacing("decision.toml", "max = 20", "max = 21", edition="2022-2025")(folder),
        ],
        "decision.toml line {group1}: the maxima of CKMB add up to 18, not 17.",
        id="borrowed components of other group maxima",
    ),
    pytest.param(
        replacing("decision.toml", 'code = "TDGQ"', 'code = "SPEED"', edition="2022-2025"),
        "'group' is 'SPEED' in decision.toml line 18; allowed: CKMB, TDGQ, ONLINE, TTTT, MDSH, "
        "MDHL.",
        id="borrowed components of other groups",
    ),
]


@pytest.mark.parametrize(("change", "message"), OLD_CASES)
def test_an_edition_borrows_only_from_one_with_the_same_groups(change, message, tmp_path):
    error = refusal(tmp_path, change, "2022-2025")
    assert re.sub(r"line \d+", "line N", explain(error, "en")) == re.sub(
        r"line (\d+|\{group1\})", "line N", message
    )


def test_an_unknown_edition_is_a_missing_file():
    with pytest.raises(RulesError) as error:
        load_edition("2030")
    assert explain(error.value, "en") == "2030: the file decision.toml is missing."


def test_the_untouched_copy_loads(tmp_path):
    shutil.copytree(RULES, tmp_path / "rules")
    for code in editions():
        assert load_edition(code, tmp_path / "rules") == load_edition(code)
