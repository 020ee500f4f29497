"""What the engine finds for the scenarios compared, computed once and shared by all sessions."""

from __future__ import annotations

from dataclasses import replace

from pages.ui.library.offers import Offer, offers_for
from simulator import library
from simulator.errors import ScenarioError
from simulator.presentation.view import View
from simulator.scenario import Scenario
from simulator.scenario_combining import combined
from simulator.scenario_comparison import Column, Comparison, compare


# Each holds what the peers may do, and that can be some megabytes where they are many.
@library.remembered(maxsize=16)
def compared(scenarios: tuple[Scenario, ...]) -> Comparison:
    """The scenarios beside the present of the first; all can be evaluated and follow its rules."""
    edition = library.load(scenarios[0].baseline).edition
    return compare(edition, [Column("", scenario) for scenario in scenarios])


def presets_of(view: View) -> dict[str, tuple[Offer, Scenario]]:
    """What is shipped, by code, for the unit in the mode of the session; locked levers stay."""
    return {
        offer.preset.code: (offer, replace(view.scenario, settings=offer.settings))
        for offer in offers_for(view.scenario)
    }


@library.remembered(maxsize=64)
def combined_of(first: Scenario, second: Scenario) -> tuple[Scenario, tuple[ScenarioError, ...]]:
    """Both in one, and what could not be kept."""
    found, problems = combined(first, second)
    return found, tuple(problems)
