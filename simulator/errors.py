"""Typed errors and notices.

The engine never writes sentences: it raises or returns a code with fields, and
:mod:`simulator.text` turns them into Vietnamese or English from the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class SimulatorError(Exception):
    """Something the user gave cannot be used.

    ``code`` is a key of the ``[errors]`` table of the text catalogue; ``fields``
    fill the placeholders of its sentence (what, where, why, what is allowed).
    """

    def __init__(self, code: str, /, **fields: Any) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code}({details})"


class RulesError(SimulatorError):
    """A file of ``data/rules`` breaks its own format; fields name file and line."""


class DataError(SimulatorError):
    """A baseline table or an input file cannot be read as what it claims to be."""


class ScenarioError(SimulatorError):
    """A unit, lever, value or link that does not exist or is out of bounds."""


@dataclass(frozen=True)
class Notice:
    """Something true and worth knowing that does not stop the computation.

    ``code`` is a key of the ``[notices]`` table of the text catalogue.
    """

    code: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an input file something was found; a field of an error.

    ``code`` is a key of the ``[places]`` table of the text catalogue.
    """

    code: str
    fields: dict[str, str] = field(default_factory=dict)
