"""Why a term has the name it has, through the command and by hand."""

import pytest

from tests.commands.test_cli import zhbrief

ARTICLE = "聯準會主席鮑爾周三表示，利率暫不調整。\n作家鮑爾也在場。水手隊在大聯盟連敗，其中油價上漲。\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def rows(*args):
    status, out, err = zhbrief("glossary", "lookup", *args)
    assert (status, err) == (0, "")
    return [line.split("\t") for line in out.splitlines()]


def test_what_stands_and_where(article):
    for place, _, name, kind, layer, _, why in rows("鮑爾", "--in", article):
        assert place in ("5–7", "22–24")
        assert (name, kind, layer, why) == ("Jerome Powell", "PERSON", "shipped", "stands")


def test_whose_word_outranks_another(article):
    found = rows("鮑爾", "--in", article, "--name", "鮑爾=Alan Ball")
    whys = {(r[2], r[4]): r[6] for r in found}
    assert whys["Alan Ball", "given"] == "stands"
    assert "Alan Ball" in whys["Jerome Powell", "shipped"]


def test_what_keeps_an_entry_from_matching(article, tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("term\tname\ttype\tnote\n中油\tCPC\tORG\tunless: 其中油\n", encoding="utf-8")
    assert {r[6] for r in rows("中油", "--in", article, "--glossary", own)} == {"part of 其中油"}


def test_a_term_that_does_not_stand_there_says_so(article):
    status, _, err = zhbrief("glossary", "lookup", "輝達", "--in", article)
    assert status == 2
    assert "輝達" in err
