"""A finding of a check, and its three levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from simulator.errors import Notice, Place, SimulatorError
from simulator.readers.records import one_line
from simulator.rules import Edition
from simulator.text import explain, say


class Level(StrEnum):
    """How bad a finding is, worst first."""

    WRONG = "wrong"  # not loaded
    DOUBTFUL = "doubtful"  # loaded and flagged
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """``code`` is a key of the ``[findings]`` table of the text catalogue, filled with ``fields``.

    ``place``: where in which file; None if it concerns a unit or all files.
    """

    level: Level
    code: str
    fields: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None

    def sentence(self, language: str, edition: Edition) -> str:
        """What was found and what to do, with its place first where there is one."""
        problem = self.fields.get("problem")
        if isinstance(problem, SimulatorError):
            return explain(problem, language, edition)
        # What a file says is shown without characters that a page or terminal would act on.
        fields = {
            name: one_line(value) if isinstance(value, str) else value
            for name, value in self.fields.items()
        }
        text = explain(Notice(self.code, fields), language, edition, "findings")
        if self.place is None:
            return text
        place = say(language, f"places.{self.place.code}", **self.place.fields)
        return f"{place}: {text}"
