"""The table: scenarios as columns, the present first. Plain markup with every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pages.ui.comparing.lines import Cell, Line
from pages.ui.comparing.offered import Chosen
from pages.ui.headline_figures import SAME
from simulator.presentation.side_charts import COLOURS
from simulator.presentation.speech import Speech

STAR = "★"


def markup(
    columns: Sequence[Chosen], results: Sequence[Line], differences: Sequence[Line], say: Speech,
    *, is_now_of_first: bool = False,
) -> str:  # fmt: skip
    """One table in its own box that scrolls: names of the scenarios stay on top, names of the
    rows at the left.

    ``is_now_of_first``: the others have another present, of another unit or other figures.
    """
    width = len(columns) + 2
    title = say("comparing.differing" if len(columns) > 1 else "comparing.differing_one")
    none = say("comparing.no_difference" if len(columns) > 1 else "comparing.no_difference_one")
    about = title if differences else none
    parts = [
        f"<thead>{_head(columns, is_now_of_first, say)}</thead>",
        f"<tbody>{''.join(_row(line, say) for line in results)}</tbody>",
        f'<tbody><tr class="comparing-about"><th colspan="{width}" scope="rowgroup">'
        f"<span>{escape(about)}</span></th></tr>",
        *(_row(line, say) for line in differences),
        "</tbody>",
    ]
    label = escape(say("comparing.table"))
    return (
        f'<div class="comparing-box" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="comparing" style="--scenarios:{len(columns)}">'
        f"{''.join(parts)}</table></div>"
    )


def _head(columns: Sequence[Chosen], is_now_of_first: bool, say: Speech) -> str:
    now = escape(say("comparing.now_of_first" if is_now_of_first else "comparing.now"))
    cells = [f'<th scope="col"><span class="comparing-name">{now}</span></th>']
    names = [column.name for column in columns]
    for k, column in enumerate(columns):
        whole = escape(f"{column.name}\n{column.about}", quote=True)
        name = say("comparing.numbered", number=k + 1, name=column.name)
        # Versions of one scenario are told apart by who saved them, and when.
        about = f"<small>{escape(column.about)}</small>" if names.count(column.name) > 1 else ""
        mark = f'<span style="color:{COLOURS[k]}" aria-hidden="true">■</span>'
        cells.append(
            f'<th scope="col" title="{whole}"><span class="comparing-name">'
            f"{mark} {escape(name)}</span>{about}</th>"
        )
    return f'<tr><td class="comparing-corner"></td>{"".join(cells)}</tr>'


def _row(line: Line, say: Speech) -> str:
    tip = f' title="{escape(line.tip, quote=True)}"' if line.tip else ""
    cells = "".join(_cell(cell, say) for cell in line.cells)
    return f'<tr><th scope="row"{tip}>{escape(line.label)}</th>{cells}</tr>'


def _cell(cell: Cell, say: Speech) -> str:
    tip = f' title="{escape(cell.why, quote=True)}"' if cell.why else ""
    tone = f' data-tone="{cell.tone}"' if cell.tone != SAME else ""
    text = escape(cell.text)
    if cell.is_best:
        best = escape(say("comparing.best"), quote=True)
        text = f'<strong><span role="img" aria-label="{best}">{STAR}</span> {text}</strong>'
    small = f" <small>{escape(cell.small)}</small>" if cell.small else ""
    return f"<td{tip}{tone}>{text}{small}</td>"
