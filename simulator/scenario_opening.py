"""Opening a saved scenario or a link: on the figures it was made on, or on newer ones.

What is told: that the figures are no longer those it was made on, that they are gone, that the
same list was read again since. What can still be done is done; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from simulator import allocation_links, library, plan_target
from simulator.baseline import Baseline
from simulator.changes import Changes, changes
from simulator.errors import Notice, ScenarioError, SimulatorError
from simulator.links import (
    BASELINE,
    EDITION,
    FINGERPRINT,
    INFLOW,
    MARK_LENGTH,
    SHAPE,
    UNIT,
    UNTIL,
    from_params,
    to_params,
)
from simulator.month_plan import Shape
from simulator.outlook import COUNTED_BY
from simulator.plan_target import Target
from simulator.project import project
from simulator.scenario import Scenario, assumed_unit, outlook_of
from simulator.scenario_figures import Holding, Load, nearest_figures, newer_figures
from simulator.store import NewVersion


@dataclass(frozen=True)
class Opened:
    """A scenario as it can be shown, and what has to be said about it.

    ``content``: what was opened. ``scenario`` is None where its figures or its unit are gone
    (``problems`` says so). ``newer``: id of the figures :func:`on_newer` opens it on: a newer
    reading of the same list and period, or the nearest ones where its own are gone; None where
    there are none. ``params``: the link of ``scenario`` and ``target``, with how the plan is
    divided; without the language and the kind of inputs, which are the reader's own.
    """

    content: NewVersion
    scenario: Scenario | None
    target: Target
    problems: tuple[SimulatorError, ...]
    notices: tuple[Notice, ...]
    newer: str | None
    params: Mapping[str, str]


def open_saved(
    content: NewVersion, load: Load = library.load, holding: Holding = library.listed_holding
) -> Opened:
    """Open a version of the store or of a file."""
    found = _opened(content, load, holding)
    if found.scenario is None:
        return found
    params, problems = _of_division(content, load(content.baseline))
    return replace(
        found, params={**found.params, **params}, problems=(*found.problems, *problems)
    )  # fmt: skip


def _opened(content: NewVersion, load: Load, holding: Holding) -> Opened:
    """``content`` but for how the plan is divided."""
    try:
        baseline = load(content.baseline)
        unit = baseline.unit(content.unit)
    except SimulatorError as problem:
        return _gone(content, problem, load, holding)
    found = _read(content, baseline)
    newer = newer_figures(content, baseline, unit, load, holding)
    notices = _about_figures(content, baseline, found)
    if newer is not None:
        fields = {"captured_at": newer.captured_at, "own": baseline.captured_at}
        notices.append(Notice("scenario_newer_figures", fields))
    return replace(found, notices=tuple(notices), newer=newer.id if newer else None)


def open_link(
    params: Mapping[str, str], default: Scenario, load: Load = library.load,
    holding: Holding = library.listed_holding,
) -> Opened:  # fmt: skip
    """Open a link like a saved version; what it does not say is taken from ``default``.

    Its fingerprint is optional: an unknown or wrong one is told and nothing else is lost. How the
    plan is divided is left to the screen that does it: ``params`` are without that.
    """
    key = params.get(BASELINE, default.baseline)
    unit, edition = params.get(UNIT, ""), params.get(EDITION, "")
    if not (unit and edition):
        try:
            baseline = load(key)
            unit, edition = unit or baseline.default_unit, edition or baseline.edition.code
        except SimulatorError:
            unit = unit or default.unit
    mark = params.get(FINGERPRINT, "")
    return _opened(NewVersion("", "", "", edition, key, mark, unit, params), load, holding)


def on_newer(
    opened: Opened, load: Load = library.load, holding: Holding = library.listed_holding
) -> Opened:
    """The same changes on :attr:`Opened.newer`: counted from those figures.

    Levers that no longer fit are left out and named in ``problems``; what was typed as still to
    come after the day of the old figures is left out and named in ``notices``.
    """
    if opened.newer is None:
        raise ScenarioError("scenario_no_newer", name=opened.content.name)
    baseline = load(opened.newer)
    parameters, moved = _with_day_to_come(opened.content.parameters, baseline)
    parameters, left = _without_inflow(parameters)
    content = replace(
        opened.content, baseline=baseline.id, edition=baseline.edition.code,
        fingerprint=baseline.fingerprint, parameters=parameters,
        total=None, place=None, pool_size=None,
    )  # fmt: skip
    found = open_saved(content, load, holding)
    return replace(found, notices=(Notice("scenario_on_newer"), *moved, *left, *found.notices))


def _with_day_to_come(
    params: Mapping[str, str], baseline: Baseline
) -> tuple[Mapping[str, str], tuple[Notice, ...]]:
    """``params`` that look to the end of the period where the day they looked to is over.

    Left out, that day would turn what is still to come into "as if for the whole period".
    """
    try:
        day, period = date.fromisoformat(params.get(UNTIL, "")), baseline.whole_period()
    except (ScenarioError, ValueError):
        return params, ()
    if period.is_over or day >= period.captured_day:
        return params, ()
    last = period.last.isoformat()
    told = Notice("scenario_day_over", {"until": day.isoformat(), "last": last})
    return {**params, UNTIL: last}, (told,)


def _without_inflow(
    params: Mapping[str, str],
) -> tuple[Mapping[str, str], tuple[Notice, ...]]:
    """``params`` but for the inflow: part of what was still to come has come since then."""
    typed = {INFLOW + flow: flow for flow in COUNTED_BY if INFLOW + flow in params}
    kept = {name: text for name, text in params.items() if name not in typed}
    told = (Notice("scenario_inflow_left", {"flow": flow.value}) for flow in typed.values())
    return kept, tuple(told)


def what_changed(before: Baseline, after: Baseline, unit: str) -> Changes:
    """What differs for ``unit`` between two readings: total, groups, indicators whose counts moved.

    One entry in ``units``. Raises :class:`ScenarioError` where a reading does not hold the unit or
    the two are of different rules.
    """
    return changes(_only(before, unit), _only(after, unit))


def _only(baseline: Baseline, unit: str) -> Baseline:
    return replace(baseline, units={unit: baseline.unit(unit)})


def total_of(baseline: Baseline, scenario: Scenario) -> int | None:
    """Hundredths that ``scenario`` shows on its figures."""
    edition = baseline.edition
    unit = assumed_unit(edition, baseline.unit(scenario.unit), scenario)
    ahead = outlook_of(baseline, unit, scenario)
    return project(edition, unit, dict(scenario.settings), None, ahead).after.total


def _read(content: NewVersion, baseline: Baseline) -> Opened:
    """The parameters of ``content`` on ``baseline``, which holds its unit."""
    edition = baseline.edition
    said = {BASELINE: baseline.id, UNIT: content.unit}
    if content.edition:
        said[EDITION] = content.edition
    given = {**content.parameters, **said}
    scenario, problems = from_params(given, Scenario(baseline.id, content.unit), lambda _: baseline)
    target, wrong = plan_target.from_params(given, edition)
    params = to_params(scenario, edition, baseline.fingerprint) | plan_target.to_params(target)
    return Opened(content, scenario, target, (*problems, *wrong), (), None, params)


def _of_division(
    content: NewVersion, baseline: Baseline
) -> tuple[dict[str, str], list[ScenarioError]]:
    """How the plan of ``content`` is divided and spread, as the session writes it."""
    given = content.parameters
    levels = allocation_links.levels_below(baseline, content.unit)
    division, more, problems = allocation_links.from_params(given, baseline.edition, levels)
    params = allocation_links.to_params(division)
    if more:
        params[allocation_links.MORE] = str(more)
    shape = given.get(SHAPE, Shape.LEVEL.value)
    if shape not in list(Shape):
        problems.append(ScenarioError("unknown_parameter", name=f"{SHAPE}={shape[:40]}"))
    elif shape != Shape.LEVEL:
        params[SHAPE] = shape
    return params, problems


def _about_figures(content: NewVersion, baseline: Baseline, found: Opened) -> list[Notice]:
    """Whether the figures, or what comes out of them, are still those of ``content``."""
    mark = content.fingerprint
    now = None if found.scenario is None else total_of(baseline, found.scenario)
    totals = {}
    if content.total is not None and now is not None:
        totals = {
            "value_first": f"{content.total / 100:.2f}", "value_second": f"{now / 100:.2f}"
        }  # fmt: skip
    if mark and not (len(mark) >= MARK_LENGTH and baseline.fingerprint.startswith(mark)):
        return [
            Notice("scenario_figures_differ", totals)
            if totals
            else Notice("scenario_figures_differ_only")
        ]
    if totals and content.total != now and not found.problems:
        return [Notice("scenario_total_differs", totals)]
    return []


def _gone(content: NewVersion, problem: SimulatorError, load: Load, holding: Holding) -> Opened:
    """``content`` without figures it could be shown on; the nearest ones are offered."""
    if problem.code == "unknown_baseline":
        problem = ScenarioError("scenario_figures_unknown", baseline=content.baseline)
    near = nearest_figures(content, load, holding)
    notices = () if near is None else (Notice("scenario_nearest_figures"),)
    return Opened(
        content, None, Target(), (problem,), notices, near.id if near else None,
        dict(content.parameters),
    )  # fmt: skip
