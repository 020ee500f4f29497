"""The barest possible Streamlit app: the floor that a slider's latency is compared with."""

import streamlit as st

value = st.slider("value", 0, 100, 50)
with st.container(key="total"):
    st.metric("total", value)
