import pytest

from nlp.brief.headline import LONGEST, headlines


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        (
            "The central bank said on March 19 that it would keep its rate at 0.75%.",
            "Central bank says that it would keep its rate at 0.75%",
        ),
        (
            "Shares in Airbus surged 9% on Thursday, their biggest gain since 2020, lifting the whole of the market with them.",
            "Shares in Airbus surged 9%, their biggest gain since 2020",
        ),
        (
            "Buoyed by this, Airbus shares surged 9%, and the whole of the market rose with them.",
            "Airbus shares surged 9%, and the whole of the market rose with them",
        ),
        (
            "Poland plans to stockpile gas (LNG) and other fuels for winter; its neighbor Hungary declined to comment on the plan.",
            "Poland plans to stockpile gas and other fuels for winter",
        ),
        (
            "Lithuania closed its border with Belarus in October 2025, and 12 trucks were turned back. The union protested.",
            "Lithuania closed its border with Belarus, and 12 trucks were turned back",
        ),
        (
            "The government announced a reserve on Monday, locking in antimony, gallium, and rare earths.",
            "Government announces a reserve, locking in antimony, gallium, and rare earths",
        ),
        (
            "This year, governments from Washington to Seoul have been buying minerals.",
            "Governments from Washington to Seoul have been buying minerals",
        ),
    ],
)
def test_the_longest_short_cut_comes_first(sentence, headline):
    assert headlines(sentence)[0] == headline


@pytest.mark.parametrize(
    "sentence",
    [
        'Emmanuel Macron said that if France thought it could win without allies, it was "deceiving itself."',
        "The High Court ruled that the prime minister invoked the act to freeze accounts, exceeding his powers.",
    ],
)
def test_what_somebody_says_is_never_cut_in_the_middle(sentence):
    assert all(h.rstrip('"').endswith(("itself.", "powers")) for h in headlines(sentence))
    assert headlines(sentence)


def test_what_leans_on_something_before_is_no_headline():
    assert headlines("He said prices would rise.") == []
    assert headlines("Another is the Pax Silica proposal, which protects the supply chain.") == []
    assert headlines("If prices rise, the bank will act.") == []


def test_a_headline_has_an_end():
    assert headlines("word " * (LONGEST + 10)) == []


def test_a_passive_report_stays_in_the_past():
    assert headlines("The mayor was said to have left the town.")[0] == "Mayor was said to have left the town"
