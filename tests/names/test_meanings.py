from nlp.names.meanings import VERB, meanings, words


def test_words_are_led_back_to_their_beginnings():
    assert words("The National Trust of Nations") == {"natio", "trust"}
    assert words("of the") == frozenset()
    assert words("CrowdStrike") == {"crowd", "strik"}


def test_words_that_begin_at_an_offset_in_either_script():
    for text in ("英國國民信託", "英国国民信托"):
        means = dict(meanings(text, 4))
        assert words("trust") <= means[6]
    assert meanings("Ω", 0) == []


def test_verbs_are_marked():
    assert VERB in dict(meanings("宣告成立", 2))[4]
    assert VERB not in dict(meanings("委員會", 0))[3]
