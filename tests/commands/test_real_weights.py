"""The way from a file to a checked brief with the real 1.5B weights (fetched by ``make test`` before the tests run)."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
CJK = re.compile(r"[\u3400-\u9fff]")

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def result():
    command = [
        sys.executable,
        "-m",
        "nlp",
        "brief",
        str(SAMPLES / "critical-minerals.txt"),
        "--format",
        "json",
        "--sentences",
        "3",
    ]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_a_brief_is_written_in_english(result):
    (brief,) = result["briefs"]
    assert brief["language"] == "en"
    assert len(brief["sentences"]) == 3
    assert not CJK.search(json.dumps(brief, ensure_ascii=False))
    assert result["engine"]["name"] == "llamacpp"


def test_every_sentence_has_evidence_in_the_article(result):
    text = result["article"]["text"]
    for sentence in result["briefs"][0]["sentences"]:
        assert 1 <= len(sentence["evidence"]) <= 3
        assert all(text[e["start"] : e["end"]].strip() for e in sentence["evidence"])


def test_every_figure_stands_in_the_article(result):
    known = " ".join(q["name"] for q in result["quantities"])
    for sentence in result["briefs"][0]["sentences"]:
        for figure in re.findall(r"\d[\d,.]*\d|\d", sentence["text"]):
            assert figure in known, sentence["text"]
