"""Tables as CSV files that a spreadsheet opens with Vietnamese letters intact."""

from __future__ import annotations

import io
from functools import partial

import pandas as pd

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(table: pd.DataFrame, language: str = "en") -> bytes:
    """UTF-8 with a byte-order mark; text cells can never be taken for formulas.

    Vietnamese: semicolons and decimal commas, as a Vietnamese Excel expects them.
    """
    separator, mark = (";", ",") if language == "vi" else (",", ".")
    # As objects: whole numbers stay whole beside empty cells.
    safe = table.astype(object).map(partial(_written, mark=mark), na_action="ignore")
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, sep=separator)
    return buffer.getvalue().encode("utf-8-sig")


def _written(cell: object, mark: str) -> object:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    if isinstance(cell, float):
        # Written here: beside words in its column a number would keep its point.
        return int(cell) if cell.is_integer() else str(round(cell, 4)).replace(".", mark)
    return cell
