from pathlib import Path

import pytest

from nlp.brief import prompts
from nlp.brief.prompts import VERSIONS, checked_prompt, desk_prompt, examples, messages
from nlp.errors import UsageError

DESK = "== system ==\nTranslate, tersely.\n== user ==\n央行升息。\n== assistant ==\nRates rise.\n== user ==\n{source}\n"


@pytest.fixture
def desk(tmp_path):
    path = tmp_path / "desk.v1.txt"
    path.write_text(DESK)
    return path


def test_a_desks_prompt_stands_in_for_ours_and_only_for_sentences(desk):
    ours = messages("sentence", source="甲")
    literal = messages("literal", source="甲")
    with desk_prompt(desk):
        chat = messages("sentence", source="甲{wrong}")
        assert [m.content for m in chat] == ["Translate, tersely.", "央行升息。", "Rates rise.", "甲{wrong}"]
        assert examples(chat) == 3
        assert messages("literal", source="甲") == literal
    assert messages("sentence", source="甲") == ours


def test_without_one_ours_is_asked():
    with desk_prompt(None):
        assert messages("sentence", source="甲")[-1].content == "甲"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it must be turns"),
        ("Translate {source}", "it must be turns"),
        ("Preface\n" + DESK, "it must be turns"),
        ("== user ==\n{source}\n== assistant ==\nOK\n", "the last a user's"),
        ("== user ==\nTranslate.\n", "it has no field"),
        ("== user ==\n{source} {source}\n", "it has {source} in turn 1, {source} in turn 1"),
        ("== system ==\n{source}\n== user ==\n{source}\n", "{source} in turn 1, {source} in turn 2"),
        ("== user ==\n{source} of {title}\n", "{title} in turn 1"),
    ],
)
def test_what_a_prompt_lacks_is_told_in_one_line(tmp_path, text, says):
    path = tmp_path / "desk.txt"
    path.write_text(text)
    with pytest.raises(UsageError) as e:
        checked_prompt(path)
    assert says in str(e.value)
    assert str(path) in str(e.value)
    assert "\n" not in str(e.value)


def test_what_is_no_text_and_what_is_not_there(tmp_path):
    (tmp_path / "desk.txt").write_bytes(b"\xff\xfe=")
    with pytest.raises(UsageError, match="no UTF-8"):
        checked_prompt(tmp_path / "desk.txt")
    with pytest.raises(UsageError, match="No such file"):
        checked_prompt(tmp_path / "none.txt")


def test_our_own_prompt_would_be_taken_as_a_desks():
    file = Path(prompts.__file__).with_name(f"sentence.{VERSIONS['sentence']}.txt")
    assert checked_prompt(file)[-1] == ("user", "{source}")


def test_a_model_that_was_taught_our_prompt_is_given_no_examples():
    chat = messages("sentence", True, source="各國央行仍在買進黃金。")
    assert [m.role for m in chat] == ["system", "user"]
    assert chat[0] == messages("sentence", source="")[0]
    assert chat[1].content == "各國央行仍在買進黃金。"


def test_a_desks_examples_are_given_to_every_model(tmp_path):
    (tmp_path / "desk.txt").write_text(
        "== user ==\n你好\n== assistant ==\nHello.\n== user ==\n{source}\n", encoding="utf-8"
    )
    with desk_prompt(tmp_path / "desk.txt"):
        assert len(messages("sentence", True, source="好")) == 3
