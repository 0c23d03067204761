"""Who may change what the app keeps. Until there are roles: whoever sits at its machine."""

import ipaddress

import streamlit as st


def may_operate() -> bool:
    """Tell whether this visitor may import and activate: only if the app listens on loopback."""
    address = st.get_option("server.address") or "0.0.0.0"
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
