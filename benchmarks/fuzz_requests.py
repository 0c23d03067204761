"""Requests that nobody should send: known addresses with what does not belong there, and noise."""

from collections.abc import Sequence
from random import Random
from urllib.parse import quote

from dashboard.unduh.file_choice import FILE
from geodata.exports.extracts import DOWNLOAD
from geodata.view.address import VIEW

SECRET_FILE = "rahasia.txt"
_METHODS = ["GET"] * 12 + [
    "HEAD", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW", "get",
]  # fmt: skip
_PAGES = [
    "/", "/peta", "/ringkasan", "/kesenjangan", "/profil", "/paparan", "/unduh", "/tentang",
    "/impor", "/mutu", "/batas",
]  # fmt: skip
_ROUTES = [
    "/batas/{}/{}.pmtiles", "/batas/{}/{}/{}.json", "/titik/{}.json", "/paparan/tampilan.html",
    "/paparan/dek/{}.html", "/unduh/{}", "/unduh/kim.{}", "/unduh/wilayah.{}", "/pratinjau.png",
    "/cari.json",
    "/aset/{}", "/media/{}", "/component/{}/{}", "/component/streamlit_folium.st_folium/{}",
    "/static/{}", "/app/static/{}", "/_stcore/{}", "/_stcore/upload_file/{}/{}",
    "/_stcore/bidi-components/{}/{}", "/_stcore/agent/{}", "/_stcore/health", "/_stcore/metrics",
    "/_stcore/host-config", "/_stcore/script-health-check", "/oauth2callback", "/auth/login", "/{}",
]  # fmt: skip
_WORDS = [
    "", "x", "id", "35", "35.07", "35.07.08.2001", "99", "-1", "0", "1e309", "NaN", "nan",
    "inf", "٣٥", "desa", "provinsi", "kecamatan", "umkm", "jumlah_kim", "cakupan", "sendiri",
    "csv", "xlsx", "kim", "en", "index.html", "None", "null", "[]", "{}", "{0}", "%s%n", "';--",
    "\" OR 1=1", "<script>x", "\r\nSet-Cookie: a=b", "\nERROR peta_kim: forged", "\x00",
    "\x1b[31m", "\u2028", "\ud7ff", "🗺" * 30, "a" * 3_000, "1," * 900, "=cmd|' /C calc'!A0",
    "..", ".", "~", "CON", "//evil.example", "\\\\h\\s", "http://203.0.113.5/",
    "file:///etc/passwd", "/vsicurl/http://203.0.113.5/x", "/etc/passwd",
]  # fmt: skip
_CLIMBS = ["../", "..%2f", "%2e%2e/", "..\\", "..%5c", "....//", "%252e%252e%252f", "..;/", "/"]
_HEADERS = {
    "range": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-1,2-3", "bytes=x", "x",
              "bytes=0-" + "9" * 60, "bytes=" + "0-1," * 200],
    "if-none-match": ["*", '""', 'W/"x"', "x" * 500],
    "if-modified-since": ["x", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 99],
    "if-range": ["x", '"x"'],
    "accept-encoding": ["gzip", "br;q=9", "identity;q=0", "\xff"],
    "accept": ["application/x-protobuf", "*/*;q=x"],
    "accept-language": ["en", "\xff" * 9],
    "cookie": ["_streamlit_xsrf=2|a|b|c", "_streamlit_xsrf=%", "session=" + "x" * 900, "=;=;"],
    "x-xsrftoken": ["2|a|b|c", "x", "\xff"],
    "content-type": ["multipart/form-data", "multipart/form-data; boundary=x", "text/x", "\xff"],
    "x-forwarded-for": ["127.0.0.1", "x"],
    "x-forwarded-proto": ["https", "javascript"],
    "x-forwarded-host": ["evil.example"],
    "forwarded": ["for=127.0.0.1;host=evil.example"],
    "x-peta-kim-visitor": ['{"operates": true}'],
    "origin": ["http://evil.example", "null", "http://203.0.113.5", "file://", "://", "http://[::1"],
    "referer": ["http://evil.example/"],
    "expect": ["100-continue"],
    "upgrade": ["websocket", "h2c"],
    "user-agent": ["x\ty", "() { :;}; echo"],
}  # fmt: skip
_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "",
    "127.0.0.1:99999999",
    "a b",
    "[::1",
    "\xff",
    "@",
]
_FRAMES = [b"", b"\x00", b"text", b"\xff" * 300, b"\x0a\x05\x0a\x03abc", b"{}" * 50]


_PARAMETERS = (
    *VIEW.names,
    *DOWNLOAD.names,
    *FILE.names,
    *("x", "bagian", "kiriman", "unggahan", "families", "%00"),
)


def request(random: Random, host: str, secret: str, versions: Sequence[str]) -> tuple[bytes, bytes]:
    """Return one request to the server at ``host``, and what is said at a websocket it opens.

    ``secret`` is the path of a file that no answer may tell of; ``versions`` are what addresses of
    tiles, shapes and points have in them where they lead somewhere.
    """
    if random.random() < 0.06:
        return _handshake(random, host)
    if random.random() < 0.02:
        return random.randbytes(random.randrange(1, 400)) + b"\r\n\r\n", b""
    headers = {"host": host, "connection": "close"} | _some_headers(random)
    if random.random() < 0.05:
        headers["host"] = random.choice(_HOSTS)
    method, body = random.choice(_METHODS), b""
    if method in ("POST", "PUT", "PATCH") or random.random() < 0.02:
        body = random.randbytes(random.choice([0, 1, 300, 70_000]))
        headers["content-length"] = random.choice([str(len(body))] * 9 + ["-1", "x", "9" * 30])
    target = _address(random, secret, versions)
    lines = [f"{method} {target} HTTP/1.{random.choice('1111110')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body, b""


def _address(random: Random, secret: str, versions: Sequence[str]) -> str:
    chance = random.random()
    if chance < 0.25:
        path = random.choice(_PAGES)
    elif chance < 0.95:
        path = random.choice(_ROUTES)
        if random.random() < 0.3:
            path = path.replace("{}", random.choice(versions), 1)
        while "{}" in path:
            path = path.replace("{}", _word(random, secret), 1)
    else:
        path = "/" + quote(random.randbytes(random.randrange(40)))
    pairs = [
        f"{random.choice(_PARAMETERS)}={_word(random, secret)}"
        for _ in range(random.choice([0, 0, 1, 2, 5]))
    ]
    return path + ("?" + "&".join(pairs) if pairs else "")


def _word(random: Random, secret: str) -> str:
    """Return a piece of an address, quoted mostly, that may try to climb to the secret file."""
    chance = random.random()
    if chance < 0.15:
        climbed = random.choice(_CLIMBS) * random.randrange(1, 9)
        return climbed + random.choice([secret.lstrip("/"), SECRET_FILE, "etc/passwd"])
    if chance < 0.2:
        return quote(random.choice([secret, "file://" + secret, "..\\" + secret]), safe="")
    return quote(random.choice(_WORDS), safe=random.choice(["", "/.", "/:"]))


def _some_headers(random: Random) -> dict[str, str]:
    names = random.sample(list(_HEADERS), random.choice([0, 0, 1, 2, 4]))
    return {name: random.choice(_HEADERS[name]) for name in names}


def _handshake(random: Random, host: str) -> tuple[bytes, bytes]:
    headers = {
        "host": random.choice([host] * 60 + _HOSTS),
        "upgrade": "websocket",
        "connection": "Upgrade",
        "sec-websocket-version": random.choice(["13"] * 60 + ["8", "x"]),
        "sec-websocket-key": random.choice(["dGhlIHNhbXBsZSBub25jZQ=="] * 60 + ["x", ""]),
        "origin": random.choice([f"http://{host}"] * 60 + _HEADERS["origin"]),
        "sec-websocket-protocol": random.choice(["streamlit", "streamlit, x, y", ",,,", "x" * 300]),
    } | ({} if random.random() < 0.7 else _some_headers(random))
    path = random.choice(["/_stcore/stream"] * 60 + ["/", "/_stcore/health", "/_stcore/stream/x"])
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    asked = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
    said = b""
    for _ in range(random.randrange(3)):
        content = random.choice(_FRAMES)[:125]
        mask = random.randbytes(4)
        kind = random.choice([0x81, 0x82, 0x82, 0x89, 0x8F, 0x02])
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(content))
        said += bytes([kind, 0x80 | len(content)]) + mask + masked
    return asked, said
