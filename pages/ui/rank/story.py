"""What *Diễn biến thứ hạng* tells, and how much of a long list is drawn; no Streamlit inside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from simulator.presentation import bump_chart
from simulator.rank_history import PlaceAhead, RankHistory

EACH_SIDE = 3
# Longer lists are shown in part: this many places around the unit, this many faint lines.
WHOLE, FAINT = 45, 40
MARGIN = 2
# Pixels: of a place, and of all of them at most.
MOST_ROW, MOST_HEIGHT = 24, 675
FEWEST_ROWS = 10


@dataclass(frozen=True)
class After:
    """The place of the unit among its peers as they stand; ``total`` in hundredths.

    ``kind``: ``after`` a what-if, ``until`` the day ``last`` that one looks ahead to, or
    ``own_figures`` where the figures in use differ from those of the list.
    """

    rank: int
    of: int
    total: int
    kind: str = "after"
    last: str = ""


@dataclass(frozen=True)
class Story:
    """What is drawn: the history of a list, the unit ``unit`` and one more, and what is ahead."""

    history: RankHistory
    unit: str
    name: str
    other: str | None = None
    after: After | None = None
    ahead: PlaceAhead | None = None

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The units around the own one, without the one it is compared with."""
        near = self.history.nearest(self.unit, EACH_SIDE)
        return tuple(code for code in near if code != self.other)

    @property
    def of(self) -> int:
        """Units of the longest list there was."""
        lists = [*self.history.readings, *filter(None, (self.after, self.ahead))]
        return max(one.of for one in lists)

    @cached_property
    def window(self) -> tuple[int, int]:
        """First and last place that are drawn: all of them, or those around what matters."""
        if self.of <= WHOLE:
            return 1, self.of
        codes = [self.unit, *([self.other] if self.other else [])]
        wanted = [place for code in codes for place in self._places(code) if place]
        wanted += [self.history.latest.places[code] for code in self.named]
        wanted += [self.after.rank] if self.after else []
        wanted += self.ahead.nearly_sure if self.ahead else ()
        first, last = min(wanted, default=1) - MARGIN, max(wanted, default=1) + MARGIN
        lacking = max(WHOLE - 1 - (last - first), 0)
        first, last = max(first - lacking // 2, 1), min(last + (lacking + 1) // 2, self.of)
        # What one end of the list cuts off is given to the other side.
        first = max(min(first, last - WHOLE + 1), 1)
        return first, min(max(last, first + WHOLE - 1), self.of)

    @cached_property
    def faint(self) -> tuple[str, ...]:
        """All others; of a long list those nearest to the unit that are within the picture."""
        shown = {self.unit, self.other, *self.named}
        others = [code for code in self.history.names if code not in shown]
        if self.of <= WHOLE:
            return tuple(others)
        now, (first, last) = self.history.latest.places, self.window
        own = now.get(self.unit, first)
        inside = [code for code in others if first <= now.get(code, 0) <= last]
        return tuple(sorted(inside, key=lambda code: (abs(now[code] - own), code))[:FAINT])

    @property
    def row(self) -> float:
        """Pixels of a place."""
        first, last = self.window
        return min(MOST_HEIGHT / (last - first + 1), MOST_ROW)

    @property
    def height(self) -> int:
        """Pixels of the picture."""
        first, last = self.window
        places = max(last - first + 1, FEWEST_ROWS)
        return round(places * self.row) + bump_chart.TOP + bump_chart.BOTTOM

    def _places(self, code: str) -> list[int | None]:
        return [one.places.get(code) for one in self.history.readings]
