"""Mô phỏng: levers on the left, what they bring on the right."""

import streamlit as st

from pages.ui import lever_groups, results
from pages.ui.view import current, speech

view = current()
say = speech(view)
levers, effects = st.columns([11, 10], gap="medium")
with levers:
    lever_groups.draw(view, say)
with effects, st.container(key="results"):
    results.show()
