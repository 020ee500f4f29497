"""What the columns of a table mean: suggestions from their headers, and all there is to choose.

A meaning is a key: ``unit``, ``name``, ``TOTAL`` ... (the keys of ``PLAIN``), ``group:CKMB``,
``numerator:ON_TIME``, ``denominator:A+B`` (one column for several indicators), ``rate:ON_TIME``
(in percent), ``points:ON_TIME``, ``parameter:totalOnTime`` or ``fact:totalCompleted``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.readers.cells import Cell, Percent, rate_value
from simulator.readers.column_names import (
    GROUPS,
    INDICATORS,
    KINDS,
    PLAIN,
    Words,
    plain,
    words_of,
)
from simulator.readers.fields import load_fields
from simulator.readers.header_marks import HARMLESS, brackets_of, tells_other, without_brackets
from simulator.readers.records import TOTAL
from simulator.rules import Edition, Text
from simulator.search import folded
from simulator.text import LANGUAGES, say

IGNORE = "ignore"
COUNT_OF = "so "
TIDY = ("code", "numerator", "denominator")
FIGURES = (*KINDS, "group", "parameter")
PLAIN_FIGURES = (TOTAL, "numerator", "denominator", "score")
Found = tuple[str, bool]  # meaning, and whether it is certain


@dataclass(frozen=True)
class Suggestion:
    """What column ``column`` (from 0) with ``header`` seems to hold.

    ``certain``: it is read so without asking; the others are only offered.
    """

    column: int
    header: str
    meaning: str
    certain: bool


@dataclass(frozen=True)
class Header:
    """The title of one column: ``top`` is the merged title above it, if there is one."""

    text: str
    top: str = ""

    @property
    def shown(self) -> str:
        return f"{self.top} - {self.text}" if self.top and self.top != self.text else self.text


def suggest(
    headers: Sequence[Header | str], samples: Sequence[Sequence[Cell]], edition: Edition
) -> list[Suggestion]:
    """One suggestion per column; ``samples`` are some rows below the header.

    A column nothing is known about is ``ignore`` and certain: no figure has such a name.
    """
    names = Names(edition)
    found = []
    for k, header in enumerate(headers):
        title = Header(header) if isinstance(header, str) else header
        cells = [row[k] for row in samples if k < len(row)]
        meaning, certain = names.meaning(title, cells) or (IGNORE, True)
        found.append(Suggestion(k, title.shown, meaning, certain))
    return _first_of_each(found)


def _first_of_each(found: list[Suggestion]) -> list[Suggestion]:
    """Of several columns with one plain meaning, the one with its first name."""
    best: dict[str, tuple[int, int]] = {}
    for item in found:
        if item.certain and item.meaning in PLAIN and item.meaning != IGNORE:
            names = PLAIN[item.meaning]
            name = _bare(item.header)
            rank = names.index(name) if name in names else len(names)
            best[item.meaning] = min(best.get(item.meaning, (rank, item.column)),
                                     (rank, item.column))  # fmt: skip
    return [
        item if item.meaning not in best or best[item.meaning][1] == item.column
        else Suggestion(item.column, item.header, IGNORE, True)
        for item in found
    ]  # fmt: skip


def _bare(header: str) -> str:
    return folded(without_brackets(header))


def is_table(meanings: Sequence[str]) -> bool:
    """True if these columns name a unit and at least one figure of it."""
    known = set(meanings)
    if not known & {"unit", "id", "name"}:
        return False
    is_wide = TOTAL in known or any(
        meaning.partition(":")[0] in FIGURES and ":" in meaning for meaning in known
    )
    return known.issuperset(TIDY) or (is_wide and "code" not in known)


class Names:
    """Everything an edition calls its groups, indicators and counts, folded."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.fields = load_fields(edition)
        self.things: dict[str, str] = {}
        self.own_brackets = {
            part
            for item in edition.indicators
            for text in (*item.name.values(), *item.numerator.values(), *item.denominator.values())
            for part in brackets_of(folded(text))
        }
        self.numerators: dict[str, list[str]] = defaultdict(list)
        self.denominators: dict[tuple[str, str], list[str]] = defaultdict(list)
        for item in edition.indicators:
            for name in (*item.name.values(), item.code, *INDICATORS.get(item.code, ())):
                self.things[plain(folded(name))] = item.code
            for name in dict.fromkeys(map(plain, map(folded, item.numerator.values()))):
                self.numerators[name].append(item.code)
            for name in dict.fromkeys(map(plain, map(folded, item.denominator.values()))):
                self.denominators[item.group, name].append(item.code)
        for group in edition.groups:
            known = GROUPS.get(group.code, ())
            for name in (*group.name.values(), group.code, group.portal_code, *known):
                self.things[plain(folded(name))] = group.code
        self.counted = {text for _, text in self.denominators}
        self.alone = {
            code: edition.indicators[positions[0]].code
            for code, positions in edition.group_positions.items() if len(positions) == 1
        }  # fmt: skip
        self.keys = {name.lower(): f"parameter:{name}" for name in self.fields.names}
        self.keys |= {fact.name.lower(): f"fact:{fact.name}" for fact in self.fields.facts}
        self.plain = {name: key for key, names in PLAIN.items() for name in names}
        self.plain |= {plain(name): key for name, key in self.plain.items()}

    def meaning(self, header: Header, samples: Sequence[Cell]) -> Found | None:
        """What a column means; None if nothing is known about it.

        A figure is not certain where its header says that it is planned or of another time, or
        holds brackets that may change its meaning.
        """
        found = self._meaning(header, samples)
        if found and (":" in found[0] or found[0] in PLAIN_FIGURES) and self._says_more(header):
            return found[0], False
        return found

    def _says_more(self, header: Header) -> bool:
        for text in (folded(header.text), folded(header.top)):
            thing = self.things.get(words_of(text).name)
            parts = [part for part in brackets_of(text) if not HARMLESS.fullmatch(part)]
            if tells_other(text) or not all(
                part in self.own_brackets
                or part in self.keys
                or (thing and self.things.get(plain(part)) == thing)
                for part in parts
            ):
                return True
        return False

    def _meaning(self, header: Header, samples: Sequence[Cell]) -> Found | None:
        bare = _bare(header.text)
        words = words_of(header.text)
        if bare in self.keys:
            return self.keys[bare], True
        if header.top and (found := self._below(header.top, words)):
            return found
        known = self.plain.get(bare) or self.plain.get(words.whole)
        if known and not (header.top and known in (*TIDY, "score")):
            return known, True
        if not words.name:
            return None
        return self._named(words, samples)

    def _below(self, top: str, words: Words) -> Found | None:
        """The meaning of "Tử số" or of the text of a count under the title of what it is of."""
        thing = self.things.get(words_of(top).name)
        if thing is None:
            return None
        if words.kind == "denominator" and words.name:
            codes = self.denominators.get((thing, words.name))
            return (f"denominator:{'+'.join(codes)}", True) if codes else None
        return self._of(thing, words) if words.kind and not words.name else None

    def _named(self, words: Words, samples: Sequence[Cell]) -> Found | None:
        if words.kind is None and words.name.startswith(COUNT_OF):
            # "Số hồ sơ đúng hạn" is a count, by the words of the rules for it.
            count = words.name.removeprefix(COUNT_OF)
            for kind, texts in (("numerator", self.numerators), ("denominator", self.counted)):
                if count in texts:
                    return self._named(replace(words, kind=kind, name=count), samples)
        if words.kind == "numerator" and len(codes := self.numerators.get(words.name, [])) == 1:
            return f"numerator:{codes[0]}", True
        if words.kind == "denominator":
            shared = [codes for (_, text), codes in self.denominators.items() if text == words.name]
            if shared:
                return f"denominator:{'+'.join(shared[0])}", len(shared) == 1
        thing = self.things.get(words.name)
        if thing is not None:
            return self._of(thing, words, samples)
        close = [name for name in self.things if len(name) > 5 and name in words.name]
        if not close:
            return None
        guess = self._of(self.things[max(close, key=len)], words, samples)
        return guess[0], False

    def _of(self, thing: str, words: Words, samples: Sequence[Cell] = ()) -> Found:
        """The meaning of a column with the name of a group or indicator."""
        kind = "rate" if words.kind is None and words.is_percent else words.kind
        if thing in self.edition.group_by_code:
            if kind in (None, "points"):
                maximum = self.edition.group_by_code[thing].maximum
                return f"group:{thing}", words.maximum in (None, maximum)
            if thing not in self.alone:
                return IGNORE, False
            thing = self.alone[thing]
        if kind is None:
            return f"{_kind_of(samples, self.edition.indicator(thing).maximum)}:{thing}", False
        return f"{kind}:{thing}", True


def _kind_of(samples: Sequence[Cell], maximum: int) -> str:
    """What the figures below the bare name of an indicator look like."""
    if any(isinstance(cell, Percent) or (isinstance(cell, str) and "%" in cell)
           for cell in samples):  # fmt: skip
        return "rate"
    values = [found[0] for cell in samples if (found := rate_value(cell))]
    if values and all(value.is_integer() for value in values) and max(values) > maximum:
        return "numerator"
    return "points"


def meanings(edition: Edition) -> dict[str, Text]:
    """Every meaning a column can be given, with its name in both languages, in fixed order."""
    offered = {key: _in_both(f"columns.{key}") for key in PLAIN}
    offered |= {f"group:{group.code}": _in_both("columns.of_group", name=group.name)
                for group in edition.groups}  # fmt: skip
    for item in edition.indicators:
        for kind, name in (("numerator", item.numerator), ("denominator", item.denominator),
                           ("rate", item.name), ("points", item.name)):  # fmt: skip
            title = _in_both(f"columns.of_{kind}", name=name, of=item.name)
            offered[f"{kind}:{item.code}"] = title
    for codes in shared_denominators(edition):
        first = edition.indicator(codes[0])
        of = edition.group_by_code[first.group].name
        title = _in_both("columns.of_shared", name=first.denominator, of=of)
        offered[f"denominator:{'+'.join(codes)}"] = title
    portal = load_fields(edition)
    for parameter in portal.names:
        offered[f"parameter:{parameter}"] = _in_both("columns.of_parameter", name=parameter)
    for fact in portal.facts:
        offered[f"fact:{fact.name}"] = _in_both("columns.of_parameter", name=fact.name)
    return offered


def shared_denominators(edition: Edition) -> list[tuple[str, ...]]:
    """Indicators of one group that are counted among the same cases, word for word."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in edition.indicators:
        shared[item.group, item.denominator["vi"]].append(item.code)
    return [tuple(codes) for codes in shared.values() if len(codes) > 1]


def _in_both(key: str, **fields: Text | str) -> Text:
    return {
        language: say(language, key, **{
            name: value if isinstance(value, str) else value[language]
            for name, value in fields.items()
        })
        for language in LANGUAGES
    }  # fmt: skip
