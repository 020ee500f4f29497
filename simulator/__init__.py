"""Scoring engine of the index of Decision 766/QĐ-TTg and its what-if projections.

Importable without Streamlit; ``python -m simulator --help`` is its command line.
"""

__version__ = "0.8.0"
