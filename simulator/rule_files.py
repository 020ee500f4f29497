"""Loading an :class:`~simulator.rules.Edition` from its folder, refusing what is wrong.

Raises :class:`~simulator.errors.RulesError` with file, line and what is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from simulator.errors import RulesError
from simulator.lever_files import read_levers
from simulator.paths import RULES
from simulator.rules import (
    AtZero,
    Coupling,
    CouplingKind,
    Edition,
    Flow,
    Group,
    Indicator,
    ScoreClass,
)
from simulator.strict_files import (
    both_languages,
    check_choice,
    check_flag,
    check_keys,
    check_number,
    check_tables,
    check_whole,
    line_of,
    read_csv_rows,
    read_toml,
    refuse_duplicate,
)

TOTAL_POINTS = 100
COUNT_UNITS = ("dossier", "procedure", "petition", "commune")
STATUSES = ("verified", "inferred", "contradicted")

# Columns that hold a text: one per language.
INDICATOR_TEXTS = ("numerator", "denominator", "name", "source", "note", "legal_reference")
INDICATOR_COLUMNS = (
    "code", "group", "max", "cap", "at_zero", "count_unit", "flow", "status", "verified_cases",
    *(f"{column}_{language}" for column in INDICATOR_TEXTS for language in ("vi", "en")),
)  # fmt: skip
DECISION_KEYS = (
    "edition", "valid_from", "title", "legal_reference", "source", "decimals", "estimate",
    "group", "class",
)  # fmt: skip


@cache
def load_edition(code: str, folder: Path = RULES) -> Edition:
    """Load edition ``code`` from ``folder``; cached, the result is immutable."""
    path = folder / code / "decision.toml"
    raw = read_toml(path)
    place: dict[str, Any] = {"file": path.name, "line": 1}
    check_keys(raw, DECISION_KEYS, ("differences_from", "coupling"), **place)
    check_choice(raw["edition"], (code,), key="edition", **place)
    differences_from = raw.get("differences_from")
    groups = _groups(check_tables(raw["group"], key="group", **place), path)
    if differences_from:
        others = [other for other in editions(folder) if other != code]
        check_choice(differences_from, others, key="differences_from", **place)
        model = load_edition(differences_from, folder)
        _check_same_groups(groups, model.groups, path)
        indicators, couplings, levers = model.indicators, model.couplings, model.levers
    else:
        indicators = _indicators(path.with_name("indicators.csv"), groups)
        codes = [indicator.code for indicator in indicators]
        couplings = _couplings(
            check_tables(raw.get("coupling", []), key="coupling", **place), path, codes
        )
        levers = read_levers(path.with_name("levers.toml"), codes)
    return Edition(
        code=raw["edition"],
        valid_from=str(raw["valid_from"]),
        title=both_languages(raw, "title", file=path.name, line=line_of(path, r"^title")),
        legal_reference=both_languages(raw, "legal_reference", file=path.name, line=1),
        source=both_languages(raw, "source", file=path.name, line=1),
        decimals=check_whole(raw["decimals"], key="decimals", low=0, high=2, **place),
        estimate=check_flag(raw["estimate"], key="estimate", **place),
        differences_from=differences_from,
        groups=groups,
        classes=_classes(check_tables(raw["class"], key="class", **place), path),
        indicators=indicators,
        couplings=couplings,
        levers=levers,
    )


def editions(folder: Path = RULES) -> tuple[str, ...]:
    """Codes of all editions in ``folder``."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/decision.toml")))


def _groups(entries: Sequence[dict[str, Any]], path: Path) -> tuple[Group, ...]:
    groups: list[Group] = []
    for k, entry in enumerate(entries):
        line = line_of(path, r"^\[\[group\]\]", k)
        check_keys(
            entry, ("code", "portal_code", "max", "colour", "name"), (), file=path.name, line=line
        )
        refuse_duplicate(entry["code"], [group.code for group in groups], path.name, line)
        maximum = check_whole(
            entry["max"], key="max", file=path.name, line=line, low=1, high=TOTAL_POINTS
        )
        name = both_languages(entry, "name", file=path.name, line=line)
        groups.append(Group(entry["code"], entry["portal_code"], maximum, entry["colour"], name))
    found = sum(group.maximum for group in groups)
    if found != TOTAL_POINTS:
        raise RulesError(
            "maxima_do_not_add_up", what="groups", found=found, expected=TOTAL_POINTS,
            file=path.name, line=line_of(path, r"^\[\[group\]\]"),
        )  # fmt: skip
    return tuple(groups)


def _check_same_groups(groups: Sequence[Group], model: Sequence[Group], path: Path) -> None:
    """Differences may only be borrowed from an edition with the same group maxima."""
    expected = {group.code: group.maximum for group in model}
    for k, group in enumerate(groups):
        place: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^\[\[group\]\]", k)}
        check_choice(group.code, list(expected), key="group", **place)
        if group.maximum != expected[group.code]:
            raise RulesError(
                "maxima_do_not_add_up", what=group.code, found=expected[group.code],
                expected=group.maximum, **place,
            )  # fmt: skip


def _classes(entries: Sequence[dict[str, Any]], path: Path) -> tuple[ScoreClass, ...]:
    classes: list[ScoreClass] = []
    for k, entry in enumerate(entries):
        line = line_of(path, r"^\[\[class\]\]", k)
        check_keys(entry, ("code", "from", "name"), (), file=path.name, line=line)
        highest = classes[-1].lowest if classes else TOTAL_POINTS
        lowest = check_number(
            entry["from"], key="from", file=path.name, line=line, low=0, high=highest
        )
        name = both_languages(entry, "name", file=path.name, line=line)
        classes.append(ScoreClass(entry["code"], lowest, name))
    if not classes or classes[-1].lowest != 0:
        raise RulesError(
            "classes_leave_gap", file=path.name, line=line_of(path, r"^\[\[class\]\]", -1)
        )
    return tuple(classes)


def _indicators(path: Path, groups: Sequence[Group]) -> tuple[Indicator, ...]:
    group_codes = [group.code for group in groups]
    indicators: list[Indicator] = []
    lines: dict[str, int] = {}
    for line, row in read_csv_rows(path, INDICATOR_COLUMNS):
        place: dict[str, Any] = {"file": path.name, "line": line}
        refuse_duplicate(row["code"], lines, path.name, line)
        group = check_choice(row["group"], group_codes, key="group", **place)
        lines[row["code"]] = line
        texts = {
            column: {language: row[f"{column}_{language}"] for language in ("vi", "en")}
            for column in INDICATOR_TEXTS
        }
        for column, text in texts.items():
            if column != "note" or any(text.values()):
                both_languages(texts, column, **place)
        indicators.append(
            Indicator(
                code=row["code"],
                group=group,
                maximum=check_whole(row["max"], key="max", low=1, high=TOTAL_POINTS, **place),
                # The portal divides by the cap in percent: 100, 90, 80 or 50.
                cap_percent=100
                * check_number(row["cap"], key="cap", low=0, high=1, open_low=True, **place),
                at_zero=AtZero(check_choice(row["at_zero"], list(AtZero), key="at_zero", **place)),
                count_unit=check_choice(row["count_unit"], COUNT_UNITS, key="count_unit", **place),
                flow=Flow(check_choice(row["flow"], list(Flow), key="flow", **place)),
                status=check_choice(row["status"], STATUSES, key="status", **place),
                verified_cases=check_whole(
                    row["verified_cases"], key="verified_cases", low=0, high=10**9, **place
                ),
                **texts,
            )
        )
    for group_ in groups:
        found = sum(item.maximum for item in indicators if item.group == group_.code)
        if found != group_.maximum:
            raise RulesError(
                "maxima_do_not_add_up", what=group_.code, found=found, expected=group_.maximum,
                file=path.name,
                line=max((lines[i.code] for i in indicators if i.group == group_.code), default=1),
            )  # fmt: skip
    # Indicators of a group stand together, in the order of the groups.
    return tuple(sorted(indicators, key=lambda item: group_codes.index(item.group)))


def _couplings(
    entries: Sequence[dict[str, Any]], path: Path, codes: Sequence[str]
) -> tuple[Coupling, ...]:
    couplings = []
    for k, entry in enumerate(entries):
        line = line_of(path, r"^\[\[coupling\]\]", k)
        place: dict[str, Any] = {"file": path.name, "line": line}
        check_keys(entry, ("kind", "indicator", "partner", "text"), (), **place)
        kind = check_choice(entry["kind"], list(CouplingKind), key="kind", **place)
        indicator = check_choice(entry["indicator"], codes, key="indicator", **place)
        partner = check_choice(entry["partner"], codes, key="partner", **place)
        couplings.append(
            Coupling(CouplingKind(kind), indicator, partner, both_languages(entry, "text", **place))
        )
    return tuple(couplings)
