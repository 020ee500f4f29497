"""Letterheads and templates of an office: kept, replaced, told in the log, carried by backups."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from simulator.errors import DataError
from simulator.store import Amounts, KeptTemplate, Restored, Store
from simulator.store.paper_records import MOST_BYTES, MOST_LETTERS, MOST_LINES
from simulator.store.records import digest
from simulator.text import LANGUAGES, explain
from tests.store.saved import ANH, BINH, content
from tests.store.test_archive import pack_again, parts_of, parts_of_backup, refused, with_manifest
from tests.store.test_migrations import alembic, connected

FIELDS = {
    "parent": "", "authority": "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ", "place": "Phú Thọ",
    "symbol": "UBND", "on_behalf": "TM. ỦY BAN NHÂN DÂN", "office": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    "signer": "Nguyễn Văn A", "recipients": "Như trên;\nVăn phòng Chính phủ (để báo cáo);",
}  # fmt: skip
FILE = bytes(range(256)) * 40


def test_a_letterhead_comes_back_as_it_was_set_for_its_unit_and_language_only(store) -> None:
    assert store.papers.letterhead("H44", "vi") is None
    assert store.papers.set_letterhead("H44", "vi", FIELDS, ANH) is None
    kept = store.papers.letterhead("H44", "vi")
    assert (kept.unit, kept.language, kept.fields, kept.set_by) == ("H44", "vi", FIELDS, ANH.name)
    assert store.papers.letterhead("H44", "en") is None
    assert store.papers.letterhead("H44.01", "vi") is None


def test_who_replaces_a_letterhead_gets_what_was_there_and_the_log_tells(store) -> None:
    store.papers.set_letterhead("H44", "vi", FIELDS, ANH)
    before = store.papers.letterhead("H44", "vi")
    assert store.papers.set_letterhead("H44", "vi", FIELDS | {"signer": "B"}, BINH) == before
    assert store.papers.letterhead("H44", "vi").fields["signer"] == "B"
    assert store.papers.clear_letterhead("H44", "vi", ANH).set_by == BINH.name
    assert store.papers.clear_letterhead("H44", "vi", ANH) is None
    assert store.papers.letterhead("H44", "vi") is None
    assert [(one.action.value, one.who, one.client, one.what) for one in store.events()] == [
        ("letterhead_cleared", ANH.name, ANH.client, "H44 (vi)"),
        ("letterhead_set", BINH.name, BINH.client, "H44 (vi)"),
        ("letterhead_set", ANH.name, ANH.client, "H44 (vi)"),
    ]


def test_lines_are_kept_printable_and_without_empty_ends(store) -> None:
    typed = FIELDS | {
        "place": "  Phú\tThọ\x07 ",
        "recipients": "\r\n  a;\r\n\r\nb",
    }
    store.papers.set_letterhead("H44", "vi", typed, ANH)
    kept = store.papers.letterhead("H44", "vi").fields
    assert (kept["place"], kept["recipients"]) == ("Phú Thọ", "a;\n\nb")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"authority": " \n "}, "letterhead_without_authority"),
        ({"place": "Phú Thọ\nhai dòng"}, "letterhead_lines"),
        ({"recipients": "a\n" * 21}, "letterhead_lines"),
        ({"signer": "ẫ" * (MOST_LETTERS + 1)}, "letterhead_long"),
        ({"signer": "a\0b"}, "store_text"),
        ({"signer": "\ud800"}, "store_text"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_what_is_there(store, changed, code) -> None:
    store.papers.set_letterhead("H44", "vi", FIELDS, ANH)
    with pytest.raises(DataError) as caught:
        store.papers.set_letterhead("H44", "vi", FIELDS | changed, BINH)
    assert caught.value.code == code
    for language in LANGUAGES:
        assert "{" not in explain(caught.value, language)
    assert store.papers.letterhead("H44", "vi").fields == FIELDS
    assert len(store.events()) == 1


def test_as_much_as_is_allowed_is_kept(store) -> None:
    full = {name: "\n".join(["ẫ" * MOST_LETTERS] * most) for name, most in MOST_LINES.items()}
    store.papers.set_letterhead("H44", "vi", full, ANH)
    assert store.papers.letterhead("H44", "vi").fields == full


def test_a_template_is_kept_byte_for_byte_and_its_replacement_told(store) -> None:
    assert store.papers.template("paper", "vi") is None
    assert store.papers.set_template("paper", "vi", "Mẫu của Sở.docx", FILE, ANH) is None
    kept = store.papers.template("paper", "vi")
    entry = kept.entry
    assert kept.content == FILE
    assert (entry.name, entry.sha256, entry.size) == ("Mẫu của Sở.docx", digest(FILE), len(FILE))
    assert (entry.set_by, entry.part, entry.language) == (ANH.name, "paper", "vi")
    assert store.papers.template("paper", "en") is store.papers.template("page", "vi") is None
    assert store.papers.set_template("paper", "vi", "mới.docx", b"2", BINH) == entry
    store.papers.set_template("announcement", "en", "a.docx", b"3", BINH)
    assert [(one.part, one.name) for one in store.papers.listed()] == [
        ("announcement", "a.docx"), ("paper", "mới.docx"),
    ]  # fmt: skip
    assert store.papers.clear_template("paper", "vi", ANH).name == "mới.docx"
    assert store.papers.clear_template("paper", "vi", ANH) is None
    assert [(one.action.value, one.who, one.client, one.what) for one in store.events()] == [
        ("template_cleared", ANH.name, ANH.client, "paper (vi): mới.docx"),
        ("template_set", BINH.name, BINH.client, "announcement (en): a.docx"),
        ("template_set", BINH.name, BINH.client, "paper (vi): Mẫu của Sở.docx → mới.docx"),
        ("template_set", ANH.name, ANH.client, "paper (vi): Mẫu của Sở.docx"),
    ]


def test_an_empty_or_very_large_template_is_refused(store) -> None:
    for size, code in ((0, "template_empty"), (MOST_BYTES + 1, "template_large")):
        with pytest.raises(DataError, match=code) as caught:
            store.papers.set_template("paper", "vi", "mẫu.docx", b"x" * size, ANH)
        assert "mẫu.docx" in explain(caught.value, "vi")
    assert (store.papers.listed(), store.events()) == ((), ())


def test_a_template_that_is_damaged_is_not_used(sqlite_store) -> None:
    sqlite_store.papers.set_template("paper", "vi", "mẫu.docx", FILE, ANH)
    with sqlite_store._database.writing() as connection:
        connection.execute(text("UPDATE document_templates SET content = x'00'"))
    with pytest.raises(DataError, match="store_damaged"):
        sqlite_store.papers.template("paper", "vi")


def fill(store: Store) -> None:
    """Two letterheads, two templates of one content."""
    for unit in ("H44", "H44.01"):
        store.papers.set_letterhead(unit, "vi", FIELDS, ANH)
    for part in ("paper", "page"):
        store.papers.set_template(part, "vi", f"{part}.docx", FILE, BINH)


def papers_of(store: Store) -> tuple[object, ...]:
    heads = [store.papers.letterhead(unit, "vi") for unit in ("H44", "H44.01")]
    return heads, [store.papers.template(one.part, one.language) for one in store.papers.listed()]


@pytest.fixture
def backed_up(new_store, tmp_path: Path) -> tuple[Path, tuple[object, ...]]:
    """A backup with papers, and the papers."""
    source = new_store(f"sqlite:///{tmp_path / 'nguồn.db'}")
    fill(source)
    assert source.backup(tmp_path / "kho.zip") == Amounts(0, 0, 0, 4)
    return tmp_path / "kho.zip", papers_of(source)


def test_a_backup_carries_papers_and_restoring_twice_changes_nothing(store, backed_up) -> None:
    path, papers = backed_up
    assert store.restore(path, ANH) == Restored(Amounts(0, 0, 0, 4), Amounts(0, 0, 0))
    assert papers_of(store) == papers
    assert [one.action.value for one in store.events()] == [
        "backup_restored", *["template_set"] * 2, *["letterhead_set"] * 2,
    ]  # fmt: skip
    assert store.restore(path, ANH) == Restored(Amounts(0, 0, 0), Amounts(0, 0, 0, 4))
    assert len(store.events()) == 5


def test_what_the_office_has_set_stays_when_a_backup_is_restored(store, backed_up) -> None:
    path, _papers = backed_up
    store.papers.set_letterhead("H44", "vi", FIELDS | {"signer": "Của tôi"}, BINH)
    store.papers.set_template("paper", "vi", "của tôi.docx", b"1", BINH)
    assert store.restore(path) == Restored(Amounts(0, 0, 0, 2), Amounts(0, 0, 0, 2))
    assert store.papers.letterhead("H44", "vi").fields["signer"] == "Của tôi"
    assert store.papers.letterhead("H44.01", "vi").fields == FIELDS
    mine = store.papers.template("paper", "vi")
    assert isinstance(mine, KeptTemplate)
    assert mine.content == b"1"
    assert store.papers.template("page", "vi").content == FILE


def test_a_backup_holds_each_template_once_as_a_file_that_word_opens(backed_up) -> None:
    path, _papers = backed_up
    files = [name for name in parts_of(path) if name.startswith("templates/")]
    assert files == [f"templates/{digest(FILE)}.docx"]


def test_a_backup_of_the_second_format_is_still_restored(store, tmp_path) -> None:
    parts = parts_of_backup(lambda source: source.scenarios.create(content(1)), tmp_path)
    listed = json.loads(parts["manifest.json"])
    old = {name: listed[name] for name in ("made_at", "imports", "scenarios", "log")}
    pack_again(tmp_path / "kho.zip", parts | {"manifest.json": json.dumps(old | {"format": 2})})
    assert store.restore(tmp_path / "kho.zip").added == Amounts(0, 1, 1)


def first(part: str, **changed: object) -> Callable[[dict[str, bytes]], None]:
    return with_manifest(lambda listed: listed[part][0].update(changed))


BROKEN = {
    "no letterheads": with_manifest(lambda listed: listed.pop("letterheads")),
    "no templates": with_manifest(lambda listed: listed.pop("templates")),
    "unit of two": with_manifest(lambda listed: listed["letterheads"][1].update(unit="H44")),
    "part of two": with_manifest(lambda listed: listed["templates"][1].update(part="page")),
    "a field too many": first("letterheads", fields=FIELDS | {"x": ""}),
    "a field too few": first("letterheads", fields={"authority": "A"}),
    "no authority": first("letterheads", fields=FIELDS | {"authority": ""}),
    "number in a field": first("letterheads", fields=FIELDS | {"place": 7}),
    "no zone": first("letterheads", set_at="2026-10-10T00:00:00"),
    "no moment": first("templates", set_at=None),
    "number as name": first("templates", name=7),
    "other digest": first("templates", sha256="0" * 64),
    "other content": lambda parts: parts.update({f"templates/{digest(FILE)}.docx": b"x"}),
    "no content": lambda parts: parts.pop(f"templates/{digest(FILE)}.docx"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_altered_papers_of_a_backup_change_nothing(sqlite_store, backed_up, change) -> None:
    path, _papers = backed_up
    parts = parts_of(path)
    change(parts)
    pack_again(path, parts)
    refused(sqlite_store, path, "backup_broken")
    assert papers_of(sqlite_store) == ([None, None], [])
    assert sqlite_store.events() == ()


def test_a_store_of_version_0002_keeps_its_scenarios_and_takes_papers(url) -> None:
    store = Store(url)
    made = store.scenarios.create(content(1))
    store.papers.set_letterhead("H44", "vi", FIELDS, ANH)
    store.close()
    alembic(command.downgrade, url, "0002")
    with connected(url) as connection:
        tables = set(inspect(connection).get_table_names())
        assert tables.isdisjoint({"letterheads", "document_templates"})
    again = Store(url)
    assert again.scenarios.version(made.scenario_id) == made
    assert again.papers.letterhead("H44", "vi") is None
    fill(again)
    assert len(again.papers.listed()) == 2
    again.close()


def test_a_long_name_of_a_file_is_cut_and_a_name_with_lines_is_one_line(store) -> None:
    store.papers.set_template("paper", "vi", "a\nb" + "x" * 300, FILE, replace(ANH, name="A\nB"))
    (entry,) = store.papers.listed()
    assert entry.name == ("a b" + "x" * 300)[:MOST_LETTERS]
    assert entry.set_by == "A B"
