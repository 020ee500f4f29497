"""What the library holds: read once per change of the store, searched and filtered in memory."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator import library
from simulator.errors import SimulatorError
from simulator.rule_files import load_edition
from simulator.rules import Text
from simulator.search import folded
from simulator.store import KeptScenario, NewVersion, has_store, open_store, store_url

DECIMALS = 2  # of points under rules that are not known here


@dataclass(frozen=True)
class About:
    """What names a scenario: its unit, the decimals of its points, the figures it is made on.

    ``title`` is None where its figures are not on this machine; ``captured_at`` is empty then.
    """

    unit_name: str
    decimals: int
    title: Text | None
    captured_at: str


@dataclass(frozen=True)
class Row:
    """A scenario and what it is about; ``sought``: folded text a search looks into."""

    kept: KeptScenario
    about: About
    sought: str

    @property
    def content(self) -> NewVersion:
        return self.kept.newest.content


@dataclass(frozen=True, eq=False)
class Shelf:
    """All scenarios, archived ones too, and the deleted ones; last saved first.

    ``mark``: another value whenever these or the figures behind them changed. One object as long
    as nothing changes, so that what is made of it can be remembered by it.
    """

    mark: Hashable = None
    rows: tuple[Row, ...] = ()
    deleted: tuple[Row, ...] = ()


def read() -> Shelf:
    """What the store holds now; nothing is created by asking.

    Raises :class:`DataError` if the store cannot be used.
    """
    if not has_store():
        return Shelf()
    return _read((store_url(), open_store().scenarios.number_of_changes(), library.version()))


@lru_cache(maxsize=4)
def _read(mark: Hashable) -> Shelf:
    scenarios = open_store().scenarios
    made = (tuple(map(_row, scenarios.listed(deleted))) for deleted in (False, True))
    return Shelf(mark, *made)


def _row(kept: KeptScenario) -> Row:
    content = kept.newest.content
    about = about_of(content)
    texts = (content.name, content.author, about.unit_name, content.unit, content.note)
    return Row(kept, about, folded(" ".join(texts)))


def about_of(content: NewVersion) -> About:
    """The names of what ``content`` is about, as far as they are known here."""
    try:
        decimals = load_edition(content.edition).decimals
    except SimulatorError:
        decimals = DECIMALS
    try:
        baseline = library.load(content.baseline)
    except SimulatorError:
        return About(content.unit, decimals, None, "")
    unit = baseline.units.get(content.unit)
    name = content.unit if unit is None else unit.short_name
    return About(name, decimals, baseline.title, baseline.captured_at)


def found(
    listed: Sequence[Row], sought: str = "", unit: str = "", archived: bool = False
) -> tuple[Row, ...]:
    """Those that hold every word of ``sought``, of ``unit`` if given, archived ones if asked."""
    words = folded(sought).split()
    return tuple(
        row
        for row in listed
        if (archived or row.kept.archived_at is None)
        and unit in ("", row.content.unit)
        and all(word in row.sought for word in words)
    )
