"""What the arguments of a command stand for: figures, a look ahead, settings of levers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from simulator import library
from simulator.baseline import Baseline, Unit, with_assumption
from simulator.checks import Finding, Level, Report, check_files, check_reading
from simulator.checks.capture import capture_findings
from simulator.cli_parser import DEFAULT_EDITION, OLDER_EDITION
from simulator.errors import DataError, ScenarioError
from simulator.imports import About, baseline_of
from simulator.lever_settings import parse_setting
from simulator.levers import lever_of, lever_range
from simulator.numbers import VIETNAM, parse_number
from simulator.outlook import Outlook, parse_inflow
from simulator.rank import unit_total
from simulator.readers import Stated, read_all, read_content
from simulator.readers.records import one_line
from simulator.readers.uploads import is_publication
from simulator.rule_files import load_edition
from simulator.rules import Edition, Lever
from simulator.scenario import MONTHS, Scenario, outlook_of
from simulator.text import say


def baseline_from(options: argparse.Namespace) -> Baseline:
    """Shipped figures, or those of the given files."""
    if bool(options.baseline) == bool(options.file):
        raise ScenarioError("file_or_baseline")
    if options.baseline:
        return library.load(options.baseline)
    return figures_of(options.file, options, options.period, options.captured, options.complete)


def newest_holding(code: str | None) -> Baseline:
    """The first figures of the library that hold the total of a unit, else that hold it.

    :class:`ScenarioError` if there are none.
    """
    if code is None:
        raise ScenarioError("rank_unit_needed")
    holding = {baseline.id: baseline for baseline in library.holding(code)}
    entries = [entry for entry in library.listed() if entry.id in holding]
    if not entries:
        raise ScenarioError("rank_unit_unknown", unit=code)

    def doubt(baseline_id: str, is_whole: bool) -> tuple[bool, bool]:
        baseline = holding[baseline_id]
        return unit_total(baseline.edition, baseline.unit(code)) is None, not is_whole

    return holding[min(entries, key=lambda entry: doubt(entry.id, entry.is_whole)).id]


def figures_of(
    files: Sequence[str], options: argparse.Namespace, period: str = "", captured: str = "",
    is_complete: bool = False,
) -> Baseline:  # fmt: skip
    """Figures of files without a mistake; :class:`DataError` with the first one otherwise."""
    edition = load_edition(options.edition)
    report = check_files(files, edition, period, captured)
    wrong = report.of(Level.WRONG)
    if wrong:
        raise DataError(
            "files_wrong", count=len(wrong), first=wrong[0].sentence(options.lang, edition)
        )
    source = ", ".join(one_line(Path(path).name) for path in files)
    name = say(options.lang, "check.own_title", source=source)
    about = About(name, source, period, captured, is_complete)
    return library.with_peers(baseline_of(report.reading, edition, about))


def checked(options: argparse.Namespace) -> tuple[Report, Edition, Stated]:
    """The given files, checked by the rules and for the period and day that were asked for, else
    those the files say."""
    in_words = all(map(_is_in_words, map(Path, options.files)))
    likely = OLDER_EDITION if in_words else DEFAULT_EDITION
    edition = load_edition(options.edition or likely)
    reading = read_all(options.files, edition)
    said = reading.stated or Stated()
    if said.edition and not options.edition and said.edition != edition.code:
        edition = load_edition(said.edition)
        reading = read_all(options.files, edition)
    stated = Stated(
        options.period or said.period, options.captured or said.captured_at,
        getattr(options, "source", "") or said.source, edition.code,
    )  # fmt: skip
    found: list[Finding] = []
    if stated.period or stated.captured_at:
        today = datetime.now(VIETNAM).date().isoformat()
        found = capture_findings(stated.period, stated.captured_at, today)
    return check_reading(reading, edition, found), edition, stated


def _is_in_words(path: Path) -> bool:
    try:
        return is_publication(path.name, read_content(path))
    except DataError:
        # Reading it tells what is wrong with it.
        return False


def look_ahead(baseline: Baseline, unit: Unit, options: argparse.Namespace) -> Outlook | None:
    """The end of the period that ``--until`` and ``--inflow`` name; None without them."""
    return outlook_of(baseline, unit, looking_ahead(baseline, unit, options))


def looking_ahead(baseline: Baseline, unit: Unit, options: argparse.Namespace) -> Scenario:
    """A scenario that moves nothing and looks to where ``--until`` and ``--inflow`` say."""
    scenario = Scenario(baseline.id, unit.code, until=options.until)
    if not options.until and options.inflow:
        raise ScenarioError("inflow_needs_until")
    ahead = outlook_of(baseline, unit, scenario)
    if ahead is None:
        return scenario
    for text in options.inflow:
        if text == MONTHS:
            scenario = replace(scenario, pace=MONTHS)
        else:
            flow, coming = parse_inflow(text, ahead.period, options.lang)
            if flow in dict(scenario.inflow):
                raise ScenarioError("setting_repeated", setting=f"--inflow {flow.value}")
            scenario = scenario.with_inflow(flow.value, coming)
    return scenario


def pairs_in(entries: Sequence[str], example: str) -> dict[str, str]:
    """``CODE=text`` entries by code; each code once."""
    pairs: dict[str, str] = {}
    for entry in entries:
        code, equals, text = entry.partition("=")
        code = code.strip()
        if not equals or not code or not text.strip():
            raise ScenarioError("setting_form", value=entry, example=example)
        if code in pairs:
            raise ScenarioError("setting_repeated", setting=code)
        pairs[code] = text
    return pairs


def settings_from(
    baseline: Baseline, unit: Unit, entries: Sequence[str], ahead: Outlook | None
) -> dict[str, float]:
    """Changes of the levers in ``CODE=text`` entries; each lever once."""
    settings: dict[str, float] = {}
    for code, text in pairs_in(entries, "ON_TIME=+3000, ON_TIME=95%, ON_TIME==500000").items():
        lever = find_lever(baseline.edition, code)
        if lever.code in settings:
            raise ScenarioError("setting_repeated", setting=lever.code)
        bounds = lever_range(baseline.edition, unit, lever, ahead)
        settings[lever.code] = parse_setting(text, bounds)
    return settings


def find_lever(edition: Edition, code: str) -> Lever:
    """The lever with that code, else the first that moves the indicator with that code."""
    if code in edition.lever_by_code:
        return edition.lever_by_code[code]
    for lever in edition.levers:
        if lever.indicator == code and any(move.part == "numerator" for move in lever.moves):
            return lever
    return lever_of(edition, code)


def assumed(edition: Edition, unit: Unit, entries: Sequence[str]) -> Unit:
    """Give unpublished indicators the starting counts of ``INDICATOR=n/d`` entries."""
    for indicator, numerator, denominator in assumptions_in(entries):
        unit = with_assumption(unit, edition, indicator, numerator, denominator)
    return unit


def assumptions_in(entries: Sequence[str]) -> list[tuple[str, float, float]]:
    """``INDICATOR=n/d`` entries as a scenario keeps them; each indicator once."""
    example = "ONLINE_SUBMISSION=1200/3000"
    found = []
    for indicator, text in pairs_in(entries, example).items():
        parts = text.split("/")
        if len(parts) != 2:
            raise ScenarioError("setting_form", value=f"{indicator}={text}", example=example)
        numerator, denominator = (float(parse_number(part)) for part in parts)
        found.append((indicator, numerator, denominator))
    return found
