"""Finding names without their diacritics: "ha noi" finds Hà Nội."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


# A sheet says the same few words in every row.
@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case without tone and vowel marks; ``đ`` becomes ``d``."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
