"""Taking figures in: files or pasted text, what was found in them, confirm, done."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from pages.ui.data import about, fetching, findings, kept, mapping, preview, templates
from pages.ui.data.memory import digests, mark_of, remembered
from pages.ui.horizon import today
from simulator.checks import Report, check_reading, with_findings
from simulator.checks.capture import capture_findings
from simulator.checks.earlier import earlier_findings
from simulator.own_figures import earlier
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.readers import Reading, Stated
from simulator.readers.naming import CODE as UNIT_CODE
from simulator.readers.naming import at_level, has_no_level, named, unit_refs
from simulator.readers.uploads import Files, is_publication, read_contents
from simulator.rule_files import editions, load_edition
from simulator.rules import Edition

KINDS = ("json", "zip", "xlsx", "xlsm", "csv", "tsv", "txt")
NEWEST, OLDER = "2026-portal", "2022-2025"
LONGEST_TEXT = 200_000


def draw(say: Speech) -> None:
    """The whole way on one page; every step appears when the one before it is done."""
    kept.draw(say)
    files, fetched = _files(say)
    if not files:
        return
    with st.container(border=True, key="take-in-check"):
        st.subheader(say("data.step_check"), anchor=False)
        known = digests(files)
        mark = mark_of(known)
        in_words = _in_words(files, mark, say)
        edition = _edition(in_words, say)
        choices = mapping.draw_mapping(files, edition, mark, say)
        reading, report = _report(files, edition, choices, mark, say)
        kept.draw_known(known, say)
        stated = _stated(files, in_words, reading.stated or fetched, say)
        _check_and_keep(files, report, edition, stated, mark, say)


def _files(say: Speech) -> tuple[Files, Stated | None]:
    """What was dropped, pasted or fetched; and what is known of what was fetched."""
    left, right = st.columns([5, 3], gap="large")
    with left:
        st.subheader(say("data.step_files"), anchor=False)
        dropped = st.file_uploader(
            say("data.drop"), type=list(KINDS), accept_multiple_files=True,
            key=f"take-in-files-{kept.round_()}", help=say("data.drop_help"),
        )  # fmt: skip
        st.caption(say("data.drop_kinds"))
        with st.expander(say("data.paste")):
            pasted = st.text_area(
                say("data.paste_label"), key=f"take-in-text-{kept.round_()}", height=160,
                max_chars=LONGEST_TEXT, placeholder=say("data.paste_example"),
            )  # fmt: skip
        fetched, stated = fetching.draw_fetch(say)
    with right:
        templates.draw_templates(say)
    files = [(file.name, file.getvalue()) for file in dropped or []]
    if pasted.strip():
        files.append((say("data.pasted_file"), pasted.encode()))
    return _told_apart([*files, *fetched]), stated


def _told_apart(files: Files) -> Files:
    """Files of one name get numbers: what is found in them names them."""
    seen: Counter[str] = Counter()
    named = []
    for name, content in files:
        seen[name] += 1
        if seen[name] > 1:
            path = PurePath(name)
            name = f"{path.stem} ({seen[name]}){path.suffix}"
        named.append((name, content))
    return named


def _in_words(files: Files, mark: str, say: Speech) -> list[str]:
    """Names of the files that are announcements in words."""

    def find() -> list[str]:
        return [name for name, content in files if is_publication(name, content)]

    return remembered("words", mark, find, say("data.reading", count=len(files)))


def _edition(in_words: list[str], say: Speech) -> Edition:
    """The rules the figures belong to; announcements in words are of the years before."""
    known = list(editions())
    likely = OLDER if in_words else NEWEST
    chosen = st.selectbox(
        say("data.edition"), known, index=known.index(likely), key=f"take-in-edition-{likely}",
        format_func=lambda code: say.name(load_edition(code).title), help=say("data.edition_help"),
    )  # fmt: skip
    return load_edition(chosen)


def _report(
    files: Files, edition: Edition, choices: mapping.Choices, mark: str, say: Speech
) -> tuple[Reading, Report]:
    """What was read, with the codes and levels a person added, and what was found in it."""
    mark = mark_of(mark, edition.code, sorted(choices.items()))
    label = say("data.reading", count=len(files))
    reading = remembered(
        "reading", mark, lambda: read_contents(files, edition, choices), label
    )  # fmt: skip
    if reading.stated and reading.stated.edition not in ("", edition.code):
        st.warning(say("data.edition_differs"))
    key, code, name, level = _asked(reading, say)

    def check() -> Report:
        return check_reading(at_level(named(reading, key, code, name), level), edition)

    asked = repr((key, code, name, level))
    report = remembered("report", f"{mark}-{asked}", check, say("data.checking"))
    return reading, report


def _asked(reading: Reading, say: Speech) -> tuple[str, str, str, str]:
    """Key, code and name of a unit, and a level for all, asked where the files give none."""
    units = unit_refs(reading)
    # One unit can be told apart from the others: the only one, or the one without a name.
    nameless = [unit for unit in units.values() if not (unit.name or unit.code)]
    alone = list(units.values()) if len(units) == 1 else []
    asked = next((one for one in (*nameless, *alone) if not UNIT_CODE.fullmatch(one.key)), None)
    unknown = [unit for unit in units.values() if has_no_level(unit)]
    key = code = name = level = ""
    columns = iter(st.columns(3, gap="medium")) if asked or unknown else iter(())
    if asked:
        key = asked.key
        if not asked.name:
            name = next(columns).text_input(
                say("data.unit_name"), key=f"take-in-name-{key}", max_chars=120
            )
        code = next(columns).text_input(
            say("data.unit_code", unit=literal(asked.name or key)), key=f"take-in-code-{key}",
            max_chars=30, placeholder="H44.07", help=say("data.unit_code_help"),
        )  # fmt: skip
    if unknown:
        level = next(columns).selectbox(
            say("data.unit_level", count=len(unknown)), about.LEVELS, index=None,
            key=f"take-in-level-{unknown[0].key}", placeholder=say("data.unit_level_choose"),
            format_func=lambda key: say(f"data.level_{key}"),
        )  # fmt: skip
    return key, code, name, level or ""


def _check_and_keep(
    files: Files, first: Report, edition: Edition, stated: Stated, mark: str, say: Speech
) -> None:
    _summary(first, edition, say)
    place = st.container()
    described = None
    if first.units:
        preview.draw_preview(first, edition, say)
    if first.is_usable:
        st.subheader(say("data.step_about"), anchor=False)
        units = sorted(first.units, key=lambda unit: -len(unit.published_groups))
        names = [unit.name or unit.unit for unit in units]
        described = about.ask(names, stated, mark, say)
    report = first
    if described is not None:
        day = today().isoformat()
        found = capture_findings(described.period, described.captured_at, day)
        before = earlier(first.units[0].unit, edition, described)
        if before is not None:
            found += earlier_findings(first.reading, before)
        report = with_findings(first, found)
    # What is known of period and day belongs to the same list, above the figures.
    with place:
        findings.draw_findings(report, edition, say)
    kept.draw_button(report, edition, described, files, say)


def _stated(files: Files, in_words: list[str], stated: Stated | None, say: Speech) -> Stated:
    """What is known of the figures' origin: what files say, else what kind of files they are."""
    stated = stated or Stated()
    if stated.source:
        return stated
    names = [name for name, _ in files]
    if in_words:
        return replace(stated, source=say("data.source_document", files=", ".join(in_words)))
    if all(name.lower().endswith((".json", ".zip")) for name in names):
        return replace(stated, source=say("data.source_default"))
    return replace(stated, source=say("data.source_file", files=", ".join(names)))


def _summary(report: Report, edition: Edition, say: Speech) -> None:
    """How much was read, and how much of it the rules give again."""
    if not report.units:
        return
    line = say("data.summary", units=len(report.units))
    # Points of single indicators of an estimate's edition were never published.
    if report.published and not edition.estimate:
        line += " " + say(
            "data.summary_scores", reproduced=report.reproduced, published=report.published
        )
    st.markdown(line)
