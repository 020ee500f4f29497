"""``plan``: the least effort for what is asked of a unit, and the command that scores it again."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass

from simulator import library
from simulator.baseline import Baseline, Unit
from simulator.caveats import caveats
from simulator.cli_inputs import (
    assumed,
    baseline_from,
    find_lever,
    look_ahead,
    newest_holding,
    pairs_in,
    settings_from,
)
from simulator.cli_parser import DEFAULT_EDITION
from simulator.cli_plan_output import Planned, plan_json
from simulator.cli_plan_target import first_place, target_from
from simulator.cli_plan_text import plan_text
from simulator.cli_rank import listed_peers, newest_with
from simulator.errors import Notice, ScenarioError
from simulator.numbers import LONGEST_NUMBER, parse_number
from simulator.outlook import Outlook
from simulator.peers_links import parse_seed
from simulator.plan_solver import Planner
from simulator.plan_target import Target
from simulator.planning import answer, limits_of, own_effort, question_for
from simulator.rank import Peers, peers_of, standing, unit_total
from simulator.rank_ahead import Question, RankAhead, ahead_of
from simulator.rules import Edition
from simulator.text import explain


def run_plan(options: argparse.Namespace) -> str:
    """The plan for one unit; :class:`ScenarioError` for a target that makes no sense on it."""
    found = planned(options)
    edition = found.planner.edition
    warnings = [explain(notice, options.lang, edition) for notice in found.notices]
    if options.format == "json":
        shown = plan_json(found, warnings, options.lang)
        return json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False)
    return plan_text(found, warnings, options.lang)


@dataclass(frozen=True)
class Start:
    """A unit as the options take it: its figures, its peers and the day that is looked at."""

    baseline: Baseline
    unit: Unit
    peers: Peers | None
    outlook: Outlook | None
    notices: tuple[Notice, ...]

    @property
    def place(self) -> int:
        """The published rank; only asked for where there is one."""
        total = unit_total(self.baseline.edition, self.unit)
        assert self.peers is not None and total is not None
        return standing(total, self.peers.totals).rank


def planned(options: argparse.Namespace) -> Planned:
    """The answer to what ``options`` ask."""
    _check(options)
    seed = parse_seed(options.seed)
    start = _start(options)
    place = start.place if options.gain_places is not None else None
    target = target_from(options, start.baseline.edition, place)
    given = settings_from(start.baseline, start.unit, options.set, start.outlook)
    planner = _planner(options, start, given)
    question = Question(
        start.baseline.id, start.unit.code, seed=seed,
        until=start.outlook.period.last.isoformat() if start.outlook else "",
    )  # fmt: skip
    asked, moving = _peers_ahead(start, target, question)
    found = answer(planner, target, asked)
    notices = (
        *start.notices,
        *first_place(options, place),
        *caveats(start.baseline, found.plan.projection, start.peers),
        *(moving.notices if moving else ()),
    )
    return Planned(
        start.baseline, planner, found, moving, given, _whatif(options, start, found.plan.settings),
        notices,
    )  # fmt: skip


def _check(options: argparse.Namespace) -> None:
    """Refuse options that contradict each other, before any figures are read."""
    if options.whole and options.until:
        raise ScenarioError("plan_whole_and_until")
    if options.target_rank is not None and options.gain_places is not None:
        raise ScenarioError("plan_two_ranks")
    if options.certainty is not None and not _ranked(options):
        raise ScenarioError("plan_certainty_without_rank")


def _ranked(options: argparse.Namespace) -> bool:
    return options.target_rank is not None or options.gain_places is not None


def _start(options: argparse.Namespace) -> Start:
    if options.baseline or options.file:
        baseline = baseline_from(options)
    else:
        baseline = newest_with(options.unit) if _ranked(options) else newest_holding(options.unit)
    unit = baseline.unit(baseline.default_unit if options.unit is None else options.unit)
    unit = assumed(baseline.edition, unit, options.assume)
    find = listed_peers if _ranked(options) else _peers_of
    peers = find(baseline, unit)
    until, notices = _until(options, baseline)
    asked = argparse.Namespace(**{**vars(options), "until": until})
    return Start(baseline, unit, peers, look_ahead(baseline, unit, asked), notices)


def _peers_of(baseline: Baseline, unit: Unit) -> Peers | None:
    return peers_of(baseline, unit, library.load)


def _until(options: argparse.Namespace, baseline: Baseline) -> tuple[str, tuple[Notice, ...]]:
    """The day to look ahead to: as asked, else the end of a period that still runs."""
    if options.until or options.whole:
        return options.until, ()
    try:
        period = baseline.whole_period()
    except ScenarioError:
        return "", (Notice("plan_period_unknown"),)
    if period.is_over:
        return "", (Notice("plan_period_over", {"last": period.last.isoformat()}),)
    return period.last.isoformat(), ()


def _planner(options: argparse.Namespace, start: Start, given: Mapping[str, float]) -> Planner:
    """What ``given`` sets is taken as given, like the levers that are locked."""
    edition, unit, ahead = start.baseline.edition, start.unit, start.outlook
    locks = {*given, *(find_lever(edition, code).code for code in options.lock)}
    floors = settings_from(start.baseline, unit, options.floor, ahead)
    for code, least in floors.items():
        if least < 0:
            raise ScenarioError("plan_floor_below_zero", lever=code, value=least)
    effort = own_effort(
        edition, _numbers(edition, options.hours, "ON_TIME=2"),
        _numbers(edition, options.per_month, "ON_TIME=4000"),
    )  # fmt: skip
    limits = limits_of(edition, ahead, given, locks, floors)
    return Planner(edition, unit, ahead, effort, limits, start.peers)


def _numbers(edition: Edition, entries: list[str], example: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for code, text in pairs_in(entries, example).items():
        lever = find_lever(edition, code).code
        if lever in found:
            raise ScenarioError("setting_repeated", setting=lever)
        found[lever] = float(parse_number(text[: LONGEST_NUMBER + 1]))
    return found


def _peers_ahead(
    start: Start, target: Target, question: Question
) -> tuple[RankAhead | None, RankAhead | None]:
    """The peers as the target takes them, and where they move."""
    if start.peers is None or unit_total(start.baseline.edition, start.unit) is None:
        return None, None
    of = (start.baseline, start.unit, start.peers)
    moving = ahead_of(*of, question)
    if target.certainty is not None:
        return moving, moving
    return ahead_of(*of, question_for(target, question)), moving


def _whatif(
    options: argparse.Namespace, start: Start, settings: Mapping[str, float]
) -> tuple[str, ...]:
    """The arguments of the command that scores ``settings`` on the same figures."""
    found = ["whatif"]
    if options.file:
        found += [part for path in options.file for part in ("--file", path)]
        for name in ("period", "captured"):
            value = getattr(options, name)
            found += [f"--{name}", value] if value else []
        found += ["--complete"] if options.complete else []
        found += ["--edition", options.edition] if options.edition != DEFAULT_EDITION else []
    else:
        found += ["--baseline", start.baseline.id]
    found += ["--unit", start.unit.code]
    found += [part for entry in options.assume for part in ("--assume", entry)]
    if start.outlook is not None:
        found += ["--until", start.outlook.period.last.isoformat()]
        found += [part for entry in options.inflow for part in ("--inflow", entry)]
    for code, change in settings.items():
        found += ["--set", f"{code}={_typed(change)}"]
    return (*found, "--lang", options.lang)


def _typed(change: float) -> str:
    """A change as :func:`simulator.lever_settings.parse_setting` reads it, exactly."""
    # Never three decimals, which could be a group of thousands.
    return f"{change:+.0f}" if change.is_integer() else f"{change:+.6f}"
