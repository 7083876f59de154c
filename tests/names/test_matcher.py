import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.names import Entry, Gazetteer, Layer, fold, lexicon, standard


def find(text, *entries, layer=Layer.SHIPPED):
    return [(text[m.start : m.end], m.entry.name) for m in Gazetteer([(layer, lexicon(entries))]).find(text)]


def test_the_longest_match_wins_from_the_left():
    found = find("美國銀行與美國", Entry("美國", "US"), Entry("美國銀行", "BofA"))
    assert found == [("美國銀行", "BofA"), ("美國", "US")]


@pytest.mark.parametrize("text", ["史考特・葛蕾", "史考特‧葛蕾", "史考特－葛蕾", "史考特-葛蕾", "史考特·葛蕾"])
def test_separators_are_one(text):
    assert find(text, Entry("史考特·葛蕾", "Scott-Gray")) == [(text, "Scott-Gray")]


@pytest.mark.parametrize(("text", "term"), [("臺積電", "台積電"), ("台积电", "台積電"), ("ＯＰＥＣ", "OPEC")])
def test_script_variants_and_width_are_folded(text, term):
    assert find(text, Entry(term, "X")) == [(text, "X")]


def test_latin_terms_match_whole_words_only():
    assert find("OPEC與OPECX", Entry("OPEC", "O")) == [("OPEC", "O")]


def test_guards():
    sailor = Entry("水手", "Mariners", needs=("大聯盟",))
    assert find("水手上岸", sailor) == []
    assert find("大聯盟水手", sailor) == [("水手", "Mariners")]
    oil = Entry("中油", "CPC", unless=("其中油",))
    assert find("其中油價上漲，中油調價", oil) == [("中油", "CPC")]


def test_the_layer_that_counts_more_names_it():
    gazetteer = Gazetteer(
        [(Layer.SHIPPED, lexicon([Entry("甲乙", "shipped")])), (Layer.GIVEN, lexicon([Entry("甲乙", "given")]))]
    )
    assert [m.entry.name for m in gazetteer.find("甲乙")] == ["given"]


def test_short_terms_are_risky_and_a_users_own_never():
    assert [m.risky for m in Gazetteer([(Layer.SHIPPED, lexicon([Entry("美光", "M")]))]).find("美光")] == [True]
    assert [m.risky for m in Gazetteer([(Layer.GIVEN, lexicon([Entry("美光", "M")]))]).find("美光")] == [False]


def test_an_empty_gazetteer_finds_nothing():
    assert find("文") == []


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


def test_countries_cities_and_currencies_come_from_cldr():
    names = {form: e.name for e in standard() for form in e.forms}
    assert names["義大利"] == names["意大利"] == "Italy"
    assert names["首爾"] == "Seoul"
    assert names["美元"] == "US dollar"


def test_reference_data_hides_nothing():
    own, data = lexicon([Entry("美國", "US")]), lexicon([Entry("美國運通", "Amex")])
    gazetteer = Gazetteer([(Layer.SHIPPED, own), (Layer.REFERENCE, data)])
    assert [(m.start, m.end, m.entry.name) for m in gazetteer.find("在美國運通")] == [(1, 3, "US")]
    match = gazetteer.reference("在美國運通", 1, 5)
    assert match is not None
    assert match.entry.name == "Amex"
    assert gazetteer.reference("在美國運通", 1, 4) is None


def test_of_two_that_fit_the_preferred_counts_and_the_other_is_its_rival():
    first, second = Entry("鮑爾", "Alan Ball"), Entry("鮑爾", "Jerome Powell", status="preferred")
    (match,) = Gazetteer([(Layer.SHIPPED, lexicon([first, second]))]).find("鮑爾")
    assert (match.entry.name, [e.name for e in match.rivals]) == ("Jerome Powell", ["Alan Ball"])
