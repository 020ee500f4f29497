"""The workbook an office fills in with its own figures; the readers take it back as it is.

Sheets: the figures (one row per unit), what they are of, and how to fill them in. The names of
all counts and groups are the edition's own, by which the readers recognise them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from simulator.baseline import Baseline, Basis, Unit
from simulator.baseline_files import load_baseline
from simulator.readers.columns import shared_denominators
from simulator.rule_files import editions
from simulator.rules import Edition, Indicator
from simulator.score import LARGEST_COUNT
from simulator.text import say

EXAMPLE, EXAMPLE_UNITS = "phutho-2026-ytd", ("H44", "H44.01")
LEVELS = ("province", "department", "commune")
HEADER_ROW, FIRST_ROW, ROWS = 1, 2, 500
FULL_TOTAL = 100
# Texts in a workbook stay texts: nothing that starts with = becomes a formula.
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
LONGEST_MESSAGE = 255  # characters of a message of a validation


@dataclass(frozen=True)
class Column:
    """One column of the figures.

    ``key``: ``unit``, ``name``, ``level``, ``TOTAL``, a group, or ``numerator:CODE`` and
    ``denominator:CODE`` (the first of those that share it). ``maximum`` of a score.
    """

    key: str
    title: str
    note: str
    band: str
    colour: str
    maximum: int | None = None

    @property
    def is_count(self) -> bool:
        return ":" in self.key


def template(edition: Edition, language: str, example: bool = False) -> bytes:
    """The workbook in ``language`` (``vi`` or ``en``).

    ``example``: with the rows of two real units of 2026, so that it loads as it is.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    # The same template is the same file, whenever it is made.
    book.set_properties({"created": datetime.fromisoformat(f"{edition.valid_from}T00:00:00")})
    shipped = load_baseline(EXAMPLE) if example else None
    columns = list(_columns(edition, language))
    _figures(book, columns, language, edition, shipped)
    _stated(book, language, edition, shipped)
    _help(book, language, edition)
    book.close()
    return stream.getvalue()


def _columns(edition: Edition, language: str) -> Iterator[Column]:
    def said(key: str, **fields: Any) -> str:
        return say(language, f"template.{key}", **fields)

    for key in ("unit", "name", "level"):
        yield Column(key, said(key), said(f"{key}_note"), said("units"), "#D9D9D9")
    for group in edition.groups:
        title = said("group", name=group.name[language], maximum=group.maximum)
        note = said("score_note", maximum=group.maximum)
        yield Column(group.code, title, note, said("scores"), "#D9D9D9", group.maximum)
    note = said("score_note", maximum=FULL_TOTAL)
    yield Column("TOTAL", said("total"), note, said("scores"), "#D9D9D9", FULL_TOTAL)
    sharing = {codes[0]: codes for codes in shared_denominators(edition)}
    repeated = {code for codes in sharing.values() for code in codes[1:]}
    for group in edition.groups:
        for k in edition.group_positions[group.code]:
            item = edition.indicators[k]
            names = [edition.indicator(code).name[language]
                     for code in sharing.get(item.code, (item.code,))]  # fmt: skip
            band, colour = group.name[language], group.colour
            title = said("numerator", name=item.numerator[language])
            note = said("numerator_note", of=item.name[language])
            yield Column(f"numerator:{item.code}", title, note, band, colour)
            if item.code not in repeated:
                title = said("denominator", name=item.denominator[language])
                note = said("denominator_note", of="; ".join(names))
                yield Column(f"denominator:{item.code}", title, note, band, colour)


def _figures(
    book: Any, columns: list[Column], language: str, edition: Edition, shipped: Baseline | None
) -> None:
    sheet = book.add_worksheet(say(language, "template.sheet_data"))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    count, score = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.00"})
    text = book.add_format({"num_format": "@"})
    for k, column in enumerate(columns):
        sheet.write_string(HEADER_ROW, k, column.title, head)
        sheet.write_comment(HEADER_ROW, k, column.note, {"x_scale": 2, "author": ""})
        style = count if column.is_count else text if column.maximum is None else score
        sheet.set_column(k, k, 30 if column.key == "name" else 16, style)
        rule = _rule(column, language)
        if rule:
            sheet.data_validation(FIRST_ROW, k, FIRST_ROW + ROWS - 1, k, rule)
    _bands(book, sheet, columns)
    sheet.set_row(HEADER_ROW, 90)
    sheet.freeze_panes(FIRST_ROW, 2)
    units = [shipped.units[code] for code in EXAMPLE_UNITS] if shipped else []
    for row, unit in enumerate(units, FIRST_ROW):
        _example(sheet, row, columns, unit, language, edition)


def _bands(book: Any, sheet: Any, columns: list[Column]) -> None:
    """The names of the groups, merged over their columns in the group's colour."""
    first = 0
    for k, column in enumerate(columns):
        if k + 1 < len(columns) and columns[k + 1].band == column.band:
            continue
        is_dark = column.colour in ("#0072B2", "#D55E00", "#009E73")
        style = book.add_format({
            "bold": True, "align": "center", "border": 1, "bg_color": column.colour,
            "font_color": "#FFFFFF" if is_dark else "#000000",
        })  # fmt: skip
        if first == k:
            sheet.write_string(0, k, column.band, style)
        else:
            sheet.merge_range(0, first, 0, k, column.band, style)
        first = k + 1


def _rule(column: Column, language: str) -> dict[str, Any] | None:
    """What a cell of the column takes, as a validation of the workbook."""
    if column.key in ("unit", "name"):
        return None
    if column.key == "level":
        levels = [say(language, f"template.level_{level}") for level in LEVELS]
        return _validation(language, "level_error", {"validate": "list", "source": levels})
    if column.is_count:
        bounds = {"criteria": "between", "minimum": 0, "maximum": int(LARGEST_COUNT) - 1}
        return _validation(language, "count_error", {"validate": "integer", **bounds})
    bounds = {"criteria": "between", "minimum": 0, "maximum": column.maximum or 0}
    return _validation(
        language, "score_error", {"validate": "decimal", **bounds}, maximum=column.maximum
    )


def _validation(language: str, error: str, rule: dict[str, Any], **fields: Any) -> dict[str, Any]:
    message = say(language, f"template.{error}", **fields)[:LONGEST_MESSAGE]
    return {**rule, "ignore_blank": True, "error_title": say(language, "template.error_title"),
            "error_message": message}  # fmt: skip


def _example(
    sheet: Any, row: int, columns: list[Column], unit: Unit, language: str, edition: Edition
) -> None:
    """One unit as it was published; what was not published stays empty."""
    texts = {"unit": unit.code, "name": unit.name,
             "level": say(language, f"template.level_{unit.level}")}  # fmt: skip
    numbers: dict[str, float] = {code: points / 100 for code, points in unit.groups.items()}
    if unit.total is not None:
        numbers["TOTAL"] = unit.total / 100
    for item, known in zip(edition.indicators, unit.evidence, strict=True):
        if known.basis is Basis.COUNTS and not known.assumed:
            numbers[f"numerator:{item.code}"] = known.numerator
            numbers[f"denominator:{item.code}"] = known.denominator
    for k, column in enumerate(columns):
        if column.key in texts:
            sheet.write_string(row, k, texts[column.key])
        elif column.key in numbers:
            sheet.write_number(row, k, numbers[column.key])


def _stated(book: Any, language: str, edition: Edition, shipped: Baseline | None) -> None:
    """What the figures are of: labels, cells to fill in, and what belongs into them."""
    sheet = book.add_worksheet(say(language, "template.sheet_stated"))
    label = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@", "border": 1, "bg_color": "#FFF8DC"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1, "bg_color": "#FFF8DC",
                           "align": "left"})  # fmt: skip
    for k, width in enumerate((24, 40, 70)):
        sheet.set_column(k, k, width)
    parts = {"period": "", "captured_at": "", "source": "", "edition": edition.code}
    if shipped is not None:
        parts |= {"period": shipped.period, "captured_at": shipped.captured_at,
                  "source": shipped.source}  # fmt: skip
    for row, (part, value) in enumerate(parts.items()):
        sheet.write_string(row, 0, say(language, f"template.{part}"), label)
        sheet.write_string(row, 2, say(language, f"template.{part}_help"))
        if part == "captured_at" and value:
            sheet.write_datetime(row, 1, datetime.fromisoformat(value[:10]), day)
        elif value:
            sheet.write_string(row, 1, value, text)
        else:
            sheet.write_blank(row, 1, None, day if part == "captured_at" else text)
    _stated_rules(sheet, language)


def _stated_rules(sheet: Any, language: str) -> None:
    # A code of a period has 4 to 8 characters: 2026, 2026-ytd.
    length = {"validate": "length", "criteria": "between", "minimum": 4, "maximum": 8}
    sheet.data_validation(0, 1, 0, 1, _validation(language, "period_error", length))
    days = {"validate": "date", "criteria": ">=", "value": date(2022, 6, 23)}
    sheet.data_validation(1, 1, 1, 1, _validation(language, "day_error", days))
    listed = {"validate": "list", "source": list(editions())}
    sheet.data_validation(3, 1, 3, 1, _validation(language, "edition_error", listed))


def _help(book: Any, language: str, edition: Edition) -> None:
    def said(key: str, **fields: Any) -> str:
        return say(language, f"template.{key}", **fields)

    sheet = book.add_worksheet(said("sheet_help"))
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 3, 42)
    sheet.set_column(4, 4, 14)
    sheet.write_string(0, 0, said("help_title"), bold)
    lines = [
        said("help_rows", sheet=said("sheet_data")), said("help_empty"), said("help_partial"),
        said("help_numbers"), said("help_stated", sheet=said("sheet_stated")), said("help_where"),
    ]  # fmt: skip
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, line)
    top = len(lines) + 2
    titles = ("group", "indicator", "numerator", "denominator", "maximum")
    for k, title in enumerate(titles):
        sheet.write_string(top, k, said(f"help_{title}"), bold)
    for row, item in enumerate(edition.indicators, top + 1):
        for k, cell in enumerate(_explained(edition, item, language)):
            sheet.write_string(row, k, cell, wrap)
        sheet.write_number(row, len(titles) - 1, item.maximum)


def _explained(edition: Edition, item: Indicator, language: str) -> tuple[str, ...]:
    group = edition.group_by_code[item.group].name[language]
    return group, item.name[language], item.numerator[language], item.denominator[language]
