import pytest

from nlp.engines import Completion
from nlp.engines.thinking import without_thinking


@pytest.mark.parametrize(
    ("text", "answer", "thought"),
    [
        ("Rates hold.", "Rates hold.", ""),
        ("<think>Rates?\nYes.</think>\n\nRates hold.", "Rates hold.", "Rates?\nYes."),
        ("<think></think>Rates hold.", "Rates hold.", ""),
        ("<think>Rates? It would be", "", "Rates? It would be"),
        ("Rates? Yes.</think> Rates hold.", "Rates hold.", "Rates? Yes."),
        ("<thinking>a</thinking>Rates <think>b</think>hold.", "Rates hold.", "a\nb"),
        ("<think>a</reasoning>b</think>c", "c", "a</reasoning>b"),
        ("5 < 6 and think > talk", "5 < 6 and think > talk", ""),
    ],
)
def test_what_is_thought_aloud_is_no_answer(text, answer, thought):
    assert without_thinking(text) == (answer, thought)


def test_no_engines_completion_holds_it():
    done = Completion("<think>Hm.</think>Held.", "stop", 1, 1)
    assert (done.text, done.thinking) == ("Held.", "Hm.")
    assert Completion("Held.", "stop", 1, 1, thinking="Hm.").thinking == "Hm."
