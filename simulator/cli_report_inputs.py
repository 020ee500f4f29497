"""Which scenarios a report is made of: files, saved ones, or one put together by options."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path

from simulator import library, scenario_files
from simulator.cli_inputs import assumptions_in, looking_ahead, newest_holding, settings_from
from simulator.errors import DataError, ScenarioError
from simulator.links import to_params
from simulator.readers import read_content
from simulator.scenario import assumed_unit, outlook_of
from simulator.store import NewVersion, has_store, open_store
from simulator.text import say

_SAVED = re.compile(r"([0-9a-f]{12})(?:\.([0-9]{1,9}))?")
# Options that only go with figures.
_DELTA = ("unit", "set", "assume", "until", "inflow")


def chosen(options: argparse.Namespace) -> tuple[NewVersion, ...]:
    """The scenarios in their order; :class:`ScenarioError` where none or both kinds are given."""
    if options.scenario:
        if options.baseline or any(getattr(options, name) for name in _DELTA):
            raise ScenarioError("report_scenario_or_baseline")
        return tuple(_given(text) for text in options.scenario)
    if not options.baseline and options.unit is None:
        raise ScenarioError("report_no_scenario")
    return (_put_together(options),)


def _given(text: str) -> NewVersion:
    """A file, else the saved scenario of that id."""
    found = _SAVED.fullmatch(text)
    if found is None or Path(text).exists():
        return scenario_files.read(read_content(Path(text)))
    if not has_store():
        raise DataError("scenario_unknown", id=found[1])
    number = None if found[2] is None else int(found[2])
    return open_store().scenarios.version(found[1], number).content


def _put_together(options: argparse.Namespace) -> NewVersion:
    given = options.baseline
    baseline = library.load(given) if given else newest_holding(options.unit)
    unit = baseline.unit(baseline.default_unit if options.unit is None else options.unit)
    assumptions = tuple(assumptions_in(options.assume))
    scenario = replace(looking_ahead(baseline, unit, options), assumptions=assumptions)
    unit = assumed_unit(baseline.edition, unit, scenario)
    ahead = outlook_of(baseline, unit, scenario)
    settings = settings_from(baseline, unit, options.set, ahead)
    scenario = replace(scenario, settings=tuple(settings.items()))
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    return NewVersion(
        say(options.lang, "cli_report.name", unit=unit.short_name),
        say(options.lang, "cli_report.author"), "", baseline.edition.code, baseline.id,
        baseline.fingerprint, unit.code, params,
    )  # fmt: skip
