"""Shipped figures that a whole screen is drawn on, each drawing of which takes seconds."""

from __future__ import annotations

from simulator.baseline_files import baseline_ids
from simulator.text import LANGUAGES

# What people open most is drawn in both languages, the others in turns: every sentence is in
# both catalogues with the same fields, which has tests of its own.
_BOTH = ("vn-2026-10-10", "phutho-2026-ytd")
DRAWN = [
    (baseline, language)
    for k, baseline in enumerate(baseline_ids())
    for language in (LANGUAGES if baseline in _BOTH else LANGUAGES[k % 2 : k % 2 + 1])
]
