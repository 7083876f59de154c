import pytest
import torch

from training.adapter import lora
from training.adapter.candidates import Preference
from training.adapter.preferring import BETA, losses, prefer

BETTER, WORSE = "Banks buy gold.", "It rains a lot here."


@pytest.fixture
def preferences(source):
    return [Preference(source(), BETTER, WORSE, -2.0), Preference(source("黃金。"), "Gold.", None, -2.0)]


def likelihood(model, chats, source, text):
    asked, answer = chats.bare + chats.asked(source.grounded), chats.answer(text)
    with torch.no_grad():
        chances = torch.log_softmax(
            model.scores(model.hidden(torch.tensor([asked + answer]))[0, len(asked) - 1 : -1]), -1
        )
    return float(chances.gather(1, torch.tensor(answer)[:, None]).sum()), len(answer)


def test_the_losses_are_those_of_the_texts_alone(model, chats, preferences):
    (one, some), (worse, _), (other, more) = (
        likelihood(model, chats, preferences[i].source, text) for i, text in ((0, BETTER), (0, WORSE), (1, "Gold."))
    )
    likely, preferred = losses(model, preferences, chats)
    assert float(likely) == pytest.approx(-(one + other) / (some + more), abs=1e-3)
    expected = -torch.nn.functional.logsigmoid(torch.tensor(BETA * (one - worse)))
    assert float(preferred) == pytest.approx(float(expected), abs=1e-2)
    assert float(losses(model, preferences[1:], chats)[1]) == 0.0


def test_what_is_preferred_becomes_likelier_and_the_start_stays_as_it_was(model, chats, preferences, capsys):
    start = lora.new(model, 0)
    learnt = prefer(model, start, preferences, chats, 1e-2, 8.0, 0)
    after = model.adapted(learnt, lora.SCALE)
    source = preferences[0].source
    gained = {
        t: likelihood(after, chats, source, t)[0] - likelihood(model, chats, source, t)[0] for t in (BETTER, WORSE)
    }
    assert gained[BETTER] > 0
    assert gained[BETTER] > gained[WORSE]
    assert all(not b.any() for _, b in start.values())
    assert "step 8 of 8" in capsys.readouterr().out
