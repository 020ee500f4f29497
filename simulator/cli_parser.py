"""The commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import NoReturn

from simulator.cli_report_options import add_report_options
from simulator.peers_mode import DRAWS, MOST_DRAWS, SEED, PeersMode
from simulator.readers.records import one_line
from simulator.rule_files import editions
from simulator.text import LANGUAGES

BAD_INPUT = 2
DEFAULT_EDITION, OLDER_EDITION = "2026-portal", "2022-2025"
ABOUT = {
    "score": "score portal responses (JSON) and tidy CSV files",
    "check": "check files before they are used; exit code 2 if wrong",
    "compare": "what changed between two readings",
    "whatif": "project shipped or own figures under changed levers",
    "rank": "how sure a unit's rank is while its peers move on",
    "plan": "the plan of least effort that reaches a total, class, rank or scores of groups",
    "report": "papers, workbook, charts and tables of scenarios, as files or one ZIP",
    "baselines": "list the shipped figures and those that were imported",
    "reproduce": "compare the rules with all published scores",
    "import": "check files and keep them in the store; nothing is kept if something is wrong",
    "template": "write the workbook to fill in (.xlsx)",
    "backup": "write figures, scenarios and log (not the PIN) into one ZIP file",
    "restore": "add what a backup holds and is not kept yet; changes nothing that is",
    "log": "who did what in the store, when and from where, the newest first",
    "pin": "the office's PIN for saving, importing and deleting: set, clear, status",
}


class OneLineParser(argparse.ArgumentParser):
    """Prints a mistake in the arguments as one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {one_line(message)}\n")


def build_parser(
    runs: Mapping[str, Callable[[argparse.Namespace], str]], description: str
) -> OneLineParser:
    """All commands with their options; ``runs``: what each of them does."""
    parser = OneLineParser(prog="python -m simulator", description=description, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    added = {}
    for name, run in runs.items():
        added[name] = commands.add_parser(
            name,
            parents=[_common(name)],
            help=ABOUT[name],
            description=ABOUT[name],
            allow_abbrev=False,
        )  # fmt: skip
        added[name].set_defaults(run=run)
    for name in ("score", "check", "import"):
        added[name].add_argument("files", nargs="+", metavar="FILE", help=".json, .csv, .zip, ...")
    for name in ("before", "after"):
        added["compare"].add_argument(
            name, metavar=name.upper(), help="a shipped baseline or a file"
        )
    _scenario(added["whatif"], "shipped figures")
    _scenario(added["rank"], "shipped figures; default: the newest in which the unit is ranked")
    _rank(added["rank"])
    _scenario(added["plan"], "shipped figures; default: the newest in which the unit is ranked")
    _plan(added["plan"])
    _figures(added["report"], "figures in place of --scenario; default: the newest with --unit")
    add_report_options(added["report"])
    for name in ("check", "whatif", "rank", "plan", "import"):
        _capture(added[name])
    for name in ("whatif", "rank", "plan", "import"):
        added[name].add_argument(
            "--complete", action="store_true",
            help="the files list all units of each level, so that these can be ranked",
        )  # fmt: skip
    for name in ("name", "source"):
        added["import"].add_argument(f"--{name}", default="", help=f"{name} of the figures")
    for name in ("template", "backup", "restore"):
        added[name].add_argument("archive", metavar="FILE")
    added["template"].add_argument("--example", action="store_true", help="with two rows filled in")
    _office(added["log"], added["pin"])
    for name in ("score", "compare", "whatif", "rank", "plan"):
        added[name].add_argument("--edition", choices=editions(), default=DEFAULT_EDITION)
    for name in ("check", "import"):
        added[name].add_argument("--edition", choices=editions(), help="default: as the files say")
    return parser


def _common(command: str) -> OneLineParser:
    """Options of every command; a report is for people in the office, in their language."""
    found = OneLineParser(add_help=False, allow_abbrev=False)
    found.add_argument("--format", choices=("text", "json"), default="text")
    language = LANGUAGES[0] if command == "report" else "en"
    found.add_argument("--lang", choices=LANGUAGES, default=language)
    return found


def _office(log: argparse.ArgumentParser, pin: argparse.ArgumentParser) -> None:
    """How much of the log, and what to do with the PIN."""
    log.add_argument("--most", default="50", metavar="N", help="of entries; default: 50")
    pin.add_argument(
        "what", choices=("set", "clear", "status"), metavar="set|clear|status",
        help="set asks twice without showing it, or reads one line where it is no terminal",
    )  # fmt: skip


def _capture(command: argparse.ArgumentParser) -> None:
    """Of which period files are, and when they were read."""
    command.add_argument("--period", default="", metavar="CODE", help="2026-ytd, 2026-08, 2026-Q3")
    command.add_argument("--captured", default="", metavar="DAY", help="when the files were read")


def _scenario(command: argparse.ArgumentParser, shipped: str) -> None:
    """Figures to start from, kept or in files, what changes, up to when."""
    _figures(command, shipped)
    command.add_argument(
        "--file", action="append", default=[], metavar="FILE",
        help="own figures instead (.json, .csv, .zip), with --period and --captured",
    )  # fmt: skip


def _figures(command: argparse.ArgumentParser, shipped: str) -> None:
    """Kept figures (``shipped``: what is said of those), what changes, up to when."""
    command.add_argument("--baseline", default="", metavar="ID", help=shipped)
    command.add_argument("--unit", metavar="CODE", help="default: the baseline's own")
    command.add_argument(
        "--set", action="append", default=[], metavar="CODE=CHANGE",
        help="CODE=+3000 (a change), CODE=95%% (the rate to reach) or CODE==500000 (the count)",
    )  # fmt: skip
    command.add_argument(
        "--assume", action="append", default=[], metavar="INDICATOR=N/D",
        help="starting counts of an indicator that was not published",
    )  # fmt: skip
    command.add_argument(
        "--until", default="", metavar="DAY",
        help="look ahead to the end of the period or an earlier day, such as 2026-12-31",
    )  # fmt: skip
    command.add_argument(
        "--inflow", action="append", default=[], metavar="[KIND=]COUNT[/month]|months",
        help="cases still to come (dossier, petition, procedure), or as many a day as in recent "
        "months; default: as many a day as in the period so far",
    )  # fmt: skip


def _rank(command: argparse.ArgumentParser) -> None:
    """What the peers do until the day looked at, and which places are asked for."""
    command.add_argument(
        "--peers", choices=[mode.value for mode in PeersMode], default=PeersMode.UNCERTAIN.value,
        help="held as they stand, on their trend, or moving as their history tells (default)",
    )  # fmt: skip
    command.add_argument(
        "--draws", default=str(DRAWS), metavar="N",
        help=f"of random movements, 100 to {MOST_DRAWS}; default: {DRAWS}",
    )  # fmt: skip
    _seed(command)
    command.add_argument(
        "--own-moves", action="store_true", help="the unit's own result is as uncertain as theirs"
    )
    command.add_argument(
        "--place", action="append", default=[], metavar="N",
        help="tell the chance of this place or a better one",
    )  # fmt: skip


def _seed(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--seed", default=str(SEED), metavar="N",
        help=f"of random movements: equal seeds give equal figures; default: {SEED}",
    )  # fmt: skip


def _plan(command: argparse.ArgumentParser) -> None:
    """What is to be reached, with what effort, and what the plan may not touch."""
    command.add_argument("--target-total", metavar="POINTS", help="such as 65 or 65.25")
    command.add_argument(
        "--target-class", metavar="CLASS", help="code or name, such as kha or FAIR"
    )
    command.add_argument("--target-rank", metavar="N", help="this place or a better one")
    command.add_argument(
        "--gain-places", metavar="N", help="so many places up from the published one"
    )
    command.add_argument(
        "--certainty", metavar="PART",
        help="of the rank among peers that move, such as 0.8; default: peers held as they stand",
    )  # fmt: skip
    command.add_argument(
        "--target-group", action="append", default=[], metavar="GROUP=POINTS",
        help="score of a group, such as TDGQ=18",
    )  # fmt: skip
    command.add_argument(
        "--budget", metavar="HOURS", help="instead of a target: the most points for these hours"
    )
    command.add_argument(
        "--whole", action="store_true",
        help="as if for the whole period; default: to its end while it still runs",
    )  # fmt: skip
    command.add_argument(
        "--lock", action="append", default=[], metavar="CODE",
        help="a lever that stays as it is, or where --set puts it; --set locks by itself",
    )  # fmt: skip
    for name, value, told in (
        ("floor", "CHANGE", "a lever that has to be moved at least so far, as --set has it"),
        ("hours", "HOURS", "own person-hours for one unit of a lever"),
        ("per-month", "UNITS", "most units of a lever that can be done in a month"),
    ):
        command.add_argument(
            f"--{name}", action="append", default=[], metavar=f"CODE={value}", help=told
        )
    _seed(command)
