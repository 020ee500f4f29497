"""The scenarios one can lay side by side, and those that were chosen; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pages.ui.comparing.choice import PRESET, WORKING
from pages.ui.comparing.found import presets_of
from pages.ui.kept import mark, version_of
from pages.ui.library.words import opened_of
from pages.ui.version_words import version_words
from simulator import library
from simulator.errors import Notice, SimulatorError
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.presets import presets
from simulator.scenario import Scenario
from simulator.store import KeptScenario, NewVersion, Version, has_store, open_store
from simulator.text import explain

FEW = 3


@dataclass(frozen=True)
class Chosen:
    """A column: ``about``: who made it and when; ``problems``: parts of it that could not be
    used; ``notices``: what is to be known of it; ``held``: levers a preset would move but for
    their locks."""

    token: str
    name: str
    about: str
    scenario: Scenario
    problems: tuple[SimulatorError, ...] = ()
    notices: tuple[Notice, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """What was chosen and cannot be shown, and ``why`` as a sentence."""

    token: str
    name: str
    why: str


def kept_scenarios() -> tuple[KeptScenario, ...]:
    """The saved scenarios; :class:`SimulatorError` if the store cannot be read."""
    return open_store().scenarios.listed() if has_store() else ()


def is_something(view: View) -> bool:
    """True if what is being simulated can differ from the present."""
    return view.changed or bool(view.scenario.until or view.scenario.assumptions)


def default_tokens(view: View) -> tuple[str, ...]:
    """What is compared where nobody chose anything."""
    return (WORKING,) if is_something(view) else ()


def three_presets(view: View) -> tuple[str, ...]:
    """Tokens of the first presets that change something of the unit."""
    useful = [PRESET + code for code, (offer, _) in presets_of(view).items() if offer.moves]
    return tuple(useful[:FEW])


def labels(
    view: View, kept: Iterable[KeptScenario], chosen: Iterable[str], say: Speech
) -> dict[str, str]:
    """All tokens one can choose with their labels, each label once; ``chosen`` ones are among
    them whatever they are. Those of the unit on screen come first, those of others last."""
    found: dict[str, str] = {}
    if is_something(view) or WORKING in chosen:
        found[WORKING] = say("comparing.working")
    newest = [one.newest for one in kept if one.archived_at is None]
    of_rules = [one for one in newest if one.content.edition == view.edition.code]
    here = [one for one in of_rules if one.content.unit == view.unit.code]
    found |= {mark(one): _saved_label(one, view, say) for one in here}
    for preset in presets(view.edition.code):
        found[PRESET + preset.code] = say("comparing.preset", name=say.name(preset.name))
    found |= {mark(one): _saved_label(one, view, say) for one in of_rules if one not in here}
    known = {one.id: one for one in kept}
    for token in chosen:
        if token not in found:
            version = _version(token, known)
            found[token] = _saved_label(version, view, say) if version else token
    return _each_once(found)


def _saved_label(version: Version, view: View, say: Speech) -> str:
    content = version.content
    fields = {"name": content.name, "version": version_words(version, say)}
    if content.unit == view.unit.code:
        return say("comparing.saved", **fields)
    return say("comparing.saved_elsewhere", unit=_unit_name(content), **fields)


def _unit_name(content: NewVersion) -> str:
    """The name of its unit, its code where the figures are gone."""
    try:
        return library.load(content.baseline).unit(content.unit).short_name
    except SimulatorError:
        return content.unit


def _each_once(found: dict[str, str]) -> dict[str, str]:
    """Two people can save the same name in the same minute; the browser only knows labels."""
    names = list(found.values())
    return {
        token: label if names.count(label) == 1 else f"{label} ({token})"
        for token, label in found.items()
    }


def resolved(
    view: View, tokens: Iterable[str], kept: Iterable[KeptScenario], say: Speech
) -> tuple[list[Chosen], list[Refused]]:
    """The scenarios behind ``tokens``, and those that cannot be shown."""
    known = {one.id: one for one in kept}
    columns, refused = [], []
    for token in tokens:
        found = _resolved(token, view, known, say)
        if isinstance(found, Chosen):
            found = _checked(found, view, say)
        if isinstance(found, Chosen):
            columns.append(found)
        else:
            refused.append(found)
    return columns, refused


def _resolved(
    token: str, view: View, known: dict[str, KeptScenario], say: Speech
) -> Chosen | Refused:
    if token == WORKING:
        name, about = say("comparing.working"), say("comparing.working_meta")
        return Chosen(token, name, about, view.scenario)
    if not token.startswith(PRESET):
        return _resolved_saved(token, known, say)
    code = token.removeprefix(PRESET)
    if code in (offers := presets_of(view)):
        offer, scenario = offers[code]
        about = f"{say('comparing.preset_meta')}. {say.name(offer.preset.note)}"
        name = say.name(offer.preset.name)
        return Chosen(token, name, about, scenario, notices=offer.notices, held=offer.held)
    return Refused(token, say("comparing.preset", name=code), say("comparing.unknown_preset"))


def _resolved_saved(token: str, known: dict[str, KeptScenario], say: Speech) -> Chosen | Refused:
    version = _version(token, known)
    if version is None:
        return Refused(token, token, say("comparing.unknown"))
    name = version.content.name
    if version.scenario_id not in known:
        return Refused(token, name, say("comparing.deleted"))
    opened = opened_of(version.content)
    if opened.scenario is None:
        return Refused(token, name, explain(opened.problems[0], say.language))
    return Chosen(
        token, name, version_words(version, say), opened.scenario, opened.problems, opened.notices,
    )  # fmt: skip


def _version(token: str, known: dict[str, KeptScenario]) -> Version | None:
    """A saved version, of deleted scenarios too; None if there is none."""
    key, _, number = token.partition(".")
    if key in known and str(known[key].newest.number) == number:
        return known[key].newest
    return version_of(token)


def _checked(chosen: Chosen, view: View, say: Speech) -> Chosen | Refused:
    """``chosen`` if it can be evaluated under the rules on screen."""
    try:
        there = evaluate(chosen.scenario)
    except SimulatorError as problem:
        return Refused(chosen.token, chosen.name, explain(problem, say.language, view.edition))
    if there.edition.code != view.edition.code:
        why = say("comparing.other_rules", edition=say.name(there.edition.title))
        return Refused(chosen.token, chosen.name, why)
    return chosen
