import pytest

from nlp.brief.tidy import tidy


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Oil rose.\n\nNote: as asked.", "Oil rose."),
        ("Translation: oil rose", "Oil rose."),
        ('"Oil rose."', "Oil rose."),
        ("Oil rose ,  he said .", "Oil rose, he said."),
        ("It costs US$ 12 billion", "It costs US$12 billion."),
        ("by an US$800 million reserve", "By a US$800 million reserve."),
        ("the U. S. Treasury", "The U.S. Treasury."),
        ("Europe relies on U. S. forces", "Europe relies on U.S. forces."),
        ('He said "no" and "yes"', 'He said "no" and "yes"'),
        ("Three United States officials met.", "Three U.S. officials met."),
        ("A hit with United Kingdom viewers.", "A hit with British viewers."),
        ("He left the United Kingdom yesterday.", "He left the United Kingdom yesterday."),
        ("the United Kingdom government", "The British government."),
        ("Germany and United Kingdom are to meet", "Germany and United Kingdom are to meet."),
        ("United Kingdom says so", "United Kingdom says so."),
        ("In the United Kingdom voters went home", "In the United Kingdom voters went home."),
        ("The United Kingdom sanctions banks", "The United Kingdom sanctions banks."),
        (
            "Exports to the United States and United Kingdom in May",
            "Exports to the United States and United Kingdom in May.",
        ),
        ("", ""),
    ],
)
def test_form_is_mended(raw, clean):
    assert tidy(raw) == clean
