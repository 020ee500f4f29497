"""The promises of the repository itself: set-up, pinned packages, privacy settings."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)(\[[a-z]+\])?==(?P<version>[0-9][0-9.]*(post[0-9]+)?)\s+#\s*\S{2,}.*\s\S+$"
)
RUNTIME = {
    "streamlit", "altair", "pandas", "numpy", "pyarrow",
    "openpyxl", "xlsxwriter", "sqlalchemy", "alembic", "psycopg", "requests", "segno",
    "highspy", "docxtpl", "python-docx", "jinja2", "vl-convert-python",
    "lxml", "markupsafe",
}  # fmt: skip
# Packages that are imported under another name.
IMPORTED_AS = {"docx": "python-docx", "vl_convert": "vl-convert-python"}
# Spelled in two parts so that this file does not contain what it looks for.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "index" + "-url")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def requirements(path: str) -> dict[str, str]:
    """Package -> version; fails for a line that is not pinned and explained."""
    pins = {}
    for line in read(path).splitlines():
        if line and not line.startswith(("#", "-r ")):
            match = PINNED.match(line)
            assert match, f"{path}: not 'name==version  # what it is for': {line}"
            pins[match["name"]] = match["version"]
    return pins


def test_runtime_requirements_are_these_packages_and_no_more() -> None:
    assert set(requirements("requirements.txt")) == RUNTIME


def test_development_requirements_start_from_the_runtime_ones() -> None:
    lines = [line for line in read("requirements-dev.txt").splitlines() if line[:1] != "#"]
    assert lines[0] == "-r requirements.txt"
    assert not RUNTIME & set(requirements("requirements-dev.txt"))


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_the_tests_run_with_the_pinned_versions(path: str) -> None:
    installed = {name: version(name) for name in requirements(path)}
    assert installed == requirements(path)


def test_every_outside_package_the_app_imports_is_a_runtime_requirement() -> None:
    own = {"simulator", "pages"}
    # Comes with Streamlit, which is built on it.
    allowed = RUNTIME | own | set(sys.stdlib_module_names) | {"starlette"}
    found = set()
    for path in [ROOT / "app.py", *ROOT.glob("simulator/**/*.py"), *ROOT.glob("pages/**/*.py")]:
        pattern = r"^\s*(?:import|from)\s+(\w+)"
        found |= set(re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE))
    assert {IMPORTED_AS.get(name, name) for name in found} - allowed == set()


@pytest.mark.parametrize("target", ["run", "test", "lint", "bench", "wheels", "clean"])
def test_makefile_has_the_target(target: str) -> None:
    assert re.search(rf"^{target}:", read("Makefile"), re.MULTILINE)


def test_run_installs_only_what_the_app_needs() -> None:
    (line,) = re.findall(r"^run:.*$", read("Makefile"), re.MULTILINE)
    assert "$(INSTALLED)" in line
    assert "DEV" not in line


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "toolbarMode", "minimal"),
        ("runner", "magicEnabled", False),
        ("runner", "postScriptGC", False),
        ("server", "enableCORS", True),
        ("server", "enableXsrfProtection", True),
        ("server", "fileWatcherType", "none"),
        ("server", "headless", True),
        ("server", "maxUploadSize", 50),
    ],
)
def test_settings_for_a_closed_network(section: str, option: str, value: object) -> None:
    assert tomllib.loads(read(".streamlit/config.toml"))[section][option] == value


def test_server_address_is_set_so_that_nobody_is_asked_for_it() -> None:
    assert tomllib.loads(read(".streamlit/config.toml"))["browser"]["serverAddress"]


def test_streamlit_knows_every_setting() -> None:
    from streamlit import config

    for section, options in tomllib.loads(read(".streamlit/config.toml")).items():
        for option, value in options.items():
            names = [f"{option}.{key}" for key in value] if isinstance(value, dict) else [option]
            for name in names:
                assert f"{section}.{name}" in config.get_config_options()


def channels(colour: str) -> list[int]:
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def luminance(colour: str) -> float:
    parts = [channel / 255 for channel in channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "lowest"),
    [("textColor", 7), ("primaryColor", 4.5), ("linkColor", 4.5), ("borderColor", 3)],
)
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_colours_of_the_theme_have_enough_contrast(
    palette: str, colour: str, lowest: float, ground: str
) -> None:
    theme = tomllib.loads(read(".streamlit/config.toml"))["theme"][palette]
    assert contrast(theme[colour], theme[ground]) >= lowest


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_captions_have_enough_contrast(palette: str, ground: str) -> None:
    """Streamlit draws captions with 60 % of the text colour."""
    theme = tomllib.loads(read(".streamlit/config.toml"))["theme"][palette]
    pairs = zip(channels(theme["textColor"]), channels(theme[ground]), strict=True)
    faded = "#" + "".join(f"{round(0.6 * text + 0.4 * back):02X}" for text, back in pairs)
    assert contrast(faded, theme[ground]) >= 4.5


def test_continuous_integration_is_executable_and_skips_nothing() -> None:
    script = ROOT / ".ci/run"
    text = script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "REQUIRE_ALL=1" in text
    assert "make test" in text
    assert "make lint" in text


@pytest.mark.parametrize(
    "path",
    ["Makefile", ".ci/run", "pyproject.toml", "requirements.txt", "requirements-dev.txt"],
)
def test_set_up_names_no_registry_and_no_path_of_one_machine(path: str) -> None:
    text = read(path)
    assert not [name for name in REGISTRIES if name in text]
    assert not re.search(r"/(home|root|work|Users)/", text)


def test_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"make [a-z]+", read("README.md"))
    assert commands[:2] == ["make run", "make test"]


def test_licence_is_mit() -> None:
    assert read("LICENSE").startswith("MIT License")
