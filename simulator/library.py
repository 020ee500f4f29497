"""All figures one can start from: the shipped ones, and those an office keeps itself.

The core knows nothing of where an office keeps its figures; whoever has such a place attaches it
(:mod:`simulator.own_figures`). A shelf never changes the figures behind an id.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache, wraps
from threading import Lock, RLock
from typing import Any, Protocol, TypeVar, cast

from simulator.baseline import NAMELESS, Baseline
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.errors import ScenarioError, SimulatorError
from simulator.period import captured_moment
from simulator.rank import unit_total
from simulator.rules import Text

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Listed:
    """Figures as a list shows them, without their units.

    ``flags``: what was found doubtful when they were taken in; ``lacks``: codes of groups or
    units that are missing, so that they do not take the place of whole figures.
    """

    id: str
    title: Text
    edition: str
    period: str
    captured_at: str
    source: str
    units: int
    is_own: bool = False
    flags: tuple[Text, ...] = ()
    lacks: tuple[str, ...] = ()
    imported_at: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.lacks


class Shelf(Protocol):
    """A place where figures are kept besides the shipped ones."""

    def version(self) -> Hashable:
        """Another value whenever what is listed has changed."""

    def listed(self) -> tuple[Listed, ...]:
        """Newest figures first."""

    def load(self, baseline_id: str) -> Baseline | None:
        """The figures with that id, None if there are none."""

    def gone(self, baseline_id: str) -> str | None:
        """The name of figures that were deleted and can be brought back."""

    def holding(self, unit: str) -> tuple[str, ...]:
        """Ids of the figures that hold a unit."""


_shelves: list[Shelf] = []


def attach(shelf: Shelf) -> None:
    """Let ``shelf`` be looked into from now on, once."""
    if shelf not in _shelves:
        _shelves.append(shelf)


def version() -> tuple[Hashable, ...]:
    """Another value whenever the figures listed have changed; part of the key of caches."""
    return tuple(shelf.version() for shelf in _shelves)


def listed() -> tuple[Listed, ...]:
    """Everything one can choose: an office's own figures first."""
    own = [entry for shelf in _shelves for entry in shelf.listed()]
    return (*own, *_shipped())


def load(baseline_id: str) -> Baseline:
    """Figures by id; :class:`ScenarioError` with the ids there are if there are none of that id."""
    if baseline_id in baseline_ids():
        return load_baseline(baseline_id)
    return _own(baseline_id)


def remembered(maxsize: int) -> Callable[[F], F]:
    """Like :func:`functools.lru_cache`, for what is computed from figures of the library: it is
    computed anew when these have changed. Arguments are hashable and given by position."""

    def keep(compute: F) -> F:
        busy: dict[Hashable, RLock] = {}
        changing = Lock()

        @lru_cache(maxsize=maxsize)
        def known(_version: tuple[Hashable, ...], *given: Hashable) -> Any:
            return compute(*given)

        @wraps(compute)
        def ask(*given: Hashable) -> Any:
            key = (version(), *given)
            with changing:
                one = busy.setdefault(key, RLock())
            # Who asks the same at the same time waits for the one answer.
            with one:
                try:
                    return known(*key)
                finally:
                    with changing:
                        busy.pop(key, None)

        return cast(F, ask)

    return keep


@remembered(maxsize=64)
def _own(baseline_id: str) -> Baseline:
    return with_peers(_as_kept(baseline_id))


def _as_kept(baseline_id: str) -> Baseline:
    """Figures by id, without the list they may borrow."""
    if baseline_id in baseline_ids():
        return load_baseline(baseline_id)
    for shelf in _shelves:
        found = shelf.load(baseline_id)
        if found is not None:
            return found
        name = shelf.gone(baseline_id)
        if name is not None:
            raise ScenarioError("deleted_figures", name=name)
    allowed = ", ".join(entry.id for entry in listed())
    raise ScenarioError("unknown_baseline", baseline=baseline_id, allowed=allowed)


def holding(unit: str, edition: str = "", period: str = "") -> tuple[Baseline, ...]:
    """All figures that hold ``unit``, of one edition or period where these are given."""
    # Where some are damaged the others must still be there.
    found = (unbroken(entry.id) for entry in listed_holding([unit], edition, period))
    return tuple(baseline for baseline in found if baseline is not None)


def listed_holding(units: Iterable[str], edition: str = "", period: str = "") -> tuple[Listed, ...]:
    """All figures that hold one of ``units``, each once; own ones are not loaded for it."""
    sought = tuple(units)
    own = {found for unit in sought for shelf in _shelves for found in shelf.holding(unit)}
    shipped = {
        entry.id
        for entry in _shipped()
        if not load_baseline(entry.id).units.keys().isdisjoint(sought)
    }
    return tuple(
        entry
        for entry in listed()
        if entry.id in own | shipped
        and edition in ("", entry.edition) and period in ("", entry.period)
    )  # fmt: skip


def opening() -> str:
    """Id of what a person sees who opens the app without a link: an office's newest whole
    figures, else the first that are shipped."""
    own = (entry.id for entry in listed() if entry.is_own and entry.is_whole)
    return next(own, baseline_ids()[0])


def with_peers(baseline: Baseline) -> Baseline:
    """``baseline`` with the list its first unit is ranked in, where it holds that unit alone.

    It is the list of the same period that was read nearest to it; as it was if there is none.
    """
    unit = baseline.unit(baseline.default_unit)
    alone = [other for other in baseline.units.values() if other.pool == unit.pool] == [unit]
    if unit.pool is None or not alone or not baseline.captured_at:
        return baseline
    if unit.pool.startswith(NAMELESS):
        return baseline
    moment = captured_moment(baseline.captured_at)
    lenders = [
        lender
        for entry in listed()
        if (entry.edition, entry.period) == (baseline.edition.code, baseline.period)
        and entry.captured_at and entry.id != baseline.id
        and (lender := unbroken(entry.id)) and _ranks(lender, unit.pool)
    ]  # fmt: skip
    if not lenders:
        return baseline
    nearest = min(lenders, key=lambda one: abs(captured_moment(one.captured_at) - moment))
    incomplete = baseline.incomplete_pools - {unit.pool}
    return replace(baseline, peers_from=nearest.id, incomplete_pools=incomplete)


def _ranks(baseline: Baseline, pool: str) -> bool:
    """True if all units of ``pool`` are listed with their totals, not borrowed themselves."""
    there = [unit for unit in baseline.units.values() if unit.pool == pool]
    return (
        len(there) > 1 and pool not in baseline.incomplete_pools
        and all(unit_total(baseline.edition, unit) is not None for unit in there)
    )  # fmt: skip


def unbroken(baseline_id: str) -> Baseline | None:
    """Figures by id; None where they are damaged or gone, which must not harm others."""
    try:
        return _as_kept(baseline_id)
    except SimulatorError:
        return None


@cache
def _shipped() -> tuple[Listed, ...]:
    return tuple(
        Listed(
            baseline.id, baseline.title, baseline.edition.code, baseline.period,
            baseline.captured_at, baseline.source, len(baseline.units), flags=baseline.notes,
        )
        for baseline in map(load_baseline, baseline_ids())
    )  # fmt: skip
