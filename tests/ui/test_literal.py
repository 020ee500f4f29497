"""Names that people give are shown as they are, whatever the page makes of such letters."""

from __future__ import annotations

import pytest

from simulator.presentation.literal import JOINER, literal


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Dọn **đậm** [x](y) $z$", r"Dọn \*\*đậm\*\* \[x\]\(y\) \$z\$"),
        ("<b>a</b> &lt;", r"\<b\>a\</b\> \&lt;"),
        ("1. Kế hoạch", r"1\. Kế hoạch"),
        ("- một", r"\- một"),
        ("    mã", "mã"),
        ("www.vi.du", f"www{JOINER}.vi.du"),
        ("an@vi.du", f"an{JOINER}@vi.du"),
        ("http://vi.du", rf"http\:{JOINER}//vi.du"),
        (":material/delete:", rf"\:{JOINER}material/delete\:"),
        ("a -- b -> c", rf"a -{JOINER}- b -{JOINER}\> c"),
        ("Quý IV, 3.000 hồ sơ - 95%", "Quý IV, 3.000 hồ sơ - 95%"),
    ],
)
def test_nothing_of_a_name_becomes_formatting(name: str, written: str) -> None:
    assert literal(name) == written
