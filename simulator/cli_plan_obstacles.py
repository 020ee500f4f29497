"""What keeps a plan from its goal, as text: which indicators, why, and since when."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.cli_output import points
from simulator.cli_plan_output import Planned
from simulator.numbers import format_date
from simulator.plan_limits import Binding, Reason, only_limits
from simulator.text import say


def obstacles(found: Planned, language: str) -> Iterator[str]:
    """What binds, and since when the goal is out of reach."""
    binding = found.plan.binding
    if not binding:
        yield say(language, "cli_plan.nothing_binds")
    unknown = [item for item in binding if item.reason is Reason.UNPUBLISHED]
    for item in binding:
        if item.reason is not Reason.UNPUBLISHED:
            yield _obstacle(found, item, language)
    if unknown:
        names = ", ".join(_name(found, item, language) for item in unknown)
        yield say(language, "cli_plan.bind_unpublished", names=names)
    if found.planner.outlook is not None:
        yield _since(found, language)


def _obstacle(found: Planned, item: Binding, language: str) -> str:
    return say(
        language, f"cli_plan.bind_{item.reason}", name=_name(found, item, language),
        points=points(item.missing, found.edition, language),
        levers=", ".join(item.levers),
    )  # fmt: skip


def _name(found: Planned, item: Binding, language: str) -> str:
    return found.edition.indicator(item.indicator).name[language]


def _since(found: Planned, language: str) -> str:
    until, ahead = found.plan.reachable_until, found.planner.outlook
    if until is None or ahead is None:
        return say(language, "cli_plan.since_ever")
    key = "since_limits" if only_limits(until, ahead) else "since"
    return say(language, f"cli_plan.{key}", until=format_date(until.isoformat()))
