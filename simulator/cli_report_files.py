"""Writing many files so that either all of them are there, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from simulator.errors import DataError
from simulator.readers.records import one_line

PART = ".part"


def refuse_existing(paths: Iterable[Path]) -> None:
    """:class:`DataError` for the first that is there already."""
    for path in paths:
        if path.exists():
            raise DataError("report_exists", file=one_line(str(path)))


def write_files(files: Sequence[tuple[Path, bytes]], overwrite: bool = False) -> None:
    """Write all under other names first, then rename them; folders are made where missing.

    Raises :class:`DataError` (``report_exists``, ``file_not_written``) and leaves nothing new
    then.
    """
    if not overwrite:
        refuse_existing(path for path, _ in files)
    made: list[Path] = []
    folders: list[Path] = []
    path = Path()
    try:
        for path, content in files:
            _make_folders(path.parent, folders)
            part = path.with_name(path.name + PART)
            made.append(part)
            part.write_bytes(content)
        for path, _ in files:
            is_new = not path.exists()
            path.with_name(path.name + PART).replace(path)
            made += [path] if is_new else []
    except OSError as cause:
        _undo(made, folders)
        detail = cause.strerror or str(cause)
        raise DataError("file_not_written", file=one_line(str(path)), detail=detail) from cause


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        made.append(one)


def _undo(files: Iterable[Path], folders: Sequence[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink()
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()
