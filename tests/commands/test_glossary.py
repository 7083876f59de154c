"""``zhbrief glossary`` through real files and pipes."""

import pytest

from tests.commands.test_cli import PAGE, zhbrief

OWN = "# topic: chips\nterm\tvariants\tname\tshort\ttype\tnote\n輝達\t英偉達\tNvidia\t\tORG\t\n黃仁勳\t\tJensen Huang\tHuang\tPERSON\tneeds: 輝達\n"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx", "tbx"])
def test_a_glossary_goes_out_and_comes_back(own, tmp_path, ending):
    out, back = tmp_path / f"own.{ending}", tmp_path / f"{ending}.tsv"
    assert zhbrief("glossary", "export", own, "-o", out) == (0, "", "")
    assert zhbrief("glossary", "import", out, "-o", back, "--topic", "chips", "--licence", "CC0-1.0") == (0, "", "")
    assert back.read_text(encoding="utf-8").startswith("# topic: chips\n# licence: CC0-1.0\n")
    listed = [zhbrief("glossary", "list", "--glossary", path)[1] for path in (own, back)]
    assert listed[0] == listed[1]


def test_what_is_lost_is_told_and_what_is_there_is_kept(own, tmp_path):
    out = tmp_path / "pairs.csv"
    status, _, err = zhbrief("glossary", "export", own, "--to", "deepl", "-o", out)
    assert status == 0
    assert "deepl has no place for short: 1 of 2 entries lose it" in err
    assert out.read_bytes() == "輝達,Nvidia\r\n英偉達,Nvidia\r\n黃仁勳,Jensen Huang\r\n".encode()
    assert zhbrief("glossary", "export", own, "--to", "google", "-o", out)[0] == 2
    assert out.read_bytes().startswith("輝達".encode())
    assert zhbrief("glossary", "export", own, "--to", "google", "-o", out, "--force", "-q") == (0, "", "")
    assert out.read_bytes().startswith(b"zh-TW,en")


def test_half_a_file_is_not_imported(tmp_path):
    bad, out = tmp_path / "bad.csv", tmp_path / "out.tsv"
    bad.write_text("term,name\n甲,A\n乙\n", encoding="utf-8")
    status, _, err = zhbrief("glossary", "import", bad, "-o", out)
    assert (status, out.exists()) == (2, False)
    assert "bad.csv:3" in err
    assert len(err.splitlines()) == 1


def test_lint_has_a_status_for_ci(own, tmp_path):
    assert zhbrief("glossary", "lint")[0] == 0
    status, out, _ = zhbrief("glossary", "lint", own)
    assert (status, out) == (0, "")
    own.write_text(OWN + "甲\t\tA\t\tORG\t\n", encoding="utf-8")
    status, out, _ = zhbrief("glossary", "lint", own)
    assert status == 1
    assert "own.tsv:5: one-character: 甲" in out
    assert zhbrief("glossary", "lint", tmp_path / "none.tsv")[0] == 2


def test_an_articles_names_as_a_termbase():
    status, out, err = zhbrief("entities", "-", "--format", "tbx", data=PAGE.encode())
    assert (status, err) == (0, "")
    assert '<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic"' in out
    assert "<term>Patrick Schröder</term>" in out
    assert zhbrief("brief", "-", "--format", "tbx", data=PAGE.encode())[0] == 2
