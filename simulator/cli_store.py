"""Commands that keep figures: import, backup, restore; and the workbook to fill in."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from simulator.checks import Level
from simulator.cli_inputs import checked
from simulator.cli_parser import DEFAULT_EDITION
from simulator.errors import DataError, ScenarioError
from simulator.imports import About, period_words
from simulator.own_figures import keep
from simulator.readers import read_content
from simulator.readers.records import one_line
from simulator.reading_tables import short_name
from simulator.rule_files import load_edition
from simulator.store import open_store
from simulator.templates import template
from simulator.text import LANGUAGES, say


def run_import(options: argparse.Namespace) -> str:
    """Check files and keep them; nothing is kept if something is wrong."""
    report, edition, stated = checked(options)
    if not (stated.period and stated.captured_at):
        raise ScenarioError("period_and_day_needed")
    wrong = report.of(Level.WRONG)
    if wrong:
        first_sentence = wrong[0].sentence(options.lang, edition)
        raise DataError("files_wrong", count=len(wrong), first=first_sentence)
    files = [(Path(path).name, read_content(Path(path))) for path in options.files]
    names = ", ".join(one_line(name) for name, _ in files)
    first = report.units[0] if report.units else None
    whose = "" if first is None else first.name or first.unit
    # The name is kept: it is in the language of the office, not of the command.
    period = period_words(stated.period, stated.captured_at, LANGUAGES[0])
    about = About(
        options.name or f"{short_name(whose)}: {period[:1].lower()}{period[1:]}",
        stated.source or names, stated.period, stated.captured_at, options.complete,
    )  # fmt: skip
    kept = keep(report, edition, about, files)
    if options.format == "json":
        found = {"id": kept.id, "outcome": kept.outcome.value, "lacks": list(kept.lacks)}
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(
        [
            say(options.lang, f"data.outcome_{kept.outcome.value}", name=about.name),
            *([say(options.lang, "data.lacks", parts=", ".join(kept.lacks))] if kept.lacks else []),
            kept.id,
        ]
    )


def run_backup(options: argparse.Namespace) -> str:
    """Everything that is kept, with its files, as one ZIP file."""
    written = open_store().backup(Path(options.archive))
    if options.format == "json":
        return json.dumps(asdict(written), indent=2)
    return say(options.lang, "cli.backed_up", file=options.archive, **asdict(written))


def run_restore(options: argparse.Namespace) -> str:
    """Add what a backup holds to what is kept."""
    done = asdict(open_store().restore(Path(options.archive)))
    if options.format == "json":
        return json.dumps(done, indent=2)
    lines = [say(options.lang, f"cli.restored_{what}", **done[what]) for what in done]
    return "\n".join(lines)


def run_template(options: argparse.Namespace) -> str:
    """Write the workbook to fill in."""
    path = Path(options.archive)
    made = template(load_edition(DEFAULT_EDITION), options.lang, options.example)
    try:
        path.write_bytes(made)
    except OSError as cause:
        detail = cause.strerror or str(cause)
        raise DataError("file_not_written", file=str(path), detail=detail) from cause
    return say(options.lang, "cli.written", file=str(path))
