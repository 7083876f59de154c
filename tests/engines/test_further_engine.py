"""The engine that docs/engines.md shows, installed as a distribution would be."""

import re
import sys
from pathlib import Path

import pytest

from nlp.pipeline import Options, Pipeline

DOCS = Path(__file__).parents[2] / "docs" / "engines.md"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    text = DOCS.read_text()
    (module,) = re.findall(r"```python\n(.*?)```", text, re.S)
    (tmp_path / "zhbrief_copy.py").write_text(module)
    name, value = re.search(r'^(\w+) = "(zhbrief_copy:load)"$', text, re.M).groups()
    about = tmp_path / "zhbrief_copy-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: zhbrief-copy\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[zhbrief.engines]\n{name} = {value}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield name
    sys.modules.pop("zhbrief_copy", None)


def test_it_is_found_by_its_entry_point_and_held_by_the_checks(installed):
    result = Pipeline(Options(engine=installed))("澳洲1月宣布投入8億美元，建立關鍵礦產儲備。")
    assert result.engine.name == "copy"
    (sentence,) = result.briefs[0].sentences
    assert sentence.text.startswith("Australia in January US$800 million")
