"""Figures of a publication that were neither read nor refused: said once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.readers.publication.figures import RATE, Score, scores_in
from simulator.readers.publication.gathering import Gathering
from simulator.readers.publication.passages import Passage

# Before a score without the word for points.
_REACHES = re.compile(r"đạt(?: được)?\s*:?\s*$")
Looked = Sequence[tuple[Passage, Sequence[tuple[int, int]]]]


def note_unread(passages: Looked, found: Gathering) -> None:
    """One note with the number of scores and rates left aside, and the first of them."""
    known = {_end(doubt.place.fields["words"]) for doubt in found.doubts}
    known |= {_end(problem.fields["place"].fields["words"]) for problem in found.problems}
    left = []
    for passage, looked_at in passages:
        spans = [(one.start, one.end) for one in scores_in(passage.plain) if _says(passage, one)]
        spans += [hit.span() for hit in RATE.finditer(passage.plain)]
        for start, end in spans:
            words = passage.text[max(0, start - 40) : end]
            if not any(a < end and start < b for a, b in looked_at) and _end(words) not in known:
                left.append(passage.place(max(0, start - 40), end))
    if left:
        found.note("figures_not_read", left[0], count=len(left))


def _says(passage: Passage, score: Score) -> bool:
    """True for ``12 điểm`` and ``đạt 12/18``: the words that only scores have."""
    before = passage.plain[max(0, score.start - 12) : score.start]
    return score.says_points or bool(_REACHES.search(before))


def _end(words: str) -> str:
    return " ".join(words.split())[-12:]
