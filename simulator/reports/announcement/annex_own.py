"""Annexes about the unit itself: its groups against the average, and its indicators."""

from __future__ import annotations

from simulator.baseline import Basis, Evidence
from simulator.presentation.data_notes import flag_words
from simulator.reports.announcement.cells import Cell, Column, Kind, Sheet
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import idle_left_out, source_line
from simulator.reports.announcement.written import printed_rate, unit_name
from simulator.rules import Group


def groups(told: Told) -> Sheet | None:
    """Six groups and the total: the unit, the maximum, the average, the highest; None where
    neither was published."""
    view, say = told.view, told.say
    if not told.has_groups and told.scores.total is None:
        return None
    is_country = view.unit.averages or view.unit.level == "province"
    mean = "column_mean_country" if is_country else "column_mean"
    columns = (
        Column(say("announcement.column_group"), Kind.TEXT, 30),
        Column(say("announcement.column_score"), Kind.POINTS, 12),
        Column(say("announcement.column_maximum"), Kind.COUNT, 12),
        Column(say(f"announcement.{mean}"), Kind.POINTS, 14),
        Column(say("announcement.column_best"), Kind.POINTS, 12),
        Column(say("announcement.column_difference"), Kind.DIFFERENCE, 16),
    )
    rows = []
    for group in view.edition.groups:
        score, marks = told.scores.groups[group.code], told.marks[group.code]
        rows.append(
            (say.name(group.name), score, group.maximum, marks.mean, marks.best,
             _difference(score, marks.mean))
        )  # fmt: skip
    total, best = told.scores.total, _best_total(told)
    rows.append(
        (say("announcement.row_total"), total, 100, told.total_mean, best,
         _difference(total, told.total_mean))
    )  # fmt: skip
    title = say("announcement.annex_groups", unit=unit_name(view.unit))
    note = " ".join([source_line(view.baseline, say), *idle_left_out(told)])
    return Sheet("groups", title, columns, rows, frozenset({len(rows) - 1}), note)


def _difference(score: int | None, mean: int | None) -> int | None:
    return None if score is None or mean is None else score - mean


def _best_total(told: Told) -> int | None:
    own, peers = told.scores.total, told.compared
    if peers is None or own is None:
        return None
    return max([*peers.totals.values(), *([] if told.is_idle else [own])], default=None)


def indicators(told: Told) -> Sheet | None:
    """Each group, then its indicators: counts, rate, points, what is lost.

    Where points of indicators were not published only those with figures are listed, without
    points; None if there are none, for it would repeat the groups.
    """
    view, say = told.view, told.say
    columns = (
        Column(say("announcement.column_indicator"), Kind.TEXT, 74),
        Column(say("announcement.column_good"), Kind.COUNT, 20),
        Column(say("announcement.column_all"), Kind.COUNT, 20),
        Column(say("announcement.column_rate"), Kind.PERCENT, 14),
        Column(say("announcement.column_score"), Kind.POINTS, 16),
        Column(say("announcement.column_maximum"), Kind.COUNT, 16),
        Column(say("announcement.column_lost"), Kind.POINTS, 16),
        Column(say("announcement.column_note"), Kind.TEXT, 55),
    )
    rows: list[tuple[Cell, ...]] = []
    bold = set()
    for group in view.edition.groups:
        bold.add(len(rows))
        rows += [_group_row(told, group), *_indicator_rows(told, group)]
    if len(rows) == len(bold):
        return None
    title = say("announcement.annex_indicators", unit=unit_name(view.unit))
    note = source_line(view.baseline, say)
    return Sheet("indicators", title, columns, rows, frozenset(bold), note, is_wide=True)


def _group_row(told: Told, group: Group) -> tuple[Cell, ...]:
    score = told.scores.groups[group.code]
    lost = None if score is None else 100 * group.maximum - score
    note = "" if score is not None else told.say("unit.not_published")
    return (told.say.name(group.name), "", "", "", score, group.maximum, lost, note)


def _indicator_rows(told: Told, group: Group) -> list[tuple[Cell, ...]]:
    view = told.view
    hides_points = view.edition.estimate
    rows: list[tuple[Cell, ...]] = []
    for k in view.edition.group_positions[group.code]:
        item, evidence = view.edition.indicators[k], view.unit.evidence[k]
        if hides_points and not view.unit.knows(k):
            continue
        counted = evidence.basis is Basis.COUNTS and not evidence.assumed
        score = None if hides_points else told.scores.indicators[k]
        rows.append(
            (
                told.say.name(item.name),
                round(evidence.numerator) if counted else None,
                round(evidence.denominator) if counted else None,
                printed_rate(evidence),
                score,
                None if hides_points else item.maximum,
                None if score is None else 100 * item.maximum - score,
                _note(told, evidence),
            )
        )
    return rows


def _note(told: Told, evidence: Evidence) -> str:
    say = told.say
    notes = []
    if evidence.basis is Basis.UNKNOWN:
        notes.append(say("unit.not_published"))
    elif evidence.basis is Basis.RATE:
        notes.append(say("announcement.note_rate"))
    elif not evidence.denominator and not evidence.flag:
        notes.append(say("unit.no_cases"))
    if evidence.flag:
        notes.append(flag_words(evidence.flag, say).removesuffix("."))
    return "; ".join(notes)
