"""Where things lie, independent of the working directory."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
BAD_FILES = TESTS / "bad_files"
PROJECT = TESTS.parent
