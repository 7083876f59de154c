import pytest

from nlp.annotate.types_by_cue import suffix_type, type_by_cue


@pytest.mark.parametrize(
    ("han", "latin", "kind"),
    [
        ("施洛德", "Patrick Schröder", "PERSON"),
        ("金庫計畫", "Project Vault", "EVENT"),
        ("皇家國際事務研究所", "Chatham House", "ORG"),
        ("國際緊急經濟權力法", "IEEPA", "LAW"),
        ("范德賴恩", "Ursula von der Leyen", "PERSON"),
        ("荷蘭國際集團", "ING", "ORG"),
    ],
)
def test_types(han, latin, kind):
    assert type_by_cue(han, latin) == kind


def test_a_cue_alone_is_no_name():
    assert suffix_type("法") is None
    assert suffix_type("計畫") is None
    assert suffix_type("市") is None
