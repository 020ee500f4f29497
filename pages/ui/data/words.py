"""Codes of what figures lack, as words."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.presentation.speech import Speech
from simulator.rule_files import load_edition

SHOWN = 8


def lacking(lacks: Sequence[str], edition_code: str, say: Speech) -> str:
    """The first parts that are missing: a group, a unit, or the group of a unit."""
    groups = load_edition(edition_code).group_by_code
    words = []
    for part in lacks[:SHOWN]:
        unit, _, code = part.rpartition("/")
        name = say.name(groups[code].name) if code in groups else code
        words.append(f"{unit}: {name}" if unit else name)
    more = len(lacks) - len(words)
    return "; ".join([*words, *([say("data.lacks_more", count=more)] if more else [])])
