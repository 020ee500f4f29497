"""The commands backup and restore tell how much of each there was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.store import open_store
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
        f"Đã sao lưu vào {archive}: 1 bộ số liệu, 2 kịch bản với 3 phiên bản, và nhật ký."
    )
    assert said(capsys, "backup", str(archive)) == (
        f"Written to {archive}: 1 sets of figures, 2 scenarios with 3 versions, and the log."
    )
    there = {"figures": 1, "scenarios": 2, "versions": 3}
    assert json.loads(said(capsys, "backup", str(archive), "--format", "json")) == there


def test_restoring_says_what_is_new_and_what_was_there(archive, capsys, monkeypatch) -> None:
    said(capsys, "backup", str(archive))
    open_store().scenarios.create(content(4))
    bigger = archive.with_name("lớn hơn.zip")
    said(capsys, "backup", str(bigger))
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(archive.parent / "kho khác"))
    assert said(capsys, "restore", str(archive), "--lang", "vi").splitlines() == [
        "Đã khôi phục: 1 bộ số liệu, 2 kịch bản, 3 phiên bản kịch bản.",
        "Đã có sẵn: 0 bộ số liệu, 0 kịch bản, 0 phiên bản kịch bản.",
    ]
    assert json.loads(said(capsys, "restore", str(bigger), "--format", "json")) == {
        "added": {"figures": 0, "scenarios": 1, "versions": 1},
        "known": {"figures": 1, "scenarios": 2, "versions": 3},
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
