"""A backup of the whole store in one ZIP file, and back into a store of either kind.

``manifest.json`` lists the imports, the scenarios with all versions, letterheads, templates, and
the log; ``tables/<id>/<kind>.parquet`` are the figures of imports, ``originals/<sha256>`` their
files, and ``templates/<sha256>.docx`` the office's own templates.
The PIN stays where it was set. Nothing is believed: ids and digests are computed again.
"""

from __future__ import annotations

import json
import lzma
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

import simulator.store.archive_papers as archive_papers
import simulator.store.archive_scenarios as archive_scenarios
import simulator.store.reading as reading
import simulator.store.writing as writing
from simulator.errors import DataError
from simulator.store.archive_values import moment_of
from simulator.store.packed import unpack
from simulator.store.records import Amounts, Entry, NewImport, Restored, digest
from simulator.store.schema import imports

FORMAT = 3
# What the list of a backup holds, by the format that began with it.
_LISTS = {
    "imports": 1, "scenarios": 2, "log": 2, "letterheads": 3, "templates": 3,
}  # fmt: skip
_MANIFEST = "manifest.json"
# Whatever else a cut, altered or foreign file leads to while its parts are taken out.
_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, KeyError, TypeError, ValueError, AttributeError,
)  # fmt: skip


def backup(connection: Connection, path: Path) -> Amounts:
    """Write the store into ``path``, which is replaced only when all of it is there.

    Returns how much there is in it. :class:`DataError` if the file cannot be written.
    """
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "w+b") as stream:
                amounts = _write(connection, stream)
                stream.flush()
                os.fsync(stream.fileno())
            Path(draft).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(draft).unlink()
            raise
    except OSError as cause:
        raise DataError(
            "backup_unwritable", file=str(path), detail=cause.strerror or str(cause)
        ) from cause
    return amounts


def _write(connection: Connection, stream: Any) -> Amounts:
    found = reading.entries(connection)
    scenarios = archive_scenarios.stored(connection)
    papers = archive_papers.stored(connection)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in found:
            for kind, content in reading.packed_tables(connection, entry.id).items():
                packed.writestr(_table(entry.id, kind), content)
        # Sorted, or the same store would give files that differ in their order.
        for sha256 in sorted({file.sha256 for entry in found for file in entry.files}):
            packed.writestr(_original(sha256), reading.content(connection, sha256))
        for name, content in archive_papers.files(papers):
            packed.writestr(name, content)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(),
            "imports": [_listed(connection, entry) for entry in found],
            "scenarios": archive_scenarios.listed(scenarios),
            "log": archive_scenarios.logged(connection),
            **archive_papers.listed(papers),
        }
        packed.writestr(_MANIFEST, json.dumps(manifest, indent=1))
    versions = sum(len(one.versions) for one in scenarios)
    return Amounts(len(found), len(scenarios), versions, papers.count)


def _listed(connection: Connection, entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {
        "tables": list(reading.packed_tables(connection, entry.id)),
        "imported_at": entry.imported_at.isoformat(),
        "deleted_at": entry.deleted_at.isoformat() if entry.deleted_at else None,
    }


def _table(key: str, kind: str) -> str:
    return f"tables/{key}/{kind}.parquet"


def _original(sha256: str) -> str:
    return f"originals/{sha256}"


@dataclass(frozen=True)
class Parts:
    """An open backup: its name for messages, its archive and what its list says of each part."""

    name: str
    archive: zipfile.ZipFile
    imports: tuple[Mapping[str, Any], ...]
    scenarios: tuple[Mapping[str, Any], ...] = ()
    log: tuple[Mapping[str, Any], ...] = ()
    letterheads: tuple[Mapping[str, Any], ...] = ()
    templates: tuple[Mapping[str, Any], ...] = ()


@contextmanager
def opened(path: Path) -> Iterator[Parts]:
    """The backup ``path``; :class:`DataError` if it is none or of a newer version."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise DataError("input_missing", file=str(path)) from None
    except _FAULTS as cause:
        raise _broken(path.name, cause) from cause
    with archive:
        with _believed_only_if_sound(path.name):
            manifest = json.loads(archive.read(_MANIFEST))
            made_as = manifest["format"]
            if type(made_as) is not int or made_as < 1:
                raise ValueError(f"format: {made_as}")
            if made_as > FORMAT:
                raise DataError("backup_newer", file=path.name)
            lists = {name: tuple(manifest[name]) for name, n in _LISTS.items() if n <= made_as}
        yield Parts(path.name, archive, **lists)


@contextmanager
def _believed_only_if_sound(name: str) -> Iterator[None]:
    """Whatever is wrong inside is a broken backup; only a newer one is something else."""
    try:
        yield
    except DataError as cause:
        if cause.code == "backup_newer":
            raise
        detail = cause.fields["what"] if cause.code == "store_damaged" else cause
        raise _broken(name, detail) from cause
    except _FAULTS as cause:
        raise _broken(name, cause) from cause


def restore(connection: Connection, parts: Parts) -> Restored:
    """Add what a backup holds and the store does not.

    :class:`DataError` for the first part that is missing, cut or altered; the caller's
    transaction must then be undone.
    """
    with _believed_only_if_sound(parts.name):
        scenarios = [archive_scenarios.taken_out(raw) for raw in parts.scenarios]
        log = [archive_scenarios.event_of(raw) for raw in parts.log]
        papers = archive_papers.taken_out(parts.archive, parts.letterheads, parts.templates)
    added = _restore_imports(connection, parts)
    done = archive_scenarios.restore(connection, scenarios)
    archive_scenarios.restore_log(connection, log)
    new = archive_papers.restore(connection, papers)
    known = len(parts.imports) - added
    return Restored(
        replace(done.added, figures=added, papers=new),
        replace(done.known, figures=known, papers=papers.count - new),
    )


def _restore_imports(connection: Connection, parts: Parts) -> int:
    """How many of the imports were not there."""
    added = 0
    known = set(connection.scalars(select(imports.c.id)))
    for listed in parts.imports:
        prepared = _taken_out(parts, listed)
        if prepared.id not in known:
            writing.write(connection, prepared)
            known.add(prepared.id)
            added += 1
    return added


def _taken_out(parts: Parts, listed: Mapping[str, Any]) -> writing.Prepared:
    """One import of a backup, proved to be what its id says."""
    with _believed_only_if_sound(parts.name):
        prepared = writing.prepare(_new(parts, listed))
        if prepared.id != listed["id"]:
            raise DataError("store_damaged", what=str(listed["id"]))
        deleted_at = listed["deleted_at"]
        moments = {
            "imported_at": moment_of(listed["imported_at"]),
            "deleted_at": None if deleted_at is None else moment_of(deleted_at),
        }
        return writing.with_moments(prepared, moments)


def _new(parts: Parts, listed: Mapping[str, Any]) -> NewImport:
    key, findings, lacks = listed["id"], listed["findings"], listed["lacks"]
    texts = [*lacks, *(cell for finding in findings for pair in finding.items() for cell in pair)]
    if not all(isinstance(cell, str) for cell in texts):
        raise TypeError("findings, lacks")
    if not isinstance(listed["is_complete"], bool):
        raise TypeError("is_complete")
    tables = {
        kind: unpack(kind, parts.archive.read(_table(key, kind))) for kind in listed["tables"]
    }
    return NewImport(
        tables=tables,
        edition=listed["edition"],
        name=listed["name"],
        period=listed["period"],
        captured_at=listed["captured_at"],
        source=listed["source"],
        is_complete=listed["is_complete"],
        default_unit=listed["default_unit"],
        findings=tuple(findings),
        lacks=tuple(lacks),
        files=tuple((file["name"], _proved(parts, file["sha256"])) for file in listed["files"]),
        imported_by=listed["imported_by"],
    )


def _proved(parts: Parts, sha256: str) -> bytes:
    content = parts.archive.read(_original(sha256))
    if digest(content) != sha256:
        raise DataError("store_damaged", what=_original(sha256))
    return content


def _broken(name: str, cause: object) -> DataError:
    return DataError("backup_broken", file=name, detail=str(cause))
