import json

import pytest

from nlp.batch import Meter, Tally, watch
from nlp.batch.watch import Watch, form_of
from nlp.pipeline import Record


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    return now


def advance(clock, tally, told, records, tokens=0, size=0, seconds=1.0):
    clock[0] += seconds
    tally.done += records
    tally.tokens += tokens
    tally.position += size
    told(None, None)


def test_a_line_every_half_minute_where_it_is_no_terminal(clock, capsys):
    tally = Tally()
    told = Watch(tally, Meter(total=10_000), "lines")
    for _ in range(100):
        advance(clock, tally, told, records=2, tokens=30, size=10)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "zhbrief: 60 records · 2.0/s · 30.0 tokens/s · 16:10 min left",
        "zhbrief: 120 records · 2.0/s · 30.0 tokens/s · 15:40 min left",
        "zhbrief: 180 records · 2.0/s · 30.0 tokens/s · 15:10 min left",
    ]


def test_rates_are_those_of_the_last_minute(clock):
    tally = Tally()
    told = Watch(tally, Meter(total=100_000), "lines")
    advance(clock, tally, told, records=50_000, size=50_000)
    for _ in range(70):
        advance(clock, tally, told, records=1, size=10)
    tally.failed, tally.skipped = 3, 50_000
    assert told.line() == "100,073 records · 3 failed · 50,000 done before · 1.0/s · 1:22 h left"


def test_what_is_not_known_is_not_told(clock):
    told = Watch(Tally(), Meter(), "lines")
    assert told.line() == "0 records"
    advance(clock, told._tally, told, records=1)
    assert told.line() == "1 records"


def test_the_summary(clock, capsys):
    tally = Tally(done=2, failed=1, skipped=4, characters=500, tokens=40, failure="a.txt: \x1b[31mempty")
    tally.warnings.update({"gloss-conflict": 3, "short-brief": 1})
    clock[0] = tally.started + 10
    Watch(tally, Meter(), "lines").summary()
    assert capsys.readouterr().err.splitlines() == [
        "zhbrief: 7 records in 10.0 s: 2 done, 1 failed, 4 done before · 50 characters/s · 4.0 tokens/s",
        "zhbrief: warnings: 3 gloss-conflict, 1 short-brief",
        "zhbrief: the first that failed: a.txt: [31mempty",
    ]
    tally.generating = 9.62
    Watch(tally, Meter(), "lines").summary()
    assert capsys.readouterr().err.splitlines()[0].endswith(" · 4.0 tokens/s · model busy 96%")
    Watch(tally, Meter(), "quiet").summary()
    assert capsys.readouterr().err == ""


def test_events(clock, capsys):
    tally = Tally(generating=8.0, started=clock[0] - 9)
    told = Watch(tally, Meter(total=1000), "json")
    told(Record(b"", "in.jsonl", "7"), "in.jsonl:7: not JSON")
    for _ in range(31):
        advance(clock, tally, told, records=1, size=10)
    told.summary()
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [e["event"] for e in events] == ["failed", "progress", "summary"]
    assert (events[0]["path"], events[0]["record"], events[0]["error"]) == ("in.jsonl", "7", "in.jsonl:7: not JSON")
    assert (events[1]["records"], events[1]["records_per_second"], events[1]["seconds_left"]) == (30, 1.0, 70.0)
    assert (events[2]["done"], events[2]["warnings"]) == (31, {})
    assert (events[2]["model_seconds"], events[2]["model_busy"]) == (8.0, 0.2)


def test_a_bar_at_a_terminal(clock, capsys, monkeypatch):
    monkeypatch.setattr(watch.sys.stderr, "isatty", lambda: True)
    tally = Tally()
    told = Watch(tally, Meter(total=100), form_of(quiet=False, log_json=False))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    advance(clock, tally, told, records=1, size=25)
    told._bar.refresh()
    told.close()
    assert "25%" in (err := capsys.readouterr().err)
    assert "1 records" in err


@pytest.mark.parametrize(
    ("quiet", "log_json", "form"), [(True, False, "quiet"), (False, False, "lines"), (True, True, "json")]
)
def test_which_form(quiet, log_json, form):
    assert form_of(quiet, log_json) == form


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.06, "2.1 s"), (59.99, "60.0 s"), (245, "4:05 min"), (11_400, "3:10 h")]
)
def test_times(seconds, text):
    assert watch._time(seconds) == text
