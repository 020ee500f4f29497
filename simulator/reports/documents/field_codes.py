"""Fields of a template: only those that number pages; others start programs or read files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from simulator.errors import DataError
from simulator.reports.documents.markup import local

ALLOWED = ("PAGE", "NUMPAGES", "SECTIONPAGES")
# The name and how the number is written; where other words stand the field is another one.
_HARMLESS = re.compile(
    rf"\s*(?:(?:{'|'.join(ALLOWED)})(?:\s*\\[*#]\s*(?:[A-Za-z0#]+|\"[0#., -]*\"))*)?\s*",
    re.IGNORECASE | re.ASCII,
)
SHOWN = 60


def check_fields(tree: etree._Element) -> None:
    """Raise :class:`DataError` (``template_field``) for a field that is not in ``ALLOWED``."""
    for code in _codes(tree):
        if _HARMLESS.fullmatch(code) is None:
            shown = " ".join(code.split())[:SHOWN]
            raise DataError("template_field", what=shown, allowed=", ".join(ALLOWED))


def _codes(tree: etree._Element) -> Iterator[str]:
    """Every field's instruction, put together from its runs.

    Each piece of an instruction is in one of them, so however a reader puts pieces together it
    gets no word that is not in these.
    """
    opened: list[list[str]] = [[]]
    for one in tree.iter():
        tag = local(one.tag)
        yield from (value for key, value in one.items() if local(key) == "instr")
        if tag in {"instrText", "delInstrText"}:
            opened[-1].append("".join(one.itertext()))
        elif tag == "fldChar":
            kind = next((value for key, value in one.items() if local(key) == "fldCharType"), "")
            if kind == "begin":
                opened.append([])
            elif kind == "end" and len(opened) > 1:
                yield "".join(opened.pop())
    yield from ("".join(pieces) for pieces in opened)
