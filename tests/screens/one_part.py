"""One part of a screen, drawn alone by Streamlit's own test runner."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

TIMEOUT = 30


def _page(module: str, draw: str) -> None:
    from importlib import import_module

    from pages.ui import address
    from pages.ui.view import current, speech

    address.read()
    view = current()
    getattr(import_module(module), draw)(view, speech(view))


def part(
    module: str,
    draw: str,
    link: Mapping[str, str],
    open_boxes: Mapping[str, bool | str] | None = None,
) -> AppTest:
    """What ``draw`` of ``module`` puts below the headline for ``link``."""
    app = AppTest.from_function(_page, default_timeout=TIMEOUT, args=(module, draw))
    for key, value in link.items():
        app.query_params[key] = value
    for key, is_open in (open_boxes or {}).items():
        app.session_state[key] = is_open
    return app.run()
