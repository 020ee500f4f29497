"""Rates of indicators, and plain counts, out of sentences."""

from __future__ import annotations

import re
from fractions import Fraction

from simulator.readers.publication.context import Context, note_period, unit_at
from simulator.readers.publication.figures import RATE, count, percent
from simulator.readers.publication.gathering import Gathering, shown
from simulator.readers.publication.losses import is_no_rate
from simulator.readers.publication.passages import Passage
from simulator.readers.publication.period import named_periods, period_of_figure
from simulator.readers.publication.rows import read_rate_rows
from simulator.readers.publication.units import mentions
from simulator.readers.publication.words import (
    BOUND_AFTER,
    BOUND_BEFORE,
    CHANGE,
    NATIONAL,
    RATE_FACTS,
    SHARE_OF,
    TARGET,
    Label,
    is_of_other_period,
    rate_label,
)
from simulator.readers.records import IndicatorRow, UnitRef
from simulator.rules import Edition

_NUMBER = r"(?<![\d.,/])(\d{1,3}(?:[.,]\d{3})+|\d+)(?![\d/%]|[.,]\d)"
# What is counted by the words around a number. The fact, its unit, the pattern.
_COUNTS = tuple(
    (code, kind, re.compile(words.replace("N", _NUMBER)))
    for code, kind, words in (
        ("VERIFIED_ACCOUNTS", "account", r"số lượng tài khoản[^;.]*?: N"),
        ("CERTIFIED_COPIES", "dossier", r"chứng thực điện tử bản sao[^;.:]*: N"),
        ("RECEIVED_AND_HANDLED", "dossier", r"tiếp nhận và giải quyết N hồ sơ"),
        ("IN_PROGRESS", "dossier", r"đang giải quyết N hồ sơ"),
        ("IN_PROGRESS_NOT_DUE", "dossier", r"N hồ sơ chưa đến hạn"),
        ("IN_PROGRESS_OVERDUE", "dossier", r"chưa đến hạn[;,] N hồ sơ quá hạn"),
        ("DONE", "dossier", r"đã giải quyết N hồ sơ"),
        ("DONE_ON_TIME", "dossier", r"N hồ sơ (?:trả |giải quyết )?(?:trước hạn và )?đúng hạn"),
        ("DONE_OVERDUE", "dossier", r"đúng hạn(?: và trước hạn)?[;,] N hồ sơ quá hạn"),
        ("PROCEDURES_FULL_ONLINE", "procedure", r"toàn trình[^;.:]*: N"),
        ("PROCEDURES_PARTIAL_ONLINE", "procedure", r"một phần[^;.:]*: N"),
        ("PROCEDURES_OTHER", "procedure", r"hình thức khác[^;.:]*: N"),
    )
)
# Full and partial online procedures, and all others.
_ONLINE = ("PROCEDURES_FULL_ONLINE", "PROCEDURES_PARTIAL_ONLINE", "PROCEDURES_OTHER")
_ROUNDED = 0.01
_RATE_AS_COUNT = re.compile(rf"tỷ lệ[^;.:]*: {_NUMBER} hồ sơ")


def read_rates(
    passage: Passage, edition: Edition, context: Context, found: Gathering
) -> list[tuple[int, int]]:
    """Read all rates of ``passage``; returns where what was looked at stands."""
    named, periods = mentions(passage.text), named_periods(passage)
    looked_at: list[tuple[int, int]] = []
    rows: list[tuple[int, int]] = []
    for begin, end in passage.sentences():
        since = begin
        if not any(start <= begin < stop for start, stop in rows[-1:]):
            rows += read_rate_rows(passage, (begin, end), edition, context, found)
        for hit in RATE.finditer(passage.plain, begin, end):
            in_row = any(start <= hit.start() < stop for start, stop in rows[-9:])
            if not in_row and _is_result(passage, begin, since, hit, found):
                value = percent(hit["value"])
                label = _label(passage, begin, since, hit.start())
                unit = unit_at(passage, begin, hit.start(), named, context)
                period = period_of_figure(passage, periods, begin, *hit.span())
                if (
                    label
                    and context.is_other(period)
                    and not _is_asked(unit, label, context, found)
                ):
                    note_period(period, context, passage.place(hit.start() - 60, hit.end()), found)
                elif label and value is not None:
                    _keep(passage, label, value, hit, unit, edition, found)
                    looked_at.append((hit.start(), hit.end()))
            since = hit.end()
    _rate_as_count(passage, context, edition, found)
    return looked_at + rows


def _is_result(
    passage: Passage, begin: int, since: int, hit: re.Match[str], found: Gathering
) -> bool:
    """False for targets, bounds, changes, shares and figures of elsewhere."""
    before, after = passage.plain[begin : hit.start()], passage.plain[hit.end() :]
    place = passage.place(max(since, hit.start() - 60), hit.end())
    if TARGET.search(before[-150:]) or BOUND_AFTER.match(after):
        found.note("target_not_read", place)
        return False
    if is_no_rate(passage, begin, hit.start(), hit.end(), found):
        return False
    if CHANGE.search(before) and not re.search(r"\b(?:hơn|cao|thấp)\s*$", before):
        return False
    if BOUND_BEFORE.search(before):
        found.doubt("bound_not_read", place)
        return False
    near = passage.plain[since : hit.start()]
    return not (SHARE_OF.match(after) or NATIONAL.search(near) or is_of_other_period(near, before))


def _is_asked(unit: UnitRef, label: Label, context: Context, found: Gathering) -> bool:
    """True if nothing tells which of two periods is meant: both rates are kept, to be asked."""
    return not context.period.is_sure and any(
        (row.unit.key, row.code) == (unit.key, label.code) for row in found.rows
    )


def _label(passage: Passage, begin: int, since: int, start: int) -> Label | None:
    """What a rate is of: the words since the last rate, else the subject of the sentence."""
    near = rate_label(passage.plain[since:start])
    if near is not None:
        return near
    return rate_label(passage.plain[begin:start]) if since == begin else None


def _keep(
    passage: Passage, label: Label, value: Fraction, hit: re.Match[str], unit: UnitRef,
    edition: Edition, found: Gathering,
) -> None:  # fmt: skip
    place = passage.place(hit.start() - 60, hit.end())
    if label.code in RATE_FACTS:
        found.fact(unit, label.code, value, "percent", place)
    elif label.code in edition.position:
        found.rate(unit, label.code, value, place)


def _rate_as_count(passage: Passage, context: Context, edition: Edition, found: Gathering) -> None:
    """A rate printed as a number of dossiers: none of them is 0 %, any other is left alone."""
    hit = _RATE_AS_COUNT.search(passage.plain)
    label = rate_label(passage.plain[: hit.start(1)]) if hit else None
    if hit is None or label is None or label.code not in edition.position:
        return
    place = passage.place(hit.start(), hit.end())
    number = count(hit[1])
    found.doubt("rate_as_count", place, indicator=label.code, value=shown(number or Fraction(0)))
    if number == 0:
        found.rate(context.unit, label.code, Fraction(0), place)


def read_counts(passage: Passage, context: Context, found: Gathering) -> None:
    """Read the numbers of dossiers, procedures and accounts of ``passage``."""
    named = mentions(passage.text)
    sentences = list(passage.sentences())
    for code, kind, words in _COUNTS:
        for hit in words.finditer(passage.plain):
            number = count(hit[1])
            if number is None or TARGET.search(passage.plain[: hit.start()][-80:]):
                continue
            place = passage.place(hit.start(), hit.end())
            if "," in hit[1]:
                found.doubt("comma_in_count", place, printed=hit[1], value=float(number))
            begin = max(start for start, _ in sentences if start <= hit.start())
            unit = unit_at(passage, begin, hit.start(), named, context)
            found.fact(unit, code, number, kind, place)


def supply_from_counts(found: Gathering) -> None:
    """Full and partial online procedures out of all, where the printed share confirms them."""
    facts = {(fact.unit, fact.code): fact for fact in found.facts}
    for (unit, code), full in facts.items():
        others = [facts.get((unit, other)) for other in _ONLINE[1:]]
        share = facts.get((unit, "PROCEDURES_FULL_ONLINE_RATE"))
        known = [fact.value for fact in others if fact is not None]
        if code != _ONLINE[0] or len(known) < len(others) or share is None:
            continue
        total = full.value + sum(known)
        if not total or abs(full.value / total * 100 - share.value) > _ROUNDED:
            continue
        online = full.value + known[0]
        row = IndicatorRow(unit, "ONLINE_SUPPLY", online, total, None, "LOCAL_FIGURE", full.place)
        found.rows.append(row)
        found.doubt("supply_from_counts", full.place, numerator=online, denominator=total)
