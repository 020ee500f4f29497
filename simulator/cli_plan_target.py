"""What ``plan`` is asked for: its ``--target`` options as a target."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from simulator.cli_inputs import pairs_in
from simulator.errors import Notice, ScenarioError
from simulator.plan_target import (
    Target,
    parse_certainty,
    parse_hours,
    parse_points,
    parse_rank,
)
from simulator.rules import Edition
from simulator.search import folded

T = TypeVar("T")


def target_from(options: argparse.Namespace, edition: Edition, place: int | None) -> Target:
    """The target that ``options`` name; ``place``: the published rank, where places are to be
    gained.

    Raises :class:`ScenarioError` for what cannot be read or does not exist in the edition.
    """
    groups = {
        code: _group_points(edition, code, text)
        for code, text in pairs_in(options.target_group, "TDGQ=18").items()
    }
    gain = _given(options.gain_places, _places)
    rank = _given(options.target_rank, parse_rank)
    return Target(
        total=_given(options.target_total, lambda text: _points(text, 100)),
        score_class=_given(options.target_class, lambda text: _class(edition, text)),
        rank=rank if gain is None or place is None else max(place - gain, 1),
        certainty=_given(options.certainty, parse_certainty),
        groups=tuple(sorted(groups.items())),
        hours=_given(options.budget, parse_hours),
    )


def first_place(options: argparse.Namespace, place: int | None) -> tuple[Notice, ...]:
    """Told where fewer places are above than are to be gained."""
    gain = _given(options.gain_places, _places)
    if gain is None or place is None or place > gain:
        return ()
    return (Notice("plan_first_place", {"rank": place, "places": gain}),)


def _given(text: str | None, parse: Callable[[str], T]) -> T | None:
    return None if text is None else parse(text.strip())


def _points(text: str, highest: float) -> int:
    # Only two decimals are taken: a comma cannot be meant for thousands.
    return parse_points(text.strip().replace(",", "."), highest)


def _group_points(edition: Edition, code: str, text: str) -> int:
    if code not in edition.group_by_code:
        allowed = ", ".join(edition.group_by_code)
        raise ScenarioError("plan_unknown_group", code=code[:40], allowed=allowed)
    return _points(text, edition.group_by_code[code].maximum)


def _class(edition: Edition, text: str) -> str:
    """The code of the class with that code or name, however it is spelt."""
    for item in edition.classes:
        if folded(text) in {folded(word) for word in (item.code, *item.name.values())}:
            return item.code
    allowed = ", ".join(f"{item.code} ({item.name['vi']})" for item in edition.classes)
    raise ScenarioError("plan_unknown_class", score_class=text[:40], allowed=allowed)


def _places(text: str) -> int:
    try:
        return parse_rank(text)
    except ScenarioError as wrong:
        raise ScenarioError("plan_gain_form", **wrong.fields) from None
