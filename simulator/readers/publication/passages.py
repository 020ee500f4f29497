"""The text of a publication as lines, and as passages of sentences that keep their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.errors import Place
from simulator.readers.records import one_line

# Words around a figure are quoted up to this length.
LONGEST_WORDS = 60
_BLANK = r"[ \u00a0\u202f\u2007\u200b\ufeff]"
# A tab separates cells of a pasted table, so none is lost.
_SPACES = re.compile(rf"{_BLANK}*(\t){_BLANK}*|{_BLANK}+")
# The tone mark on the first vowel as on the second: hoá and hóa, thuỷ and thủy.
_TONES = {
    first: second
    for pairs in (
        "oà òa oá óa oả ỏa oã õa oạ ọa", "oè òe oé óe oẻ ỏe oẽ õe oẹ ọe",
        "uỳ ùy uý úy uỷ ủy uỹ ũy uỵ ụy", "tỉ tỷ",
    )
    for first, second in zip(pairs.split()[::2], pairs.split()[1::2], strict=True)
}  # fmt: skip
# Before a further letter the mark has one place only (toán), and qu is one sound (quý).
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")
# What looks like a figure and is none: references, dates, addresses, footnote marks.
_REFERENCES = re.compile(
    r"https?://\S+(?: gov\.vn\S*)?|\S+@\S+|www\.\S+"
    r"|(?<!\d)\d+(?:/\d{4})?/[a-zđ][\[\]\w/-]*"
    r"|\d{1,2}[/-]\d{1,2}[/-]\d{4}|(?<![\d,.])\d{1,2}/\d{4}|\d{1,2}:\d{2}(?::\d{2})?"
    r"|(?:ngày|sáng|chiều)\s+\d{1,2}/\d{1,2}(?![\d/])"
    r"|\[\d+\]"
)
_SENTENCE_END = re.compile(r";|(?<=[^\s])[.…](?=\s|$)|[?!]\s")
# Lines up to this length stand alone; a broken text has no line beyond the widest, and most of
# its lines are nearly as long as the longest.
_SHORT, _WIDEST, _FULL, _SOME = 45, 140, 0.8, 3
# A line that names what it is of: another item of a list.
_HEADED = re.compile(r"[^:;,]{3,60}:")
_BULLET = re.compile(r"\s*(?:[-–+•*]\s|\d{1,2}[.)]\s|[a-zđ][)]\s)")


@dataclass(frozen=True)
class Line:
    """One line; ``is_cell`` if it stands for an empty cell of a table (a lone no-break space)."""

    number: int
    text: str
    is_cell: bool = False


@dataclass(frozen=True)
class Passage:
    """Lines that belong together, joined by blanks.

    ``plain`` is ``text`` in lower case with one spelling of tone marks and without references,
    character by character, so that places in one are places in the other. ``starts`` holds where
    each line begins.
    """

    text: str
    plain: str
    starts: tuple[tuple[int, int], ...]
    file: str

    def place(self, start: int, end: int) -> Place:
        """File, line and words of a figure at ``[start, end)``."""
        number = next(line for begin, line in reversed(self.starts) if begin < end)
        return place_of(self.file, number, self.text[max(0, start) : end])

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of each part between full stops and semicolons."""
        begin = 0
        for found in _SENTENCE_END.finditer(self.plain):
            yield begin, found.start()
            begin = found.end()
        yield begin, len(self.plain)


def place_of(file: str, line: int, words: str) -> Place:
    """A place in a text: its line and the words a figure was read from, shortened in front."""
    shown = one_line(words)
    if len(shown) > LONGEST_WORDS:
        shown = "…" + shown[1 - LONGEST_WORDS :]
    return Place("text_line", {"file": file, "line": str(line), "words": shown})


def plain(text: str) -> str:
    """``text`` in lower case with one spelling of tone marks; as long as before."""
    lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _TONE.sub(lambda found: _TONES[found[0]], lowered)


def without_references(text: str) -> str:
    """``text`` with references, dates and addresses blanked; as long as before."""
    return _REFERENCES.sub(lambda found: " " * len(found[0]), text)


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` in Unicode NFC with single blanks, numbered from 1."""
    found = []
    for number, raw in enumerate(unicodedata.normalize("NFC", text).splitlines(), 1):
        cleaned = _SPACES.sub(lambda hit: hit[1] or " ", raw).strip(" ")
        found.append(Line(number, cleaned, not cleaned and "\u00a0" in raw))
    return found


def passages_of(lines: Sequence[Line], file: str) -> list[Passage]:
    """Passages of ``lines``: a line that a converter broke off continues the one before."""
    width = _width(lines)
    groups: list[list[Line]] = []
    previous: Line | None = None
    for line in lines:
        if line.text:
            if previous is not None and _continues(previous, line, width):
                groups[-1].append(line)
            else:
                groups.append([line])
        previous = line
    return [_passage(group, file) for group in groups]


def _width(lines: Sequence[Line]) -> int:
    """Where a converter broke the lines, in characters; 0 if it did not."""
    lengths = [len(line.text) for line in lines if len(line.text) > _SHORT]
    widest = max(lengths, default=0)
    full = [length for length in lengths if length >= _FULL * widest]
    is_broken = widest <= _WIDEST and len(full) >= _SOME and 2 * len(full) >= len(lengths)
    return widest if is_broken else 0


def _continues(previous: Line, line: Line, width: int) -> bool:
    if not previous.text or previous.number + 1 != line.number or _BULLET.match(line.text):
        return False
    first, ends = line.text[0], previous.text[-1] in ".;:!?"
    if first.islower() or (first.isdigit() and previous.text[-1] == ":"):
        return True
    if width and len(previous.text) >= _FULL * width:
        return not (ends and _HEADED.match(line.text))
    if ends:
        return False
    # A score ends an item of a list that has no marks.
    is_open = len(previous.text) > _SHORT and not re.search(r"(?:điểm|%|\d)$", previous.text)
    return first.isdigit() or first == "(" or is_open


def _passage(lines: Sequence[Line], file: str) -> Passage:
    text, starts = "", []
    for line in lines:
        text += " " if text else ""
        starts.append((len(text), line.number))
        text += line.text.replace("\t", " ")
    return Passage(text, without_references(plain(text)), tuple(starts), file)
