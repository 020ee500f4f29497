"""The page that tells how reports are made says of templates what the code does."""

from __future__ import annotations

import re

import pytest

from simulator.reports.documents import styles
from simulator.reports.documents.tags import FIELDS, LISTS, allowed, sections_of
from simulator.reports.order import DOCUMENTS, Part
from simulator.store.paper_records import MOST_BYTES
from simulator.text import LANGUAGES, catalogue
from tests.paths import PROJECT

PAGE = (PROJECT / "docs" / "reports.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?:\{\{ )?([a-z_]+)(?: \}\})?` \| (.*) \|$", re.M)


def rows(title: str) -> dict[str, str]:
    """Rows of the tables below a heading: the code in the first cell, and the rest."""
    part = re.split(rf"^#+ {re.escape(title)}$", PAGE, flags=re.M)[1]
    return dict(ROW.findall(re.split(r"^#+ ", part, maxsplit=1, flags=re.M)[0]))


def test_every_part_that_can_be_ordered_is_told():
    assert list(rows("The parts")) == [part.value for part in Part]


def test_the_tags_are_those_a_template_may_use():
    told = rows("The tags")
    assert set(told) == {tag for part in DOCUMENTS for tag in allowed(part)}
    assert [tag for tag in told if tag in FIELDS] == list(FIELDS)
    assert [tag for tag in told if tag in LISTS] == list(LISTS)


@pytest.mark.parametrize("part", DOCUMENTS)
def test_each_section_is_told_for_its_document(part):
    told = [tag for tag, rest in rows("The tags").items() if f"`{part}`" in rest]
    assert sorted(told) == sorted(sections_of(part))


def test_the_styles_that_are_named_exist():
    known = {style.name for style in (*styles.BLOCKS, *styles.FRAME)}
    named = set(re.findall(r"`((?:766|Heading) [A-Za-z0-9 ]+)`", PAGE))
    assert len(named) > 5
    assert named <= known


def test_the_buttons_that_are_named_are_on_the_screen():
    buttons = set(re.findall(r"\*\*([^*\n]+)\*\*", PAGE))
    said = {text for key, text in catalogue("vi").items() if key.startswith("office_papers.")}
    assert len(buttons) > 5
    assert buttons <= said


def test_the_size_of_a_template_is_told():
    assert f"at most {MOST_BYTES // 2**20} MB" in PAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_a_letterhead_has_its_words(language):
    said = catalogue(language)
    for name in ("parent", "authority", "place", "symbol", "on_behalf", "office", "signer"):
        assert said[f"office_papers.field_{name}"] != said[f"office_papers.field_{name}_help"]
