"""The store: imported figures, their history and the files they came from."""

from simulator.store.imports import Store, open_store
from simulator.store.location import has_store, store_url
from simulator.store.records import Entry, NewImport, Outcome, StoredFile, UnitFigures

__all__ = [
    "Entry",
    "NewImport",
    "Outcome",
    "Store",
    "StoredFile",
    "UnitFigures",
    "has_store",
    "open_store",
    "store_url",
]
