import gzip
import json
import sys

import pyarrow as pa
import pytest

from nlp.batch import Fields, Meter, records
from nlp.batch.inputs import total_bytes
from nlp.errors import InputError
from nlp.read import MAX_BYTES


def read(*paths, **fields):
    return list(records([str(p) for p in paths], Fields(**fields)))


def test_folders_come_in_the_order_of_their_paths_and_hold_articles_only(tmp_path):
    names = ["a.txt", "b/z.md", "b.txt", "b0.txt", "sub/d.html", "x.txt.gz"]
    for name in (*reversed(names), "c.png", "noise.gz", "sub/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress("文".encode()) if name.endswith(".gz") else "文".encode())
    found = [r.path.removeprefix(f"{tmp_path}/") for r in read(tmp_path)]
    assert found == [str(p) for p in sorted(map(type(tmp_path), names))] == ["a.txt", "b/z.md", "b.txt", *names[3:]]


def test_a_file_can_be_left_out_of_its_folder(tmp_path):
    for name in ("in.txt", "out.jsonl"):
        (tmp_path / name).write_text("{}")
    found = records([str(tmp_path)], Fields(), but=(tmp_path / "out.jsonl").resolve())
    assert [r.path for r in found] == [str(tmp_path / "in.txt")]


def test_patterns_and_what_is_not_there(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt"):
        (tmp_path / name).write_text("文")
    assert len(read(tmp_path / "*.txt")) == 1
    assert len(read(tmp_path / "*")) == 2
    assert len(read(tmp_path / "**/*")) == 2
    for name in ("none", "*.none"):
        with pytest.raises(InputError, match="no such"):
            records([str(tmp_path / "a.txt"), str(tmp_path / name)], Fields())


def test_standard_input_is_jsonl(monkeypatch, tmp_path):
    path = tmp_path / "piped"
    path.write_text('{"text": "文"}\n{"text": "字"}\n')
    with path.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert [(r.path, r.record, r.data) for r in read("-")] == [("-", "1", "文"), ("-", "2", "字")]


def test_the_meter_ends_at_the_whole_input(tmp_path):
    (tmp_path / "a.txt").write_text("文" * 100)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' * 1000))
    meter = Meter(total_bytes([str(tmp_path)]))
    assert [r.error for r in records([str(tmp_path)], Fields(), meter)] == [None] * 1001
    assert meter.read == meter.total == sum(p.stat().st_size for p in tmp_path.iterdir())


def zstd(data):
    return pa.compress(data, "zstd", asbytes=True)


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".zst", zstd)])
def test_compressed_files_of_several_frames_and_broken_ones(tmp_path, suffix, compress):
    whole = compress("<html><body><p>甲。</p></body></html>".encode())
    (tmp_path / f"a.html{suffix}").write_bytes(whole)
    rows = compress(b'{"text": "1"}\n') + compress(b'{"text": "2"}\n')
    (tmp_path / f"b.jsonl{suffix}").write_bytes(rows)
    (tmp_path / f"c.jsonl{suffix}").write_bytes(rows[:-3])
    (tmp_path / f"d.txt{suffix}").write_bytes(b"no archive")
    page, *good = read(tmp_path / f"a.html{suffix}", tmp_path / f"b.jsonl{suffix}")
    assert (page.record, page.error) == ("a.html", None)
    assert [r.data for r in good] == ["1", "2"]
    *_, cut = read(tmp_path / f"c.jsonl{suffix}")
    assert "cannot be read on after row" in cut.error
    (bad,) = read(tmp_path / f"d.txt{suffix}")
    assert str(tmp_path / f"d.txt{suffix}") in bad.error


def test_an_article_that_unpacks_to_more_than_is_read(tmp_path):
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"x" * (MAX_BYTES + 1)))
    (bad,) = read(path)
    assert "more than the 20 MB" in bad.error
    assert bad.data == b""


def test_a_name_that_no_encoding_takes(tmp_path):
    name = b"\xa4\xa4.txt".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_text("文")
    (found,) = read(tmp_path)
    assert json.dumps(found.path, ensure_ascii=False).encode()
    assert found.data == "文".encode()
