"""What a paper tells of, and the words and numbers all its sections share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from simulator.baseline import Evidence
from simulator.caveats import INFERRED
from simulator.numbers import format_date
from simulator.peers_mode import PeersMode
from simulator.presentation.effort import has_own_hours
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.project import State
from simulator.rank import Standing
from simulator.reports.announcement.told import Told, told_of
from simulator.reports.announcement.words import period
from simulator.reports.announcement.written import points, unit_name
from simulator.reports.blocks import Align, Chart, Grid
from simulator.reports.pictures import chart, peers_source
from simulator.reports.subject import Subject
from simulator.scenario import Scenario

_ALIGNS = {"l": Align.LEFT, "c": Align.CENTER, "r": Align.RIGHT}


@dataclass
class Topic:
    """``subjects``: the plan that is proposed, then its alternatives; ``day``: of the paper.
    Tables, figures and annexes are numbered in the order in which they are asked for."""

    subjects: Sequence[Subject]
    day: date
    _tables: int = 0
    _figures: int = 0
    annexes: dict[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        return self.subjects[0]

    @property
    def view(self) -> View:
        return self.subject.view

    @property
    def say(self) -> Speech:
        return self.subject.say

    @property
    def unit(self) -> str:
        return unit_name(self.view.unit)

    def is_adverse(self, code: str) -> bool:
        """True for a lever that is a risk, and for one set below the present level."""
        lever = self.view.edition.lever_by_code.get(code)
        if lever is None:
            return False
        return lever.direction == "harmful" or self.view.projection.settings[code] < 0

    @property
    def has_tasks(self) -> bool:
        """False where nothing is proposed: nothing is moved, adverse assumptions only, or the
        period is over and nothing can be done in it any more."""
        return self.has_helpful and not self.told.is_over

    @property
    def tells_hours(self) -> bool:
        """False where any of them would be an example: a signed paper reckons with own hours."""
        return self.has_tasks and all(has_own_hours(one.view) for one in self.subjects)

    @property
    def has_helpful(self) -> bool:
        """True where a lever is set to do more than now."""
        return any(not self.is_adverse(code) for code in self.view.projection.settings)

    @cached_property
    def told(self) -> Told:
        """The unit as published."""
        return told_of(self.subject)

    @cached_property
    def published(self) -> Subject:
        """The subject without its levers and starting values."""
        own = self.subject.scenario
        return replace(self.subject, scenario=Scenario(own.baseline, own.unit))

    @property
    def last(self) -> str:
        """The day looked at, ``31/12/2026``; empty as if for the whole period."""
        ahead = self.view.outlook
        return "" if ahead is None else format_date(ahead.period.last.isoformat())

    @property
    def period(self) -> str:
        """What a plan is for: the year that is looked to the end of, else what the figures are."""
        ahead = self.view.outlook
        if ahead is None or not self.has_tasks:
            return period(self.told)
        first, last = ahead.period.first, ahead.period.last
        is_year = (first, last) == (date(last.year, 1, 1), date(last.year, 12, 31))
        return self.say(f"paper.period_{'year' if is_year else 'until'}", year=str(last.year),
                        last=self.last)  # fmt: skip

    def now(self, hundredths: int | None) -> str:
        """Points as they were published."""
        return points(hundredths, self.say)

    def after(self, hundredths: int | None) -> str:
        """Points of a projection; those of an estimate say so."""
        shown = self.say.points(hundredths)
        if hundredths is None or not self.view.edition.estimate:
            return shown
        return self.say("paper.estimated", value=shown)

    def change(self, hundredths: int) -> str:
        return self.say.points(hundredths, sign=True)

    def mark(self, evidence: Evidence) -> str:
        """How a value came about that nobody published; empty for a published one."""
        if not evidence.assumed:
            return ""
        return self.say("paper.inferred" if evidence.flag == INFERRED else "paper.assumed")

    def known_columns(self, rows: Sequence[Sequence[str]]) -> int:
        """How many columns ``rows`` have without a last one in which nothing is known."""
        unknown = self.say("unit.unknown")
        return len(rows[0]) - all(row[-1] == unknown for row in rows)

    @property
    def peers_source(self) -> str:
        return peers_source(self.subject)

    def class_name(self, state: State) -> str:
        known = state.score_class
        return self.say("unit.unknown") if known is None else self.say.name(known.name)

    def place(self, standing: Standing | None) -> str:
        if standing is None:
            return self.say("unit.unknown")
        key = "paper.tied" if standing.tied else "paper.rank_of"
        return self.say(key, rank=str(standing.rank), of=str(standing.of))

    def ends(self) -> tuple[int, int, int] | None:
        """Best, middle and worst place nine times in ten; None where that is not asked for."""
        score, ahead = self.view.projection.after.total, self.view.rank_ahead
        if score is None or ahead is None or ahead.mode is not PeersMode.UNCERTAIN:
            return None
        return ahead.ends(score)

    def places(self, best: int, worst: int) -> str:
        key = "paper.place_one" if best == worst else "paper.places"
        return self.say(key, best=str(best), worst=str(worst))

    def column(self, name: str) -> str:
        """A column's title; where points are estimated it says so."""
        estimated = f"{name}_estimate"
        has_other = self.view.edition.estimate and name in ("after", "points")
        return self.say(f"paper.column_{estimated if has_other else name}")

    def grid(
        self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], aligns: str,
        widths: Sequence[float], bold: Sequence[int] = (), note: str = "",
    ) -> Grid:  # fmt: skip
        """A numbered table; ``aligns``: one of l, c, r for each column."""
        self._tables += 1
        return Grid(
            self.say("paper.table", number=str(self._tables), title=title), head, rows,
            [_ALIGNS[one] for one in aligns], widths, frozenset(bold), note,
        )  # fmt: skip

    def numbered(self, grid: Grid, title: str) -> Grid:
        """``grid`` of another report with a number of this one."""
        self._tables += 1
        return replace(grid, title=self.say("paper.table", number=str(self._tables), title=title))

    def picture(self, key: str, subject: Subject | None = None) -> list[Chart]:
        """A numbered chart; nothing where it makes no sense."""
        drawn = chart(subject or self.subject, key)
        if drawn is None:
            return []
        self._figures += 1
        title = self.say("paper.figure", number=str(self._figures), title=drawn.title)
        return [replace(drawn, title=title)]


def cut(text: str, most: int) -> str:
    """``text`` of at most ``most`` letters, ended between two words."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept else kept}…"
