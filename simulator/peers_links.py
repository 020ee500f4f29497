"""What the peers do, as part of a link, and back.

``peers=fixed``; the ``seed`` of what is drawn; ``own=moves`` where the unit's result is as
uncertain as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.errors import ScenarioError
from simulator.peers_mode import MOST_SEED, SEED, PeersMode
from simulator.scenario import Scenario

PEERS, SEED_OF, OWN, MOVES = "peers", "seed", "own", "moves"
_SEED = re.compile(r"[0-9]{1,10}")


def to_params(scenario: Scenario) -> dict[str, str]:
    """Query parameters of a link; none for what is not out of the ordinary."""
    params, is_uncertain = {}, scenario.peers is PeersMode.UNCERTAIN
    if not is_uncertain:
        params[PEERS] = scenario.peers.value
    # Other weights are drawn from it too, whatever the peers do.
    if is_uncertain or scenario.seed != SEED:
        params[SEED_OF] = str(scenario.seed)
    if is_uncertain and scenario.own_moves:
        params[OWN] = MOVES
    return params


def with_peers(
    scenario: Scenario, params: Mapping[str, str], problems: list[ScenarioError]
) -> Scenario:
    """``scenario`` with what a link says of the peers; what is impossible goes to ``problems``."""
    readers: dict[str, Callable[[str], Scenario]] = {
        PEERS: lambda text: replace(scenario, peers=PeersMode(text)),
        SEED_OF: lambda text: replace(scenario, seed=parse_seed(text)),
        OWN: lambda text: replace(scenario, own_moves={MOVES: True}[text]),
    }
    for name, read in readers.items():
        if name not in params:
            continue
        try:
            scenario = read(params[name])
        except ScenarioError as problem:
            problems.append(problem)
        except (KeyError, ValueError):
            given = f"{name}={params[name][:40]}"
            problems.append(ScenarioError("unknown_parameter", name=given))
    return scenario


def parse_seed(text: str) -> int:
    """A seed as typed; :class:`ScenarioError` if it is not a whole number within the bounds."""
    if not _SEED.fullmatch(text.strip()) or int(text) > MOST_SEED:
        raise ScenarioError("seed_out_of_range", value=text[:40], highest=MOST_SEED)
    return int(text)
