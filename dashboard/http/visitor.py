"""Who asks, as far as a connection tells: by which name, from which page, and whether from here.

Until people sign in, whoever sits at the machine may operate. A connection counts as that only if
nothing speaks against it: behind a web server, every reader comes from the loopback address.
"""

import ipaddress
import re
from dataclasses import dataclass

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import Scope

from geodata.settings import settings

# Browsers send no X- header of their own accord; what stands between them and us does.
_OWN_X_HEADERS = frozenset({"x-xsrftoken", "x-requested-with"})
_FORWARDING = frozenset(
    {"forwarded", "via", "client-ip", "true-client-ip", "cdn-loop", "fastly-client-ip"}
)
_FORWARDING_PREFIXES = ("x-", "cf-")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True)
class Authority:
    """A host and its port as an address names them; the port may be left out."""

    name: str
    port: str

    def same(self, other: "Authority", default_port: str) -> bool:
        """Tell whether both are one place for a scheme of that default port."""
        ports = {self.port or default_port, other.port or default_port}
        return self.name == other.name and len(ports) == 1


def read_authority(written: str) -> Authority | None:
    """Return the place that a ``Host`` header or an origin names; ``None`` if it names none."""
    match = _HOST.fullmatch(written.strip().lower())
    return Authority(match[1].strip("[]").rstrip("."), match[2] or "") if match else None


@dataclass(frozen=True)
class Visitor:
    """What a connection tells of whoever made it.

    Attributes
    ----------
    host
        The place that ``Host`` names; ``None`` if it is missing, doubled or malformed.
    peer, reached
        Addresses of both ends of the connection.
    origin
        The page's origin that the browser names; ``None`` where it names none.
    forwarded
        Whether a program between the browser and us has left a trace.
    """

    host: Authority | None
    peer: str
    reached: str
    origin: str | None
    forwarded: bool

    @property
    def knows_us(self) -> bool:
        """Tell whether it called us by a name of ours: no other site's name leads here unseen."""
        if self.host is None:
            return False
        name = self.host.name
        named = settings().host_names | {_bound(), self.reached}
        return is_loopback(name) or name in named

    @property
    def from_our_page(self) -> bool:
        """Tell whether no other site's page made the browser ask; without an origin none did."""
        page = self._page()
        named = page is not None and page[0].name in settings().host_names
        return named or self._from_same_host()

    @property
    def is_here(self) -> bool:
        """Tell whether everything says that it sits at this machine."""
        return (
            is_loopback(_bound())
            and is_loopback(self.peer)
            and self.host is not None
            and is_loopback(self.host.name)
            and self._from_same_host()
            and not self.forwarded
        )

    @property
    def operates(self) -> bool:
        """Tell whether it may change what the app keeps."""
        said = settings().operator
        return self.knows_us and self.from_our_page and (self.is_here if said is None else said)

    def _page(self) -> tuple[Authority, str] | None:
        """Return where the page came from, and the port that its scheme leaves out."""
        scheme, _, written = (self.origin or "").partition("://")
        host, port = read_authority(written), _DEFAULT_PORTS.get(scheme)
        return (host, port) if host and port else None

    def _from_same_host(self) -> bool:
        if self.origin is None:
            return True
        page = self._page()
        return page is not None and self.host is not None and page[0].same(self.host, page[1])


def visitor_of(scope: Scope) -> Visitor:
    """Return who made the request or opened the websocket."""
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    return Visitor(
        host=read_authority(hosts[0]) if len(hosts) == 1 else None,
        peer=(scope.get("client") or ("", 0))[0],
        reached=(scope.get("server") or ("", 0))[0],
        # Two origins are no origin of ours.
        origin=None if not origins else origins[0] if len(origins) == 1 else "",
        forwarded=any(map(_is_forwarding, headers)) or not _is_browser(scope, origins),
    )


def is_loopback(name: str) -> bool:
    """Tell whether ``name`` means this machine to itself."""
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _is_forwarding(name: str) -> bool:
    if name in _OWN_X_HEADERS:
        return False
    return name in _FORWARDING or name.startswith(_FORWARDING_PREFIXES)


def _is_browser(scope: Scope, origins: list[str]) -> bool:
    """Tell what no browser would do: speak HTTP/1.0 as web servers do, hide a websocket's page."""
    if scope["type"] == "websocket":
        return bool(origins)
    return scope.get("http_version") != "1.0"


def _bound() -> str:
    """Return the address that the server listens on; without one it listens on all."""
    return (st.get_option("server.address") or "0.0.0.0").strip("[]").lower()
