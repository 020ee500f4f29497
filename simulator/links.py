"""A scenario as the query of a link, and back.

A link holds the baseline, the unit, the edition of the rules, the fingerprint of the figures it was
made on (``f=7db76780``; see :mod:`simulator.scenario_opening`), one parameter per changed lever
(``ON_TIME=3000``) or assumption (``a.ONLINE_SUBMISSION=589496-597894``), the locked levers
(``lock=ON_TIME,PETITION_NEW``), and where it looks to the end of the period, that day and the
inflow until then (``until=2026-12-31``, ``in.dossier=200000``; ``pace=months``: as many a day as in
recent months), and what the peers do (``peers=fixed``; the ``seed`` of what is drawn; ``own=moves``
where the unit's result is as uncertain as theirs). What a plan may use: own hours and monthly
capacity (``h.ON_TIME=2.5``, ``cap.ON_TIME=4000``) and least changes (``min.ON_TIME=1000``). Reading
keeps every part that is valid and returns an error for each part that is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator import peers_links
from simulator.baseline import Baseline, Unit, with_assumption
from simulator.effort import default_effort
from simulator.errors import ScenarioError
from simulator.lever_settings import check_setting
from simulator.levers import lever_of, lever_range
from simulator.numbers import plain_number
from simulator.outlook import COUNTED_BY, Outlook
from simulator.peers_links import OWN, PEERS, SEED_OF
from simulator.plan_target import PREFIX as TARGET
from simulator.rules import Edition
from simulator.scenario import MONTHS, Scenario, outlook_of

BASELINE, UNIT, EDITION, FINGERPRINT = "b", "u", "e", "f"
ASSUMPTION, INFLOW = "a.", "in."
HOURS, PER_MONTH, FLOOR = "h.", "cap.", "min."
SHARE, LEAST, DIVIDING = "share.", "least.", "div."  # of the screen that divides a plan
OWN_PREFIXES = (ASSUMPTION, INFLOW, HOURS, PER_MONTH, FLOOR, TARGET, SHARE, LEAST, DIVIDING)
LOCKS, UNTIL, PACE = "lock", "until", "pace"
LANGUAGE, INPUTS, SHAPE = "lang", "inputs", "shape"  # of the screen, not of the scenario
SAVED, BESIDE = "s", "vs"  # the saved version it was opened from, and those it is compared with
REPORT = "report"  # what was ordered last: of one browser's address, never of a link
OWN_PARAMS = (
    BASELINE, UNIT, EDITION, FINGERPRINT, LOCKS, UNTIL, PACE, PEERS, SEED_OF, OWN,
    LANGUAGE, INPUTS, SHAPE, SAVED, BESIDE, REPORT,
)  # fmt: skip
MARK_LENGTH = 8  # of a fingerprint, so much stands in a link
_NUMBER = re.compile(r"[+-]?[0-9]{1,16}(\.[0-9]{1,6})?")


def to_params(scenario: Scenario, edition: Edition, fingerprint: str = "") -> dict[str, str]:
    """The scenario as query parameters of a link; ``fingerprint`` of its figures, if known."""
    params = {BASELINE: scenario.baseline, UNIT: scenario.unit, EDITION: edition.code}
    if fingerprint:
        params[FINGERPRINT] = fingerprint[:MARK_LENGTH]
    for indicator, numerator, denominator in scenario.assumptions:
        params[ASSUMPTION + indicator] = f"{plain_number(numerator)}-{plain_number(denominator)}"
    for lever, change in scenario.settings:
        params[lever] = plain_number(change)
    if scenario.until:
        params[UNTIL] = scenario.until
    if scenario.pace:
        params[PACE] = scenario.pace
    for flow, coming in scenario.inflow:
        params[INFLOW + flow] = str(coming)
    if scenario.locks:
        # Not as they were locked: equal scenarios are equal links.
        ordered = [lever.code for lever in edition.levers if lever.code in scenario.locks]
        params[LOCKS] = ",".join(ordered)
    params |= peers_links.to_params(scenario)
    for prefix, pairs in _pairs_of_plans(scenario):
        params |= {prefix + lever: plain_number(value) for lever, value in pairs}
    return params


def _pairs_of_plans(scenario: Scenario) -> list[tuple[str, tuple[tuple[str, float], ...]]]:
    return [
        (HOURS, scenario.hours), (PER_MONTH, scenario.per_month), (FLOOR, scenario.floors),
    ]  # fmt: skip


def from_params(
    params: Mapping[str, str], default: Scenario, load: Callable[[str], Baseline]
) -> tuple[Scenario, list[ScenarioError]]:
    """Read a link. Unknown or impossible parts are reported and left out.

    Without a valid baseline or unit, those of ``default`` (or of the baseline) are used.
    """
    problems: list[ScenarioError] = []
    try:
        baseline = load(params.get(BASELINE, default.baseline))
    except ScenarioError as problem:
        problems.append(problem)
        baseline = load(default.baseline)
    code = params.get(UNIT, baseline.default_unit)
    try:
        unit = baseline.unit(code)
    except ScenarioError as problem:
        problems.append(problem)
        unit = baseline.unit(baseline.default_unit)
    edition = baseline.edition
    if params.get(EDITION, edition.code) != edition.code:
        problems.append(
            ScenarioError("unknown_edition", edition=params[EDITION], expected=edition.code)
        )
    scenario = Scenario(baseline.id, unit.code)
    for name, text in params.items():
        try:
            if name.startswith(ASSUMPTION):
                indicator = name.removeprefix(ASSUMPTION)
                numerator, denominator = _pair(text)
                unit = with_assumption(unit, edition, indicator, numerator, denominator)
                scenario = scenario.with_assumption(indicator, numerator, denominator)
        except ScenarioError as problem:
            problems.append(problem)
    scenario = _with_time(scenario, baseline, unit, params, problems)
    scenario = peers_links.with_peers(scenario, params, problems)
    scenario = _with_levers(scenario, baseline, unit, params, problems)
    return _with_plans(scenario, baseline, unit, params, problems), problems


def _with_time(
    scenario: Scenario, baseline: Baseline, unit: Unit, params: Mapping[str, str],
    problems: list[ScenarioError],
) -> Scenario:  # fmt: skip
    """The day a link looks ahead to, and its inflow."""
    for name, text in params.items():
        try:
            if name.startswith(INFLOW):
                scenario = scenario.with_inflow(*_inflow(name.removeprefix(INFLOW), text))
            elif name == PACE:
                if text != MONTHS:
                    raise ScenarioError("unknown_parameter", name=f"{PACE}={text[:40]}")
                scenario = replace(scenario, pace=text)
            elif name == UNTIL:
                ahead = replace(scenario, until=text)
                outlook_of(baseline, unit, ahead)
                scenario = ahead
        except ScenarioError as problem:
            problems.append(problem)
    return scenario


def _inflow(flow: str, text: str) -> tuple[str, int]:
    if flow not in COUNTED_BY:
        raise ScenarioError("unknown_parameter", name=INFLOW + flow)
    coming = _number(text)
    if coming < 0 or not coming.is_integer():
        raise ScenarioError("not_a_number", value=text[:40])
    return flow, int(coming)


def _with_levers(
    scenario: Scenario, baseline: Baseline, unit: Unit, params: Mapping[str, str],
    problems: list[ScenarioError],
) -> Scenario:  # fmt: skip
    """Changes and locks of a link; what is impossible goes to ``problems``."""
    edition, ahead = baseline.edition, outlook_of(baseline, unit, scenario)
    for name, text in params.items():
        try:
            if not (name in OWN_PARAMS or name.startswith(OWN_PREFIXES)):
                change = _change(edition, unit, name, text, ahead)
                scenario = scenario.with_change(name, change)
        except ScenarioError as problem:
            problems.append(problem)
    for code in filter(None, params.get(LOCKS, "").split(",")):
        try:
            scenario = scenario.with_lock(lever_of(edition, code).code, True)
        except ScenarioError as problem:
            problems.append(problem)
    return scenario


def _with_plans(
    scenario: Scenario, baseline: Baseline, unit: Unit, params: Mapping[str, str],
    problems: list[ScenarioError],
) -> Scenario:  # fmt: skip
    """What plans may use, as a link says."""
    edition, ahead = baseline.edition, outlook_of(baseline, unit, scenario)
    for name, text in params.items():
        prefix, _, lever = name.partition(".")
        try:
            if f"{prefix}." == HOURS:
                default_effort(edition.code).with_own({lever: _number(text)}, {})
                scenario = scenario.with_hours(lever, _number(text))
            elif f"{prefix}." == PER_MONTH:
                default_effort(edition.code).with_own({}, {lever: _number(text)})
                scenario = scenario.with_per_month(lever, _number(text))
            elif f"{prefix}." == FLOOR:
                least = _change(edition, unit, lever, text, ahead)
                if least < 0:
                    raise ScenarioError("effort_floor_negative", lever=lever, value=least)
                scenario = scenario.with_floor(lever, least)
        except ScenarioError as problem:
            problems.append(problem)
    return scenario


def _change(edition: Edition, unit: Unit, lever: str, text: str, ahead: Outlook | None) -> float:
    if lever not in edition.lever_by_code and not lever.isupper():
        raise ScenarioError("unknown_parameter", name=lever)
    return check_setting(lever_range(edition, unit, lever_of(edition, lever), ahead), _number(text))


def _pair(text: str) -> tuple[float, float]:
    numerator, separator, denominator = text.partition("-")
    if not separator:
        raise ScenarioError("not_a_number", value=text[:40])
    return _number(numerator), _number(denominator)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ScenarioError("not_a_number", value=text[:40])
    return float(text)
