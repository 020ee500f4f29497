"""Loading the levers of an edition from ``levers.toml``, refusing what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.errors import RulesError
from simulator.rules import Lever, Move, Reach
from simulator.strict_files import (
    both_languages,
    check_choice,
    check_flag,
    check_keys,
    check_tables,
    check_whole,
    line_of,
    read_toml,
    refuse_duplicate,
)

UPPER = ("denominator", "partner", "half_again")


def read_levers(path: Path, codes: Sequence[str]) -> tuple[Lever, ...]:
    """Levers of ``path`` in the order of the indicators ``codes``; each indicator needs one."""
    raw = read_toml(path)
    check_keys(raw, ("lever",), (), file=path.name, line=1)
    levers: list[Lever] = []
    keys = ("code", "indicator", "moves", "lower", "upper", "direction", "reach", "name", "help",
            "responsible")  # fmt: skip
    entries = check_tables(raw["lever"], key="lever", file=path.name, line=1)
    for k, entry in enumerate(entries):
        line = line_of(path, r"^\[\[lever\]\]", k)
        place: dict[str, Any] = {"file": path.name, "line": line}
        check_keys(entry, keys, ("whole",), **place)
        refuse_duplicate(entry["code"], [lever.code for lever in levers], path.name, line)
        levers.append(
            Lever(
                code=entry["code"],
                indicator=check_choice(entry["indicator"], codes, key="indicator", **place),
                moves=tuple(
                    _move(move, codes, place)
                    for move in check_tables(entry["moves"], key="moves", **place)
                ),
                lower=check_choice(entry["lower"], ("zero", "none"), key="lower", **place),
                upper=check_choice(entry["upper"], UPPER, key="upper", **place),
                direction=check_choice(
                    entry["direction"], ("helpful", "harmful"), key="direction", **place
                ),
                reach=Reach(check_choice(entry["reach"], list(Reach), key="reach", **place)),
                whole=check_flag(entry.get("whole", True), key="whole", **place),
                name=both_languages(entry, "name", **place),
                help=both_languages(entry, "help", **place),
                responsible=both_languages(entry, "responsible", **place),
            )
        )
    without = set(codes) - {move.indicator for lever in levers for move in lever.moves}
    if without:
        missing = ", ".join(sorted(without))
        raise RulesError("indicator_without_lever", codes=missing, file=path.name)
    # Levers are listed in the order of their indicators, as they stand in the file.
    return tuple(sorted(levers, key=lambda lever: codes.index(lever.indicator)))


def _move(entry: dict[str, Any], codes: Sequence[str], place: dict[str, Any]) -> Move:
    check_keys(entry, ("indicator", "part", "by"), (), **place)
    return Move(
        indicator=check_choice(entry["indicator"], codes, key="moves.indicator", **place),
        part=check_choice(entry["part"], ("numerator", "denominator"), key="moves.part", **place),
        by=check_whole(entry["by"], key="moves.by", low=-1, high=1, **place),
    )
