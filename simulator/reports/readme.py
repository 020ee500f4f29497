"""What an archive of reports tells people: of which scenarios it is, and what every file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from simulator import __version__
from simulator.numbers import format_date
from simulator.reports.names import detail_word, told_by
from simulator.reports.order import Order, Part
from simulator.reports.pictures import KEYS
from simulator.reports.subject import Subject
from simulator.text import catalogue, say

TITLES = "report_tables."


def readme(order: Order, subjects: Sequence[Subject], names: Sequence[str]) -> str:
    """The text for the report whose files have these ``names``."""
    language = order.language
    unknown = say(language, "unit.unknown")
    lines = [
        say(
            language, "report_files.readme_line", number=number,
            name=one.content.name, author=one.content.author or unknown, unit=one.view.unit.name,
            source=one.say.name(one.view.baseline.title),
            captured=format_date(one.view.baseline.captured_at) or unknown,
        )
        for number, one in enumerate(subjects, start=1)
    ]  # fmt: skip
    text = say(
        language, "report_files.readme_text", day=format_date(order.day.isoformat()),
        program=say(language, "report_tables.program_value", version=__version__),
        scenarios="\n".join(lines), files="\n".join(_listed(names, language)).strip(),
    )  # fmt: skip
    return f"{text}\n"


def _listed(names: Iterable[str], language: str) -> Iterator[str]:
    """The files part by part, each with what it is."""
    told = {name: told_by(name, language) for name in names}
    for part in Part:
        files = {name: found[1] for name, found in told.items() if found and found[0] is part}
        if files:
            yield ""
            yield say(
                language, "report_files.readme_part", part=say(language, f"reports.part_{part}"),
                about=say(language, f"reports.about_{part}"),
            )  # fmt: skip
        for name, detail in files.items():
            what = _what(part, detail, language)
            form = say(language, f"report_files.form_{PurePosixPath(name).suffix[1:]}")
            yield say(language, "report_files.readme_file", name=name, what=what, form=form)
    yield ""
    yield from (f"- {name}" for name, found in told.items() if found is None)


def _what(part: Part, detail: str, language: str) -> str:
    """What is in a file: a chart and a table have names of their own."""
    number, _, word = detail.partition("-")
    if part is Part.CHARTS:
        for key in KEYS:
            if say(language, f"report_files.chart_{key}") == word:
                return say(language, f"report_files.told_{key}")
    if part is Part.TABLES and detail:
        for key, title in catalogue(language).items():
            if key.startswith(TITLES) and detail_word(f"{number}-{title}") == detail:
                return title
    return say(language, f"reports.step_{part}")
