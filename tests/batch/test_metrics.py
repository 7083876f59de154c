import socket
import urllib.error
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from nlp.batch import Meter, Tally
from nlp.batch.metrics import KEY, serving
from nlp.errors import UsageError


def scrape(address, key=None):
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {key}"} if key else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_counts_as_they_are_now():
    tally, meter = Tally(), Meter(total=100)
    with serving(0, tally, meter) as (address, key):
        assert scrape(address, key)["zhbrief_records_total", "done"] == 0
        tally.done, tally.failed, tally.tokens, tally.position = 5, 2, 70, 40
        tally.warnings["short-brief"] += 3
        tally.generating = 2.5
        found = scrape(address, key)
    assert found["zhbrief_records_total", "done"] == 5
    assert found["zhbrief_records_total", "failed"] == 2
    assert found["zhbrief_warnings_total", "short-brief"] == 3
    assert (found["zhbrief_tokens_total",], found["zhbrief_model_seconds_total",]) == (70, 2.5)
    assert (found["zhbrief_input_read_bytes",], found["zhbrief_input_bytes",]) == (40, 100)


@pytest.mark.parametrize("key", [None, "wrong", ""])
def test_without_the_key_nothing_is_told(monkeypatch, key):
    monkeypatch.setenv(KEY, "right")
    with serving(0, Tally(), Meter()) as (address, told):
        assert told == "right"
        with pytest.raises(urllib.error.HTTPError, match="401") as refused:
            scrape(address, key)
        assert b"zhbrief" not in refused.value.read()
        assert scrape(address, "right")


def test_on_loopback_alone_and_gone_afterwards():
    with serving(0, Tally(), Meter()) as (address, _):
        assert address.startswith("http://127.0.0.1:")
        port = int(address.split(":")[2].split("/")[0])
        with pytest.raises(UsageError, match=f"--metrics-port {port}"), serving(port, Tally(), Meter()):
            pass
        with socket.socket() as other:  # nobody listens on the other addresses of the machine
            other.bind(("127.0.0.2", port))
    with pytest.raises(urllib.error.URLError):
        scrape(address)


def test_a_port_that_is_none():
    with pytest.raises(UsageError, match="99999"), serving(99999, Tally(), Meter()):
        pass
