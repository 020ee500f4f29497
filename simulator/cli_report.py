"""``report``: making papers, workbooks, charts and tables of scenarios, and checking archives."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from simulator import library
from simulator.cli_parser import BAD_INPUT
from simulator.cli_report_files import refuse_existing, write_files
from simulator.cli_report_inputs import chosen
from simulator.cli_report_options import LINES
from simulator.errors import DataError, ScenarioError
from simulator.numbers import VIETNAM, format_count
from simulator.readers import read_content
from simulator.readers.records import one_line
from simulator.reports.archive import archive, check
from simulator.reports.documents.templates import check_template
from simulator.reports.letterhead import letterhead_of
from simulator.reports.make import Made, Told, make
from simulator.reports.order import DOCUMENTS, Letterhead, Order, Part
from simulator.text import explain, say

ALL = "all"


def run_report(options: argparse.Namespace) -> str:
    """Make what was asked for, or check an archive."""
    if options.check:
        return _checked(options)
    if not (options.out or options.zip):
        raise ScenarioError("report_nowhere")
    order = _order(options)
    if options.zip and not options.overwrite:
        # Before anything is made: that takes time.
        refuse_existing([Path(options.zip)])
    made = make(order, _progress(options.lang))
    files: list[tuple[Path, bytes]] = []
    if options.out:
        files += [(Path(options.out) / file.name, file.content) for file in made.files]
    if options.zip:
        files.append((Path(options.zip), archive(order, made).content))
    write_files(files, options.overwrite)
    for warning in made.warnings:
        print(one_line(warning), file=sys.stderr)
    return _told(files, made, options)


def _order(options: argparse.Namespace) -> Order:
    contents = chosen(options)
    return Order(
        contents, _parts(options.parts), options.lang, _day(options.day),
        _letterhead(options, contents[0].baseline, contents[0].unit) if contents else None,
        options.pdf, _templates(options),
    )  # fmt: skip


def _parts(text: str) -> tuple[Part, ...]:
    if text.strip() == ALL:
        return tuple(Part)
    return tuple(_part(name.strip()) for name in text.split(",") if name.strip())


def _part(name: str) -> Part:
    try:
        return Part(name)
    except ValueError:
        allowed = ", ".join([ALL, *(part.value for part in Part)])
        raise ScenarioError("report_part_unknown", part=name[:40], allowed=allowed) from None


def _day(text: str) -> date:
    if not text:
        return datetime.now(VIETNAM).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScenarioError("report_day", value=text[:40]) from None


def _letterhead(options: argparse.Namespace, baseline: str, unit: str) -> Letterhead | None:
    """The suggested one with the lines that were given; None if none was."""
    given = {name: value for _, name, _ in LINES if (value := getattr(options, name)) is not None}
    if not given:
        return None
    known = library.load(baseline)
    return replace(letterhead_of(known, known.unit(unit), options.lang), **given)


def _templates(options: argparse.Namespace) -> dict[Part, bytes]:
    allowed = ", ".join(part.value for part in DOCUMENTS)
    found = {}
    for entry in options.template:
        name, _, file = entry.partition("=")
        if name not in set(DOCUMENTS) or not file:
            raise ScenarioError("report_template_form", value=entry[:80], allowed=allowed)
        content = read_content(Path(file))
        check_template(content, Part(name), options.lang)
        found[Part(name)] = content
    return found


def _progress(language: str) -> Told:
    """Tells a person at a terminal what is being made."""

    def told(step: str, done: int, of: int) -> None:
        if sys.stderr.isatty():
            name = say(language, f"reports.step_{step}")
            print(say(language, "cli_report.step", step=name, done=done + 1, of=of),
                  file=sys.stderr)  # fmt: skip

    return told


def _told(files: list[tuple[Path, bytes]], made: Made, options: argparse.Namespace) -> str:
    if options.format == "json":
        listed = [{"file": str(path), "size": len(content)} for path, content in files]
        found = {"files": listed, "warnings": list(made.warnings)}
        return json.dumps(found, ensure_ascii=False, indent=2)
    return "\n".join(
        say(options.lang, "cli_report.written", file=one_line(str(path)),
            size=format_count(len(content), options.lang))
        for path, content in files
    )  # fmt: skip


def _archive_of(path: Path) -> bytes:
    try:
        return read_content(path)
    except DataError as refused:
        if refused.code != "input_not_a_file":
            raise
        raise DataError("report_archive_not_a_file", file=one_line(str(path))) from refused


def _checked(options: argparse.Namespace) -> str:
    """Every difference on a line; exit code 2 if there is one."""
    found = check(_archive_of(Path(options.check)))
    if found:
        options.exit_code = BAD_INPUT
    sentences = [one_line(explain(one, options.lang)) for one in found]
    if options.format == "json":
        told = {"file": options.check, "intact": not found, "differences": sentences}
        return json.dumps(told, ensure_ascii=False, indent=2)
    key = "broken" if found else "intact"
    head = say(options.lang, f"cli_report.{key}", file=one_line(options.check), count=len(found))
    return "\n".join([head, *sentences])
