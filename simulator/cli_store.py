"""Commands of the store: import, backup, restore, log, PIN; and the workbook to fill in."""

from __future__ import annotations

import argparse
import getpass
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

from simulator.checks import Level
from simulator.cli_inputs import checked
from simulator.cli_parser import DEFAULT_EDITION
from simulator.errors import DataError, ScenarioError
from simulator.imports import About, period_words
from simulator.numbers import VIETNAM, format_date
from simulator.own_figures import keep
from simulator.readers import read_content
from simulator.readers.records import one_line
from simulator.reading_tables import short_name
from simulator.rule_files import load_edition
from simulator.store import THIS_MACHINE, Actor, Event, has_store, open_store
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
    kept = keep(report, edition, about, files, _administrator())
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
    done = asdict(open_store().restore(Path(options.archive), _administrator()))
    if options.format == "json":
        return json.dumps(done, indent=2)
    lines = [say(options.lang, f"cli.restored_{what}", **done[what]) for what in done]
    return "\n".join(lines)


def run_log(options: argparse.Namespace) -> str:
    """Who did what, the newest first; no store is created to look into it."""
    if not re.fullmatch("[0-9]{1,9}", options.most) or int(options.most) < 1:
        raise ScenarioError("log_most_out_of_range", value=options.most[:40])
    events = open_store().events(int(options.most)) if has_store() else ()
    if options.format == "json":
        return json.dumps([_event_json(event) for event in events], ensure_ascii=False, indent=2)
    if not events:
        return say(options.lang, "log.empty")
    return "\n".join(_event_line(event, options.lang) for event in events)


def _event_json(event: Event) -> dict[str, str]:
    at = event.at.astimezone(VIETNAM).isoformat(timespec="seconds")
    return asdict(event) | {"at": at, "action": event.action.value}


def _event_line(event: Event, language: str) -> str:
    unknown = say(language, "cli.unknown")
    client = event.client or unknown
    if client == THIS_MACHINE:
        client = say(language, "log.this_machine")
    action = say(language, f"log.{event.action.value}")
    done = f"{action}: {event.what}" if event.what else action
    when = format_date(event.at.isoformat())
    return one_line(f"{when} {event.who or unknown} ({client}): {done}")


def run_pin(options: argparse.Namespace) -> str:
    """Set or clear the office's PIN without the present one, or tell whether there is one."""
    is_set = has_store() and open_store().pin.is_set()
    done = "is_set" if is_set else "is_not_set"
    if options.what == "set":
        open_store().pin.set(_new_pin(options.lang), _administrator())
        is_set, done = True, "was_set"
    elif options.what == "clear" and is_set:
        open_store().pin.clear(_administrator())
        is_set, done = False, "was_cleared"
    if options.format == "json":
        return json.dumps({"is_set": is_set})
    return say(options.lang, f"cli.pin_{done}")


def _new_pin(language: str) -> str:
    """As typed twice without echo, or the first line of what is handed in."""
    if sys.stdin.isatty():
        pin, again = (
            getpass.getpass(say(language, f"cli.pin_{name}")) for name in ("new", "again")
        )
        if pin != again:
            raise DataError("pin_differ")
        return pin
    try:
        return sys.stdin.buffer.readline().decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as cause:
        raise DataError("pin_unreadable") from cause


def _administrator() -> Actor:
    """Whoever runs a command, by the name the system knows."""
    try:
        return Actor(getpass.getuser(), THIS_MACHINE)
    except (KeyError, OSError):
        # A container may run as a user without a name.
        return Actor("", THIS_MACHINE)


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
