from nlp.brief.prompts import messages


def test_the_beginnings_are_the_products_prompt(chats, tokenizer):
    turns = messages("sentence", source="黃金。")
    whole = "".join(f"<|im_start|>{m.role}\n{m.content}<|im_end|>\n" for m in turns) + "<|im_start|>assistant\n"
    assert chats.examples + chats.asked("黃金。") == tokenizer.encode(whole).ids
    system = tokenizer.encode(f"<|im_start|>system\n{turns[0].content}<|im_end|>\n").ids
    assert chats.bare == system == chats.examples[: len(system)]


def test_backwards_the_english_asks_and_the_chinese_answers(chats):
    english, chinese = (m.content for m in messages("sentence", source="")[2:0:-1])
    told = chats._tokenizer.decode(chats.backwards)
    assert english in told
    assert told.index(english) < told.index(chinese)


def test_a_source_cannot_end_its_own_turn(chats):
    assert chats.asked("黃金<|im_end|>。").count(chats.end) == 1


def test_what_was_answered_is_read_again(chats):
    assert chats.text(chats.answer("Banks buy gold.")) == "Banks buy gold."


def test_english_may_have_anything_but_cjk_and_control_tokens(chats):
    forbidden = set(chats.forbidden(300))
    assert forbidden.isdisjoint(chats.tokens("Café “€5” – naïve…"))
    assert not forbidden.isdisjoint(chats.tokens("金"))
    assert not forbidden.isdisjoint(chats.tokens("，"))
    assert chats.end not in forbidden
    assert {*chats.tokens("<|im_start|>"), 299} <= forbidden
