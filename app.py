"""Entry point: the server imports it, then runs it as the script of every session.

Imported (``streamlit run app.py``), it declares the server with its navigation already
known, so that even a deep link that is the very first request finds its page.
"""

import streamlit as st

from pages.ui import server, shell
from pages.ui.board import files

if __name__ == "__main__":
    shell.run()
else:
    with shell.quietly():
        shell.declare_pages()
    app = st.App(__file__, middleware=server.middleware(), routes=files.routes())
