"""How a plan is divided, as a person asks for it, as part of a link, and back.

``div.list=gialai-2026-10-10``, ``div.level=commune``, ``div.way=capacity``, ``div.rest=1``; shares
set by hand ``share.ON_TIME=H44.07:100,H44.08:50`` and the least a unit takes
``least.ON_TIME=H44.08:50``. What is saved holds all of them; of an address more than
:data:`MOST_IN_LINK` stay out, and it tells how many there are (``div.more=75``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from simulator.allocation_table import Way
from simulator.allocation_units import REST, lists_below, units_below
from simulator.baseline import Baseline
from simulator.errors import ScenarioError
from simulator.levers import lever_of
from simulator.links import DIVIDING, LEAST, SHARE
from simulator.numbers import LONGEST_NUMBER, parse_number
from simulator.rules import Edition

MOST_IN_LINK = 60
LIST, LEVEL, WAY, WITH_REST, MORE = (
    DIVIDING + name for name in ("list", "level", "way", "rest", "more")
)
_CASES = re.compile(r"[0-9]{1,9}")
ByHand = tuple[tuple[str, str, int], ...]  # (lever, unit, whole cases), sorted
# Id of figures, or empty for the nearest, -> level by code of the units that can get a share.
Levels = Callable[[str], Mapping[str, str]]


class Kind(StrEnum):
    """What a figure set by hand means: exactly so many cases, or at least so many."""

    FIXED = "fixed"
    FLOORS = "floors"


PREFIXES = {Kind.FIXED: SHARE, Kind.FLOORS: LEAST}


def parse_cases(text: str, lever: str, unit: str, language: str) -> int:
    """Whole cases that somebody typed for ``unit``.

    Raises :class:`ScenarioError` for anything else, also where thousands or decimals could be
    meant.
    """
    fields = {"lever": lever, "unit": unit, "value": text[:LONGEST_NUMBER]}
    try:
        number = parse_number(text, language)
    except ScenarioError:
        raise ScenarioError("allocation_not_whole", **fields) from None
    if number.denominator != 1:
        raise ScenarioError("allocation_not_whole", **fields)
    return int(number)


@dataclass(frozen=True)
class Division:
    """How a plan is divided; hashable, so that results can be remembered.

    ``listed``: id of the figures of the units, empty for the nearest; ``level``: only units of
    that level, empty for all; ``with_rest``, ``fixed`` and ``floors``: see
    :class:`simulator.allocation_table.Terms`.
    """

    listed: str = ""
    level: str = ""
    way: Way = Way.GAP
    with_rest: bool = False
    fixed: ByHand = ()
    floors: ByHand = ()

    def by_hand(self, kind: Kind) -> ByHand:
        return self.fixed if kind is Kind.FIXED else self.floors

    @property
    def count(self) -> int:
        """How many figures were set by hand."""
        return len(self.fixed) + len(self.floors)

    def with_figure(self, kind: Kind, lever: str, unit: str, cases: int | None) -> Division:
        """``None`` lets the division find the share itself again."""
        others = {(one, other): at for one, other, at in self.by_hand(kind)}
        others.pop((lever, unit), None)
        if cases is not None:
            others[lever, unit] = cases
        found = tuple(sorted((*place, at) for place, at in others.items()))
        return replace(self, fixed=found) if kind is Kind.FIXED else replace(self, floors=found)

    def only(self, keep: Callable[[str, str], bool]) -> Division:
        """The same with only those figures set by hand whose lever and unit pass ``keep``."""
        fixed, floors = (
            tuple(item for item in self.by_hand(kind) if keep(item[0], item[1])) for kind in Kind
        )
        return replace(self, fixed=fixed, floors=floors)


def to_params(division: Division, most: float = inf) -> dict[str, str]:
    """Query parameters of a link; none for what is not out of the ordinary.

    ``most``: with more figures set by hand than that, only how many they are.
    """
    params = {}
    if division.listed:
        params[LIST] = division.listed
    if division.level:
        params[LEVEL] = division.level
    if division.way is not Way.GAP:
        params[WAY] = division.way.value
    if division.with_rest:
        params[WITH_REST] = "1"
    if division.count > most:
        return params | {MORE: str(division.count)}
    for kind, prefix in PREFIXES.items():
        for lever, unit, cases in division.by_hand(kind):
            name, one = prefix + lever, f"{unit}:{cases}"
            params[name] = f"{params[name]},{one}" if name in params else one
    return params


def levels_below(baseline: Baseline, parent: str) -> Levels:
    """The units that the plan of ``parent`` can be divided among, as the library has them."""

    def levels(listed: str) -> Mapping[str, str]:
        lists = lists_below(baseline, parent)
        found = [one for one in lists if listed in ("", one.id)]
        if listed and not found:
            raise ScenarioError("unknown_parameter", name=f"{LIST}={listed[:40]}")
        units = units_below(found[0], parent) if found else ()
        return {unit.code: unit.level for unit in units}

    return levels


def from_params(
    params: Mapping[str, str], edition: Edition, levels: Levels
) -> tuple[Division, int, list[ScenarioError]]:
    """Read a link: the division, how many figures set by hand it left out, and what was wrong.

    ``levels`` raises :class:`ScenarioError` for figures that do not exist or hold no such unit.
    """
    mine = {name: text for name, text in params.items() if _is_own(name)}
    problems: list[ScenarioError] = []
    if not mine:
        return Division(), 0, problems
    division = Division()
    units: Mapping[str, str] = {}
    try:
        units = levels(mine.get(LIST, ""))
        division = replace(division, listed=mine.get(LIST, ""))
    except ScenarioError as problem:
        problems.append(problem)
    readers: dict[str, Callable[[str], Division]] = {
        LEVEL: lambda text: replace(division, level=_one_of(text, units.values())),
        WAY: lambda text: replace(division, way=Way(text)),
        WITH_REST: lambda text: replace(division, with_rest={"1": True}[text]),
    }
    for name, read in readers.items():
        if name in mine:
            try:
                division = read(mine[name])
            except (KeyError, ValueError):
                problems.append(_unknown(name, mine[name]))
    for name in mine:
        if name.startswith(DIVIDING) and name not in (LIST, MORE, *readers):
            problems.append(_unknown(name, mine[name]))
    division = _with_figures(division, mine, edition, {*units, REST}, problems)
    return division, _more(mine, problems), problems


def _is_own(name: str) -> bool:
    return name.startswith((SHARE, LEAST, DIVIDING))


def _one_of(text: str, allowed: Collection[str]) -> str:
    if text not in allowed:
        raise ValueError(text)
    return text


def _unknown(name: str, text: str) -> ScenarioError:
    return ScenarioError("unknown_parameter", name=f"{name}={text}"[:40])


def _more(mine: Mapping[str, str], problems: list[ScenarioError]) -> int:
    text = mine.get(MORE, "0")
    if _CASES.fullmatch(text):
        return int(text)
    problems.append(_unknown(MORE, text))
    return 0


def _with_figures(
    division: Division, mine: Mapping[str, str], edition: Edition, units: Collection[str],
    problems: list[ScenarioError],
) -> Division:  # fmt: skip
    """Shares and least shares of a link; what makes no sense goes to ``problems``."""
    for kind, prefix in PREFIXES.items():
        for name, text in mine.items():
            if not name.startswith(prefix):
                continue
            for one in text.split(","):
                try:
                    lever = lever_of(edition, name.removeprefix(prefix)).code
                    unit, cases = _figure(one, units)
                    division = division.with_figure(kind, lever, unit, cases)
                except ScenarioError as problem:
                    problems.append(problem)
    return division


def _figure(text: str, units: Collection[str]) -> tuple[str, int]:
    unit, _, cases = text.rpartition(":")
    if unit not in units:
        raise ScenarioError("allocation_unknown_unit", unit=(unit or text)[:40])
    if not _CASES.fullmatch(cases):
        raise ScenarioError("not_a_number", value=cases[:40])
    return unit, int(cases)
