"""The store: imported figures with their files and history, scenarios, papers, and a log."""

from simulator.store.events import Action, Event
from simulator.store.imports import Store, open_store
from simulator.store.location import has_store, store_url
from simulator.store.paper_records import KeptLetterhead, KeptTemplate, TemplateEntry
from simulator.store.records import (
    THIS_MACHINE,
    Actor,
    Amounts,
    Entry,
    NewImport,
    Outcome,
    Restored,
    StoredFile,
    UnitFigures,
)
from simulator.store.scenario_records import KeptScenario, NewVersion, Saved, Version

__all__ = [
    "THIS_MACHINE",
    "Action",
    "Actor",
    "Amounts",
    "Entry",
    "Event",
    "KeptLetterhead",
    "KeptScenario",
    "KeptTemplate",
    "NewImport",
    "NewVersion",
    "Outcome",
    "Restored",
    "Saved",
    "Store",
    "StoredFile",
    "TemplateEntry",
    "UnitFigures",
    "Version",
    "has_store",
    "open_store",
    "store_url",
]
