"""An office's own figures: from checked files into the store, and out of it as baselines."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from simulator import library
from simulator.baseline import Baseline
from simulator.checks import Finding, Level, Report
from simulator.errors import DataError, SimulatorError
from simulator.imports import About, Tables, baseline_from, first_unit, lacks
from simulator.library import Listed
from simulator.numbers import VIETNAM
from simulator.period import captured_moment
from simulator.reading_tables import tables_of
from simulator.rule_files import load_edition
from simulator.rules import Edition, Text
from simulator.store import Actor, Entry, NewImport, Outcome, Store, has_store, open_store
from simulator.store.problems import OF_THE_WHOLE
from simulator.text import LANGUAGES

T = TypeVar("T")
SECOND = 1.0
# Where the store is (empty: it cannot be used), its number, how often it failed.
Version = tuple[str, int, int]
NOBODY = Actor()


@dataclass(frozen=True)
class Kept:
    """What became of an import; ``lacks`` as :func:`simulator.imports.lacks` gives it."""

    id: str
    outcome: Outcome
    lacks: tuple[str, ...]


def keep(
    report: Report,
    edition: Edition,
    about: About,
    files: Sequence[tuple[str, bytes]],
    by: Actor = NOBODY,
) -> Kept:
    """Put checked figures into the store, with the files they came from.

    Raises :class:`DataError` if something of them is wrong or nothing is there, and whatever the
    store finds in its way; then nothing is kept.
    """
    if not report.is_usable:
        raise DataError("import_refused", count=len(report.of(Level.WRONG)))
    tables = tables_of(report.reading, edition)
    unit = first_unit({row["unit"]: row["level"] for row in tables["units"]})
    missing = lacks(tables, edition, _whole_before(unit, edition, about))
    # How old figures are is told by every screen, of the day it is looked at.
    doubts = [one for one in report.of(Level.DOUBTFUL) if one.code != "capture_stale"]
    new = NewImport(
        tables=tables, edition=edition.code, name=_free(about.name), period=about.period,
        captured_at=about.captured_at, source=about.source, is_complete=about.is_complete,
        default_unit=unit,
        findings=tuple(_told(finding, edition) for finding in doubts),
        lacks=missing, files=tuple(files), imported_by=by.name,
    )  # fmt: skip
    import_id, outcome = open_store().add(new, by.client)
    return Kept(import_id, outcome, missing)


def _told(finding: Finding, edition: Edition) -> dict[str, str]:
    unit = {"unit": str(finding.fields["unit"])} if "unit" in finding.fields else {}
    return unit | {language: finding.sentence(language, edition) for language in LANGUAGES}


def _free(name: str) -> str:
    """``name``, with a number where other figures have it already."""
    taken = {entry.name for entry in open_store().entries()}
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _whole_before(unit: str, edition: Edition, about: About) -> Tables | None:
    """The newest whole figures of the same unit and period that the store has."""
    store = open_store()
    for held in store.holding(unit):
        if about.period and (held.edition, held.period) == (edition.code, about.period):
            entry = store.entry(held.import_id)
            if entry is not None and not entry.lacks:
                # What is damaged must not keep new figures out.
                with suppress(DataError):
                    return store.tables(entry.id)
    return None


def earlier(unit: str, edition: Edition, about: About) -> Baseline | None:
    """The figures of ``unit`` in the same period that were read last before these, if any."""
    before = [
        one
        for one in library.holding(unit, edition.code, about.period)
        if one.captured_at and one.captured_at[:10] <= about.captured_at[:10]
    ]
    return max(before, key=lambda one: captured_moment(one.captured_at), default=None)


class OwnFigures:
    """The store as a shelf of the library.

    Where it cannot be used, from the beginning or since a moment ago, the shipped figures must
    still be there: it is empty then, and ``problem`` tells why. It is asked again every second.
    """

    def __init__(self) -> None:
        self.problem: SimulatorError | None = None
        self._failures = 0
        self._version: Version = ("", 0, 0)
        self._asked = -math.inf

    def version(self) -> Version:
        # Asked several times in every answer; other processes' writes may be seen a second late.
        if time.monotonic() - self._asked > SECOND:
            self.refresh()
        return self._version

    def refresh(self) -> None:
        """See what was just written."""
        found = self._tried(lambda store: (store.location, store.version()), ("", 0))
        self._version = (*found, self._failures)
        self._asked = time.monotonic()

    def listed(self) -> tuple[Listed, ...]:
        version = self.version()
        return self._answer(lambda store: _listed(store, version), ())

    def load(self, baseline_id: str) -> Baseline | None:
        version = self.version()
        return self._answer(lambda store: _load(store, baseline_id, version), None)

    def holding(self, unit: str) -> tuple[str, ...]:
        return self._answer(
            lambda store: tuple(one.import_id for one in store.holding(unit)), ()
        )  # fmt: skip

    def gone(self, baseline_id: str) -> str | None:
        return next((one.name for one in self.deleted() if one.id == baseline_id), None)

    def deleted(self) -> tuple[Entry, ...]:
        """What can be brought back."""
        return self._answer(lambda store: store.entries(deleted=True), ())

    def with_file(self, sha256: str) -> tuple[Entry, ...]:
        """What was taken in from this very file before, also what was deleted since."""
        return self._answer(lambda store: store.with_file(sha256), ())

    def _answer(self, question: Callable[[Store], T], nothing: T) -> T:
        """What the store answers; ``nothing`` if there is none, or it failed a moment ago."""
        location, *_ = self.version()
        return self._tried(question, nothing) if location else nothing

    def _tried(self, question: Callable[[Store], T], nothing: T) -> T:
        """Errors of single figures are raised, those of the whole store are kept in ``problem``."""
        try:
            # Reading must not create anything: a machine without own figures has no store.
            answer = question(open_store()) if has_store() else nothing
        except SimulatorError as problem:
            if problem.code not in OF_THE_WHOLE:
                raise
            if self.problem is None:
                # What others remember of the version before may lack what could not be read.
                self._failures += 1
            self.problem, self._version = problem, ("", 0, self._failures)
            return nothing
        self.problem = None
        return answer


OWN_FIGURES = OwnFigures()


def attach() -> None:
    """Let the library list what this office keeps."""
    library.attach(OWN_FIGURES)


@lru_cache(maxsize=4)
def _listed(store: Store, _version: Version) -> tuple[Listed, ...]:
    return tuple(map(listed_of, store.entries()))


def listed_of(entry: Entry) -> Listed:
    """An import as lists show it."""
    return Listed(
        id=entry.id,
        title=dict.fromkeys(LANGUAGES, entry.name),
        edition=entry.edition,
        period=entry.period,
        captured_at=entry.captured_at,
        source=entry.source,
        units=entry.units,
        is_own=True,
        flags=_flags(entry),
        lacks=entry.lacks,
        imported_at=entry.imported_at.astimezone(VIETNAM).isoformat(),
    )


def _flags(entry: Entry) -> tuple[Text, ...]:
    return tuple(map(_text, entry.findings))


def _text(finding: Mapping[str, str]) -> Text:
    return {language: finding[language] for language in LANGUAGES}


# A province with its 150 units holds some megabytes.
@lru_cache(maxsize=64)
def _load(store: Store, baseline_id: str, _version: Version) -> Baseline | None:
    entry = store.entry(baseline_id)
    if entry is None or entry.deleted_at is not None:
        return None
    about = About(entry.name, entry.source, entry.period, entry.captured_at, entry.is_complete)
    edition = load_edition(entry.edition)
    found = baseline_from(store.baseline_tables(entry.id), edition, about, entry.id, entry.id)
    of_units: dict[str, list[Text]] = defaultdict(list)
    for finding in entry.findings:
        of_units[finding.get("unit", "")].append(_text(finding))
    of_all = tuple(of_units.pop("", ()))
    return replace(
        found, notes=of_all, unit_notes={unit: tuple(texts) for unit, texts in of_units.items()}
    )
