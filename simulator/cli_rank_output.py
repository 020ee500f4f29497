"""What ``rank`` prints: JSON with fixed keys, and readable text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.baseline import Baseline
from simulator.cli_output import Json, points, table
from simulator.movement import Movement
from simulator.numbers import format_count, format_date, format_number, format_percent
from simulator.peers_mode import PeersMode
from simulator.project import FULL_TOTAL, Projection
from simulator.rank import Peers, Standing
from simulator.rank_ahead import RankAhead
from simulator.score import to_points
from simulator.text import say
from simulator.uncertainty import Outcomes, still

GAINS = (0, 1, 3, 5, 10)
CERTAINTY = 0.8
LEVELS = (50, 90)
QUANTILES = (5, 50, 95)
# Of the units before and behind, so many each are shown as text.
NEIGHBOURS = 3
# More decimals than any number of draws needs, fewer than sums of chances are exact to.
DECIMALS = 10


@dataclass(frozen=True)
class Ranked:
    """A what-if among its peers on the day looked at; scores in hundredths.

    ``final``: the peers' totals on that day, where ``ahead.outcomes`` are seen from a unit that
    moves as well; ``places``: those whose chance was asked.
    """

    baseline: Baseline
    projection: Projection
    peers: Peers
    ahead: RankAhead
    final: Outcomes
    places: tuple[int, ...]

    @property
    def outcomes(self) -> Outcomes:
        return self.ahead.outcomes

    @property
    def score(self) -> int:
        total = self.projection.after.total
        assert total is not None
        return total

    @property
    def standing(self) -> Standing:
        """Among the peers as they stand."""
        found = self.projection.after.standing
        assert found is not None
        return found


def rank_json(found: Ranked, warnings: Sequence[str]) -> Json:
    """Everything of a place that is uncertain; points are points, chances are parts of 1.

    ``unit``, ``baseline`` (its id), ``captured_at``; ``until`` (ISO day, null if the period is not
    known) and ``days`` (from the reading of the peers' figures to its end); ``peers`` (what was
    asked) and ``answered`` (what could be: peers do not move in a period that is over);
    ``draws``, ``seed``, ``own_moves`` (as asked; of no effect unless ``answered`` is uncertain);
    ``total``; ``rank`` (among the peers as they stand: ``rank``, ``of``, ``tied``);
    ``expected_place``, ``median_place``; ``intervals`` (``"50"``, ``"90"``: best and worst place);
    ``chances`` (of every place: ``place``, ``chance`` of it, ``at_least``: of it or a better one);
    ``places`` (those asked for: ``place``, ``at_least``);
    ``needed`` (per ``gain`` of places on ``rank``: ``place``, null if there is none; ``at_least``,
    the chance of it now; ``fixed`` and ``certain``, 80 % sure: ``total`` and ``missing``, null if
    that is reached already or more than 100);
    ``peers_list`` (highest total first: ``code``, ``name``, ``total``; ``p05``, ``p50``, ``p95``
    of the total on that day; ``above``: the chance to end above the unit);
    ``model`` (null if no peer moves; see :class:`simulator.movement.Movement`, in points and
    days, with the ``correlation`` of two units over ``days``); ``warnings`` (sentences).
    """
    ahead, asked = found.ahead, found.ahead.question
    at_least = found.outcomes.chances_at_least(found.score).tolist()
    chances = found.outcomes.chances(found.score).tolist()
    standing = found.standing
    return {
        "unit": asked.unit,
        "baseline": asked.baseline,
        "captured_at": found.baseline.captured_at,
        "until": None if ahead.last is None else ahead.last.isoformat(),
        "days": round(ahead.days, DECIMALS),
        "peers": asked.mode.value,
        "answered": ahead.mode.value,
        "draws": asked.draws,
        "seed": asked.seed,
        "own_moves": asked.own,
        "total": to_points(found.score),
        "rank": {"rank": standing.rank, "of": standing.of, "tied": standing.tied},
        "expected_place": round(found.outcomes.expected_place(found.score), DECIMALS),
        "median_place": found.outcomes.place(found.score, 0.5),
        "intervals": {
            str(level): list(found.outcomes.interval(found.score, level / 100)) for level in LEVELS
        },
        "chances": [
            {"place": place, "chance": round(chance, DECIMALS), "at_least": reached}
            for place, (chance, reached) in enumerate(zip(chances, at_least, strict=True), start=1)
        ],
        "places": [{"place": place, "at_least": at_least[place - 1]} for place in found.places],
        "needed": [_needed_json(found, gain) for gain in GAINS],
        "peers_list": _peers_json(found),
        "model": None if ahead.movement is None else _model_json(ahead.movement, ahead.days),
        "warnings": list(warnings),
    }


def _needed_json(found: Ranked, gain: int) -> Json:
    place = found.standing.rank - gain
    if place < 1:
        return {"gain": gain, "place": None, "at_least": None, "fixed": None, "certain": None}
    fixed, certain = needed(found, place)
    return {
        "gain": gain,
        "place": place,
        "at_least": float(found.outcomes.chances_at_least(found.score)[place - 1]),
        **{
            key: None if total is None
            else {"total": to_points(total), "missing": to_points(total - found.score)}
            for key, total in (("fixed", fixed), ("certain", certain))
        },
    }  # fmt: skip


def needed(found: Ranked, place: int) -> tuple[int | None, int | None]:
    """The totals that reach ``place`` if no peer moves, and with 80 % certainty: the present one
    where it does already, None where the scale ends below."""
    totals = [
        found.score + outcomes.missing(found.score, place, certainty)
        for outcomes, certainty in ((still(found.peers.totals), 1.0), (found.outcomes, CERTAINTY))
    ]
    fixed, certain = (total if total <= FULL_TOTAL else None for total in totals)
    return fixed, certain


def _peers_json(found: Ranked) -> list[Json]:
    finals = {level: found.final.totals(level / 100) for level in QUANTILES}
    above = found.outcomes.chances_above(found.score)
    return [
        {
            "code": peer.code,
            "name": peer.name,
            "total": to_points(found.peers.totals[peer.code]),
            **{f"p{level:02}": to_points(final[peer.code]) for level, final in finals.items()},
            "above": round(above[peer.code], DECIMALS),
        }
        for peer in found.peers.units
    ]


def _model_json(movement: Movement, days: float) -> Json:
    return {
        "basis": movement.basis.value,
        "days": list(movement.days),
        "units": movement.units,
        "span": round(movement.span, DECIMALS),
        "drift": _in_points(movement.drift),
        "shift": _in_points(movement.shift),
        "freedom": movement.freedom,
        "noise": _in_points(movement.noise),
        "unrest": round(movement.unrest, DECIMALS),
        "jump_rate": round(movement.jump_rate, DECIMALS),
        "jumps": [_in_points(size) for size in movement.jumps],
        "correlation": round(movement.correlation(days), DECIMALS),
    }


def _in_points(hundredths: float) -> float:
    return round(hundredths / 100, DECIMALS)


def rank_text(found: Ranked, warnings: Sequence[str], language: str) -> str:
    """The total and its rank, the places to expect, what a better one needs, and the nearest
    units; without chances where no peer moves at random."""
    unit, outcomes = found.projection.unit, found.outcomes
    title = found.baseline.title[language]
    lines = [
        say(language, "cli.whatif_heading", baseline=title, unit=f"{unit.code} {unit.name}"),
        _conditions(found, language),
        table(_places(found, language)),
    ]
    for place in found.places:
        chance = float(outcomes.chances_at_least(found.score)[place - 1])
        shown = format_percent(100 * chance, language)
        lines.append(say(language, "cli.rank_chance", place=place, chance=shown))
    for rows in (_needs(found, language), _nearest(found, language)):
        if len(rows) > 1:
            lines.append("\n" + table(rows))
    lines.extend(say(language, "cli.warning", text=warning) for warning in warnings)
    return "\n".join(lines)


def _conditions(found: Ranked, language: str) -> str:
    """The day looked at, what the others do until then, and of which days the levers are."""
    ahead, asked = found.ahead, found.ahead.question
    mode = say(language, f"cli.rank_peers_{ahead.mode}")
    if ahead.mode is PeersMode.UNCERTAIN:
        draws = format_count(asked.draws, language)
        mode += say(language, "cli.rank_draws", draws=draws, seed=str(asked.seed))
        mode += say(language, "cli.rank_own_moves") if asked.own else ""
    if ahead.last is None:
        told = say(language, "cli.rank_undated", mode=mode)
    else:
        until, days = (
            format_date(ahead.last.isoformat()),
            format_number(ahead.days, 0 if ahead.days >= 1 else 1, language),
        )
        told = say(language, "cli.rank_until", until=until, days=days, mode=mode)
    if found.projection.settings and found.projection.outlook is None:
        told += " " + say(language, "cli.rank_whole")
    return told


def _places(found: Ranked, language: str) -> list[list[str]]:
    """Rows of the total, of its rank, and of the place to expect."""
    before, after, edition = found.projection.before, found.standing, found.projection.edition
    rows = [
        [say(language, "cli.score_total"), points(found.score, edition, language),
         points(found.projection.total_change, edition, language, sign=True)],
        [say(language, "cli.rank_fixed"), f"{after.rank}/{after.of}",
         say(language, "cli.rank_now", rank=before.standing.rank if before.standing else 0)],
    ]  # fmt: skip
    if found.ahead.mode is PeersMode.FIXED:
        return rows
    median = found.outcomes.place(found.score, 0.5)
    if found.ahead.mode is PeersMode.TREND:
        return [*rows, [say(language, "cli.rank_trend"), f"{median}/{after.of}", ""]]
    expected = format_number(found.outcomes.expected_place(found.score), 1, language)
    rows += [[say(language, "cli.rank_expected"), expected, ""],
             [say(language, "cli.rank_median"), str(median), ""]]  # fmt: skip
    for level in LEVELS:
        best, worst = found.outcomes.interval(found.score, level / 100)
        rows.append([say(language, "cli.rank_interval", level=level), f"{best}–{worst}", ""])
    return rows


def _needs(found: Ranked, language: str) -> list[list[str]]:
    """Per better place the total it needs, and in brackets what is missing."""
    mode, chances = found.ahead.mode, found.outcomes.chances_at_least(found.score)
    # Which columns tell more than the one before.
    shown = {PeersMode.FIXED: 1, PeersMode.TREND: 2, PeersMode.UNCERTAIN: 3}[mode]
    second = "rank_peers_trend" if mode is PeersMode.TREND else "rank_certain"
    heads = [
        say(language, f"cli.{word}") for word in ("rank_fixed_peers", second, "rank_chance_now")
    ]
    rows = [[say(language, "cli.rank_needed"), *heads[:shown]]]
    for place in (found.standing.rank - gain for gain in GAINS):
        if place >= 1:
            cells = [_missing(found, total, language) for total in needed(found, place)]
            cells.append(format_percent(100 * float(chances[place - 1]), language))
            rows.append([say(language, "cli.rank_place", place=place), *cells[:shown]])
    return rows


def _missing(found: Ranked, total: int | None, language: str) -> str:
    if total is None:
        return say(language, "cli.rank_impossible")
    if total == found.score:
        return say(language, "cli.rank_reached")
    edition = found.projection.edition
    missing = points(total - found.score, edition, language, sign=True)
    return f"{points(total, edition, language)} ({missing})"


def _nearest(found: Ranked, language: str) -> list[list[str]]:
    """The units next before and behind as they stand, where they may end, and how surely ahead."""
    mode, totals, edition = found.ahead.mode, found.peers.totals, found.projection.edition
    if mode is PeersMode.FIXED:
        return []
    levels = QUANTILES if mode is PeersMode.UNCERTAIN else (50,)
    finals = [found.final.totals(level / 100) for level in levels]
    then = [f"final_{level}" for level in levels] if len(levels) > 1 else ["peers_trend"]
    heads = ["nearest", "total_now", *then, "above"]
    rows = [[say(language, f"cli.rank_{word}") for word in heads]]
    chances = found.outcomes.chances_above(found.score)
    first = sum(total > found.score for total in totals.values())
    for peer in found.peers.units[max(first - NEIGHBOURS, 0) : first + NEIGHBOURS]:
        scores = [totals[peer.code], *(final[peer.code] for final in finals)]
        shown = [points(score, edition, language) for score in scores]
        above = format_percent(100 * chances[peer.code], language)
        rows.append([f"{peer.code} {peer.name}", *shown, above])
    return rows
