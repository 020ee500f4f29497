"""LibreOffice Calc for tests: open a workbook, write cells, recalculate, read cells."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).with_name("calc_server.py")
# The interpreter that comes with LibreOffice's own library.
PYTHON = Path("/usr/bin/python3")
# A sheet and what of it: B5, or B5:C40.
RANGE = tuple[str, str]
# A sheet, a cell, and what to write into it.
CELL = tuple[str, str, Any]


class Calc:
    """A running LibreOffice; one document is open at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, do: str, **asked: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "LibreOffice is gone"
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(answer["error"])
        return answer

    def open(self, path: Path) -> list[str]:
        """Names of the sheets; everything is computed anew."""
        return list(self.ask("open", path=str(path)))

    def close(self) -> None:
        self.ask("close")

    def unlock(self, sheet: str) -> None:
        """Take the protection off a sheet; it has no password."""
        self.ask("unlock", sheet=sheet)

    def write(self, cells: Sequence[CELL]) -> None:
        self.ask("write", cells=cells)

    def read(self, ranges: Sequence[RANGE]) -> list[list[list[Any]]]:
        """The values of each range by rows; an error is None."""
        return list(self.ask("read", ranges=ranges))

    def whatifs(
        self, rows: Sequence[Sequence[CELL]], ranges: Sequence[RANGE]
    ) -> list[list[list[list[Any]]]]:
        """``ranges`` after each of ``rows`` was written."""
        return list(self.ask("whatifs", rows=rows, ranges=ranges))

    def formulas(self) -> list[tuple[str, int, int, Any]]:
        return [tuple(found) for found in self.ask("formulas")]


def is_here() -> bool:
    if shutil.which("soffice") is None or not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


def need_calc() -> None:
    """Skip where LibreOffice or its library is missing, unless everything is required."""
    if not is_here() and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("LibreOffice with its Python library is not here")


@contextmanager
def running_calc(folder: Path) -> Iterator[Calc]:
    """LibreOffice with its own profile in ``folder``."""
    pipe = f"calc{secrets.token_hex(6)}"
    program = shutil.which("soffice")
    assert program is not None
    office = subprocess.Popen(
        [program, "--headless", "--norestore", "--nologo", "--nodefault",
         f"-env:UserInstallation={folder.as_uri()}/profile",
         f"--accept=pipe,name={pipe};urp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    server = subprocess.Popen(
        [PYTHON, str(SERVER), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    calc = Calc(server)
    try:
        yield calc
    finally:
        calc.ask("stop")
        server.wait(30)
        office.wait(30)
