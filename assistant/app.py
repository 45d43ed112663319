"""The app: ``streamlit run assistant/app.py``. Page set-up and navigation only."""

import logging

import streamlit as st

from assistant.views import chat, frame, library, opening, preferences, reader, sidebar

st.set_page_config(page_title="إسناد · Isnad", layout="wide")
words = frame.wording()

pages = {
    "chat": st.Page(chat.page, title=words("page.chat"), url_path="chat", default=True),
    "library": st.Page(library.page, title=words("page.library"), url_path="library"),
    "settings": st.Page(preferences.page, title=words("page.settings"), url_path="settings"),
    "article": st.Page(
        reader.page, title=words("page.article"), url_path="article", visibility="hidden"
    ),
}
current = st.navigation(list(pages.values()), position="hidden")
frame.dress(pages)
sidebar.draw()
try:
    current.run()
except Exception:
    logging.getLogger("isnad").exception("The page %r could not be drawn.", current.url_path)
    st.error(words("page.failed"))
opening.begin_soon()
