"""Lint: what it finds, and what it leaves alone."""

import pytest

from nlp.names.lint import lint

HEAD = "term\tvariants\tname\ttype\tregion\tstatus\tnote\n"


def codes(tmp_path, *rows, name="a.tsv"):
    (tmp_path / name).write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return [(f.line, f.code) for f in lint([tmp_path])]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["甲乙\t\tA\tORG", "甲乙\t\tB\tORG"], [(3, "two-names")]),
        (["甲乙\t\tA\tORG\ttw", "甲乙\t\tB\tORG\thk"], []),
        (["甲乙\t\tA\tORG", "甲乙\t\tA\tORG\t\t\tneeds: 丙"], [(3, "twice")]),
        (["甲乙\t\tA\tORG", "甲乙\t\tB\tORG\t\t\tneeds: 丙"], []),
        (["台灣甲\t臺灣甲\tA\tORG"], [(2, "variant-is-term")]),
        (["丁甲\t甲乙\tA\tORG", "甲乙\t\tA\tORG"], [(2, "variant-is-term")]),
        (["甲乙\t\tA\tORG", "甲乙\t\tA\tORG\t\tforbidden"], [(3, "forbidden-preferred")]),
        (["甲\t\tA\tORG"], [(2, "one-character")]),
        (["銻\t\tantimony"], []),
        (["成功\t\tsuccess"], [(2, "common-word")]),
        (["希望\t\thope"], [(2, "common-word")]),
        (["成功\t\tChenggong\tGPE"], []),
        (["高雄\t\tKaohsiung"], []),
        (["甲乙\t\tA 公司\tORG"], [(2, "chinese-in-english")]),
        (["一一\t\tJorgensen\tPERSON", "二二\t\tJørgensen\tPERSON"], [(3, "spelling")]),
        (["一一\t\tMueller\tPERSON", "二二\t\tMUELLER\tPERSON"], [(3, "spelling")]),
        (["二二\t\tA\tORG", "一一\t\tB\tORG"], [(3, "unsorted")]),
    ],
)
def test_findings(tmp_path, rows, found):
    assert codes(tmp_path, *rows) == found


def test_findings_reach_over_files(tmp_path):
    codes(tmp_path, "甲乙\t\tA\tORG")
    assert codes(tmp_path, "甲乙\t\tB\tORG", name="b.tsv") == [(2, "two-names")]
