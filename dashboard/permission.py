"""Who may change what the app keeps. Until there are roles: whoever sits at its machine."""

import ipaddress

import streamlit as st

from geodata.settings import settings


def may_operate() -> bool:
    """Tell whether this visitor may import, decide and undo.

    That is so if the app listens on the loopback address only, or if whoever started it says with
    ``KIM_OPERATOR=1`` that all who reach it may.
    """
    if settings().operator:
        return True
    address = st.get_option("server.address") or "0.0.0.0"
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
