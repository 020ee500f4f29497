"""What a saved scenario is and changes, in words; no Streamlit inside."""

from __future__ import annotations

from datetime import datetime

from simulator import library
from simulator.errors import Notice, SimulatorError
from simulator.numbers import format_date
from simulator.plan_target import Target
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.rule_files import load_edition
from simulator.scenario import Scenario
from simulator.scenario_opening import Opened, open_saved
from simulator.store import NewVersion

MOST_LEVERS = 8


def when(moment: datetime) -> str:
    """A moment in Vietnam's time."""
    return format_date(moment.isoformat())


def one_line(text: str) -> str:
    """A name as a heading or a label can hold it: files may bring line breaks."""
    return " ".join(text.split())


def rank(content: NewVersion, say: Speech) -> str:
    """``12/34``, a dash without a rank."""
    if content.place is None or content.pool_size is None:
        return say("unit.unknown")
    return f"{content.place}/{content.pool_size}"


def opened_of(content: NewVersion) -> Opened:
    """``content`` on the figures it was made on, computed once."""
    return _opened(
        content.name, content.edition, content.baseline, content.fingerprint, content.unit,
        tuple(content.parameters.items()), content.total,
    )  # fmt: skip


@library.remembered(maxsize=64)
def _opened(
    name: str, edition: str, baseline: str, fingerprint: str, unit: str,
    parameters: tuple[tuple[str, str], ...], total: int | None,
) -> Opened:  # fmt: skip
    return open_saved(
        NewVersion(name, "", "", edition, baseline, fingerprint, unit, dict(parameters), total)
    )


def changes(content: NewVersion, say: Speech) -> list[str]:
    """How it looks at the period, its levers, and what else it brings; one line each."""
    scenario = opened_of(content).scenario
    if scenario is None:
        return _names_only(content, say)
    lines = [_way(scenario, say)]
    view = evaluate(scenario)
    levers = [
        say(
            "library.lever", name=say.name(view.edition.lever_by_code[code].name),
            change=say.change(change, view.ranges[code].basis),
            unit=say(f"unit.{view.ranges[code].count_unit}"),
        )
        for code, change in scenario.settings
    ]  # fmt: skip
    return lines + _cut(levers, say) + _others(content, scenario, say)


def _names_only(content: NewVersion, say: Speech) -> list[str]:
    """The levers alone: without the figures nobody knows what their numbers count."""
    try:
        edition = load_edition(content.edition)
    except SimulatorError:
        return []
    moved = [say.name(one.name) for one in edition.levers if one.code in content.parameters]
    return _cut(moved, say)


def _cut(levers: list[str], say: Speech) -> list[str]:
    if not levers:
        return [say("library.no_lever")]
    more = len(levers) - MOST_LEVERS
    # One line more says as much as the line that tells of one more.
    if more <= 1:
        return levers
    return [*levers[:MOST_LEVERS], say("library.more_levers", count=more)]


def _way(scenario: Scenario, say: Speech) -> str:
    if not scenario.until:
        return say("library.way_whole")
    return say("library.way_until", last=format_date(scenario.until))


def _others(content: NewVersion, scenario: Scenario, say: Speech) -> list[str]:
    plan = (*scenario.hours, *scenario.per_month, *scenario.floors)
    has_plan = bool(plan) or opened_of(content).target != Target()
    counts = {
        "inflow": len(scenario.inflow),
        "assumptions": len(scenario.assumptions),
        "locks": len(scenario.locks),
        "plan": int(has_plan),
    }
    return [say(f"library.with_{name}", count=count) for name, count in counts.items() if count]


def doubts(content: NewVersion) -> tuple[SimulatorError | Notice, ...]:
    """What has to be known before it is opened."""
    opened = opened_of(content)
    return (*opened.problems, *opened.notices)
