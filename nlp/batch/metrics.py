"""The counts of a run for Prometheus: on loopback alone, and for those who have the key.

The key is ``ZHBRIEF_METRICS_KEY`` or, where that is not set, one that is made up and told; a scraper sends it as a bearer token
(``authorization: credentials`` of a scrape configuration).
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, Metric, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from nlp.batch.inputs import Meter
from nlp.batch.tally import Tally
from nlp.errors import UsageError

KEY = "ZHBRIEF_METRICS_KEY"
HOST = "127.0.0.1"


@contextlib.contextmanager
def serving(port: int, tally: Tally, meter: Meter) -> Iterator[tuple[str, str]]:
    """Serve the counts while the context lasts; gives the address and the key. Port 0 is any that is free.

    Raises :class:`nlp.errors.UsageError` for a port that cannot be had.
    """
    key = os.environ.get(KEY) or secrets.token_urlsafe(16)
    registry = CollectorRegistry()
    registry.register(_Counts(tally, meter))
    try:
        server = make_server(HOST, port, _guarded(make_wsgi_app(registry), key), WSGIServer, _Silent)
    except (OSError, OverflowError) as e:
        reason = e.strerror if isinstance(e, OSError) else "no such port"
        raise UsageError(f"--metrics-port {port}: {reason}; choose another, or 0 for any that is free") from e
    thread = threading.Thread(target=server.serve_forever, name="zhbrief-metrics", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/metrics", key
    finally:
        server.shutdown()
        server.server_close()


class _Counts(Collector):
    """Reads the tally when it is asked."""

    def __init__(self, tally: Tally, meter: Meter) -> None:
        self._tally, self._meter = tally, meter

    def collect(self) -> Iterable[Metric]:
        t = self._tally
        records = CounterMetricFamily("zhbrief_records", "Results, by how they came about.", labels=["outcome"])
        for outcome, count in (("done", t.done), ("failed", t.failed), ("skipped", t.skipped)):
            records.add_metric([outcome], count)
        warnings = CounterMetricFamily("zhbrief_warnings", "Warnings in results, by code.", labels=["code"])
        for code, count in t.warnings.copy().items():
            warnings.add_metric([code], count)
        return (
            records,
            warnings,
            CounterMetricFamily("zhbrief_characters", "Code points of the articles that were run.", t.characters),
            CounterMetricFamily("zhbrief_tokens", "Tokens that the model wrote.", t.tokens),
            CounterMetricFamily("zhbrief_model_seconds", "Seconds in which the model was at work.", t.generating),
            GaugeMetricFamily("zhbrief_input_read_bytes", "How far in the input the last result lies.", t.position),
            GaugeMetricFamily("zhbrief_input_bytes", "Size of the input.", self._meter.total),
            GaugeMetricFamily("zhbrief_run_seconds", "Since the run began.", t.seconds),
        )


def _guarded(app: Callable[..., Any], key: str) -> Callable[..., Any]:
    """``app`` for requests that carry the key; any other is told nothing."""
    wanted = f"Bearer {key}".encode()

    def guarded(request: dict[str, Any], respond: Callable[..., Any]) -> Any:
        given = request.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if hmac.compare_digest(given, wanted):
            return app(request, respond)
        respond("401 Unauthorized", [("WWW-Authenticate", "Bearer"), ("Content-Type", "text/plain")])
        return [b"a key is needed\n"]

    return guarded


class _Silent(WSGIRequestHandler):
    """Keeps no log: standard error belongs to the run."""

    def log_message(self, format: str, *args: Any) -> None:
        pass
