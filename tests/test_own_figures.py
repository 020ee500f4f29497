"""An office's own figures: kept, listed, opened, and by commands."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager

import pytest

from simulator import library
from simulator.baseline_files import baseline_ids
from simulator.checks import check_files
from simulator.cli import main
from simulator.errors import DataError, ScenarioError
from simulator.history import history_of
from simulator.imports import About
from simulator.own_figures import OWN_FIGURES, keep
from simulator.rank import peers_of, unit_total
from simulator.rule_files import load_edition
from simulator.store import Outcome, open_store
from simulator.store.engine import Database
from tests.test_imports import written

EDITION = load_edition("2026-portal")


pytestmark = pytest.mark.usefixtures("place")


def file_of(tmp_path, baseline_id: str, *without: str):
    """A shipped baseline as a file, without the lines that hold one of some texts."""
    path = tmp_path / "own.csv"
    written(baseline_id, path)
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if not any(text in line for text in without)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def kept(path, captured: str = "2026-09-26", **about):
    report = check_files([path], EDITION)
    described = About(path.stem, "test", "2026-ytd", captured, **about)
    done = keep(report, EDITION, described, [(path.name, path.read_bytes())])
    OWN_FIGURES.refresh()
    return done


def test_listing_creates_nothing(place):
    assert not any(entry.is_own for entry in library.listed())
    assert library.opening() == "vn-2026-10-10"
    assert not (place / "kept").exists()


def test_kept_figures_are_those_of_the_file(tmp_path):
    done = kept(file_of(tmp_path, "phutho-2026-ytd"))
    own, shipped = library.load(done.id), library.load("phutho-2026-ytd")
    assert done.outcome is Outcome.NEW
    assert unit_total(EDITION, own.unit("H44")) == 6189
    for code, unit in shipped.units.items():
        assert own.units[code].groups == unit.groups
        assert [item.numerator for item in own.units[code].evidence] == [
            item.numerator for item in unit.evidence
        ]


def test_a_province_alone_borrows_the_list_read_nearest(tmp_path):
    done = kept(file_of(tmp_path, "phutho-2026-ytd"))
    own = library.load(done.id)
    assert own.peers_from == "vn-2026-09-26"
    peers = peers_of(own, own.unit("H44"), library.load)
    assert peers is not None
    assert (peers.borrowed, len(peers.totals)) == (True, 33)
    # Its communes are only some of them.
    assert peers_of(own, own.unit("H44.100"), library.load) is None


def test_two_provinces_alone_do_not_lend_to_each_other(tmp_path):
    first = kept(file_of(tmp_path, "phutho-2026-ytd"))
    second = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-09-27")
    assert first.id != second.id
    assert {library.load(one.id).peers_from for one in (first, second)} == {"vn-2026-09-26"}


def test_whole_figures_open_the_app_and_incomplete_ones_do_not_take_their_place(tmp_path):
    whole = kept(file_of(tmp_path, "gialai-2026-10-10"), captured="2026-10-10", is_complete=True)
    assert (whole.lacks, library.opening()) == ((), whole.id)
    part = kept(
        file_of(tmp_path, "gialai-2026-10-10", ",TTTT,", "PAY_", "FEE_"), captured="2026-10-12"
    )
    assert part.lacks[0] == "TTTT"
    assert library.opening() == whole.id
    fewer = kept(file_of(tmp_path, "gialai-2026-10-10", "H21.100,"), captured="2026-10-13")
    assert fewer.lacks == ("H21.100",)
    assert library.opening() == whole.id
    newer = kept(file_of(tmp_path, "gialai-2026-10-10"), captured="2026-10-14")
    assert library.opening() == newer.id


def test_figures_of_another_province_lack_nothing_of_a_national_list(tmp_path):
    whole = kept(file_of(tmp_path, "vn-2026-10-10"), captured="2026-10-10")
    assert whole.lacks == ()
    own = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-10-11")
    assert own.lacks == ()
    assert library.opening() == own.id
    # Hà Nội is the first of the list and no list itself.
    path = tmp_path / "hanoi.csv"
    lines = file_of(tmp_path, "vn-2026-10-10").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *(one for one in lines if one[:4] == "H01,")]))
    assert kept(path, captured="2026-10-12").lacks == ()


def test_a_list_without_totals_lends_nothing(tmp_path):
    own = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-10-12")
    assert library.load(own.id).peers_from == "vn-2026-10-10"
    path = tmp_path / "openness.csv"
    lines = file_of(tmp_path, "vn-2026-10-10").read_text(encoding="utf-8").splitlines()
    openness = [one for one in lines if ",CKMB," in one]
    path.write_text("\n".join([lines[0], *openness]), encoding="utf-8")
    assert len(library.load(kept(path, captured="2026-10-12").id).units) == 34
    assert library.load(own.id).peers_from == "vn-2026-10-10"


def test_34_names_are_not_the_34_provinces(tmp_path):
    path = tmp_path / "names.csv"
    rows = [f"Sở số {k},{k / 2}" for k in range(1, 35)]
    path.write_text("\n".join(["Tên đơn vị,Tiến độ giải quyết", *rows]), encoding="utf-8")
    own = library.load(kept(path).id)
    assert {unit.level for unit in own.units.values()} == {"department"}
    assert {unit.pool for unit in own.units.values()} == {"nameless-departments"}
    assert own.incomplete_pools == {"nameless-departments"}


def test_one_damaged_import_harms_no_other(tmp_path, place):
    broken = kept(file_of(tmp_path, "vn-2026-10-10"), captured="2026-10-12")
    with sqlite3.connect(place / "kept" / "simulator.db") as database:
        database.execute("UPDATE import_tables SET parquet = x'00' WHERE kind = 'scores'")
    own = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-10-13")
    assert library.load(own.id).peers_from == "vn-2026-10-10"
    assert broken.id not in {one.id for one in library.holding("H44")}
    assert history_of("phutho-2026-ytd", "H44").recent


def test_wrong_figures_are_not_kept(tmp_path, place):
    path = tmp_path / "wrong.csv"
    path.write_text("unit,code,numerator,denominator\nH44,ON_TIME,11,10\n", encoding="utf-8")
    with pytest.raises(DataError, match="import_refused"):
        kept(path)
    assert not (place / "kept").exists()


def test_doubts_go_with_the_figures_to_the_unit_they_are_about(tmp_path):
    path = tmp_path / "doubtful.csv"
    path.write_text(
        "unit,name,level,code,numerator,denominator,score\n"
        "H44,UBND tỉnh Phú Thọ,province,ON_TIME,9,10,17.5\n",
        encoding="utf-8",
    )
    done = kept(path)
    [note] = library.load(done.id).unit_notes["H44"]
    assert "17,5" in note["vi"]
    assert library.listed()[0].flags == (note,)


def test_deleted_figures_cannot_be_opened_until_they_are_back(tmp_path):
    done = kept(file_of(tmp_path, "phutho-2026-ytd"))
    open_store().delete(done.id)
    OWN_FIGURES.refresh()
    with pytest.raises(ScenarioError, match="deleted_figures"):
        library.load(done.id)
    open_store().undelete(done.id)
    OWN_FIGURES.refresh()
    assert "H44" in library.load(done.id).units


def test_where_the_store_cannot_be_used_the_shipped_figures_are_still_there(tmp_path, monkeypatch):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "simulator.db").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(folder))
    OWN_FIGURES.refresh()
    assert library.opening() == "vn-2026-10-10"
    assert OWN_FIGURES.problem is not None


def own_of(unit: str) -> list[str]:
    return [entry.id for entry in library.listed_holding([unit]) if entry.is_own]


@library.remembered(maxsize=4)
def remembered_own(unit: str) -> list[str]:
    """As screens remember what they compute from the library."""
    return own_of(unit)


def test_a_store_that_fails_later_hides_the_shipped_figures_from_nobody(tmp_path, monkeypatch):
    own = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-10-12").id
    assert (own_of("H44"), library.load(own).id) == ([own], own)

    @contextmanager
    def down(_database):
        raise DataError("store_unavailable", location="postgresql://x", detail="gone")
        yield

    OWN_FIGURES.refresh()
    with monkeypatch.context() as broken:
        broken.setattr(Database, "reading", down)
        # First somebody asks for units, while what was listed is still known to be so.
        assert remembered_own("H44") == []
        OWN_FIGURES.refresh()
        assert [entry.id for entry in library.listed()] == list(baseline_ids())
        assert library.opening() == "vn-2026-10-10"
        assert (OWN_FIGURES.deleted(), OWN_FIGURES.with_file("0" * 64)) == ((), ())
        with pytest.raises(ScenarioError, match="unknown_baseline"):
            library.load(own)
        assert OWN_FIGURES.problem.code == "store_unavailable"
    OWN_FIGURES.refresh()
    assert OWN_FIGURES.problem is None
    assert library.load(own).id == own
    assert remembered_own("H44") == own_of("H44") == [own]


def test_figures_are_there_again_when_a_damaged_file_is_mended(tmp_path, place):
    own = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-10-12").id
    path = place / "kept" / "simulator.db"
    open_store().close()
    whole = path.read_bytes()
    path.write_bytes(b"garbage" * 2000)
    OWN_FIGURES.refresh()
    assert own not in {entry.id for entry in library.listed()}
    assert OWN_FIGURES.problem.code == "store_corrupt"
    open_store().close()
    path.write_bytes(whole)
    OWN_FIGURES.refresh()
    assert (library.listed()[0].id, OWN_FIGURES.problem) == (own, None)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_import_backup_and_restore_by_command(tmp_path, capsys, monkeypatch):
    path = file_of(tmp_path, "phutho-2026-ytd")
    when = ["--period", "2026-ytd", "--captured", "2026-09-26"]
    code, out, _ = run(capsys, "import", str(path), *when, "--name", "Phú Thọ", "--format", "json")
    found = json.loads(out)
    assert (code, found["outcome"], found["lacks"]) == (0, "new", [])
    archive = tmp_path / "all.zip"
    code, out, _ = run(capsys, "backup", str(archive))
    assert (code, "1 sets of figures, 0 scenarios" in out) == (0, True)
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(tmp_path / "elsewhere"))
    code, out, _ = run(capsys, "restore", str(archive))
    assert [line.split(" sets")[0] for line in out.splitlines()] == ["Added: 1", "There already: 0"]
    OWN_FIGURES.refresh()
    code, out, _ = run(capsys, "whatif", "--baseline", found["id"], "--format", "json")
    assert (code, json.loads(out)["unit"]) == (0, "H44")
    code, out, _ = run(capsys, "baselines", "--lang", "vi", "--format", "json")
    assert json.loads(out)[0]["title"] == "Phú Thọ"


def test_what_a_workbook_says_of_itself_is_taken_by_the_command(tmp_path, capsys):
    path = tmp_path / "vi-du.xlsx"
    run(capsys, "template", str(path), "--example", "--lang", "vi")
    assert run(capsys, "import", str(path), "--lang", "vi")[0] == 0
    OWN_FIGURES.refresh()
    [entry] = [one for one in library.listed() if one.is_own]
    assert (entry.period, entry.captured_at) == ("2026-ytd", "2026-09-26")
    assert entry.title["vi"] == "Phú Thọ: năm 2026, lũy kế đến 26/09/2026"


def test_figures_without_period_or_day_are_not_kept_by_command(tmp_path, capsys, place):
    path = file_of(tmp_path, "phutho-2026-ytd")
    code, _, err = run(capsys, "import", str(path), "--captured", "2026-09-26")
    assert code == 2
    assert "--period" in err
    assert not (place / "kept").exists()


def test_a_wrong_file_is_refused_by_command(tmp_path, capsys):
    path = tmp_path / "wrong.csv"
    path.write_text("unit,code,numerator,denominator\nH44,ON_TIME,11,10\n", encoding="utf-8")
    code, out, err = run(
        capsys, "import", str(path), "--period", "2026-ytd", "--captured", "2026-09-26"
    )
    assert (code, out) == (2, "")
    assert "wrong.csv line 2" in err


def test_the_template_is_written_by_command(tmp_path, capsys):
    path = tmp_path / "bieu-mau.xlsx"
    assert run(capsys, "template", str(path), "--example", "--lang", "vi")[0] == 0
    code, out, _ = run(capsys, "check", str(path), "--format", "json")
    assert (code, json.loads(out)["units"]) == (0, 2)
    assert run(capsys, "template", str(tmp_path / "no" / "where.xlsx"))[0] == 2
