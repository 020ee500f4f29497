"""How sure it is that no plan takes less; no Streamlit."""

from __future__ import annotations

from simulator.numbers import format_percent
from simulator.plan_found import Plan
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech

# A plan that could be cheaper by less than this part is as good as proven.
NEARLY = 0.001


def proof_words(plan: Plan, say: Speech, *, is_estimate: bool = False) -> str:
    """Proven, or how many hours a cheaper plan could save at most; of hours there were, too, what
    total they do not exclude."""
    if is_estimate and plan.gap < max(NEARLY * plan.total_hours, NEARLY):
        text = say("goal.proven_model")
    elif not plan.gap:
        text = say("goal.proven")
    elif plan.gap < NEARLY * plan.total_hours:
        text = say("goal.nearly", hours=hours_text(plan.gap, say))
    else:
        percent = format_percent(100 * plan.gap / plan.total_hours, say.language)
        text = say("goal.gap", hours=hours_text(plan.gap, say), percent=percent)
    reached, most = plan.projection.after.total, plan.most_total
    if most is None or reached is None or most <= reached:
        return text
    return f"{text} {say('goal.most_total', points=say.points(most))}"
