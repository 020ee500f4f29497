"""Scores of groups and totals, and ranks, out of sentences and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.readers.publication.context import Context, note_period, unit_at
from simulator.readers.publication.figures import Score, scores_in
from simulator.readers.publication.gathering import Gathering, Points, shown
from simulator.readers.publication.losses import has_risen, is_no_score
from simulator.readers.publication.passages import Passage
from simulator.readers.publication.period import Named, named_periods, period_of_figure
from simulator.readers.publication.ranks import read_ranks
from simulator.readers.publication.rows import read_rows
from simulator.readers.publication.units import Mention, mentions
from simulator.readers.publication.words import (
    BOUND_AFTER,
    BOUND_BEFORE,
    CHANGE,
    COUNTED,
    NATIONAL,
    OTHER_INDEX,
    RANK,
    TARGET,
    Label,
    group_labels,
    is_of_other_period,
    maximum_of,
)
from simulator.readers.records import TOTAL, UnitRef
from simulator.rules import Edition

# Between the name of a group and its score, where nothing else is spoken of.
_ADJOINING = re.compile(r"[\s:,–\-(]*(?:(?:chỉ|mới|là|đạt|được|số|điểm|hồ sơ)[\s:]*)*")
# After a total: what follows are the groups of the same unit.
_OPENS_LIST = re.compile(r"trong đó|cụ thể|như sau|:\s*$")


@dataclass(frozen=True)
class _Spot:
    """One score of a sentence: the words since the last score, and all since its start."""

    score: Score
    since: int
    begin: int
    end: int


def read_scores(
    passage: Passage, edition: Edition, context: Context, found: Gathering
) -> list[tuple[int, int]]:
    """Read all scores and ranks of ``passage``; returns where what was looked at stands."""
    labels = group_labels(passage.plain, edition)
    named = mentions(passage.text)
    periods = named_periods(passage)
    looked_at: list[tuple[int, int]] = []
    rows: list[tuple[int, int]] = []
    before: Points | None = None
    for begin, end in passage.sentences():
        since = begin
        if not any(start <= begin < stop for start, stop in rows[-1:]):
            rows += read_rows(passage, (begin, end), labels, named, edition, context, found)
        for score in scores_in(passage.plain[begin:end]):
            moved = _moved(score, begin)
            if any(start < moved.end and moved.start < stop for start, stop in rows[-9:]):
                since = moved.end
                continue
            spot = _Spot(moved, since, begin, end)
            if _is_score(passage, spot, labels, edition, found):
                read = _read(passage, spot, labels, named, edition, context, before, found, periods)
                before = read or before
                looked_at.append((moved.start, moved.end))
                since = moved.end
        read_ranks(passage, (begin, end), labels, named, context, found)
    return looked_at + rows


def _moved(score: Score, by: int) -> Score:
    return Score(
        score.value, score.maximum, score.says_points, score.slip, score.start + by, score.end + by
    )


def _is_score(
    passage: Passage, spot: _Spot, labels: Sequence[Label], edition: Edition, found: Gathering
) -> bool:
    """False for ranks, numbers of units, changes and shares; targets and bounds are noted."""
    score, text = spot.score, passage.plain
    before, after = text[spot.begin : score.start], text[score.end : spot.end]
    if RANK.search(text[spot.begin : score.end]) and _ends_in_rank(text, spot):
        return False
    if not score.says_points and (COUNTED.match(after) or not _near(labels, spot, edition)):
        return False
    if score.maximum is None and (CHANGE.search(before) or not _near(labels, spot, edition)):
        return False
    place = passage.place(max(spot.since, score.start - 60), score.end)
    if OTHER_INDEX.search(before):
        found.note("other_index_not_read", place)
        return False
    if TARGET.search(text[spot.since : score.start][-80:]) or BOUND_AFTER.match(after):
        found.note("target_not_read", place)
        return False
    if is_no_score(passage, spot.begin, spot.since, score.start, score.end, found):
        return False
    if BOUND_BEFORE.search(before) and score.maximum is not None:
        found.doubt("bound_not_read", place)
        return False
    if has_risen(before):
        return True
    if is_of_other_period(text[spot.since : score.start], before):
        found.note("other_period_not_read", place)
        return False
    return True


def _ends_in_rank(text: str, spot: _Spot) -> bool:
    hits = list(RANK.finditer(text, spot.begin, spot.end))
    return any(hit.start() < spot.score.end and spot.score.start < hit.end() for hit in hits)


def _near(labels: Sequence[Label], spot: _Spot, edition: Edition) -> bool:
    """True if the sentence names a group before the score whose maximum fits, or right before."""
    before = [x for x in labels if spot.begin <= x.start and x.end <= spot.score.start]
    maxima = {maximum_of(label.code, edition) for label in before}
    return bool(before) and spot.score.maximum in {None, *maxima}


def _read(
    passage: Passage, spot: _Spot, labels: Sequence[Label], named: Sequence[Mention],
    edition: Edition, context: Context, before: Points | None, found: Gathering,
    periods: Sequence[Named],
) -> Points | None:  # fmt: skip
    score = spot.score
    text = passage.plain[spot.since : score.start]
    is_average = bool(NATIONAL.search(text)) or _heads_averages(passage, score.start, edition)
    group = _group(passage, spot, labels, edition, before if is_average else None, found)
    place = passage.place(max(spot.since, score.start - 60), score.end)
    if group is None:
        return None
    if score.value is None:
        found.problem("publication_score_unclear", place)
        return None
    if score.slip:
        whole = passage.text[score.start : score.end]
        found.doubt("slash_in_number", place, value=shown(score.value), printed=whole)
    unit = before.unit if is_average and before else None
    unit = unit or unit_at(passage, spot.begin, score.start, named, context)
    period = period_of_figure(passage, periods, spot.begin, score.start, score.end)
    if context.is_other(period) and not _is_asked(unit, group, is_average, context, found):
        note_period(period, context, place, found)
        return None
    if group == TOTAL and not is_average:
        context.total_of(unit, bool(_OPENS_LIST.search(passage.plain, score.end)))
    elif context.main is None and all(one.is_average for one in found.points):
        context.total_of(unit, opens_list=True)
    one = Points(unit, group, score.value, score.maximum, is_average, place)
    found.points.append(one)
    return one


def _is_asked(
    unit: UnitRef, group: str, is_average: bool, context: Context, found: Gathering
) -> bool:
    """True if nothing tells which of two periods is meant: both scores are kept, to be asked."""
    return not context.period.is_sure and any(
        (one.unit.key, one.group, one.is_average) == (unit.key, group, is_average)
        for one in found.points
    )


def _heads_averages(passage: Passage, start: int, edition: Edition) -> bool:
    """True in a list that is headed as one of national averages."""
    head, colon, _ = passage.plain[:start].partition(":")
    return bool(colon and NATIONAL.search(head)) and not group_labels(head, edition)


def _group(
    passage: Passage, spot: _Spot, labels: Sequence[Label], edition: Edition,
    before: Points | None, found: Gathering,
) -> str | None:  # fmt: skip
    """Code of the group a score belongs to; asks where the words leave a choice."""
    score = spot.score
    own = [x for x in labels if spot.since <= x.start and x.end <= score.start]
    if not own and before is not None:
        own = [Label(before.group, spot.begin, spot.begin)]
    own = own or [x for x in labels if spot.begin <= x.start and x.end <= score.start]
    after = [x for x in labels if score.end <= x.start and x.end <= spot.end]
    earlier = [x for x in labels if x.end <= spot.begin and _fits(x, score, edition)]
    own = own or after[:1] or earlier[-1:]
    if score.maximum == maximum_of(TOTAL, edition) and not _adjoins(passage, own, score):
        return TOTAL
    place = passage.place(max(spot.since, score.start - 60), score.end)
    if not own:
        found.problem("publication_score_of_what", place)
        return None
    last = own[-1]
    others = sorted({x.code for x in own if _fits(x, score, edition)} - {last.code})
    if score.maximum is None or _fits(last, score, edition) or not others:
        return last.code
    fields = {"group": last.code, "other_group": others[0]}
    found.problem("publication_two_groups", place, printed=score.maximum,
                  maximum=maximum_of(last.code, edition), **fields)  # fmt: skip
    return None


def _fits(label: Label, score: Score, edition: Edition) -> bool:
    return score.maximum == maximum_of(label.code, edition)


def _adjoins(passage: Passage, own: Sequence[Label], score: Score) -> bool:
    """True if the score stands right behind the name of a group."""
    if not own or own[-1].code == TOTAL or own[-1].end > score.start:
        return False
    return bool(_ADJOINING.fullmatch(passage.plain, own[-1].end, score.start))
