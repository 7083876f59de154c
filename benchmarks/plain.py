"""What the benchmarks against a plain prompt share: the articles, and the prompt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from nlp.batch.inputs import records
from nlp.batch.place import Fields
from nlp.engines import Engine, Message, Request, load_engine
from nlp.engines.catalogue import find
from nlp.engines.weights import ensure
from nlp.pipeline import Record

SAMPLES = Path(__file__).parents[1] / "samples"


def parser(description: str, *default: str) -> argparse.ArgumentParser:
    """A parser of the options that say which articles; ``default`` are those that are taken where none is given."""
    command = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("input", nargs="*", default=[str(SAMPLES / name) for name in default])
    command.add_argument("--text-field", default="text", help="the field that holds the article")
    command.add_argument("--most", type=int, help="take so many articles at most")
    return command


def articles(options: argparse.Namespace) -> Iterator[Record]:
    """The articles that are asked for; what cannot be read is told of and passed over.

    Raises :class:`nlp.errors.InputError` for an input that is not there.
    """
    for record in islice(records(options.input, Fields(options.text_field)), options.most):
        if record.error is None:
            yield record
        else:
            print(record.error, file=sys.stderr)


def alone() -> Engine:
    """The default model in llama.cpp without its adapter, which was not made for plain prompts."""
    return load_engine("llamacpp", str(ensure(find(None))))


def plain(ask: str, article: str, tokens: int) -> Request:
    """The plain prompt, for at most so many tokens: greedy, with no grammar and no examples."""
    return Request((Message("user", f"{ask}\n\n{article}"),), tokens)
