import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nlp.batch import Fields, records, rows


def read(path, **fields):
    return list(records([str(path)], Fields(**fields)))


def test_jsonl_fields_and_lists(tmp_path):
    path = tmp_path / "x.jsonl"
    lines = [
        json.dumps({"k": "甲", "zh": ["一", "二"]}),
        "",
        json.dumps({"zh": "三"}),
        json.dumps({"k": None, "zh": "四"}),
    ]
    path.write_text("\ufeff" + "\n".join(lines))
    assert [(r.record, r.data) for r in read(path, text="zh", id="k")] == [("甲", "一\n二"), ("3", "三"), ("4", "四")]


@pytest.mark.parametrize(
    "line",
    [
        "{broken",
        "[1]",
        '{"other": 1}',
        '{"text": 3}',
        '{"text": null}',
        "[" * 100_000,
        b'{"text": "\xa4\xa4"}',
        b"\0\0\0",
    ],
)
def test_a_bad_line_is_a_record_with_an_error(tmp_path, line):
    path = tmp_path / "x.jsonl"
    path.write_bytes((line if isinstance(line, bytes) else line.encode()) + b'\n{"text": "\xe5\xa5\xbd"}\n')
    bad, good = read(path)
    assert f"{path}:1" in bad.error
    assert "\n" not in bad.error
    assert (good.error, good.data, good.record) == (None, "好", "2")


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_line_without_end_costs_itself_alone(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(rows, "LONGEST", 100)
    path = tmp_path / f"x.{suffix}"
    start, row = ("", '{{"text": "{}"}}\n') if suffix == "jsonl" else ("text\n", "{}\n")
    path.write_text(start + row.format("x" * 500) + row.format("好"))
    bad, good = read(path)
    assert "a line of more than" in bad.error
    assert (good.error, good.data) == (None, "好")
    path.write_text(start + row.format("x" * 5000) + row.format("好"))
    (hopeless,) = read(path)
    assert "cannot be read on" in hopeless.error


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_of_spreadsheets(tmp_path, encoding, delimiter):
    path = tmp_path / "x.csv"
    lines = ["編號,內文", '甲,"央行今天升息半碼，理事會一致決議。\n第二段說明。"', ',"他說：""好""。"', "", "乙,短。"]
    path.write_bytes("\r\n".join(lines).replace(",", delimiter).encode(encoding))
    found = read(path, text="內文", id="編號")
    assert [r.error for r in found] == [None] * 3
    assert [r.record for r in found] == ["甲", "3", "乙"]
    texts = [r.data if isinstance(r.data, str) else r.data.decode("cp950") for r in found]
    assert texts == ["央行今天升息半碼，理事會一致決議。\n第二段說明。", '他說："好"。', "短。"]


def test_bad_rows_of_a_csv(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('id,text\na,好\nb,一,二\nc\nd,"一"二\ne,三,,\nf,"沒有結尾\n')
    found = read(path)
    assert [r.error is None for r in found] == [True, False, False, False, True, False]
    assert "row 3: 3 cells where the header has 2" in found[1].error
    assert [r.data for r in found if r.error is None] == ["好", "三"]


@pytest.mark.parametrize(("content", "says"), [("id,body\n1,x\n", ": id, body"), ("", "none")])
def test_a_csv_without_the_column(tmp_path, content, says):
    path = tmp_path / "x.csv"
    path.write_text(content)
    (bad,) = read(path)
    assert "no column 'text'; name one with --text-field" in bad.error
    assert bad.error.endswith(says)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["一", None, "三"]),
        pa.array(["一", None, "三"], pa.large_string()),
        pa.array(["一", None, "三"]).dictionary_encode(),
        pa.array([["一"], None, ["三"]]),
        pa.array(["一".encode(), None, "三".encode()]),
    ],
)
def test_parquet_columns(tmp_path, column):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"n": [7, 8, None], "text": column}), path)
    first, null, third = read(path, id="n")
    assert [r.record for r in (first, null, third)] == ["7", "8", "3"]
    assert [r.data if isinstance(r.data, str) else r.data.decode() for r in (first, third)] == ["一", "三"]
    assert "no text in field 'text'" in null.error


def test_bad_parquet(tmp_path):
    path = tmp_path / "x.parquet"
    text = pa.Array.from_buffers(pa.string(), 2, pa.array(["aa", "bb"], pa.binary()).buffers())
    broken = pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xa4\xa4", b"ok"]).buffers())
    pq.write_table(pa.table({"text": broken}), path)
    bad, good = read(path)
    assert "row 1" in bad.error
    assert good.data == "ok"
    pq.write_table(pa.table({"body": text}), path)
    assert "no column 'text'" in read(path)[0].error
    path.write_bytes(path.read_bytes()[:-20])
    assert "cannot be read on after row 0" in read(path)[0].error
