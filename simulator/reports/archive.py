"""All files of a report as one ZIP file with a manifest, and checking such a file again."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from simulator import scenario_files
from simulator.errors import DataError
from simulator.reports import manifest
from simulator.reports.made import File
from simulator.reports.make import Made
from simulator.reports.names import archive_name, scenario_word, unique
from simulator.reports.order import Order
from simulator.reports.readme import readme
from simulator.reports.subject import Subject, subject_of
from simulator.text import say

README = "README.txt"
# What an archive may unpack to; four scenarios with everything take some 20 MB.
MOST_FILES, MOST_BYTES, MOST_MANIFEST = 2_000, 500_000_000, 5_000_000
MEGABYTE = 1_000_000
# Read by everybody, written by the owner; made on a system that knows such modes.
_MODE, _UNIX = 0o644 << 16, 3
_EARLIEST = 1980  # the first year a ZIP file can tell
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def archive(order: Order, made: Made) -> File:
    """The ZIP file: equal orders on equal figures give equal bytes."""
    subjects = [subject_of(content, order.language) for content in order.chosen]
    files = _collected(order, made, subjects)
    told = manifest.manifest(order, made, subjects, files)
    text = json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    files[manifest.NAME] = text.encode()
    stream = io.BytesIO()
    moment = (max(order.day.year, _EARLIEST), order.day.month, order.day.day, 0, 0, 0)
    with ZipFile(stream, "w") as packed:
        for name in sorted(files):
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr, entry.create_system = _MODE, _UNIX
            packed.writestr(entry, files[name])
    return File(archive_name(order, subjects[0]), stream.getvalue())


def _collected(order: Order, made: Made, subjects: Sequence[Subject]) -> dict[str, bytes]:
    """The files of the report, the scenarios to be opened again, and what all this is."""
    language = order.language
    saved_at = datetime.combine(order.day, time(), UTC)
    files = {file.name: file.content for file in made.files}
    taken = {name.casefold() for name in files}
    folder = say(language, "report_files.scenarios")
    for number, content in enumerate(order.chosen, start=1):
        name = f"{folder}/{number:02d}_{scenario_word(content.name, language)}.json"
        files[unique(name, taken)] = scenario_files.written(content, saved_at)
    # As the simplest editor of Windows reads it.
    text = readme(order, subjects, [file.name for file in made.files])
    files[README] = text.replace("\n", "\r\n").encode("utf-8-sig")
    return files


def check(content: bytes) -> tuple[DataError, ...]:
    """What is no longer as it was made, file by file; empty where all is.

    Raises :class:`DataError` for what is no such archive, would unpack to too much, or was made
    by a newer program.
    """
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            return tuple(_differences(packed))
    except _BROKEN as cause:
        raise DataError("report_archive_broken") from cause


def _differences(packed: ZipFile) -> Iterator[DataError]:
    entries = packed.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise DataError("report_archive_large", most=MOST_BYTES // MEGABYTE)
    listed = _listed(packed)
    there: dict[str, ZipInfo] = {}
    for entry in entries:
        # A name twice: which of them a program unpacks nobody knows.
        if entry.filename in there or entry.filename not in {*listed, manifest.NAME}:
            yield DataError("report_archive_extra", file=entry.filename)
        there.setdefault(entry.filename, entry)
    for name, said in listed.items():
        if name not in there:
            yield DataError("report_archive_missing", file=name)
        elif not _is_as_made(packed, there[name], said):
            yield DataError("report_archive_changed", file=name)


def _listed(packed: ZipFile) -> dict[str, Mapping[str, Any]]:
    """Files by name as the manifest has them."""
    try:
        entry = packed.getinfo(manifest.NAME)
        if entry.file_size > MOST_MANIFEST:
            raise DataError("report_archive_other")
        told = json.loads(packed.read(entry))
        kind, form = told["kind"], int(told["format"])
        files = {str(one["name"]): one for one in told["files"]}
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as cause:
        raise DataError("report_archive_other") from cause
    if kind != manifest.KIND:
        raise DataError("report_archive_other")
    if form > manifest.FORMAT:
        raise DataError("report_archive_newer", format=form, known=manifest.FORMAT)
    return files


def _is_as_made(packed: ZipFile, entry: ZipInfo, said: Mapping[str, Any]) -> bool:
    if entry.file_size != said.get("size"):
        return False
    digest = sha256()
    try:
        with packed.open(entry) as stream:
            # Reading ends at the size the entry claims.
            while part := stream.read(MEGABYTE):
                digest.update(part)
    except _BROKEN:
        return False
    return digest.hexdigest() == said.get("sha256")
