"""A view of the registry as query parameters, as the pages and the download links write them."""

from urllib.parse import urlencode

from geodata.registry.snapshot import KimFilter

LIST = ","


def filter_params(kim_filter: KimFilter) -> dict[str, str]:
    """Return the parameters of a filter: bidang, mode, status, tahun; defaults are empty."""
    return {
        "bidang": LIST.join(kim_filter.bidang),
        "mode": kim_filter.mode if kim_filter.mode != KimFilter.mode else "",
        "status": LIST.join(kim_filter.status),
        "tahun": "-".join(map(str, kim_filter.tahun)) if kim_filter.tahun else "",
    }


def link(address: str, params: dict[str, str]) -> str:
    """Return ``address`` with the parameters that are not empty; commas stay readable."""
    filled = {name: value for name, value in params.items() if value}
    return f"{address}?{urlencode(filled, safe=LIST)}" if filled else address
