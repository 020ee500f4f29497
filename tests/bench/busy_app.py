"""A plain Streamlit page with about as many elements as Mô phỏng, but no charts.

Tells how much of a slider's latency is only the size of the page in the browser.
"""

import streamlit as st

value = st.slider("value", 0, 100, 50)
with st.container(key="total"):
    st.metric("total", value)
for row in range(10):
    text, entry, button = st.columns(3)
    text.container().text(f"text {row}")
    entry.text_input(f"entry {row}")
    button.button(f"button {row}")
for choice in range(3):
    st.selectbox(f"choice {choice}", range(40))
for group in range(3):
    st.expander(f"group {group}").markdown("**text**")
