import pytest
import torch

from training.adapter.qwen import Written
from training.adapter.sampling import Desk


@pytest.fixture(scope="module")
def desk(model, chats):
    return Desk(model, chats)


def test_each_source_gets_its_own_texts_in_order(desk, model, source, chats, monkeypatch):
    monkeypatch.setattr("training.adapter.sampling.LONGEST", 4)
    sources, before = [source("各國央行仍在買進黃金，而且買得很多。"), source("黃金。")], model.beginning(chats.bare)
    together = desk.written(model, before, sources, 2)
    alone = [desk.written(model, before, [s], 1)[0][0].tokens for s in sources]
    assert [len(texts) for texts in together] == [2, 2]
    assert [texts[0].tokens for texts in together] == alone


def test_the_reverse_probability_is_the_mean_of_the_sources_tokens(desk, model, source, chats):
    pairs = [("Banks are buying gold.", source()), ("Gold.", source("黃金。"))]
    for (text, s), found in zip(pairs, desk.reverse(pairs), strict=True):
        wanted = chats.tokens(s.grounded)
        row = torch.tensor([chats.backwards + chats.asked(text) + wanted])
        with torch.no_grad():
            chances = torch.log_softmax(model.scores(model.hidden(row)[0, -len(wanted) - 1 : -1]), -1)
        mean = chances.gather(1, torch.tensor(wanted)[:, None]).mean()
        assert found == pytest.approx(float(mean), abs=1e-3)


def test_candidates_are_the_different_texts_that_came_to_an_end(desk, source, chats):
    def text(words, finished=True):
        return Written(chats.tokens(words), -0.2, finished)

    drawn = [text("Banks buy gold."), text("Banks buy gold."), text("Banks bu", False), text("  "), text("Gold it is.")]
    first, second = desk.candidates([source(), source("黃金。")], [drawn, []])
    assert [c.text for c in first] == ["Banks buy gold.", "Gold it is."]
    assert first[0].confidence == -0.2
    assert second == []
