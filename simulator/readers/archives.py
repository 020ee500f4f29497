"""ZIP archives: their files one by one, within bounds that no honest archive exceeds."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from simulator.errors import DataError
from simulator.readers.records import one_line

MOST_FILES = 500
MOST_BYTES = 200_000_000
# RuntimeError: a password; NotImplementedError: a method Python does not know; ValueError and
# the last three: sizes and packed bytes that make no sense.
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError,
              zlib.error, struct.error, lzma.LZMAError)  # fmt: skip
# What archivers add of their own.
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def members(content: bytes, file: str) -> Iterator[tuple[str, bytes]]:
    """``(archive/name, bytes)`` of every file; :class:`DataError` for what is no such archive.

    An archive inside the archive is refused by its name: nobody exports one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _members(archive, file)
    except BROKEN_ZIP as cause:
        raise DataError("archive_broken", file=file, detail=one_line(cause)) from None


def _members(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, bytes]]:
    entries = [entry for entry in archive.infolist() if not _is_ignored(entry)]
    if not entries:
        raise DataError("input_empty", file=file)
    # The sizes stand in the archive's own list and are checked again while unpacking.
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise DataError("archive_too_large", file=file, files=MOST_FILES, megabytes=200)
    for entry in entries:
        name = f"{file}/{one_line(entry.filename)}"
        if name.lower().endswith(".zip"):
            raise DataError("archive_nested", file=name)
        with archive.open(entry) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise DataError("archive_too_large", file=file, files=MOST_FILES, megabytes=200)
        yield name, data


def _is_ignored(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() or any(
        entry.filename.startswith(name) or entry.filename.endswith(f"/{name}")
        or entry.filename == name
        for name in IGNORED
    )  # fmt: skip
