"""Words several sections of an announcement share: who is compared, with what, and what of."""

from __future__ import annotations

import re

from simulator.baseline import Baseline
from simulator.presentation.speech import Speech
from simulator.reports.announcement.lists import OF_DISTRICT, UnitList
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.written import day_of, inside, lowered, padded
from simulator.rules import Indicator, Lever
from simulator.text import say as sentence

# Behind a publisher: through whose repository its figures were read, as owner/name.
_THROUGH = re.compile(r",\s+(?:qua|via|through)\s+[\w.-]+/[\w.-]+.*$", re.DOTALL)
# What a period is told with: ``Năm 2026, lũy kế đến 26/09/2026``.
_UNTIL = re.compile(r"(?<=đến )(?=\d{1,2}/)")
_KINDS = (
    "province", "department", "district", "commune",
    f"department{OF_DISTRICT}", f"commune{OF_DISTRICT}",
)  # fmt: skip


def who(kind: str, say: Speech) -> str:
    """``sở, ban, ngành``: units of a level, inside a sentence."""
    return say(f"announcement.who_{kind if kind in _KINDS else 'other'}")


def level_name(kind: str, say: Speech) -> str:
    """``Sở, ban, ngành``: units of a level, at the start of a line."""
    return say(f"announcement.level_{kind if kind in _KINDS else 'other'}")


def list_name(one: UnitList, say: Speech) -> str:
    """The name of a list at the start of a line; of its only row where it sums up many units."""
    return one.rows[0].unit.short_name if len(one.rows) == 1 else level_name(one.kind, say)


def list_words(one: UnitList, say: Speech) -> str:
    """``135 xã, phường``, inside a sentence; the name of a row that sums up many units."""
    if len(one.rows) == 1:
        return inside(one.rows[0].unit.short_name, say)
    count = padded(len(one.rows), say)
    return say("announcement.units_count", count=count, who=who(one.kind, say))


def period(told: Told) -> str:
    """The period inside a sentence: ``năm 2026 (lũy kế đến ngày 26/09/2026)``; months keep their
    capital in English."""
    name, _, more = told.say.name(told.view.baseline.period_text).partition(", ")
    text = f"{name} ({more})" if more else name
    return lowered(_UNTIL.sub("ngày ", text)) if told.say.language == "vi" else text


def average_name(told: Told) -> str:
    """``điểm trung bình cả nước``, or that of the list the unit is ranked in."""
    view, say = told.view, told.say
    if view.unit.averages or view.unit.level == "province" or view.peers is None:
        return say("announcement.average_country")
    of = say.count(told.count_compared)
    return say("announcement.average_listed", of=of, who=who(view.unit.level, say))


def idle_left_out(told: Told) -> list[str]:
    """How many units an average leaves out; empty where there are none."""
    count = told.count_idle
    return [told.say("announcement.average_idle", count=padded(count, told.say))] if count else []


def publisher(baseline: Baseline, language: str) -> str:
    """Who published the figures, as an official text names it: without the repositories they
    were read through."""
    name = _THROUGH.sub("", baseline.source)
    is_portal = name == sentence("vi", "announcement.portal")
    return sentence(language, "announcement.portal") if is_portal else name


def source_line(baseline: Baseline, say: Speech) -> str:
    """Who published the figures, and when they were read."""
    source, day = publisher(baseline, say.language), day_of(baseline.captured_at, say)
    return say("announcement.source_line", source=source, day=day)


def lever_of(told: Told, indicator: Indicator) -> Lever | None:
    """What an office does first for an indicator."""
    return next((one for one in _levers(told) if one.indicator == indicator.code), None)


def levers_of_group(told: Told, group: str) -> list[Lever]:
    """One lever for each indicator of a group, those of most points first."""
    found = [
        lever
        for k in told.view.edition.group_positions[group]
        if (lever := lever_of(told, told.view.edition.indicators[k])) is not None
    ]
    return sorted(found, key=lambda lever: -told.view.edition.indicator(lever.indicator).maximum)


def _levers(told: Told) -> list[Lever]:
    return [
        lever
        for lever in told.view.edition.levers
        if lever.direction == "helpful" and lever.moves and lever.whole
    ]
