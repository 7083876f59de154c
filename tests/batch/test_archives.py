import gzip
import io
import json
import stat
import tarfile
import zipfile

import pyarrow as pa
import pytest

from nlp.batch import Fields, records
from nlp.read import MAX_BYTES

ARTICLES = {
    "a.txt": "甲".encode(),
    "sub/b.html": "<html><body><p>乙。</p></body></html>".encode(),
    "c.txt.gz": gzip.compress("丙".encode()),
}
ROWS = {
    "r.jsonl": b'{"id": "x", "text": "1"}\nbad\n',
    "r.csv": b"text\n2\n",
    "r.jsonl.gz": gzip.compress(b'{"text": "3"}\n'),
}


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def tarred(path, entries):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in entries.items():
            entry = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed(path, buffer.getvalue())


def packed(path, data):
    compress = {
        ".gz": gzip.compress,
        ".tgz": gzip.compress,
        ".zst": lambda d: pa.compress(d, "zstd", asbytes=True),
    }.get(path.suffix, bytes)
    path.write_bytes(compress(data))
    return path


def read(path):
    return list(records([str(path)], Fields()))


@pytest.fixture(params=["x.zip", "x.tar", "x.tar.gz", "x.tgz", "x.tar.zst"])
def archive(request, tmp_path):
    make = zipped if request.param.endswith(".zip") else tarred
    return lambda entries: make(tmp_path / request.param, entries)


def test_articles_in_the_archives_order(archive):
    path = archive({**ARTICLES, "image.png": b"x", "__MACOSX/._a.txt": b"x"})
    found = read(path)
    assert [(r.path, r.record, r.error) for r in found] == [
        (str(path), n, None) for n in ("a.txt", "sub/b.html", "c.txt")
    ]
    assert [r.data for r in found] == [ARTICLES["a.txt"], ARTICLES["sub/b.html"], "丙".encode()]


def test_rows_in_an_archive(archive):
    found = read(archive(ROWS))
    assert [r.record for r in found] == ["r.jsonl:x", "r.jsonl:2", "r.csv:2", "r.jsonl:1"]
    assert [r.error is None for r in found] == [True, False, True, True]


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "sub/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_an_entry_that_leads_out(archive, name):
    bad, good = read(archive({name: b"x", "b.txt": b"x"}))
    assert "leads out of the archive" in bad.error
    assert bad.data == b""
    assert good.error is None


def test_an_entry_that_is_too_long(archive):
    bad, good = read(archive({"a.txt": b"x" * (MAX_BYTES + 1), "b.txt": b"x"}))
    assert "more than the 20 MB" in bad.error
    assert good.error is None


def test_an_archive_in_an_archive_is_told(archive):
    for name in ("x.zip", "x.tar.gz", "x.parquet"):
        bad, good = read(archive({name: b"x", "b.txt": b"x"}))
        assert "an archive in an archive" in bad.error
        assert good.error is None


def test_a_broken_entry_costs_itself_alone(archive):
    bad, good = read(archive({"a.txt.gz": b"no gzip", "b.txt": b"x"}))
    assert "a.txt.gz" in bad.error
    assert good.error is None


def test_links_and_devices_in_a_tar(tmp_path):
    entries = {}
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        entry = tarfile.TarInfo(f"{kind.decode()}.txt")
        entry.type, entry.linkname = kind, "/etc/passwd"
        entries[entry] = b""
    found = read(tarred(tmp_path / "x.tar", {**entries, "z.txt": b"x"}))
    assert [("a link" in (r.error or ""), r.error is None) for r in found] == [(True, False)] * 2 + [
        (False, False)
    ] * 2 + [(False, True)]


def test_links_secrets_and_lies_in_a_zip(tmp_path):
    link, small = zipfile.ZipInfo("l.txt"), zipfile.ZipInfo("small.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "x.zip", {link: b"/etc/passwd", small: b"a" * 1000, "z.txt": b"x"})
    found = read(path)
    assert "a link" in found[0].error
    assert [r.error for r in found[1:]] == [None, None]
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"small.txt"))
    data[at + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in read(path)[1].error
    data[at + 8] ^= 1
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")  # says that it unpacks to ten bytes
    path.write_bytes(data)
    assert "small.txt" in read(path)[1].error


def test_names_in_big5(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AAAA.txt", "x")
    path.write_bytes(path.read_bytes().replace(b"AAAA", "新聞".encode("cp950")))
    assert [r.record for r in read(path)] == ["新聞.txt"]


@pytest.mark.parametrize("cut", [700, 1100, 2600])
@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.tar.zst"])
def test_a_tar_that_is_cut_short_says_so(tmp_path, name, cut):
    path = tarred(tmp_path / name, {f"{i}.txt": json.dumps(list(range(i, i + 200))).encode() for i in range(5)})
    whole = read(path)
    assert [r.error for r in whole] == [None] * 5
    data = path.read_bytes()
    path.write_bytes(data[: cut if name == "x.tar" else cut * len(data) // 10240])
    found = read(path)
    assert found[-1].error
    assert len(found) <= 5
    assert [r.data for r in found if r.error is None] == [r.data for r in whole][: sum(r.error is None for r in found)]


def test_a_broken_header_in_the_middle_of_a_tar_is_not_its_end(tmp_path):
    path = tarred(tmp_path / "x.tar", {f"{i}.txt": b"x" for i in range(3)})
    data = bytearray(path.read_bytes())
    data[1024 + 148 : 1024 + 156] = b"7777777\0"
    path.write_bytes(data)
    good, bad = read(path)
    assert good.error is None
    assert "cannot be read on after entry 1" in bad.error


def test_a_header_that_would_fill_the_memory(tmp_path):
    path = tmp_path / "x.tar"
    long = tarfile.TarInfo("././@LongLink")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 8 << 30
    path.write_bytes(long.tobuf(tarfile.GNU_FORMAT) + b"x" * 10240)
    (bad,) = read(path)
    assert "a header of 8,589,934,592 bytes" in bad.error


def test_a_zip_without_its_end(tmp_path):
    path = zipped(tmp_path / "x.zip", ARTICLES)
    path.write_bytes(path.read_bytes()[:-30])
    (bad,) = read(path)
    assert str(path) in bad.error
