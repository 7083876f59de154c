import pytest

from nlp.brief.case import titled


@pytest.mark.parametrize(
    ("headline", "names", "title"),
    [
        ("Central bank says it would keep its rate at 0.75%", [], "Central Bank Says It Would Keep Its Rate at 0.75%"),
        ("Bank of Japan to keep rate, says von der Leyen", ["von der Leyen", "Bank of Japan"], "Bank of Japan To Keep Rate, Says von der Leyen"),
        ("iPhone maker moves to China, with share prices up", [], "iPhone Maker Moves to China, With Share Prices Up"),
        ("Poland plans to stockpile gas and other fuels for winter", [], "Poland Plans To Stockpile Gas and Other Fuels for Winter"),
        ("Man-made fibers are on the up", [], "Man-Made Fibers Are on the Up"),
        ('Macron says it was "deceiving itself"', [], 'Macron Says It Was "Deceiving Itself"'),
    ],
)  # fmt: skip
def test_title_case(headline, names, title):
    assert titled(headline, names) == title
