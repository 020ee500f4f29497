"""The store: imported figures with their files and history, scenarios, and who changed what."""

from simulator.store.events import Action, Event
from simulator.store.imports import Store, open_store
from simulator.store.location import has_store, store_url
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
    "KeptScenario",
    "NewImport",
    "NewVersion",
    "Outcome",
    "Restored",
    "Saved",
    "Store",
    "StoredFile",
    "UnitFigures",
    "Version",
    "has_store",
    "open_store",
    "store_url",
]
