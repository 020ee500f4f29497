"""The shape of the code and of its texts."""

from __future__ import annotations

import ast
import re
import string
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from simulator.rule_files import editions, load_edition
from simulator.text import LANGUAGES, catalogue
from tests.paths import PROJECT

ENGINE = PROJECT / "simulator"
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in ENGINE.rglob("*.py")
}
# Each module of the core imports only from lines above its own.
LAYERS = [
    {"errors", "noise", "paths", "peers_mode", "rules"},
    {"numbers", "strict_files", "score", "tables"},
    {"lever_files", "period"},
    {"text", "rule_files", "baseline"},
    {"baseline_checks", "counts", "outlook", "rank"},
    {"levers"},
    {"lever_settings", "stops"},
    {"baseline_tables", "project"},
    {"baseline_files"},
    {"library"},
    {"captures", "effort", "history"},
    {"month_shares", "movement", "scenario"},
    {"contributions", "month_plan", "reach", "response", "uncertainty"},
    {"calibration", "rank_ahead"},
    {"rank_history"},
    {"mixed_model", "plan_goals", "plan_steps", "preset_rates"},
    {"plan_choices"},
    {"peers_links", "plan_counts", "plan_target", "presets"},
    {"links", "plan_limits", "plan_model"},
    {"plan_found", "plan_trim"},
    {"plan_solver"},
    {"planning", "scenario_combining"},
    {"frontier", "plan_alternatives", "plan_prices", "scenario_comparison"},
    {"allocation_ahead"},
    {"allocation_units", "largest_remainder"},
    {"allocation_scores", "allocation_table"},
    {"allocation", "allocation_links"},
    {"effective_weights", "least_changes"},
    {"priorities"},
    {"combinations", "first_steps"},
]
FOREIGN = {"streamlit", "pages", "app", "tests"}
# Drawn and tabled outside the kernel only, and only these parts of the engine may use those.
DRAWING = {"pandas", "altair"}
SHOWN = ("simulator.presentation", "simulator.reports")
ERROR_NAMES = {"SimulatorError", "RulesError", "DataError", "ScenarioError"}
# The same words in both languages.
SAME = {
    "cli.unknown", "levers.together", "horizon.coming", "data.file_mark", "data.kilobytes",
    "reports.kilobytes", "reports.megabytes",
}  # fmt: skip


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {module}"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own_imports(module: str) -> set[str]:
    return (imports(module) & set(MODULES)) - {module, "simulator"}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_the_engine_never_imports_what_draws(module):
    found = {name.split(".")[0] for name in imports(module)}
    assert found.isdisjoint(FOREIGN)
    if not module.startswith(SHOWN):
        assert found.isdisjoint(DRAWING)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_the_kernel_does_not_know_how_it_is_shown(module):
    if not module.startswith((*SHOWN, "simulator.cli", "simulator.__main__")):
        assert not [name for name in imports(module) if name.startswith(SHOWN)]


def test_imports_form_no_circle():
    order = list(TopologicalSorter({name: own_imports(name) for name in MODULES}).static_order())
    assert set(order) >= set(MODULES)


def test_the_core_imports_one_way_in_its_layers():
    height = {f"simulator.{name}": k for k, layer in enumerate(LAYERS) for name in layer}
    assert set(height) <= set(MODULES)
    upward = [
        (module, name)
        for module in height
        for name in own_imports(module)
        if height.get(name, len(LAYERS)) >= height[module]
    ]
    assert upward == []


def test_every_module_says_what_it_is():
    silent = [name for name in MODULES if tree(name).body and not ast.get_docstring(tree(name))]
    assert silent == []


def test_every_public_function_of_the_core_says_what_it_does():
    silent = []
    for module in (f"simulator.{name}" for layer in LAYERS for name in layer):
        for node in tree(module).body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if is_public and not ast.get_docstring(node) and len(node.body) > 4:
                silent.append(f"{module}.{node.name}")
    assert silent == []


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_catalogues_have_the_same_keys():
    assert set(catalogue("vi")) == set(catalogue("en"))


def test_both_catalogues_have_the_same_placeholders():
    different = {
        key: (placeholders(sentence), placeholders(catalogue("en")[key]))
        for key, sentence in catalogue("vi").items()
        if placeholders(sentence) != placeholders(catalogue("en").get(key, ""))
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_calm_and_complete(language):
    for key, sentence in catalogue(language).items():
        assert isinstance(sentence, str), key
        assert sentence.strip(), key
        assert "!" not in sentence, key
        assert sentence.isprintable() or "\n" in sentence, key


def test_no_vietnamese_sentence_was_left_in_english():
    def words(sentence: str) -> str:
        return re.sub(r"\{.*?\}|[\W\d_]", "", sentence)

    same = {
        key
        for key, sentence in catalogue("vi").items()
        if words(sentence) and sentence == catalogue("en")[key]
    }
    assert same <= SAME, same - SAME


def raised() -> list[tuple[str, str, set[str], bool]]:
    """``(place, catalogue key, names of the fields, more fields by **)`` of literal codes."""
    found = []
    for module in MODULES:
        for node in ast.walk(tree(module)):
            name = getattr(getattr(node, "func", None), "id", None)
            if name not in ERROR_NAMES | {"Notice"} or not node.args:
                continue
            code = node.args[0]
            if not (isinstance(code, ast.Constant) and isinstance(code.value, str)):
                continue
            table = "notices" if name == "Notice" else "errors"
            fields, open_ended = notice_fields(node) if name == "Notice" else error_fields(node)
            found.append((f"{module}:{node.lineno}", f"{table}.{code.value}", fields, open_ended))
    return found


def error_fields(node: ast.Call) -> tuple[set[str], bool]:
    names = {item.arg for item in node.keywords}
    return {name for name in names if name}, None in names


def notice_fields(node: ast.Call) -> tuple[set[str], bool]:
    if len(node.args) < 2:
        return set(), bool(node.keywords)
    if not isinstance(node.args[1], ast.Dict):
        return set(), True
    keys = [getattr(key, "value", None) for key in node.args[1].keys]
    return {key for key in keys if key}, None in keys


def test_every_code_that_is_raised_has_a_sentence():
    missing = [(place, key) for place, key, _, _ in raised() if key not in catalogue("vi")]
    assert missing == []
    assert len(raised()) > 30


def test_every_sentence_gets_the_fields_it_shows():
    missing = [
        (place, key, placeholders(catalogue("vi")[key]) - fields)
        for place, key, fields, open_ended in raised()
        if key in catalogue("vi") and not open_ended
        if not placeholders(catalogue("vi")[key]) <= fields
    ]
    assert missing == []


def test_every_reason_for_an_unusable_lever_has_a_sentence():
    calls = [
        keyword.value.value
        for node in ast.walk(tree("simulator.levers"))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "replace"
        for keyword in node.keywords
        if keyword.arg == "reason"
    ]
    assert len(calls) >= 3
    assert {f"reasons.{code}" for code in calls} <= set(catalogue("vi"))


@pytest.mark.parametrize("code", editions())
def test_every_text_of_the_rules_is_in_both_languages(code):
    edition = load_edition(code)
    texts = [edition.title]
    texts += [item.name for item in (*edition.groups, *edition.classes, *edition.indicators)]
    texts += [coupling.text for coupling in edition.couplings]
    for lever in edition.levers:
        texts += [lever.name, lever.help, lever.responsible]
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert all(sentence.strip() for sentence in text.values())
        assert text["vi"] != text["en"]
        assert not any("!" in sentence for sentence in text.values())


@pytest.mark.parametrize("code", editions())
def test_names_of_the_rules_are_unique_in_each_language(code):
    edition = load_edition(code)
    for language in LANGUAGES:
        for items in (edition.groups, edition.classes, edition.indicators, edition.levers):
            names = [item.name[language] for item in items]
            assert len(set(names)) == len(names)


def repository_files() -> list[Path]:
    tools = {"mypy", "ruff", "pytest"}
    hidden = {".git", ".venv", "__pycache__", ".hypothesis", *(f".{tool}_cache" for tool in tools)}
    return [
        path
        for path in sorted(PROJECT.rglob("*"))
        if path.is_file() and hidden.isdisjoint(path.relative_to(PROJECT).parts)
    ]


def test_no_file_contains_an_absolute_path_of_this_machine():
    # Put together here, or this file would contain it.
    marks = [b"/" + b"work" + b"/", str(PROJECT).encode(), str(Path.home()).encode() + b"/"]
    marks = [mark for mark in marks if len(mark) > 2]
    found = [
        str(path.relative_to(PROJECT))
        for path in repository_files()
        if any(mark in path.read_bytes() for mark in marks)
    ]
    assert found == []
