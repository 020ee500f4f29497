"""Broken baselines: each is refused with a sentence that names file, line and column.

A case writes a small baseline, changes one thing in it and loads it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.baseline_files import baseline_ids, load_baseline
from simulator.errors import SimulatorError
from simulator.text import explain

FILES = {
    "baseline.toml": """id = "small"
title.vi = "Nhỏ"
title.en = "Small"
edition = "2026-portal"
period = "2026-10"
period_text.vi = "Tháng 10/2026"
period_text.en = "October 2026"
captured_at = "2026-10-10"
source = "test"
default_unit = "A"
""",
    "units.csv": """unit,name,short_name,level,pool,portal_id,published_rank,published_pool_size
A,Xã A,A,commune,communes,,1,2
B,Xã B,B,commune,communes,,2,2
""",
    "scores.csv": """unit,group,points,national_average,raw,note
A,TDGQ,12.5,15.1,"12,5/20",
A,TOTAL,61.89,,,
""",
    "indicators.csv": """unit,indicator,basis,numerator,denominator,points,flag,raw,note
A,ON_TIME,counts,5,8,12.5,,,
A,ONLINE_SUBMISSION,rate,93.3,100,,,"93,3%",
A,PETITION_PROCESSING_ON_TIME,none,,,6,,,
""",
    "facts.csv": """unit,fact,value,value_unit,raw,note
A,OVERDUE,3,dossier,3,
""",
}


def write(folder: Path, changed: dict[str, str | bytes | None] | None = None) -> None:
    """Write the small baseline with some files replaced (None: left out)."""
    (folder / "small").mkdir()
    for name, content in {**FILES, **(changed or {})}.items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            (folder / "small" / name).write_bytes(data)


def message(folder: Path, changed: dict[str, str | bytes | None]) -> str:
    write(folder, changed)
    with pytest.raises(SimulatorError) as error:
        load_baseline("small", folder)
    english = explain(error.value, "en")
    assert explain(error.value, "vi") != english
    return english


def with_row(file: str, row: str) -> dict[str, str]:
    return {file: f"{FILES[file]}{row}\n"}


def swapped(file: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[file]
    return {file: FILES[file].replace(old, new, 1)}


def test_the_untouched_small_baseline_loads(tmp_path):
    write(tmp_path)
    baseline = load_baseline("small", tmp_path)
    assert baseline_ids(tmp_path) == ("small",)
    assert baseline.unit("A").groups == {"TDGQ": 1250}
    assert baseline.unit("A").total == 6189
    assert baseline.unit("A").averages == {"TDGQ": 1510}
    assert baseline.unit("A").facts[0].value == 3
    assert baseline.unit("B").groups == {}
    assert baseline.unit("B").total is None


def test_the_fingerprint_changes_with_any_file(tmp_path):
    prints = set()
    for k, name in enumerate(FILES):
        folder = tmp_path / str(k)
        folder.mkdir()
        write(folder, {name: FILES[name].replace("Xã", "Phường") + "\n"[: name.endswith("toml")]})
        prints.add(load_baseline("small", folder).fingerprint)
    assert len(prints) == 3


CELLS = [
    ("scores.csv", "A,MDHL,12;5,,,", "points", "12;5", "double", "text in a number"),
    ("scores.csv", 'A,MDHL,"12,5",,,', "points", "12,5", "double", "a decimal comma"),
    ("scores.csv", "A,MDHL,-1,,,", "points", "-1", "double [0, 100]", "negative points"),
    ("scores.csv", "A,MDHL,101,,,", "points", "101", "double [0, 100]", "more than 100 points"),
    ("scores.csv", "A,MDHL,nan,,,", "points", "nan", "double [0, 100]", "NaN points"),
    ("scores.csv", "A,MDHL,inf,,,", "points", "inf", "double [0, 100]", "infinite points"),
    ("scores.csv", "A,MDHL,1e999,,,", "points", "1e999", "double [0, 100]", "overflowing points"),
    ("scores.csv", "A,MDHL,1_0,,,", "points", "1_0", "double", "an underscore in a number"),
    ("scores.csv", "A,MDHL,١٢,,,", "points", "١٢", "double", "digits of another script"),
    ("scores.csv", "A,TTTT,11.5,,,", "points", "11.5", "[0, 10]", "payment above its maximum"),
    ("scores.csv", "A,TTTT,,11,,", "national_average", "11", "[0, 10]", "an average above it"),
    ("units.csv", "C,Xã C,C,hamlet,,,,", "level", "hamlet",
     "province,department,commune,district,country", "an unknown level"),
    ("units.csv", "C,,C,commune,,,,", "name", "", "≠ ''", "no name"),
    ("units.csv", "C,Xã C,C,commune,,,0,", "published_rank", "0", "int64 [1, inf]", "rank 0"),
    ("units.csv", "C,Xã C,C,commune,,,1.5,", "published_rank", "1.5", "int64", "rank 1.5"),
    ("indicators.csv", "A,PAY_DOSSIER,guess,1,2,,,,", "basis", "guess", "counts,rate,none",
     "an unknown basis"),
    ("indicators.csv", "A,PAY_DOSSIER,counts,-1,2,,,,", "numerator", "-1", "double [0, inf]",
     "a negative count"),
    ("indicators.csv", "A,PAY_DOSSIER,counts,3,2,,,,", "numerator", "3", "[0, 2]",
     "more than there are"),
    ("indicators.csv", "A,PAY_DOSSIER,counts,1.5,2,,,,", "numerator", "1.5", "0, 1, 2, …",
     "half a dossier"),
    ("indicators.csv", "A,PAY_DOSSIER,counts,1,9007199254740993,,,,", "denominator",
     "9.00719925474099e+15", "0, 1, 2, …", "a count beyond the exact ones"),
    ("indicators.csv", "A,PAY_DOSSIER,counts,,2,,,,", "numerator", "", "≥ 0",
     "a count that is not published is not 0"),
    ("indicators.csv", "A,PAY_DOSSIER,rate,50,,,,,", "denominator", "", "≥ 0",
     "a rate of nothing"),
    ("indicators.csv", "A,PAY_DOSSIER,rate,50,200,,,,", "denominator", "200", "100",
     "a rate of 200"),
    ("indicators.csv", "A,PAY_DOSSIER,rate,101,100,,,,", "numerator", "101", "[0, 100]",
     "a rate above 100 %"),
    ("indicators.csv", "A,PAY_DOSSIER,none,1,2,,,,", "numerator", "1", "[0, 0]",
     "no cases with cases"),
    ("indicators.csv", "A,PAY_DOSSIER,counts,1,2,6.5,,,", "points", "6.5", "[0, 6]",
     "an indicator above its maximum"),
    ("facts.csv", "A,OVERDUE,three,,,", "value", "three", "double", "a fact in words"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "allowed"),
    [pytest.param(*case[:-1], id=case[-1]) for case in CELLS],
)
def test_an_impossible_cell_is_refused(file, row, column, value, allowed, tmp_path):
    line = FILES[file].count("\n") + 1
    assert message(tmp_path, with_row(file, row)) == (
        f"small/{file} line {line}, column {column}: '{value}' is not allowed; allowed: {allowed}."
    )


OTHERS = [
    (with_row("scores.csv", "Z,TDGQ,1,,,"), "small/scores.csv line 4: unit 'Z' is not known.",
     "scores of an unknown unit"),
    (with_row("indicators.csv", "Z,ON_TIME,none,,,,,,"),
     "small/indicators.csv line 5: unit 'Z' is not known.", "counts of an unknown unit"),
    (with_row("facts.csv", "Z,OVERDUE,1,,,"), "small/facts.csv line 3: unit 'Z' is not known.",
     "facts of an unknown unit"),
    (with_row("scores.csv", "A,SPEED,1,,,"), "small/scores.csv line 4: group 'SPEED' is not known.",
     "an unknown group"),
    (with_row("indicators.csv", "A,SPEED,none,,,,,,"),
     "small/indicators.csv line 5: indicator 'SPEED' is not known.", "an unknown indicator"),
    (with_row("scores.csv", "A,TDGQ,13,,,"),
     "small/scores.csv line 4: group 'TDGQ' appears twice for the same unit.", "a group twice"),
    (with_row("indicators.csv", "A,ON_TIME,none,,,,,,"),
     "small/indicators.csv line 5: indicator 'ON_TIME' appears twice for the same unit.",
     "an indicator twice"),
    (with_row("units.csv", "A,Xã khác,A,commune,,,,"),
     "small/units.csv line 4: unit 'A' appears twice for the same unit.", "a unit twice"),
    (with_row("scores.csv", "A,MDHL,1,,"), "small/scores.csv line 4: 5 cells; expected 6.",
     "a row with a cell too few"),
    (with_row("scores.csv", "A,MDHL,1,,,,"), "small/scores.csv line 4: 7 cells; expected 6.",
     "a row with a cell too many"),
    (with_row("scores.csv", ""), "small/scores.csv line 4: 0 cells; expected 6.", "an empty line"),
    (swapped("scores.csv", "points,national_average", "national_average,points"),
     "small/scores.csv: the columns are 'unit, group, national_average, points, raw, note'; "
     "expected: unit, group, points, national_average, raw, note.", "columns in another order"),
    ({"scores.csv": ""}, "small/scores.csv: the columns are ''; expected: unit, group, points, "
     "national_average, raw, note.", "an empty table"),
    ({"units.csv": None}, "small: the file units.csv is missing.", "no table of units"),
    ({"units.csv": "unit,tên\n".encode("utf-16")}, "small/units.csv: cannot be read ('utf-8' codec "
     "can't decode byte 0xff in position 0: invalid start byte).", "a table in UTF-16"),
    (with_row("scores.csv", 'A,MDHL,1,,"open'),
     "small/scores.csv: cannot be read (unexpected end of data).", "an open quotation mark"),
    (swapped("baseline.toml", 'id = "small"', 'id = "big"'),
     "'id' is 'big' in small/baseline.toml line 1; allowed: small.", "another id than its folder"),
    (swapped("baseline.toml", 'default_unit = "A"', 'default_unit = "Z"'),
     "small/baseline.toml line 1: default_unit 'Z' is not known.", "an unknown default unit"),
    (with_row("baseline.toml", '[[unit_note]]\nunit = "Z"\ntext.vi = "a"\ntext.en = "b"'),
     "small/baseline.toml line 1: unit_note.unit 'Z' is not known.", "a note on an unknown unit"),
    (with_row("baseline.toml", '[[unit_note]]\ntext.vi = "a"\ntext.en = "b"'),
     "Missing key 'unit' in small/baseline.toml line 1.", "a note on no unit"),
    (with_row("baseline.toml", '[[note]]\ntext.vi = "a"'),
     "'text' in small/baseline.toml line 1 needs a text in vi and en.", "a note in one language"),
    (swapped("baseline.toml", 'edition = "2026-portal"', 'edition = "2030"'),
     "2030: the file decision.toml is missing.", "an unknown edition"),
    (swapped("baseline.toml", 'source = "test"\n', ""),
     "Missing key 'source' in small/baseline.toml line 1.", "no source"),
    (swapped("baseline.toml", "source =", "url = 1\nsource ="),
     "Unexpected key 'url' in small/baseline.toml line 1; allowed: id, title, edition, period, "
     "period_text, captured_at, source, default_unit, peers_from, incomplete_pools, note, "
     "unit_note, order.", "an unknown key"),
    (swapped("baseline.toml", 'id = "small"', 'id = "small'),
     "baseline.toml: cannot be read (Illegal character '\\n' (at line 1, column 12)).",
     "a file that is not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"), [pytest.param(*case[:-1], id=case[-1]) for case in OTHERS]
)
def test_a_broken_baseline_is_refused(changed, sentence, tmp_path):
    assert message(tmp_path, changed) == sentence


def test_an_unknown_baseline_lists_what_there_is(tmp_path):
    write(tmp_path)
    with pytest.raises(SimulatorError) as error:
        load_baseline("large", tmp_path)
    assert explain(error.value, "en") == "There is no baseline 'large'; available: small."


def test_an_unknown_unit_gives_an_example(tmp_path):
    write(tmp_path)
    with pytest.raises(SimulatorError) as error:
        load_baseline("small", tmp_path).unit("Z")
    assert explain(error.value, "en") == "There is no unit 'Z' in small; for example: A."
