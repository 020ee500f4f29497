"""What a reader must know of published figures: notes of the publication, flags of the portal."""

from __future__ import annotations

from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import catalogue


def data_notes(view: View, say: Speech) -> list[str]:
    """Notes on the unit and its scores, then on its indicators, then on all of the figures."""
    notes = [say.name(note) for note in view.baseline.unit_notes.get(view.unit.code, ())]
    for group, note in view.unit.score_notes.items():
        known = view.edition.group_by_code.get(group)
        notes.append(f"{say.name(known.name) if known else say('tables.total')}: {note}")
    for item, evidence in zip(view.edition.indicators, view.unit.evidence, strict=True):
        if evidence.flag or evidence.note:
            reason = flag_words(evidence.flag, say) if evidence.flag else evidence.note or ""
            notes.append(f"{say.name(item.name)}: {reason}")
    notes.extend(say.name(note) for note in view.baseline.notes)
    return notes


def flag_words(flag: str, say: Speech) -> str:
    """The sentence of a flag of the portal; one that a file brought itself stays as it is."""
    key = f"flags.{flag}"
    return say(key) if key in catalogue(say.language) else flag
