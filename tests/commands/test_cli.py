"""Whole commands through real files and pipes; no model."""

import json
import subprocess
import sys

import jsonschema
import pytest

PAGE = (
    " date 2026-02-25 快訊\n\n路口又積水 里長盼改善\n\n澳洲囤礦 砸8億美元\n\n經濟日報／ 編譯／綜合外電\n礦場一景。圖／路透\n礦場一景。圖／路透\n\n"
    "澳洲1月宣布，將投入8億美元建立關鍵礦產儲備，優先買進銻、鎵和稀土，以降低對單一來源的依賴。\n\n"
    "皇家國際事務研究所（Chatham House）研究員施洛德（Patrick Schröder）24日指出，各國囤貨的動機已經改變，施洛德並提醒風險。\n\n"
    "礦產 澳洲\n\n延伸閱讀\n\n貓咪愛睡紙箱 專家這樣說\n"
)


def zhbrief(*args, data=b"", cwd=None):
    done = subprocess.run(
        [sys.executable, "-m", "nlp", *map(str, args)], input=data, capture_output=True, cwd=cwd, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_help_names_every_command():
    status, out, _ = zhbrief("--help")
    assert status == 0
    for command in ("brief", "entities", "clean", "batch", "models", "glossary", "schema"):
        assert command in out


def test_clean_gives_the_article_alone_from_a_file_and_from_a_pipe(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    status, out, _ = zhbrief("clean", path, "--format", "json")
    assert status == 0
    article = json.loads(out)["article"]
    assert article["title"] == "澳洲囤礦 砸8億美元"
    assert article["published"] == "2026-02-25"
    assert len(article["text"].split("\n")) == 2
    assert all(d["reason"] for d in article["dropped"])
    piped = json.loads(zhbrief("clean", "--format", "json", data=PAGE.replace("ö", "o").encode("cp950"))[1])
    assert piped["article"]["title"] == article["title"]
    assert piped["article"]["text"] == article["text"].replace("ö", "o")
    assert piped["source"]["encoding"] == "cp950"


def test_entities_hold_to_the_schema_and_name_what_the_article_glosses():
    status, out, err = zhbrief("entities", "-", "--format", "json", data=PAGE.encode())
    assert (status, err) == (0, "")
    result = json.loads(out)
    jsonschema.validate(result, json.loads(zhbrief("schema")[1]))
    text = result["article"]["text"]
    names = {e["name"]: e for e in result["entities"]}
    assert {"Patrick Schröder", "Chatham House", "Australia"} <= names.keys()
    assert [m["text"] for m in names["Patrick Schröder"]["mentions"]] == ["施洛德", "Patrick Schröder", "施洛德"]
    assert [q["value"] for q in result["quantities"] if q["unit"] == "USD"] == [800_000_000]
    for item in [*(m for e in result["entities"] for m in e["mentions"]), *result["quantities"]]:
        assert text[item["start"] : item["end"]] == item["text"]


def test_the_users_own_names_come_first(tmp_path):
    glossary = tmp_path / "own.tsv"
    glossary.write_text("term\tname\ttype\n施洛德\tP. Schroeder\tPERSON\n澳洲\tOz\tGPE\n")
    _, out, _ = zhbrief(
        "entities", "--glossary", glossary, "--name", "澳洲=Down Under", "--format", "json", data=PAGE.encode()
    )
    origins = {e["name"]: e["origin"] for e in json.loads(out)["entities"]}
    assert origins["Down Under"] == "given"
    assert origins["P. Schroeder"] == "glossary"


def test_a_projects_own_names(tmp_path):
    (tmp_path / "zhbrief.toml").write_text('[names]\n"澳洲" = "Oz"\n')
    _, out, _ = zhbrief("entities", "--format", "json", data=PAGE.encode(), cwd=tmp_path)
    assert "Oz" in {e["name"] for e in json.loads(out)["entities"]}


def test_plain_text_comes_back_character_for_character():
    text = "  延伸閱讀\n\n澳洲 投入。 \n"
    _, out, _ = zhbrief("entities", "--plain", "--format", "json", data=text.encode())
    assert json.loads(out)["article"]["text"] == text


@pytest.mark.parametrize(
    ("args", "data", "says"),
    [
        (("clean", "nowhere.txt"), b"", "nowhere.txt: No such file"),
        (("clean",), b"", "empty"),
        (("clean",), b"\x00\x01" * 100, "binary"),
        (("clean",), "国务院总理今天在北京会见外国客人，双方交换意见。".encode("gb18030"), "GB18030"),
        (("clean", "--date", "yesterday"), b"x", "--date yesterday"),
        (("clean", "--format", "pdf"), b"x", "--format pdf"),
        (("entities", "--name", "甲"), b"x", "--name"),
        (("entities", "--ner", "best"), b"x", "--ner best"),
        (("entities", "--glossary", "none.tsv"), "甲。".encode(), "none.tsv"),
        (("brief", "--to", "fr"), b"x", "--to fr"),
        (("brief", "--style", "poem"), b"x", "--style poem"),
        (("brief", "--case", "upper"), b"x", "--case upper"),
        (("brief", "--stream", "--format", "json"), b"x", "--stream"),
        (("batch", "none", "--task", "clean"), b"", "none: no such"),
    ],
)
def test_an_error_is_one_line_and_status_2(args, data, says, tmp_path):
    status, out, err = zhbrief(*args, data=data, cwd=tmp_path)
    assert status == 2
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("command", [("brief",), ("translate",), ("batch", "in.jsonl")])
def test_a_prompt_that_cannot_be_used_is_one_line(command, tmp_path):
    (tmp_path / "in.jsonl").write_text("{}")
    (tmp_path / "desk.txt").write_text("== user ==\nTranslate {text}\n")
    for prompt, says in (("desk.txt", "{text} in turn 1"), ("none.txt", "No such file")):
        status, out, err = zhbrief(*command, "--prompt", prompt, data=b"x", cwd=tmp_path)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert f"--prompt {prompt}: " in err
        assert says in err


def test_a_server_nobody_named_is_one_line(monkeypatch):
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.delenv("ZHBRIEF_OPENAI_BASE_URL", raising=False)
    status, out, err = zhbrief("brief", "--engine", "openai", data=PAGE.encode())
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "ZHBRIEF_OPENAI_BASE_URL=http://localhost:8080/v1" in err


def test_a_bad_record_does_not_stop_a_batch(tmp_path):
    lines = [
        json.dumps({"id": "a", "text": PAGE}),
        "{broken",
        json.dumps({"id": "c", "text": ""}),
        json.dumps({"id": "d", "text": "澳洲。"}),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    status, _, err = zhbrief("batch", "in.jsonl", "--task", "entities", "-o", "out.jsonl", cwd=tmp_path)
    results = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert status == 3
    assert "2 done, 2 failed" in err
    assert [r["source"]["record"] for r in results] == ["a", "2", "c", "d"]
    assert [r["error"] is None for r in results] == [True, False, False, True]
    schema = json.loads(zhbrief("schema")[1])
    for r in results:
        jsonschema.validate(r, schema)


def test_several_files_are_an_array(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(PAGE)
    _, out, _ = zhbrief("clean", "a.txt", "b.txt", "--format", "json", cwd=tmp_path)
    assert [r["source"]["path"] for r in json.loads(out)] == ["a.txt", "b.txt"]


def test_glossary_lookup_says_by_whose_word():
    _, out, _ = zhbrief("glossary", "lookup", "華爾街日報與川普", "--name", "川普=Mr. Trump")
    assert [row.split("\t")[1::2][:2] for row in out.splitlines()] == [
        ["Wall Street Journal", "shipped"],
        ["Mr. Trump", "given"],
    ]


def test_a_chinese_brief_needs_no_model():
    status, out, _ = zhbrief("brief", "-", "--to", "zh", "--format", "json", data=PAGE.encode())
    assert status == 0
    result = json.loads(out)
    jsonschema.validate(result, json.loads(zhbrief("schema")[1]))
    assert result["engine"] is None
    (brief,) = result["briefs"]
    assert brief["language"] == "zh"
    assert brief["sentences"][0]["text"].startswith("澳洲1月宣布，將投入8億美元")
    assert brief["headline"]["text"]
