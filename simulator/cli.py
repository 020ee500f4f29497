"""Command line: ``python -m simulator COMMAND``; ``--help`` lists them.

Exit code 0, or 2 with one line on the error stream if the input cannot be used; ``check`` prints
all it found and exits with 2 if something is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from simulator import library
from simulator.caveats import caveats
from simulator.changes import changes
from simulator.cli_inputs import (
    assumed,
    baseline_from,
    checked,
    figures_of,
    look_ahead,
    settings_from,
)
from simulator.cli_output import (
    score_json,
    score_text,
    whatif_json,
    whatif_text,
)
from simulator.cli_parser import BAD_INPUT, build_parser
from simulator.cli_plan import run_plan
from simulator.cli_rank import run_rank
from simulator.cli_reports import (
    baseline_json,
    baselines_text,
    changes_json,
    changes_text,
    check_json,
    check_text,
    reproduction_json,
    reproduction_text,
)
from simulator.cli_store import (
    run_backup,
    run_import,
    run_log,
    run_pin,
    run_restore,
    run_template,
)
from simulator.contributions import contributions
from simulator.errors import Notice, SimulatorError
from simulator.own_figures import attach
from simulator.project import project
from simulator.rank import peers_of
from simulator.reach import reachable
from simulator.readers import read_files
from simulator.readers.records import one_line
from simulator.reproduce import reproduction
from simulator.rule_files import load_edition
from simulator.scorecard import score_reading
from simulator.text import explain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese in any locale; what cannot be encoded must not end in a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = build_parser(RUNS, __doc__ or "").parse_args(arguments)
    attach()
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


def run_score(options: argparse.Namespace) -> str:
    edition = load_edition(options.edition)
    units = score_reading(edition, read_files(options.files, edition))
    if edition.estimate:
        print(explain(Notice("estimate_edition"), options.lang), file=sys.stderr)
    if options.format == "json":
        return _json(score_json(edition, units))
    return score_text(edition, units, options.lang)


def run_check(options: argparse.Namespace) -> str:
    report, edition, _ = checked(options)
    if not report.is_usable:
        options.exit_code = BAD_INPUT
    if options.format == "json":
        return _json(check_json(report, edition, options.lang))
    return check_text(report, edition, options.lang)


def run_compare(options: argparse.Namespace) -> str:
    known = {entry.id for entry in library.listed()}
    first, second = (
        library.load(given) if given in known else figures_of([given], options)
        for given in (options.before, options.after)
    )
    found = changes(first, second)
    warnings = [explain(notice, options.lang) for notice in found.notices]
    if options.format == "json":
        return _json(changes_json(found, warnings))
    return changes_text(found, second.edition, warnings, options.lang)


def run_whatif(options: argparse.Namespace) -> str:
    baseline = baseline_from(options)
    edition = baseline.edition
    unit = assumed(
        edition,
        baseline.unit(baseline.default_unit if options.unit is None else options.unit),
        options.assume,
    )
    peers = peers_of(baseline, unit, library.load)
    ahead = look_ahead(baseline, unit, options)
    settings = settings_from(baseline, unit, options.set, ahead)
    projection = project(edition, unit, settings, peers, ahead)
    bounds = None if ahead is None else reachable(edition, unit, ahead, settings, peers)
    parts = contributions(projection)
    notices = caveats(baseline, projection, peers)
    warnings = [explain(notice, options.lang, edition) for notice in notices]
    if options.format == "json":
        return _json(whatif_json(projection, parts, warnings, options.lang, bounds))
    return whatif_text(baseline, projection, parts, warnings, options.lang, bounds)


def run_baselines(options: argparse.Namespace) -> str:
    entries = [baseline_json(entry, options.lang) for entry in library.listed()]
    return _json(entries) if options.format == "json" else baselines_text(entries)


def run_reproduce(options: argparse.Namespace) -> str:
    result = reproduction()
    if options.format == "json":
        return _json(reproduction_json(result))
    return reproduction_text(result, load_edition(result.edition), options.lang)


def run_report(options: argparse.Namespace) -> str:
    # What draws and writes documents takes a second to load, which other commands need not wait.
    module = import_module("simulator.cli_report")
    return str(module.run_report(options))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


RUNS = {
    "score": run_score,
    "check": run_check,
    "compare": run_compare,
    "whatif": run_whatif,
    "rank": run_rank,
    "plan": run_plan,
    "report": run_report,
    "baselines": run_baselines,
    "reproduce": run_reproduce,
    "import": run_import,
    "template": run_template,
    "backup": run_backup,
    "restore": run_restore,
    "log": run_log,
    "pin": run_pin,
}
