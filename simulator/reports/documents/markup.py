"""Markup of a template read without entities, in one encoding, and only up to a measure."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped]

from simulator.errors import DataError

# In all parts together; in one paragraph; of one element.
MOST_ELEMENTS = 50_000
MOST_RUNS = 2_000
MOST_ATTRIBUTES = 100
MOST_DEPTH = 200


class _Shape:
    """Counts what the parts of a file hold while they are read, and stops at the first excess."""

    def __init__(self) -> None:
        self._elements = 0

    def read(self, name: str, part: bytes) -> None:
        self._depth, self._runs = 0, [0]
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.XmlDeclHandler = _check_encoding
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, LookupError):
            raise DataError("template_broken", where=name) from None

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            raise DataError("template_crowded", what="elements", most=MOST_ELEMENTS)
        if len(attributes) > MOST_ATTRIBUTES:
            raise DataError("template_crowded", what="attributes", most=MOST_ATTRIBUTES)
        if self._depth > MOST_DEPTH:
            raise DataError("template_crowded", what="depth", most=MOST_DEPTH)
        name = tag.rpartition(":")[2]
        if name == "p":
            self._runs.append(0)
        elif name == "r":
            self._runs[-1] += 1
            if self._runs[-1] > MOST_RUNS:
                raise DataError("template_crowded", what="w:r / w:p", most=MOST_RUNS)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag.rpartition(":")[2] == "p":
            self._runs.pop()


def check_shape(parts: Mapping[str, bytes]) -> None:
    """Raise :class:`DataError` unless ``parts`` are well-formed UTF-8 of a sensible measure."""
    shape = _Shape()
    for name, part in parts.items():
        try:
            text = part.decode("utf-8")
        except UnicodeDecodeError:
            raise DataError("template_broken", where=name) from None
        if "\0" in text:
            raise DataError("template_broken", where=name)
        shape.read(name, part)


def parsed(name: str, part: bytes) -> etree._Element:
    """The root of ``part``, which :func:`check_shape` has passed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise DataError("template_broken", where=name) from None


def local(name: str) -> str:
    """``name`` of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() != "utf-8":
        raise DataError("template_broken", where=f'encoding="{encoding}"')


def _refuse_doctype(*_: object) -> None:
    raise DataError("template_broken", where="DOCTYPE")
