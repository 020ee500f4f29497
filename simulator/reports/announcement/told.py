"""What an announcement tells of: published figures only, nothing of a scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from simulator import library
from simulator.baseline import UNKNOWN
from simulator.captures import captures_of
from simulator.errors import ScenarioError
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.project import Projection, State, project
from simulator.rank import Peers, Standing, group_scores, standing
from simulator.reports.announcement import lists
from simulator.reports.announcement.lists import Lateness, UnitList
from simulator.reports.subject import Subject
from simulator.scenario import Scenario
from simulator.summary import Loss, Marks, group_marks, losses

MONTH = timedelta(days=30)
_RUNNING = "-ytd"


@dataclass(frozen=True)
class Reading:
    """The unit in an earlier reading of its list: ``day`` (ISO), total in hundredths, place."""

    day: str
    total: int
    place: Standing


@dataclass(frozen=True)
class Told:
    """The unit as published, in one language."""

    view: View
    say: Speech

    @cached_property
    def published(self) -> Projection:
        """Scores as they were published, also where the rules of the time are not known."""
        view = self.view
        if not view.edition.estimate:
            return view.projection
        return project(view.edition, lists.as_printed(view.edition, view.unit), {}, self._peers)

    @property
    def scores(self) -> State:
        return self.published.before

    @cached_property
    def _peers(self) -> Peers | None:
        """The peers with their printed scores only."""
        peers, edition = self.view.peers, self.view.edition
        if peers is None or not edition.estimate:
            return peers
        printed = {
            unit.code: group_scores(edition, lists.as_printed(edition, unit))
            for unit in peers.units
        }
        return replace(peers, groups=printed)

    @cached_property
    def below(self) -> tuple[UnitList, ...]:
        return lists.below(self.view)

    @cached_property
    def lists(self) -> tuple[UnitList, ...]:
        """What the annexes list: the units below, else the whole lists the unit is in."""
        return self.below or lists.beside(self.view)

    @cached_property
    def lateness(self) -> Lateness:
        return lists.lateness(self.below)

    @cached_property
    def provinces(self) -> UnitList | None:
        """The list of provinces this one is ranked in."""
        if self.view.unit.level != "province" or self.view.peers is None:
            return None
        return lists.provinces(self.view, library.load(self.view.peers.baseline_id))

    @cached_property
    def marks(self) -> dict[str, Marks]:
        """Mean and best of each group, of the list as it was read, without idle units."""
        unit, peers, edition = self.view.unit, self.compared, self.view.edition
        if peers is not None and peers.borrowed:
            unit = library.load(peers.baseline_id).units.get(unit.code, unit)
        if self.is_idle:
            unit = replace(unit, groups={}, evidence=tuple(UNKNOWN for _ in unit.evidence))
        return group_marks(edition, lists.as_printed(edition, unit), peers)

    @property
    def is_idle(self) -> bool:
        """True where the unit had no dossier: its score says nothing of its work."""
        return self.view.unit.has_no_dossiers(self.view.edition)

    @cached_property
    def compared(self) -> Peers | None:
        """The peers without idle ones."""
        peers = self._peers
        if peers is None:
            return None
        working = tuple(unit for unit in peers.units if unit.code not in peers.idle)
        return replace(
            peers,
            units=working,
            totals={unit.code: peers.totals[unit.code] for unit in working},
            groups={unit.code: peers.groups[unit.code] for unit in working},
        )

    @property
    def count_compared(self) -> int:
        """How many units means are of."""
        return (len(self.compared.units) if self.compared else 0) + (not self.is_idle)

    @property
    def count_idle(self) -> int:
        """How many units of the list means leave out; none where they were printed."""
        if self._peers is None or self.view.unit.averages:
            return 0
        return len(self._peers.units) + 1 - self.count_compared

    @property
    def is_over(self) -> bool:
        """True where the period had ended when its figures were read."""
        baseline = self.view.baseline
        try:
            return baseline.whole_period().is_over
        except ScenarioError:  # nobody knows when they were read
            return not baseline.period.endswith(_RUNNING)

    @cached_property
    def total_mean(self) -> int | None:
        """Mean total in hundredths: as printed, else the sum of the means, as the portal adds."""
        unit = self.view.unit
        if unit.averages:
            return unit.averages.get("TOTAL")
        means = [marks.mean for marks in self.marks.values()]
        known = [mean for mean in means if mean is not None]
        return sum(known) if len(known) == len(means) else None

    @property
    def has_groups(self) -> bool:
        """False where a publication gives a total, or rates, and no group."""
        return any(score is not None for score in self.scores.groups.values())

    @cached_property
    def losses(self) -> list[Loss]:
        return losses(self.published)

    @cached_property
    def earlier(self) -> tuple[Reading, ...]:
        """The unit in the reading before, and in the one nearest to a month before."""
        pool, baseline = self.view.unit.pool, self.view.baseline
        if pool is None or pool in baseline.incomplete_pools or not baseline.captured_at:
            return ()
        *before, last = captures_of(baseline.id, pool) or (None,)
        code = self.view.unit.code
        known = [one for one in before if one is not None and code in one.totals]
        if last is None or not known:
            return ()
        a_month_ago = last.moment - MONTH
        nearest = min(known, key=lambda one: abs(one.moment - a_month_ago))
        found = [known[-1]] if nearest is known[-1] else [known[-1], nearest]
        return tuple(
            Reading(
                one.day, one.totals[code],
                standing(one.totals[code], {k: v for k, v in one.totals.items() if k != code}),
            )
            for one in found
        )  # fmt: skip


def told_of(subject: Subject) -> Told:
    """The figures ``subject`` starts from, without its levers and starting values."""
    own = subject.scenario
    return Told(evaluate(Scenario(own.baseline, own.unit)), subject.say)
