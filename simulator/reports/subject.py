"""What a report is about: a scenario evaluated, with how its plan is spread and divided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulator import allocation_links, library
from simulator.allocation_links import Division
from simulator.caveats import caveats
from simulator.contributions import Contribution
from simulator.errors import Notice, ScenarioError, SimulatorError
from simulator.links import SHAPE
from simulator.month_plan import MonthPlan, Shape
from simulator.numbers import format_date
from simulator.plan_target import Target
from simulator.presentation.dividing.found import Divided, dividing, lists_of
from simulator.presentation.plan_found import plan_of
from simulator.presentation.speech import Speech, speech_for
from simulator.presentation.view import View, contributions_of, evaluate
from simulator.reports.announcement.written import day_of
from simulator.scenario import Scenario
from simulator.scenario_opening import open_saved
from simulator.store import NewVersion
from simulator.text import explain


@dataclass(frozen=True)
class Subject:
    """One scenario as reports tell of it in one language.

    ``content``: as it is saved, with its name and author; ``problems``: what of it could not be
    kept; ``notices``: what opening it told.
    """

    content: NewVersion
    scenario: Scenario
    target: Target
    shape: Shape
    division: Division
    language: str
    problems: tuple[SimulatorError, ...] = ()
    notices: tuple[Notice, ...] = ()

    @cached_property
    def view(self) -> View:
        return evaluate(self.scenario)

    @cached_property
    def say(self) -> Speech:
        return speech_for(self.view.edition, self.language)

    @property
    def is_moved(self) -> bool:
        """False where no lever is moved: there is no plan to tell of."""
        return bool(self.view.projection.settings)

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        return contributions_of(self.scenario)

    @cached_property
    def path(self) -> MonthPlan:
        """The months that are left; empty unless the scenario looks ahead and moves something."""
        return plan_of(self.scenario, self.shape) if self.is_moved else MonthPlan()

    @cached_property
    def divided(self) -> Divided | None:
        """The plan among the units below; None where none are listed, or nothing can be divided."""
        if not self.is_moved or not lists_of(self.view.baseline.id, self.view.unit.code):
            return None
        try:
            return dividing(self.view, self.division)
        except ScenarioError:
            return None

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know besides the figures, each as a sentence."""
        told: list[SimulatorError | Notice] = [*self.problems, *self.notices]
        told += caveats(self.view.baseline, self.view.projection, self.view.peers)
        return tuple(dict.fromkeys(self.sentence(one) for one in told))

    def sentence(self, one: SimulatorError | Notice) -> str:
        """``one`` in words for paper: lists by their titles, nothing on how to use the program."""
        fields: Mapping[str, Any] = one.fields
        if one.code == "scenario_newer_figures":
            day, own = (format_date(str(fields[name])) for name in ("captured_at", "own"))
            return self.say("paper.newer_figures", day=day, own=own)
        if one.code == "peers_borrowed":
            title = self.say.name(library.load(str(fields["baseline"])).title)
            day, own = (day_of(str(fields[name]), self.say) for name in ("captured_at", "own"))
            return self.say("paper.peers_borrowed", title=title, day=day, own=own)
        return explain(one, self.language, self.view.edition)


def subject_of(content: NewVersion, language: str) -> Subject:
    """``content`` on its own figures; :class:`ScenarioError` or
    :class:`~simulator.errors.DataError` if they, or its unit, are gone."""
    opened = open_saved(content)
    if opened.scenario is None:
        raise opened.problems[0]
    return Subject(
        content, opened.scenario, opened.target, _shape(opened.params),
        _division(opened.scenario, opened.params), language, opened.problems, opened.notices,
    )  # fmt: skip


def _shape(params: Mapping[str, str]) -> Shape:
    return Shape(params.get(SHAPE, Shape.LEVEL.value))


def _division(scenario: Scenario, params: Mapping[str, str]) -> Division:
    baseline = evaluate(scenario).baseline
    levels = allocation_links.levels_below(baseline, scenario.unit)
    return allocation_links.from_params(params, baseline.edition, levels)[0]
