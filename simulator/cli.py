"""Command line: ``python -m simulator score | check | compare | whatif | baselines | reproduce``.

Exit code 0, or 2 with one line on the error stream if the input cannot be used; ``check`` prints
all it found and exits with 2 if something is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from simulator.baseline import Baseline, Unit, with_assumption
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.caveats import caveats
from simulator.changes import changes
from simulator.checks import Level, check_files
from simulator.cli_output import (
    baseline_json,
    baselines_text,
    reproduction_json,
    reproduction_text,
    score_json,
    score_text,
    whatif_json,
    whatif_text,
)
from simulator.cli_reports import changes_json, changes_text, check_json, check_text
from simulator.contributions import contributions
from simulator.errors import DataError, Notice, ScenarioError, SimulatorError
from simulator.imports import baseline_of
from simulator.lever_settings import parse_setting
from simulator.levers import lever_of, lever_range
from simulator.numbers import VIETNAM, parse_number
from simulator.outlook import Outlook, parse_inflow
from simulator.project import project
from simulator.rank import peers_of
from simulator.reach import reachable
from simulator.readers import read_files
from simulator.readers.records import one_line
from simulator.reproduce import reproduction
from simulator.rule_files import editions, load_edition
from simulator.rules import Edition, Lever
from simulator.scenario import MONTHS, Scenario, outlook_of
from simulator.scorecard import score_reading
from simulator.text import LANGUAGES, explain

BAD_INPUT = 2
DEFAULT_EDITION = "2026-portal"


class OneLineParser(argparse.ArgumentParser):
    """Prints a mistake in the arguments as one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {one_line(message)}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese in any locale; what cannot be encoded must not end in a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = build_parser().parse_args(arguments)
    try:
        print(options.run(options), flush=True)
        return int(getattr(options, "exit_code", 0))
    except SimulatorError as error:
        print(one_line(explain(error, options.lang)), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of the output (head, less) has gone; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    common = OneLineParser(add_help=False, allow_abbrev=False)
    common.add_argument("--format", choices=("text", "json"), default="text")
    common.add_argument("--lang", choices=LANGUAGES, default="en")
    parser = OneLineParser(prog="python -m simulator", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name, parents=[common], help=text, description=text, allow_abbrev=False
        )
        added.set_defaults(run=run)
        return added

    score = command("score", run_score, "score portal responses (JSON) and tidy CSV files")
    score.add_argument("files", nargs="+", metavar="FILE")
    score.add_argument("--edition", choices=editions(), default=DEFAULT_EDITION)
    check = command("check", run_check, "check files before they are used; exit code 2 if wrong")
    check.add_argument("files", nargs="+", metavar="FILE", help=".json, .csv or .zip")
    check.add_argument("--edition", choices=editions(), default=DEFAULT_EDITION)
    check.add_argument("--period", default="", metavar="CODE", help="2026-ytd, 2026-08, 2026-Q3")
    check.add_argument("--captured", default="", metavar="DAY", help="when the figures were read")
    compare = command("compare", run_compare, "what changed between two readings")
    compare.add_argument("before", metavar="BEFORE", help="a shipped baseline or a file")
    compare.add_argument("after", metavar="AFTER", help="a shipped baseline or a file")
    compare.add_argument("--edition", choices=editions(), default=DEFAULT_EDITION)
    whatif = command("whatif", run_whatif, "project a shipped baseline under changed levers")
    whatif.add_argument("--baseline", default="", metavar="ID", help="shipped figures")
    whatif.add_argument(
        "--file", action="append", default=[], metavar="FILE",
        help="own figures instead (.json, .csv, .zip), with --period and --captured",
    )  # fmt: skip
    whatif.add_argument("--period", default="", metavar="CODE", help="2026-ytd, 2026-08, 2026-Q3")
    whatif.add_argument("--captured", default="", metavar="DAY", help="when the files were read")
    whatif.add_argument("--edition", choices=editions(), default=DEFAULT_EDITION)
    whatif.add_argument(
        "--complete", action="store_true",
        help="the files list all units of each level, so that these can be ranked",
    )  # fmt: skip
    whatif.add_argument("--unit", metavar="CODE", help="default: the baseline's own")
    whatif.add_argument(
        "--set", action="append", default=[], metavar="CODE=CHANGE",
        help="CODE=+3000 (a change), CODE=95%% (the rate to reach) or CODE==500000 (the count)",
    )  # fmt: skip
    whatif.add_argument(
        "--assume", action="append", default=[], metavar="INDICATOR=N/D",
        help="starting counts of an indicator that was not published",
    )  # fmt: skip
    whatif.add_argument(
        "--until", default="", metavar="DAY",
        help="look ahead to the end of the period or an earlier day, such as 2026-12-31",
    )  # fmt: skip
    whatif.add_argument(
        "--inflow", action="append", default=[], metavar="[KIND=]COUNT[/month]|months",
        help="cases still to come (dossier, petition, procedure), or as many a day as in recent "
        "months; default: as many a day as in the period so far",
    )  # fmt: skip
    command("baselines", run_baselines, "list the shipped baselines")
    command("reproduce", run_reproduce, "compare the rules with all published scores")
    return parser


def run_score(options: argparse.Namespace) -> str:
    edition = load_edition(options.edition)
    units = score_reading(edition, read_files(options.files, edition))
    if edition.estimate:
        print(explain(Notice("estimate_edition"), options.lang), file=sys.stderr)
    if options.format == "json":
        return _json(score_json(edition, units))
    return score_text(edition, units, options.lang)


def run_check(options: argparse.Namespace) -> str:
    edition = load_edition(options.edition)
    today = datetime.now(VIETNAM).date().isoformat()
    report = check_files(options.files, edition, options.period, options.captured, today)
    if not report.is_usable:
        options.exit_code = BAD_INPUT
    if options.format == "json":
        return _json(check_json(report, edition, options.lang))
    return check_text(report, edition, options.lang)


def run_compare(options: argparse.Namespace) -> str:
    first, second = (
        load_baseline(given) if given in baseline_ids() else _from_files([given], options)
        for given in (options.before, options.after)
    )
    found = changes(first, second)
    warnings = [explain(notice, options.lang) for notice in found.notices]
    if options.format == "json":
        return _json(changes_json(found, warnings))
    return changes_text(found, second.edition, warnings, options.lang)


def run_whatif(options: argparse.Namespace) -> str:
    baseline = _baseline(options)
    edition = baseline.edition
    unit = _assume(
        edition,
        baseline.unit(baseline.default_unit if options.unit is None else options.unit),
        options.assume,
    )
    peers = peers_of(baseline, unit, load_baseline)
    ahead = _outlook(baseline, unit, options)
    settings = _settings(baseline, unit, options.set, ahead)
    projection = project(edition, unit, settings, peers, ahead)
    bounds = None if ahead is None else reachable(edition, unit, ahead, settings, peers)
    parts = contributions(projection)
    notices = caveats(baseline, projection, peers)
    warnings = [explain(notice, options.lang, edition) for notice in notices]
    if options.format == "json":
        return _json(whatif_json(projection, parts, warnings, options.lang, bounds))
    return whatif_text(baseline, projection, parts, warnings, options.lang, bounds)


def _baseline(options: argparse.Namespace) -> Baseline:
    """Shipped figures, or those of the given files."""
    if bool(options.baseline) == bool(options.file):
        raise ScenarioError("file_or_baseline")
    if options.baseline:
        return load_baseline(options.baseline)
    return _from_files(options.file, options, options.period, options.captured, options.complete)


def _from_files(
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
    return baseline_of(report.reading, edition, source, period, captured, is_complete)


def _outlook(baseline: Baseline, unit: Unit, options: argparse.Namespace) -> Outlook | None:
    if not options.until:
        if options.inflow:
            raise ScenarioError("inflow_needs_until")
        return None
    scenario = Scenario(baseline.id, unit.code, until=options.until)
    ahead = outlook_of(baseline, unit, scenario)
    if ahead is None:
        return None
    for text in options.inflow:
        if text == MONTHS:
            scenario = replace(scenario, pace=MONTHS)
        else:
            flow, coming = parse_inflow(text, ahead.period, options.lang)
            if flow in dict(scenario.inflow):
                raise ScenarioError("setting_repeated", setting=f"--inflow {flow.value}")
            scenario = scenario.with_inflow(flow.value, coming)
    return outlook_of(baseline, unit, scenario)


def run_baselines(options: argparse.Namespace) -> str:
    entries = [baseline_json(load_baseline(code), options.lang) for code in baseline_ids()]
    return _json(entries) if options.format == "json" else baselines_text(entries)


def run_reproduce(options: argparse.Namespace) -> str:
    result = reproduction()
    if options.format == "json":
        return _json(reproduction_json(result))
    return reproduction_text(result, load_edition(result.edition), options.lang)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def _pairs(entries: Sequence[str], example: str) -> dict[str, str]:
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


def _settings(
    baseline: Baseline, unit: Unit, entries: Sequence[str], ahead: Outlook | None
) -> dict[str, float]:
    settings: dict[str, float] = {}
    for code, text in _pairs(entries, "ON_TIME=+3000, ON_TIME=95%, ON_TIME==500000").items():
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


def _assume(edition: Edition, unit: Unit, entries: Sequence[str]) -> Unit:
    """Give unpublished indicators the starting counts of ``INDICATOR=n/d`` entries."""
    example = "ONLINE_SUBMISSION=1200/3000"
    for indicator, text in _pairs(entries, example).items():
        parts = text.split("/")
        if len(parts) != 2:
            raise ScenarioError("setting_form", value=f"{indicator}={text}", example=example)
        counts = [float(parse_number(part)) for part in parts]
        unit = with_assumption(unit, edition, indicator, counts[0], counts[1])
    return unit
