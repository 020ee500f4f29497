"""Where the shipped data lies, independent of the working directory."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
RULES = DATA / "rules"
BASELINES = DATA / "baselines"
HISTORY = DATA / "history"
TEXT = DATA / "text"
