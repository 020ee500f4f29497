"""``rank``: how sure a place is on a day to come; its options and the figures they stand for."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import replace

from simulator import library
from simulator.baseline import Baseline, Unit
from simulator.caveats import caveats, no_list_reason
from simulator.cli_inputs import assumed, baseline_from, look_ahead, settings_from
from simulator.cli_rank_output import Ranked, rank_json, rank_text
from simulator.errors import ScenarioError
from simulator.peers_links import parse_seed
from simulator.peers_mode import MOST_DRAWS, PeersMode
from simulator.project import project
from simulator.rank import Peers, peers_of, unit_total
from simulator.rank_ahead import Question, ahead_of
from simulator.text import explain

FEWEST_DRAWS = 100
_WHOLE = re.compile(r"[0-9]{1,10}")
_NO_LIST = {
    "no_rank_incomplete_list": "rank_incomplete_list",
    "no_rank_without_list": "rank_without_list",
}


def run_rank(options: argparse.Namespace) -> str:
    """Chances of the places of one unit; :class:`ScenarioError` where it cannot be ranked."""
    question = _asked(options)
    found = ranked(options, question)
    notices = caveats(found.baseline, found.projection, found.peers) + found.ahead.notices
    edition = found.projection.edition
    warnings = [explain(notice, options.lang, edition) for notice in notices]
    if options.format == "json":
        shown = rank_json(found, warnings)
        return json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False)
    return rank_text(found, warnings, options.lang)


def _asked(options: argparse.Namespace) -> Question:
    """The options that need no figures."""
    mode = PeersMode(options.peers)
    if options.own_moves and mode is not PeersMode.UNCERTAIN:
        raise ScenarioError("own_moves_need_uncertain")
    draws = _whole(options.draws, FEWEST_DRAWS, MOST_DRAWS, "draws_out_of_range")
    seed = parse_seed(options.seed)
    return Question("", options.unit or "", mode, draws=draws, seed=seed, own=options.own_moves)


def _whole(text: str, lowest: int, highest: int, code: str) -> int:
    if not _WHOLE.fullmatch(text) or not lowest <= int(text) <= highest:
        raise ScenarioError(code, value=text[:40], lowest=lowest, highest=highest)
    return int(text)


def ranked(options: argparse.Namespace, question: Question) -> Ranked:
    """The what-if of ``options`` among its peers."""
    given = options.baseline or options.file
    baseline = baseline_from(options) if given else newest_with(options.unit)
    unit = baseline.unit(baseline.default_unit if options.unit is None else options.unit)
    unit = assumed(baseline.edition, unit, options.assume)
    peers = listed_peers(baseline, unit)
    highest = 1 + len(peers.totals)
    places = tuple(_whole(text, 1, highest, "place_out_of_range") for text in options.place)
    outlook = look_ahead(baseline, unit, options)
    settings = settings_from(baseline, unit, options.set, outlook)
    projection = project(baseline.edition, unit, settings, peers, outlook)
    until = outlook.period.last.isoformat() if outlook else ""
    question = replace(question, baseline=baseline.id, unit=unit.code, until=until)
    ahead = ahead_of(baseline, unit, peers, question)
    final = ahead.outcomes
    if question.own and ahead.mode is PeersMode.UNCERTAIN:
        final = ahead_of(baseline, unit, peers, replace(question, own=False)).outcomes
    return Ranked(baseline, projection, peers, ahead, final, places)


def listed_peers(baseline: Baseline, unit: Unit) -> Peers:
    """The peers of a unit; :class:`ScenarioError` with the reason where it cannot be ranked."""
    peers, fields = peers_of(baseline, unit, library.load), {"baseline": baseline.id}
    if peers is None:
        raise ScenarioError(_NO_LIST[no_list_reason(baseline, unit)], unit=unit.code, **fields)
    if unit_total(baseline.edition, unit) is None:
        raise ScenarioError("rank_without_total", unit=unit.code, **fields)
    return peers


def newest_with(code: str | None) -> Baseline:
    """The first figures of the library in which a unit can be ranked, whole ones before others;
    :class:`ScenarioError` if there are none."""
    if code is None:
        raise ScenarioError("rank_unit_needed")
    holding = {baseline.id for baseline in library.holding(code)}
    entries = [entry for entry in library.listed() if entry.id in holding]
    reasons = []
    for entry in sorted(entries, key=lambda entry: not entry.is_whole):
        baseline = library.load(entry.id)
        try:
            listed_peers(baseline, baseline.unit(code))
        except ScenarioError as reason:
            reasons.append(reason)
        else:
            return baseline
    raise reasons[0] if reasons else ScenarioError("rank_unit_unknown", unit=code)
