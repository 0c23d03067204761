"""The server's figures as Prometheus reads them; closed by ``access`` unless a setting opens them.

Figures of the registry are the same whichever server of several is asked; the others are its own.
"""

from collections.abc import Iterator
from contextlib import suppress

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.runtime import Runtime

from dashboard.addresses import METERS
from dashboard.workshop.workshop import workshop
from geodata.errors import PetaKimError
from geodata.registry.database.batches import count_batches
from geodata.registry.database.connection import find_registry
from geodata.registry.database.history import version_key


class _Now(Collector):
    """What stands now, looked up when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """Give a figure after the other; those of a registry that cannot be read are left out."""
        if Runtime.exists():
            connected = Runtime.instance()._session_mgr.num_active_sessions()
            yield GaugeMetricFamily("peta_kim_sessions", "Pages that are open.", connected)
        results = workshop().results
        yield GaugeMetricFamily("peta_kim_kept_bytes", "Answers that are kept.", results.size)
        asked = CounterMetricFamily(
            "peta_kim_kept_asked", "Answers asked for, by whether they were kept.", labels=["kept"]
        )
        asked.add_metric(["yes"], results.given)
        asked.add_metric(["no"], results.missing)
        yield asked
        with suppress(PetaKimError):
            registry = find_registry()
            yield GaugeMetricFamily(
                "peta_kim_registry_version",
                "Version of the registry: commits, undos and redos so far.",
                version_key(registry)[1],
            )
            batches = GaugeMetricFamily(
                "peta_kim_batches", "Batches of imports, by their state.", labels=["state"]
            )
            for state, count in count_batches(registry).items():
                batches.add_metric([state], count)
            yield batches


REGISTRY.register(_Now())


async def meters(_: Request) -> Response:
    """Answer with all figures in Prometheus's text format."""
    return Response(await run_in_threadpool(generate_latest), media_type=CONTENT_TYPE_LATEST)


ROUTES = [Route(METERS, meters)]
