"""Who may change what the app keeps. Until there are roles: whoever sits at its machine."""

import streamlit as st

from dashboard.http.access import operates


def may_operate() -> bool:
    """Tell whether this visitor may import, decide and undo; see ``dashboard.http.visitor``.

    A page without a connection, which is asked for by nobody, may nothing.
    """
    return operates(st.context.headers.items())
