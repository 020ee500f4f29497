"""Refusing an order that cannot be made."""

from __future__ import annotations

from simulator.errors import ScenarioError
from simulator.reports.order import Order

MOST_SCENARIOS = 4


def check_order(order: Order) -> None:
    """Raises :class:`ScenarioError` with what is wrong."""
    if not order.chosen:
        raise ScenarioError("report_no_scenario")
    if not order.parts:
        raise ScenarioError("report_no_part")
    if len(order.chosen) > MOST_SCENARIOS:
        raise ScenarioError(
            "report_many_scenarios", count=len(order.chosen), most=MOST_SCENARIOS
        )  # fmt: skip
    editions = sorted({content.edition for content in order.chosen})
    if len(editions) > 1:
        raise ScenarioError("report_editions", editions=", ".join(editions))
