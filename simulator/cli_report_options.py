"""The options of the command that makes reports."""

from __future__ import annotations

import argparse

# Of the letterhead: option, field of it, what it is.
LINES = (
    ("parent", "parent", "the authority above"),
    ("authority", "authority", "who issues the documents"),
    ("place", "place", "where"),
    ("symbol", "symbol", "after the slash of the number, such as UBND"),
    ("on-behalf", "on_behalf", "on whose behalf it is signed"),
    ("office", "office", "office of who signs"),
    ("signer", "signer", "name of who signs"),
)
DOCUMENT_NAMES = "paper, page, announcement"
PART_NAMES = f"{DOCUMENT_NAMES}, announcement_tables, workbook, charts, tables"


def add_report_options(command: argparse.ArgumentParser) -> None:
    """What is made of which scenarios, and where it goes."""
    command.add_argument(
        "--scenario", action="append", default=[], metavar="FILE|ID[.NUMBER]",
        help="a file the app wrote, or a saved scenario with, if wanted, the number of its version;"
        " the first is what is proposed, up to three more are its alternatives",
    )  # fmt: skip
    command.add_argument(
        "--parts",
        default="paper,page,workbook",
        metavar="PART,...",
        help=f"all, or some of: {PART_NAMES}; default: paper,page,workbook",
    )
    command.add_argument("--day", default="", metavar="DAY", help="of the documents; today")
    for option, _, told in LINES:
        command.add_argument(f"--{option}", metavar="TEXT", help=f"letterhead: {told}")
    command.add_argument(
        "--template",
        action="append",
        default=[],
        metavar="PART=FILE.docx",
        help=f"own template of one of: {DOCUMENT_NAMES}",
    )
    command.add_argument("--pdf", action="store_true", help="beside each document (LibreOffice)")
    command.add_argument("--out", default="", metavar="FOLDER", help="where the files go")
    command.add_argument("--zip", default="", metavar="FILE", help="all files as one archive")
    command.add_argument("--overwrite", action="store_true", help="replace files that are there")
    command.add_argument(
        "--check", default="", metavar="FILE", help="only tell whether an archive is as it was made"
    )
