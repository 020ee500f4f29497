"""What tests of reports share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reports.calc import Calc, need_calc, running_calc


@pytest.fixture(scope="session")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    need_calc()
    with running_calc(tmp_path_factory.mktemp("calc")) as running:
        yield running
