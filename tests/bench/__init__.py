"""Measurements of speed: ``make bench`` writes ``RESULTS.md`` beside this file."""
