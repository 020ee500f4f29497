"""How sheets of workbooks look in print: one typeface, A4, one page wide, whose they are above
and the page number below."""

from __future__ import annotations

from typing import Any

from simulator.templates import OPTIONS

FONT, FONT_SIZE = "Times New Roman", 11
# Widths of columns that an A4 page has room for at full size, upright and turned, and what each
# column takes besides; LibreOffice makes columns somewhat wider than Excel.
UPRIGHT, TURNED, BESIDES = 95, 140, 0.75
# Of a text in a cell, and of a line above the page, which takes 255 with its commands.
LONGEST_TEXT, LONGEST_LINE = 2000, 80
_A4, _SIDE, _TOP = 9, 0.5, 0.7  # margins in inches


def options() -> dict[str, Any]:
    """Of a new workbook: widths of columns are counted in digits of its typeface."""
    # Tied to a theme, the name of a typeface would give way to that of the theme.
    look = {"font_name": FONT, "font_size": FONT_SIZE, "font_scheme": "none"}
    return {**OPTIONS, "default_format_properties": look}


def cleaned(text: str, longest: int = LONGEST_TEXT) -> str:
    """``text`` as one line that every program opens: no control characters, not endless."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"


def set_up(
    sheet: Any, name: str, page: str, left: str = "", right: str = "", *, is_turned: bool = True
) -> None:
    """Ready to print; ``page``: the word before its number, ``left``, ``right``: above it."""
    sheet.set_paper(_A4)
    if is_turned:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_TOP)
    # However wide a sheet is, these lines keep their size.
    kept = {"scale_with_doc": False}
    sheet.set_header(f"&L&10 {_line(left)}&R&10 {_line(right)}", kept)
    sheet.set_footer(f"&L&10 {_line(name)}&R&10 {page} &P/&N", kept)


def _line(text: str) -> str:
    """In these lines & begins a command, and digits after it would belong to it."""
    return cleaned(text, LONGEST_LINE).replace("&", "&&")
