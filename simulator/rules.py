"""Rules of the index as data: one folder of ``data/rules`` per edition.

An :class:`Edition` holds groups, classes, indicators, couplings and levers in the
order every table and chart uses. All numbers come from the files; all checks of
those numbers are here and in :mod:`simulator.rule_files`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

Text = dict[str, str]  # {"vi": ..., "en": ...}


class AtZero(StrEnum):
    """What the portal prints when an indicator has no cases (denominator 0)."""

    NULL = "null"  # printed empty, counts 0 in the group
    ZERO = "zero"
    FULL = "full"


class CouplingKind(StrEnum):
    FOLLOW = "follow"
    LIMIT = "limit"
    MULTIPLY = "multiply"
    DECLARED = "declared"


class Flow(StrEnum):
    """What brings new cases of an indicator until a period ends."""

    DOSSIER = "dossier"
    PROCEDURE = "procedure"
    PETITION = "petition"
    STOCK = "stock"  # nothing: all cases are there from the start


class Reach(StrEnum):
    """Which cases a lever can still change before a period ends."""

    COMING = "coming"  # those still to come
    PAST = "past"  # records of those that came
    FLAGGED = "flagged"  # records that are wrong; how many is not published
    OPEN = "open"  # those that came and are not finished
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True)
class Group:
    """One of the six groups; ``maximum`` in points."""

    code: str
    portal_code: str
    maximum: int
    colour: str
    name: Text


@dataclass(frozen=True)
class ScoreClass:
    """Class (xếp loại) of totals from ``lowest`` points upwards."""

    code: str
    lowest: float
    name: Text


@dataclass(frozen=True)
class Indicator:
    """One row of the framework: ``points = min(maximum, maximum * rate / cap)``.

    ``cap_percent`` is the rate in percent at which full marks are reached; ``flow`` tells what
    adds to its denominator while a period runs.
    """

    code: str
    group: str
    maximum: int
    cap_percent: float
    at_zero: AtZero
    count_unit: str
    flow: Flow
    status: str
    verified_cases: int
    numerator: Text
    denominator: Text
    name: Text
    source: Text
    note: Text
    legal_reference: Text


@dataclass(frozen=True)
class Coupling:
    """A tie between two indicators; see ``decision.toml`` for the kinds."""

    kind: CouplingKind
    indicator: str
    partner: str
    text: Text


@dataclass(frozen=True)
class Move:
    """One unit of a lever adds ``by`` to a count of an indicator."""

    indicator: str
    part: str  # "numerator" or "denominator"
    by: int


@dataclass(frozen=True)
class Lever:
    """Something an office can do, in countable units.

    ``whole``: offered also as if the whole period had been like this; the others only make
    sense for the rest of a period.
    """

    code: str
    indicator: str
    moves: tuple[Move, ...]
    lower: str
    upper: str
    direction: str
    reach: Reach
    whole: bool
    name: Text
    help: Text
    responsible: Text


@dataclass(frozen=True)
class Edition:
    """The index as one edition of the rules defines it.

    Where component points were not published, ``indicators`` and ``levers`` are those
    of the edition named by ``differences_from`` and serve for differences only.
    """

    code: str
    valid_from: str
    title: Text
    legal_reference: Text
    source: Text
    decimals: int
    estimate: bool
    differences_from: str | None
    groups: tuple[Group, ...]
    classes: tuple[ScoreClass, ...]
    indicators: tuple[Indicator, ...]
    couplings: tuple[Coupling, ...]
    levers: tuple[Lever, ...]

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each indicator code in :attr:`indicators`."""
        return {indicator.code: k for k, indicator in enumerate(self.indicators)}

    @cached_property
    def group_positions(self) -> dict[str, tuple[int, ...]]:
        """Positions of the indicators of each group."""
        return {
            group.code: tuple(
                k for k, indicator in enumerate(self.indicators) if indicator.group == group.code
            )
            for group in self.groups
        }

    @cached_property
    def group_by_code(self) -> dict[str, Group]:
        return {group.code: group for group in self.groups}

    @cached_property
    def lever_by_code(self) -> dict[str, Lever]:
        return {lever.code: lever for lever in self.levers}

    @cached_property
    def multiplier(self) -> dict[int, int]:
        """Position of an indicator -> position of the one whose rate multiplies it."""
        return {
            self.position[coupling.indicator]: self.position[coupling.partner]
            for coupling in self.couplings
            if coupling.kind is CouplingKind.MULTIPLY
        }

    @cached_property
    def count_couplings(self) -> tuple[tuple[CouplingKind, int, int], ...]:
        """Couplings between counts as ``(kind, indicator position, partner position)``."""
        return tuple(
            (coupling.kind, self.position[coupling.indicator], self.position[coupling.partner])
            for coupling in self.couplings
            if coupling.kind in (CouplingKind.FOLLOW, CouplingKind.LIMIT)
        )

    @cached_property
    def lever_groups(self) -> dict[str, frozenset[str]]:
        """Groups each lever can move, directly or through a coupling."""
        reach: dict[str, frozenset[str]] = {}
        for lever in self.levers:
            touched = {move.indicator for move in lever.moves}
            for coupling in self.couplings:
                if coupling.partner in touched and coupling.kind is not CouplingKind.DECLARED:
                    touched.add(coupling.indicator)
            reach[lever.code] = frozenset(
                self.indicators[self.position[code]].group for code in touched
            )
        return reach

    def indicator(self, code: str) -> Indicator:
        return self.indicators[self.position[code]]
