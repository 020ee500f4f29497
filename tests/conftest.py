"""Shared fixtures: the rules, the shipped baselines and the Hypothesis profile."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

from simulator.baseline import Baseline
from simulator.baseline_files import load_baseline
from simulator.cli import main
from simulator.own_figures import OWN_FIGURES, attach
from simulator.rule_files import load_edition
from simulator.rules import Edition

# No test may see or change what is kept on this machine; a test with a store names its own.
os.environ.pop("SIMULATOR_DATABASE_URL", None)
os.environ["SIMULATOR_DATA_DIR"] = tempfile.mkdtemp(prefix="simulator-tests-")

settings.register_profile(
    "suite",
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# For a long search: pytest --hypothesis-profile long tests/engine
settings.register_profile("long", settings.get_profile("suite"), max_examples=3000)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """All tests and libraries are there for good: looking through them for garbage again and again
    takes a tenth of the time of the tests of screens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture(scope="session", autouse=True)
def _components_sought_once() -> Iterator[None]:
    """Streamlit's test runner looks through all installed packages for components at every run,
    which took a third of the time of all tests of screens; a server does so once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner,
            "scan_component_manifests",
            cache(manifest_scanner.scan_component_manifests),
        )
        yield


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The edition with known component points."""
    return load_edition("2026-portal")


@pytest.fixture(scope="session")
def old_edition() -> Edition:
    """The edition of 2022 to 2025, whose component points were not published."""
    return load_edition("2022-2025")


@pytest.fixture(scope="session")
def phu_tho() -> Baseline:
    """Phú Thọ 2026 to date: the only province with all 21 indicators."""
    return load_baseline("phutho-2026-ytd")


@pytest.fixture(scope="session")
def provinces() -> Baseline:
    """The 34 provinces on 10 October 2026."""
    return load_baseline("vn-2026-10-10")


@pytest.fixture(scope="session")
def gia_lai() -> Baseline:
    """Gia Lai's 14 departments and 135 communes on 10 October 2026."""
    return load_baseline("gialai-2026-10-10")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a store of its own in ``kept``, which the library lists."""
    monkeypatch.setenv("SIMULATOR_DATA_DIR", str(tmp_path / "kept"))
    attach()
    OWN_FIGURES.refresh()
    yield tmp_path
    monkeypatch.undo()
    OWN_FIGURES.refresh()


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command that succeeds prints."""

    def call(*arguments: str) -> str:
        assert main(list(arguments)) == 0
        return capsys.readouterr().out

    return call
