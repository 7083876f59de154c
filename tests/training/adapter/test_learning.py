"""Packed rows say the same as each text alone; what is learnt becomes likelier."""

import pytest
import torch

from training.adapter import lora
from training.adapter.learn import RENDERINGS, renderings, train
from training.adapter.learning import ROW, Rendering, learn, mean_loss, row_loss, rows_of, turns_of

FURTHER = RENDERINGS.with_name("further_renderings.tsv")
SOME = [
    Rendering("own", "Japan央行升息。", "The Bank of Japan raised rates."),
    Rendering("own", "銻價上漲。", "Antimony prices rose."),
    Rendering("own", "工會罷工。", "The union went on strike."),
]


@pytest.fixture
def turns(chats):
    return turns_of(SOME, chats)


def test_turns_in_one_row_read_as_if_each_were_alone(model, chats, turns):
    together = row_loss(model, chats.bare, turns)
    alone = [row_loss(model, chats.bare, [turn]) for turn in turns]
    assert together.item() == pytest.approx(sum(loss.item() for loss in alone), rel=1e-4)


def test_the_loss_of_one_is_that_of_the_whole_text(model, chats, turns):
    asked, answer = turns[0]
    tokens = torch.tensor([[*chats.bare, *asked, *answer]])
    chosen = torch.arange(1, tokens.shape[1])[None] >= len(chats.bare) + len(asked)
    likelihood = model.likelihood(model.hidden(tokens)[:, :-1], tokens[:, 1:], chosen)
    assert row_loss(model, chats.bare, turns[:1]).item() == pytest.approx(-likelihood.item(), rel=1e-4)


def test_rows_keep_all_turns_in_order_and_their_length():
    turns = [([1] * 300, [2] * 100)] * 5
    rows = list(rows_of(turns, 84))
    assert [len(row) for row in rows] == [2, 2, 1]
    assert all(84 + sum(len(a) + len(b) for a, b in row) <= ROW for row in rows)


def test_what_is_learnt_becomes_likelier_and_the_start_stays(model, chats, turns):
    start = lora.new(model, 0)
    before = mean_loss(model, turns, chats)
    adapter = start
    for _ in range(3):
        *_, (_, adapter) = learn(model, adapter, turns, chats, 0)
    assert mean_loss(model.adapted(adapter, lora.SCALE), turns, chats) < before
    assert all(not b.any() for _, b in start.values())


@pytest.mark.parametrize(("table", "origins"), [(RENDERINGS, {"own", "gsd", "ntrex"}), (FURTHER, {"own"})])
def test_the_tables_are_grounded_chinese_and_english(table, origins):
    found = renderings(table)
    assert len(found) > 1000
    assert {r.origin for r in found} == origins
    assert all(
        r.source and r.english.isprintable() and not any("\u4e00" <= c <= "\u9fff" for c in r.english) for r in found
    )


def test_the_command_learns_and_writes(tmp_path, small, tokenizer, monkeypatch, capsys):
    table = tmp_path / "some.tsv"
    table.write_text(
        "# some\n" + "".join(f"{r.origin}\t{r.source}\t{r.english}\n" for r in SOME * 25), encoding="utf-8"
    )
    monkeypatch.setattr("training.adapter.learn.tokenizer_of", lambda _: tokenizer)
    train(small, table, tmp_path / "out.gguf", 3, None)
    assert (tmp_path / "out.gguf").stat().st_size > 0
    assert "3 renderings, 3 held out" in capsys.readouterr().out
    train(small, table, tmp_path / "on.gguf", 3, lora.read(tmp_path / "out.gguf"))
    first, on = (lora.read(tmp_path / f"{name}.gguf") for name in ("out", "on"))
    assert any(not torch.equal(first[n][1], on[n][1]) for n in first)
