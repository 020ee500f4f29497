"""The comparison as a file: numbers as numbers; no Streamlit inside."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pages.ui.comparing.differences import difference_lines, source_lines
from pages.ui.comparing.lines import result_lines
from simulator.presentation.speech import Speech
from simulator.scenario_comparison import Comparison


def file_table(found: Comparison, names: Sequence[str], say: Speech) -> pd.DataFrame:
    """One row per item, one column per scenario (``names``); whose figures they are comes first."""
    rows = [*source_lines(found, say), *result_lines(found, say)]
    known = {row.label for row in rows}
    rows += [row for row in difference_lines(found, say) if row.label not in known]
    columns = [say("comparing.now"), *names]
    return pd.DataFrame(
        [
            {
                say("comparing.item"): row.label,
                say("comparing.unit_column"): row.unit,
                **dict(zip(columns, (cell.value for cell in row.cells), strict=True)),
            }
            for row in rows
        ],
        dtype=object,
    )
