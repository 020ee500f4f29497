"""What an announcement begins with: its bases and the overall result."""

from __future__ import annotations

from simulator import library
from simulator.baseline import Basis
from simulator.caveats import no_list_reason
from simulator.errors import Notice
from simulator.numbers import format_date
from simulator.rank import Standing
from simulator.reports.announcement.group_results import averages_of
from simulator.reports.announcement.lists import late_of
from simulator.reports.announcement.told import Reading, Told
from simulator.reports.announcement.words import average_name, period, publisher, who
from simulator.reports.announcement.written import day_of, points, rate, unit_name
from simulator.reports.blocks import Block, Paragraph
from simulator.text import explain


def bases(told: Told) -> list[Block]:
    """The decision, and where the figures come from."""
    say, baseline = told.say, told.view.baseline
    return [
        Paragraph(say("announcement.basis_decision"), is_ground=True),
        Paragraph(
            say(
                "announcement.basis_figures", title=say.name(baseline.title),
                source=publisher(baseline, say.language), day=day_of(baseline.captured_at, say),
            ),
            is_ground=True,
        ),
        Paragraph(
            say("announcement.opening", unit=unit_name(told.view.unit), period=period(told))
        ),
    ]  # fmt: skip


def overall(told: Told) -> list[Block]:
    """Total, class, rank, what changed, and the unit's own dossiers."""
    texts = [" ".join([_total(told), *_rank(told)])]
    texts += [" ".join(found)] if (found := _against_mean(told)) else []
    texts += [_change(told, reading) for reading in told.earlier]
    texts += _own_dossiers(told)
    return [Paragraph(text) for text in texts]


def _total(told: Told) -> str:
    view, say = told.view, told.say
    before, unit = told.scores, view.unit
    if before.total is None or before.score_class is None:
        return say("announcement.total_unknown", unit=unit_name(unit))
    key = "announcement.total_sum" if unit.total is None else "announcement.total"
    total, name = points(before.total, say), say.name(before.score_class.name)
    return say(key, unit=unit_name(unit), total=total, class_name=name)


def _rank(told: Told) -> list[str]:
    """The place among listed peers, else the printed one, else why there is none."""
    view, say = told.view, told.say
    unit, place = view.unit, told.scores.standing
    if told.scores.total is None:
        return []
    if place is not None and (borrowed := _borrowed(told, place)):
        return [borrowed]
    if place is not None:
        key = "announcement.rank_tied" if place.tied else "announcement.rank"
        text = say(key, rank=str(place.rank), of=str(place.of), who=who(unit.level, say))
        return [text, *_printed_otherwise(told, place.rank)]
    if unit.published_rank:
        of = str(unit.published_pool_size or say("unit.unknown"))
        named = who(unit.level, say)
        return [say("announcement.rank_printed", rank=str(unit.published_rank), of=of, who=named)]
    reason = Notice(no_list_reason(view.baseline, unit))
    return [explain(reason, say.language)]


def _printed_otherwise(told: Told, rank: int) -> list[str]:
    unit, say = told.view.unit, told.say
    if unit.published_rank in (None, rank) or unit.total is None:
        return []
    of = str(unit.published_pool_size or say("unit.unknown"))
    return [say("announcement.rank_differs", rank=str(unit.published_rank), of=of)]


def _borrowed(told: Told, place: Standing) -> str:
    """What the list says of the unit, where that is not the unit's own; else empty."""
    view, say = told.view, told.say
    if view.peers is None or not view.peers.borrowed:
        return ""
    source = library.load(view.peers.baseline_id)
    rows = told.provinces.rows if told.provinces else ()
    there = next((row for row in rows if row.unit.code == view.unit.code), None)
    printed = None if there is None else there.place
    unknown = say("unit.unknown")
    return say(
        "announcement.rank_borrowed", title=say.name(source.title),
        day=day_of(source.captured_at, say), unit=view.unit.short_name,
        total=points(None if there is None else there.total, say),
        rank=str(printed.rank) if printed else unknown, of=str(printed.of) if printed else unknown,
        who=who(view.unit.level, say), own_rank=str(place.rank), own_of=str(place.of),
    )  # fmt: skip


def _against_mean(told: Told) -> list[str]:
    say, total, mean = told.say, told.scores.total, told.total_mean
    if total is None or mean is None:
        return []
    key = "same" if total == mean else "higher" if total > mean else "lower"
    name = average_name(told)
    return [
        say(
            f"announcement.mean_{key}", average=name[:1].upper() + name[1:],
            mean=points(mean, say), unit=unit_name(told.view.unit),
            gap=points(abs(total - mean), say),
        ),
        *averages_of(told),
    ]  # fmt: skip


def _change(told: Told, reading: Reading) -> str:
    say, before = told.say, told.scores
    assert before.total is not None and before.standing is not None
    return say(
        "announcement.change", day=format_date(reading.day),
        was=points(reading.total, say), now=points(before.total, say),
        change=points(before.total - reading.total, say, sign=True),
        rank_was=str(reading.place.rank), of_was=str(reading.place.of),
        rank=str(before.standing.rank), of=str(before.standing.of),
    )  # fmt: skip


def _own_dossiers(told: Told) -> list[str]:
    view, say = told.view, told.say
    item = view.unit.evidence[view.edition.position["ON_TIME"]]
    if view.unit.has_no_dossiers(view.edition):
        return [say("announcement.own_idle")]
    late = late_of(view.baseline, view.unit)
    if late is not None and late.received is not None:
        return [
            say(
                "announcement.own_counts", received=say.count(late.received),
                on_time=say.count(late.received - late.overdue), rate=rate(item, say),
                overdue=say.count(late.overdue),
            )
        ]  # fmt: skip
    if late is not None:
        key = "announcement.own_overdue" + ("_rate" if late.on_time is not None else "")
        return [say(key, overdue=say.count(late.overdue), rate=rate(item, say))]
    return [say("announcement.own_rate", rate=rate(item, say))] if item.basis is Basis.RATE else []
