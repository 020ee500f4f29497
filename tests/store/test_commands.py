"""The commands of the store: backup and restore, the log, and the office's PIN."""

from __future__ import annotations

import getpass
import io
import json
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.store import THIS_MACHINE, Actor, open_store
from tests.store.figures import numbered
from tests.store.saved import ANH, content


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where to back up; the store has an import and two scenarios with three versions."""
    monkeypatch.delenv("SIMULATOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(tmp_path / "kho"))
    store = open_store()
    store.add(numbered(1))
    key = store.scenarios.create(content(1)).scenario_id
    store.scenarios.save(key, content(2), 1)
    store.scenarios.create(content(3))
    store.scenarios.delete(key, ANH)
    return tmp_path / "kho.zip"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments]) == 0
    return capsys.readouterr().out.strip()


def test_a_backup_says_what_is_in_it(archive, capsys) -> None:
    assert said(capsys, "backup", str(archive), "--lang", "vi") == (
        f"Đã sao lưu vào {archive}: 1 bộ số liệu, 2 kịch bản với 3 phiên bản, "
        "0 thể thức và mẫu văn bản, và nhật ký."
    )
    assert said(capsys, "backup", str(archive)) == (
        f"Written to {archive}: 1 sets of figures, 2 scenarios with 3 versions, "
        "0 letterheads and templates, and the log."
    )
    there = {"figures": 1, "scenarios": 2, "versions": 3, "papers": 0}
    assert json.loads(said(capsys, "backup", str(archive), "--format", "json")) == there


def test_restoring_says_what_is_new_and_what_was_there(archive, capsys, monkeypatch) -> None:
    said(capsys, "backup", str(archive))
    open_store().scenarios.create(content(4))
    bigger = archive.with_name("lớn hơn.zip")
    said(capsys, "backup", str(bigger))
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(archive.parent / "kho khác"))
    assert said(capsys, "restore", str(archive), "--lang", "vi").splitlines() == [
        "Đã khôi phục: 1 bộ số liệu, 2 kịch bản, 3 phiên bản kịch bản, 0 thể thức và mẫu văn bản.",
        "Đã có sẵn: 0 bộ số liệu, 0 kịch bản, 0 phiên bản kịch bản, 0 thể thức và mẫu văn bản.",
    ]
    assert json.loads(said(capsys, "restore", str(bigger), "--format", "json")) == {
        "added": {"figures": 0, "scenarios": 1, "versions": 1, "papers": 0},
        "known": {"figures": 1, "scenarios": 2, "versions": 3, "papers": 0},
    }
    assert [one.newest.content for one in open_store().scenarios.listed()] == [
        content(4), content(3),
    ]  # fmt: skip


def test_a_file_that_is_no_backup_is_named_in_one_line(archive, capsys) -> None:
    archive.write_bytes(b"x")
    assert main(["restore", str(archive), "--lang", "vi"]) == 2
    error = capsys.readouterr().err.strip()
    assert archive.name in error
    assert "\n" not in error


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store will be that is not there yet."""
    monkeypatch.delenv("SIMULATOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(tmp_path / "kho"))
    monkeypatch.setattr(getpass, "getuser", lambda: "quantri")
    return tmp_path / "kho"


def handed_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *entries: str) -> list[str]:
    """What is asked; ``entries`` are given one after the other, without echo."""
    asked: list[str] = []
    answers = iter(entries)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or next(answers))
    return asked


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments]) == 2
    error = capsys.readouterr().err.strip()
    assert error
    assert "\n" not in error
    return error


def test_looking_at_log_and_pin_creates_no_store(place, capsys) -> None:
    assert "trống" in said(capsys, "log", "--lang", "vi")
    assert said(capsys, "log", "--format", "json") == "[]"
    assert "chưa đặt mã PIN" in said(capsys, "pin", "status", "--lang", "vi")
    assert json.loads(said(capsys, "pin", "clear", "--format", "json")) == {"is_set": False}
    assert not place.exists()


def test_the_log_tells_who_what_and_from_where(archive, capsys, monkeypatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "quantri")
    store = open_store()
    store.pin.clear(Actor("Lê\x1b[31m\nDũng", THIS_MACHINE))
    lines = said(capsys, "log", "--lang", "vi").splitlines()
    assert len(lines) == 6
    assert lines[0].endswith(" Lê [31m Dũng (máy chủ): Bỏ mã PIN")
    assert (
        lines[1].endswith(f" {ANH.name} ({ANH.client}): Xóa kịch bản: Lần 3") or "Xóa" in lines[1]
    )
    assert lines[-1].endswith(" Nguyễn Thị Ánh (-): Nạp số liệu: Lần 1")
    assert said(capsys, "log", "--most", "2").splitlines()[1].endswith("Scenario deleted: Lần 2")
    (newest,) = json.loads(said(capsys, "log", "--most", "1", "--format", "json"))
    assert newest.pop("at").endswith("+07:00")
    assert newest == {
        "who": "Lê [31m Dũng", "client": THIS_MACHINE, "action": "pin_cleared", "what": "",
    }  # fmt: skip


@pytest.mark.parametrize("most", ["0", "-1", "mười", "1e3", "²", ""])
def test_how_much_of_the_log_is_a_whole_number(place, capsys, most: str) -> None:
    assert most in refusal(capsys, "log", f"--most={most}", "--lang", "vi")


def test_the_administrator_sets_and_clears_the_pin(place, capsys, monkeypatch) -> None:
    handed_in(monkeypatch, "\ufeffQuê-hương 1975\r\nthừa".encode())
    assert "Đã đặt mã PIN" in said(capsys, "pin", "set", "--lang", "vi")
    assert said(capsys, "pin", "status") == "The office has set a PIN."
    pin = open_store().pin
    assert pin.check("Quê-hương 1975", ANH)
    asked = typed(monkeypatch, "khác hẳn", "khác hẳn")
    assert json.loads(said(capsys, "pin", "set", "--format", "json")) == {"is_set": True}
    assert len(asked) == 2
    assert pin.check("khác hẳn", ANH)
    assert "Đã bỏ" in said(capsys, "pin", "clear", "--lang", "vi")
    assert not pin.is_set()
    events = [(event.action.value, event.who, event.client) for event in open_store().events()]
    assert events == [
        (action, "quantri", THIS_MACHINE) for action in ("pin_cleared", "pin_set", "pin_set")
    ]


@pytest.mark.parametrize("content", [b"", b"12345\n", b"\xff\xfe1\x002\x003\x004\x00\n"])
def test_what_cannot_be_a_pin_leaves_the_old_one(place, capsys, monkeypatch, content) -> None:
    mark = open_store().pin.set("mã đang dùng", ANH)
    handed_in(monkeypatch, content)
    refusal(capsys, "pin", "set", "--lang", "vi")
    assert open_store().pin.mark() == mark


def test_two_entries_that_differ_set_no_pin(place, capsys, monkeypatch) -> None:
    typed(monkeypatch, "mã mới", "mã mơi")
    assert "không giống nhau" in refusal(capsys, "pin", "set", "--lang", "vi")
    assert not open_store().pin.is_set()


def test_a_user_without_a_name_still_may(place, capsys, monkeypatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: {}["nobody"])
    handed_in(monkeypatch, b"123456\n")
    said(capsys, "pin", "set")
    assert open_store().events()[0].who == ""


def test_what_a_command_restores_is_logged_with_the_administrator(
    archive, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "quantri")
    said(capsys, "backup", str(archive))
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(archive.parent / "kho khác"))
    said(capsys, "restore", str(archive))
    newest = open_store().events(1)[0]
    assert (newest.who, newest.client, newest.what) == ("quantri", THIS_MACHINE, archive.name)
