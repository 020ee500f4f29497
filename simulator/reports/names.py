"""Names of the files of a report: they sort, say what they are, and are safe on any disk.

``766_H44_2026-10-10_2026-ytd_<scenario>_ke-hoach_vi.docx``: the unit, the day its figures were
read and their period, the scenario, what the file is, its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.reports.made import plain
from simulator.reports.order import Order, Part
from simulator.reports.subject import Subject
from simulator.text import say

# Letters of a scenario's name, of a unit's code, and of which of several files it is: so a path
# stays below 150 with its folders.
MOST_NAME, MOST_CODE, MOST_DETAIL = 24, 16, 28
# Parts that consist of several files.
DETAILED = (Part.CHARTS, Part.TABLES)
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


def file_name(subject: Subject, part: Part, extension: str, detail: str = "") -> str:
    """The name of one file of ``subject``; ``detail``: which of several, such as a chart.

    A part that tells of the published figures only does not name the scenario.
    """
    language = subject.language
    is_published = part in (Part.ANNOUNCEMENT, Part.ANNOUNCEMENT_TABLES)
    word = "situation" if part is Part.PAPER and not subject.is_moved else part.value
    pieces = [
        _stem(subject),
        *([] if is_published else [scenario_word(subject.content.name, language)]),
        "-".join(filter(None, (say(language, f"report_files.{word}"), detail_word(detail)))),
        language,
    ]
    return f"{'_'.join(pieces)}.{extension}"


def told_by(name: str, language: str) -> tuple[Part, str] | None:
    """The part a file belongs to by the name :func:`file_name` gave it, and its detail; None for
    a name of another kind."""
    pieces = name.rpartition("/")[2].split("_")
    for part in Part if len(pieces) > 1 else ():
        for key in (part.value, "situation") if part is Part.PAPER else (part.value,):
            word = say(language, f"report_files.{key}")
            if pieces[-2] == word:
                return part, ""
            if part in DETAILED and pieces[-2].startswith(f"{word}-"):
                return part, pieces[-2].removeprefix(f"{word}-")
    return None


def detail_word(detail: str) -> str:
    """``detail`` as a part of a file name."""
    return _cut(detail, MOST_DETAIL)


def archive_name(order: Order, first: Subject) -> str:
    """The name of the ZIP file of all."""
    word = say(order.language, "report_files.archive")
    name = scenario_word(first.content.name, order.language)
    return f"{_stem(first)}_{name}_{word}_{order.language}.zip"


def folders(names: Iterable[str], language: str) -> list[str]:
    """One folder per scenario, numbered in their order; none for a single one."""
    listed = list(names)
    if len(listed) == 1:
        return [""]
    return [f"{k:02d}_{scenario_word(one, language)}/" for k, one in enumerate(listed, start=1)]


def scenario_word(name: str, language: str) -> str:
    """A scenario's name as a part of a file name; a plain word where no letter is left."""
    return _cut(name, MOST_NAME) or say(language, "report_files.scenario")


def _cut(text: str, most: int) -> str:
    """As many words of ``text`` as there is room for, plain; of a longer word its beginning."""
    whole = plain(text)
    if len(whole) <= most:
        return whole
    words = whole[: most + 1].rpartition("-")[0]
    return words or whole[:most]


def unique(name: str, taken: set[str]) -> str:
    """``name``, or with a number where a disk that ignores case has it; added to ``taken``."""
    stem, dot, extension = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}{dot}{extension}"
    taken.add(found.casefold())
    return found


def _stem(subject: Subject) -> str:
    """Whose figures, read on which day, of which period."""
    baseline = subject.view.baseline
    code = _UNSAFE.sub("-", subject.view.unit.code)[:MOST_CODE].strip("-")
    days = filter(None, (baseline.captured_at[:10], baseline.period))
    return "_".join(["766", code, *(_UNSAFE.sub("-", one) for one in days)])
