from training.adapter.source import HELD_OUT, split


def test_no_sentence_that_is_held_out_is_learnt(source):
    some = [source(f"第{i // 2}句。", guess=bool(i % 2)) for i in range(4 * HELD_OUT)]
    some += [source("有參考譯文。", reference="It has one.")]
    learnt, held_out = split(some, 0)
    assert len(held_out) == HELD_OUT
    assert {s.chinese for s in learnt}.isdisjoint(s.chinese for s in held_out)
    assert any(s.reference for s in learnt)
    assert split(some, 0) == (learnt, held_out)
