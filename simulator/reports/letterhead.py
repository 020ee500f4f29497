"""Who issues a document: the heading of Decree 30/2020/NĐ-CP as a unit's name suggests it.

A suggestion, made of names only. What no name says is a dotted line, to be filled in by hand: an
office sets its own once, and it is kept (:mod:`simulator.store.papers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache

from simulator.baseline import Baseline, Unit
from simulator.paths import DATA
from simulator.reports.letterhead_names import (
    Seat,
    has_districts,
    office_name,
    plain_name,
    seat_above,
    seat_in,
    seat_of,
)
from simulator.reports.order import Letterhead
from simulator.search import folded
from simulator.strict_files import read_csv_rows
from simulator.text import say

# Names and symbols as offices use them; a department that is not listed gets its initials.
DEPARTMENTS = DATA / "letterheads" / "departments.csv"
DOTS = "." * 20
COMMITTEE = "UBND"
ONE_LINE = 24  # letters of the authority above that fit into the left half of the heading
# How the head of an office is called, by the first words of its name; the longest first.
HEADS = ("van phong", "thanh tra", "chi cuc", "trung tam", "ban", "cuc", "phong", "so")
# A city may be a province, or below one.
_DISTRICTS = ("district", "town", "urban_district", "city")
# Places whose name alone is not how they are written: a person's, a number.
_IN_FULL = re.compile(r"Hồ Chí Minh|\d+")


def letterhead_of(baseline: Baseline, unit: Unit, language: str) -> Letterhead:
    """The letterhead that level and names suggest for ``unit`` of ``baseline``."""
    above = seat_above(baseline, unit)
    office = office_name(unit) if unit.level == "department" else ""
    if office:
        return _of_office(office, above or Seat("province"), language)
    # Departments listed together have no paper of their own: the committee above writes it.
    if unit.level == "department" and above is not None:
        over = Seat("province") if above.kind in _DISTRICTS[:3] else None
        return _of_committee(above, over, baseline, language)
    return _of_committee(seat_of(unit.name, unit.level), above, baseline, language)


def _of_committee(seat: Seat, above: Seat | None, baseline: Baseline, language: str) -> Letterhead:
    whole = _named(seat, language).upper()
    return Letterhead(
        parent="" if above is None else _committee(above, language),
        authority=say(language, "office_papers.committee_of", seat=whole),
        place=_place(seat, language),
        symbol=COMMITTEE,
        on_behalf=say(language, "office_papers.for_committee"),
        office=say(language, "office_papers.chairman"),
        recipients=_of_the_committee(seat, above, has_districts(baseline), language),
    )


def _of_office(office: str, above: Seat, language: str) -> Letterhead:
    symbol, english = _known_offices().get(_key(office), (_initials(office), office))
    own = english if language == "en" else office
    start = folded(office)
    head = next((one for one in HEADS if f"{start} ".startswith(f"{one} ")), "office")
    is_of_committee = head == "van phong"
    lines = ("to_committee", "" if is_of_committee else "to_its_office", "to_leaders", "to_rooms")
    return Letterhead(
        parent=_committee(above, language),
        authority=own.upper(),
        place=_place(above, language),
        symbol=symbol,
        on_behalf="",
        office=say(language, f"office_papers.head_{head.replace(' ', '_')}"),
        recipients=_lines([line for line in lines if line], language, above, office=own),
    )


def _of_the_committee(
    seat: Seat, above: Seat | None, districts: bool, language: str
) -> tuple[str, ...]:
    own = ["to_party", "to_chairmen"]
    if above is not None:
        below = "to_communes_of_district" if seat.kind in _DISTRICTS else ""
        lines = [*own, "to_rooms_of_committee", *([below] if below else [])]
        return (
            *_lines(["to_committee"], language, above), *_lines(lines, language, seat)
        )  # fmt: skip
    below = "to_districts" if districts else "to_communes"
    return _lines(["to_government", *own, "to_departments", below], language, seat)


def _lines(keys: list[str], language: str, seat: Seat, office: str = "") -> tuple[str, ...]:
    kind = say(language, f"office_papers.level_{seat.kind}")
    party = say(language, f"office_papers.party_{seat.kind}")
    return tuple(
        say(language, f"office_papers.{key}", kind=kind, party=party, office=office) for key in keys
    )


def _committee(seat: Seat, language: str) -> str:
    lines = say(language, "office_papers.committee_of", seat=_named(seat, language).upper())
    # Broken where the name begins, not in the middle of it.
    return lines if len(lines) > ONE_LINE else " ".join(lines.split())


def in_a_sentence(authority: str, unit: str, language: str) -> str:
    """``Ủy ban nhân dân tỉnh Phú Thọ``: the lines of a heading, not in capitals.

    The letters are those of ``unit``, the name of whose results a paper tells, and of the offices
    that are known; what neither spells stays as typed.
    """
    typed = plain_name(authority)
    for one in _spellings(unit, language):
        begin, rest = one[: len(typed)], one[len(typed) :]
        if begin.upper() == typed.upper() and rest[:1] in ("", " "):
            return begin
    return typed


def _spellings(unit: str, language: str) -> Iterator[str]:
    yield plain_name(unit)
    seat = seat_in(unit)
    if seat is not None:
        yield say(language, "document.committee", seat=_named(seat, language))
    if language == "en":
        yield from (english for _, english in _known_offices().values())


def _named(seat: Seat, language: str) -> str:
    return say(language, f"office_papers.seat_{seat.kind}", name=seat.name or DOTS)


def _place(seat: Seat, language: str) -> str:
    if _IN_FULL.fullmatch(seat.name):
        named = _named(seat, language)
        return named[:1].upper() + named[1:]
    return seat.name or DOTS


def _initials(office: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", office) if word != "và").upper()


def _key(office: str) -> str:
    return " ".join(re.findall(r"\w+", folded(office)))


@cache
def _known_offices() -> Mapping[str, tuple[str, str]]:
    """Symbol and English name by name without its marks."""
    rows = read_csv_rows(DEPARTMENTS, ("name", "symbol", "english"))
    return {_key(row["name"]): (row["symbol"], row["english"]) for _, row in rows}


def to_fields(letterhead: Letterhead) -> dict[str, str]:
    """As it is kept and typed: texts by name, recipients one in a line."""
    return asdict(letterhead) | {"recipients": "\n".join(letterhead.recipients)}


def from_fields(fields: Mapping[str, str]) -> Letterhead:
    """What :func:`to_fields` gave; empty lines of the recipients do not count."""
    recipients = tuple(line for line in fields["recipients"].splitlines() if line.strip())
    texts = {name: text for name, text in fields.items() if name != "recipients"}
    return Letterhead(**texts, recipients=recipients)
