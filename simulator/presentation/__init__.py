"""What is shown of a scenario, on screens and on paper: words, tables, charts; no Streamlit."""
