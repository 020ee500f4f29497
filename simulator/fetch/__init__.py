"""Asking the portal itself, where an administrator allows it; off unless he does.

One request after the other, slowly, shown before it is sent. A refusal ends it at once.
"""
