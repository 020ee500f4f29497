"""How wide texts are in the typeface of the workbooks, in digits, as widths of columns count.

Not every program makes a row as high as its texts, so that has to be known when it is written.
"""

from __future__ import annotations

import math
import unicodedata

_WIDTHS = {
    letter: width
    for letters, width in (
        (" .,:;'|·", 0.5), ("ijlt/", 0.56), ("fr()[]-!I", 0.67), ("sJ", 0.78), ("acez", 0.89),
        ("mwMW%—→@", 1.7),
    )
    for letter in letters
}  # fmt: skip
CAPITAL, BOLD = 1.4, 1.08


def width_of(text: str, *, is_bold: bool = False) -> float:
    """Of ``text`` on one line."""
    found = sum(map(_width, unicodedata.normalize("NFC", text)))
    return found * BOLD if is_bold else found


def _width(letter: str) -> float:
    plain = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(plain, CAPITAL if plain.isupper() else 1.0)


def lines_in(text: str, room: float, *, is_bold: bool = False) -> int:
    """How many lines ``text`` takes where a line has ``room``."""
    return sum(_lines(line.split(), room, is_bold=is_bold) for line in text.split("\n"))


def _lines(words: list[str], room: float, *, is_bold: bool) -> int:
    lines, used, space = 1, 0.0, width_of(" ", is_bold=is_bold)
    for word in words:
        width = width_of(word, is_bold=is_bold)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0)
        # A word longer than a line is broken.
        more = max(0, math.ceil(used / room) - 1) if room > 0 else 0
        lines, used = lines + more, used - more * room
    return lines
