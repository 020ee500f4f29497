"""Annexes of a paper: indicators, months, units, and what is needed to repeat the result."""

from __future__ import annotations

from collections.abc import Mapping

import simulator
from simulator import library
from simulator.numbers import format_date
from simulator.presentation import figures, tables
from simulator.presentation.data_notes import data_notes
from simulator.reports.announcement.words import publisher
from simulator.reports.announcement.written import roman, without_codes
from simulator.reports.blocks import Align, Annex, Block, Grid, Items, Paragraph
from simulator.reports.documents.lines import attached_to
from simulator.reports.paper import months, units, units_annex
from simulator.reports.paper.topic import Topic
from simulator.rules import Group

INDICATORS, METHOD = "indicators", "method"
_RULES = ("method.formula", "paper.limit")


def number_annexes(topic: Topic) -> None:
    """Give the annexes there will be their numbers, so that the text can name them."""
    keys = [INDICATORS] if _all_groups(topic) else []
    if topic.has_tasks and months.needs_annex(topic):
        keys.append(months.KEY)
    if topic.has_tasks and units.needs_annex(topic):
        keys.append(units.KEY)
    for number, key in enumerate([*keys, METHOD], start=1):
        topic.annexes[key] = topic.say("paper.annex", number=roman(number))


def annexes(topic: Topic, fields: Mapping[str, str]) -> list[Block]:
    """All annexes; below the title of each stands what it belongs to."""
    makers = {
        INDICATORS: _indicators, months.KEY: months.annex, units.KEY: units_annex.annex,
        METHOD: _method,
    }  # fmt: skip
    belongs = Paragraph(attached_to(fields, topic.unit, topic.say.language), is_note=True)
    blocks: list[Block] = []
    for key in topic.annexes:
        first, *others = makers[key](topic)
        blocks += [first, belongs, *others]
    return blocks


def _indicators(topic: Topic) -> list[Block]:
    """All indicators: counts, rate, points now, with the plan, at most.

    Where points of indicators were not published only those with figures are listed, without
    points.
    """
    say, moved, hides = topic.say, topic.subject.is_moved, topic.view.edition.estimate
    title = say("paper.annex_indicators", unit=topic.unit.upper())
    names, widths = ["part", "counts", "rate"], [44, 44, 14]
    if not hides:
        names += ["now", *(["after"] if moved else []), "maximum"]
        widths += [12, *([15] if moved else []), 14]
    rows: list[tuple[str, ...]] = []
    bold = set()
    for name, own in _all_groups(topic).items():
        bold.add(len(rows))
        rows += [(name, *[""] * (len(names) - 1)), *own]
    grid = Grid(
        "", [topic.column(name) for name in names], rows,
        [Align.LEFT, *[Align.RIGHT] * (len(names) - 1)], widths, frozenset(bold), _source(topic),
    )  # fmt: skip
    return [Annex(topic.annexes[INDICATORS], title), grid]


def _all_groups(topic: Topic) -> dict[str, list[tuple[str, ...]]]:
    """Rows of the indicators under the names of their groups; only groups that have any."""
    found = {
        topic.say.name(group.name): _of_group(topic, group) for group in topic.view.edition.groups
    }
    return {name: rows for name, rows in found.items() if rows}


def _of_group(topic: Topic, group: Group) -> list[tuple[str, ...]]:
    say, view = topic.say, topic.view
    moved, hides = topic.subject.is_moved, view.edition.estimate
    rows = []
    for k in view.edition.group_positions[group.code]:
        item = view.edition.indicators[k]
        if hides and not view.unit.knows(k):
            continue
        cells = [
            say.name(item.name), *_figures(topic, k)
        ]  # fmt: skip
        if not hides:
            cells.append(say.points(view.projection.before.indicators[k]))
            if moved:
                cells.append(say.points(view.projection.after.indicators[k]))
            cells.append(str(item.maximum))
        rows.append(tuple(cells))
    return rows


def _figures(topic: Topic, k: int) -> tuple[str, str]:
    """Counts and rate that were published; how a value came about that was not."""
    say, view = topic.say, topic.view
    evidence = view.unit.evidence[k]
    if mark := topic.mark(evidence):
        return mark, say("unit.unknown")
    return figures.counts_text(view, k, say), say.percent(evidence.rate_percent)


def _source(topic: Topic) -> str:
    baseline, language = topic.view.baseline, topic.say.language
    source = publisher(baseline, language)
    return topic.say("overview.source", source=source, mark=baseline.fingerprint[:8])


def _method(topic: Topic) -> list[Block]:
    say = topic.say
    rows = [(say(f"paper.method_{name}"), text) for name, text in _facts(topic).items() if text]
    grid = topic.grid(
        say("paper.method_title"), [topic.column("content"), topic.column("value")], rows, "ll",
        (30, 70),
    )  # fmt: skip
    keys = ("paper.method_estimate",) if topic.view.edition.estimate else _RULES
    texts = [say(key) for key in keys]
    notes = list(dict.fromkeys(without_codes(note) for note in data_notes(topic.view, say)))
    more: list[Block] = [Paragraph(say("paper.method_notes")), Items(notes)] if notes else []
    return [
        Annex(topic.annexes[METHOD], say("paper.annex_method")), grid,
        *(Paragraph(text) for text in texts), *more,
    ]  # fmt: skip


def _facts(topic: Topic) -> dict[str, str]:
    """What is needed to repeat the result; empty where there is none."""
    say, view, content = topic.say, topic.view, topic.subject.content
    baseline, edition = view.baseline, view.edition
    return {
        "scenario": content.name,
        "author": content.author,
        "note": content.note,
        "edition": say.name(edition.title),
        "legal": say.name(edition.legal_reference),
        "rules": _rules(topic),
        "figures": say.name(baseline.title),
        "source": publisher(baseline, say.language),
        "read": format_date(baseline.captured_at),
        "fingerprint": baseline.fingerprint,
        "peers": _peers(topic),
        "way": _way(topic),
        "draws": tables.peers_words(view.rank_ahead, say) if view.rank_ahead else "",
        "program": say("paper.method_program_value", version=simulator.__version__),
    }


def _rules(topic: Topic) -> str:
    if topic.view.edition.estimate:
        return topic.say("paper.method_rules_estimate")
    found = [item.status for item in topic.view.edition.indicators]
    return topic.say(
        "paper.method_rules_value",
        **{name: str(found.count(name)) for name in ("verified", "inferred", "contradicted")},
    )


def _peers(topic: Topic) -> str:
    peers = topic.view.peers
    if peers is None:
        return ""
    return topic.say(
        "paper.method_peers_value", title=topic.say.name(library.load(peers.baseline_id).title),
        count=str(1 + len(peers.units)), day=format_date(peers.captured_at),
    )  # fmt: skip


def _way(topic: Topic) -> str:
    say, ahead = topic.say, topic.view.outlook
    if not topic.subject.is_moved:
        return say("headline.not_simulated")
    if ahead is None:
        return say("headline.mode")
    return say("tables.way_ahead", last=topic.last, coming=figures.inflow_words(ahead, say))
