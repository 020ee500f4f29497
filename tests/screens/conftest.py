"""What Streamlit's own test runner lacks: the address a session comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy

ADDRESS = "10.0.0.5"


@pytest.fixture(autouse=True)
def comes_from(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Sets the address sessions come from; None for this machine."""

    def set_address(address: str | None) -> None:
        monkeypatch.setattr(ContextProxy, "ip_address", address)

    set_address(ADDRESS)
    return set_address


@pytest.fixture
def store(place: Path) -> Path:
    """Where the store of the test lies, once something is kept."""
    return place / "kept"
