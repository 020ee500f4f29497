"""Files that were made, and names for them that sort."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from simulator.search import folded

_UNSAFE = re.compile(r"[^a-z0-9]+")
MOST_LETTERS = 40


@dataclass(frozen=True)
class File:
    """A file by its name, which may begin with a folder (``bieu-do/...``)."""

    name: str
    content: bytes


def plain(text: str) -> str:
    """``text`` as it is safe in a file name on any disk: ``Phú Thọ`` becomes ``phu-tho``."""
    folding = folded(unicodedata.normalize("NFC", text))
    return _UNSAFE.sub("-", folding)[:MOST_LETTERS].strip("-")
