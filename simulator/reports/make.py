"""Making what was ordered: every part of all scenarios, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from simulator.errors import ScenarioError, SimulatorError
from simulator.reports import picture_files, pictures, report_tables
from simulator.reports.announcement import annexes
from simulator.reports.blocks import Content
from simulator.reports.contents import content_of
from simulator.reports.documents.fill import document
from simulator.reports.documents.pdf import to_pdf
from simulator.reports.documents.templates import shipped_template
from simulator.reports.letterhead import letterhead_of
from simulator.reports.made import File
from simulator.reports.names import file_name, folders, unique
from simulator.reports.order import DOCUMENTS, Letterhead, Order, Part
from simulator.reports.order_checks import check_order
from simulator.reports.sheet import table_book
from simulator.reports.subject import Subject, subject_of
from simulator.reports.workbook.book import workbook
from simulator.text import explain, say

Told = Callable[[str, int, int], None]
# Told beside the parts.
PDF = "pdf"


@dataclass(frozen=True)
class Made:
    """Files in the order of their parts; ``warnings``: sentences on what could not be made."""

    files: tuple[File, ...]
    warnings: tuple[str, ...] = ()


def make(
    order: Order, told: Told | None = None, is_cancelled: Callable[[], bool] = lambda: False
) -> Made:
    """Everything that was ordered.

    ``told``: the key of a step (a part, or ``pdf``), how many are done, of how many. Raises
    :class:`ScenarioError` for an order that cannot be made and when it is cancelled, and whatever
    a part raises; a PDF that cannot be made is only a warning.
    """
    check_order(order)
    work = _Work(order, tuple(subject_of(content, order.language) for content in order.chosen))
    steps = list(_steps(order))
    for done, (key, part) in enumerate(steps):
        if is_cancelled():
            raise ScenarioError("report_cancelled")
        if told is not None:
            told(key, done, len(steps))
        work.add_pdf(part) if key == PDF else work.add(part)
    return Made(tuple(work.files), tuple(work.warnings))


def _steps(order: Order) -> Iterator[tuple[str, Part]]:
    for part in Part:
        if part in order.parts:
            yield part.value, part
            if order.with_pdf and part in DOCUMENTS:
                yield PDF, part


@dataclass
class _Work:
    """What is made so far."""

    order: Order
    subjects: Sequence[Subject]
    files: list[File] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    documents: dict[Part, list[File]] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        _MAKERS[part](self, part)

    def keep(self, name: str, content: bytes) -> File:
        file = File(unique(name, self.taken), content)
        self.files.append(file)
        return file

    def add_document(self, part: Part, subject: Subject, content: Content) -> None:
        template = self.order.templates.get(part) or shipped_template(part, self.order.language)
        file = self.keep(file_name(subject, part, "docx"), document(template, content))
        self.documents.setdefault(part, []).append(file)

    def add_pdf(self, part: Part) -> None:
        """Beside each document of ``part``."""
        language = self.order.language
        for file in self.documents.get(part, []):
            try:
                content = to_pdf(file.content)
            except SimulatorError as problem:
                why = explain(problem, language)
                self.warnings.append(say(language, "report_files.no_pdf", file=file.name, why=why))
            else:
                self.keep(file.name.removesuffix("docx") + "pdf", content)

    def letterhead(self, subject: Subject) -> Letterhead:
        """That of the order, which is that of the first unit; of other units as they suggest."""
        view = subject.view
        if self.order.letterhead is not None and view.unit == self.subjects[0].view.unit:
            return self.order.letterhead
        return letterhead_of(view.baseline, view.unit, self.order.language)

    def published(self) -> list[Subject]:
        """One subject for each unit and its figures."""
        found = {(one.view.baseline.id, one.view.unit.code): one for one in reversed(self.subjects)}
        return list(reversed(found.values()))

    def by_folder(self) -> list[tuple[str, Subject]]:
        names = folders((one.content.name for one in self.subjects), self.order.language)
        return list(zip(names, self.subjects, strict=True))


def _paper(work: _Work, part: Part) -> None:
    """The paper or its one page: all scenarios together."""
    first = work.subjects[0]
    content = content_of(part, work.subjects, work.letterhead(first), work.order.day)
    work.add_document(part, first, content)


def _announcement(work: _Work, part: Part) -> None:
    for subject in work.published():
        content = content_of(part, [subject], work.letterhead(subject), work.order.day)
        work.add_document(part, subject, content)


def _announcement_tables(work: _Work, part: Part) -> None:
    for subject in work.published():
        book = table_book(
            annexes.tables(subject), report_tables.about_figures(subject), subject.language,
            work.order.day,
        )  # fmt: skip
        work.keep(file_name(subject, part, "xlsx"), book)


def _workbook(work: _Work, part: Part) -> None:
    for folder, subject in work.by_folder():
        work.keep(folder + file_name(subject, part, "xlsx"), workbook(subject))


def _charts(work: _Work, part: Part) -> None:
    language = work.order.language
    for folder, subject in work.by_folder():
        found = pictures.charts(subject)
        if not found:
            name = subject.content.name
            work.warnings.append(say(language, "report_files.no_charts", name=name))
        for number, chart in enumerate(found, start=1):
            detail = f"{number}-{say(language, f'report_files.chart_{chart.key}')}"
            drawn = picture_files.files(chart, subject)
            for extension, content in zip(("png", "svg"), drawn, strict=True):
                name = file_name(subject, part, extension, detail)
                work.keep(_inside(folder, part, language) + name, content)


def _tables(work: _Work, part: Part) -> None:
    for folder, subject in work.by_folder():
        found = report_tables.made_tables(subject)
        book = table_book(found, report_tables.about(subject), subject.language, work.order.day)
        work.keep(folder + file_name(subject, part, "xlsx"), book)
        inside = _inside(folder, part, subject.language)
        for number, table in enumerate(found, start=1):
            name = file_name(subject, part, "csv", f"{number:02d}-{table.title}")
            work.keep(inside + name, report_tables.table_csv(subject, table))


def _inside(folder: str, part: Part, language: str) -> str:
    return f"{folder}{say(language, f'report_files.{part.value}')}/"


_MAKERS: dict[Part, Callable[[_Work, Part], None]] = {
    Part.PAPER: _paper,
    Part.PAGE: _paper,
    Part.ANNOUNCEMENT: _announcement,
    Part.ANNOUNCEMENT_TABLES: _announcement_tables,
    Part.WORKBOOK: _workbook,
    Part.CHARTS: _charts,
    Part.TABLES: _tables,
}
