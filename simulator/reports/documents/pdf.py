"""PDF of documents through LibreOffice, where one is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

from simulator.errors import DataError

NAMES = ("soffice", "libreoffice")
USUAL = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
# Beside the program: what every installation has, and what opens texts.
_ANY, _TEXTS = "libmergedlo.so", "libswlo.so"
TIMEOUT = 60.0
# Templates are judged before; should something have passed, it is neither fetched nor run.
_CAREFUL = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_WINDOWS = sys.platform == "win32"
_one_at_a_time = threading.Lock()


@cache
def converter() -> Path | None:
    """The program that makes a PDF; None if there is none on this machine."""
    found = (shutil.which(name) for name in NAMES)
    places = (*(Path(one) for one in found if one), *(Path(one) for one in USUAL))
    return next((place for place in places if place.is_file() and _writes_texts(place)), None)


def _writes_texts(program: Path) -> bool:
    """False where spreadsheets are installed without the part that knows texts."""
    folder = program.resolve().parent
    return (folder / _TEXTS).is_file() or not (folder / _ANY).is_file()


def to_pdf(docx: bytes, timeout: float = TIMEOUT) -> bytes:
    """``docx`` as PDF; waits for its turn, as two at once would not be faster.

    Raises :class:`DataError`: ``pdf_missing``, ``pdf_timeout`` (seconds), ``pdf_failed``.
    Leaves neither files nor processes.
    """
    program = converter()
    if program is None:
        raise DataError("pdf_missing")
    with _one_at_a_time, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "document.docx"
        source.write_bytes(docx)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_CAREFUL, encoding="utf-8")
        _run(_command(program, source, folder), timeout)
        made = source.with_suffix(".pdf")
        content = made.read_bytes() if made.is_file() else b""
    if not content.startswith(b"%PDF"):
        raise DataError("pdf_failed")
    return content


def _command(program: Path, source: Path, folder: Path) -> list[str]:
    profile = (folder / "profile").as_uri()
    return [
        str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore",
        "--nolockcheck", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder),
        str(source),
    ]  # fmt: skip


def _run(command: list[str], timeout: float) -> None:
    """Run ``command``, and end everything it started if it takes too long."""
    try:
        # A group of its own: the program starts others, which have to end with it.
        process = subprocess.Popen(  # noqa: S603  the command is put together here
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL, start_new_session=not _WINDOWS,
        )  # fmt: skip
    except OSError:
        raise DataError("pdf_failed") from None
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        raise DataError("pdf_timeout", seconds=round(timeout)) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if _WINDOWS:
        if process.poll() is None:
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
