"""What every shipped preset would bring to a unit, computed once and shared by all sessions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator import library
from simulator.errors import Notice
from simulator.peers_mode import SEED, PeersMode
from simulator.presentation.view import evaluate
from simulator.presets import Preset, from_preset, presets
from simulator.rank import Standing
from simulator.scenario import Scenario


@dataclass(frozen=True)
class Offer:
    """``settings`` it would leave, those of locked levers as they are; ``held``: levers it would
    move if they were not locked; ``change`` and ``total`` in hundredths."""

    preset: Preset
    settings: tuple[tuple[str, float], ...]
    held: tuple[str, ...]
    notices: tuple[Notice, ...]
    total: int | None
    change: int
    standing: Standing | None
    before: Standing | None
    moves: bool


def offers_for(scenario: Scenario) -> tuple[Offer, ...]:
    """The presets of the edition for the unit, on the session's way of looking."""
    locked = tuple((code, at) for code, at in scenario.settings if code in scenario.locks)
    # What the peers do, and what a plan may use, changes nothing here.
    bare = replace(
        scenario, settings=locked, peers=PeersMode.FIXED, seed=SEED, own_moves=False,
        hours=(), per_month=(), floors=(),
    )  # fmt: skip
    return _offers(bare)


@library.remembered(maxsize=64)
def _offers(bare: Scenario) -> tuple[Offer, ...]:
    return tuple(_offer(preset, bare) for preset in presets(evaluate(bare).edition.code))


def _offer(preset: Preset, bare: Scenario) -> Offer:
    view = evaluate(bare)
    made = from_preset(preset, view.edition, view.unit, view.outlook, view.peers)
    held = tuple(code for code in made.settings if code in bare.locks)
    free = {code: at for code, at in made.settings.items() if code not in held}
    settings = tuple({**dict(bare.settings), **free}.items())
    projection = evaluate(replace(bare, settings=settings)).projection
    return Offer(
        preset, settings, held, made.notices, projection.after.total, projection.total_change,
        projection.after.standing, projection.before.standing, bool(free),
    )  # fmt: skip
