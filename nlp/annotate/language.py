"""The spaCy pipeline of the product, put together from its components."""

from __future__ import annotations

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.published
from nlp.annotate import gazetteer, glosses, linker, quantities, sentences  # noqa: F401 - register the factories
from nlp.annotate.ner import Kind
from nlp.annotate.segmenter import JiebaTokenizer
from nlp.names import shipped
from nlp.names.sources import NameSources
from nlp.types import Article


def build(names: NameSources | None = None, ner: Kind = "fast") -> Language:
    """Make the pipeline with one of the two recognisers. Raises :class:`nlp.errors.GlossaryError` for a glossary that cannot be used."""
    names = names or NameSources()
    pipeline = Chinese()
    words = [form for e in shipped() if e.type for form in e.forms if len(form) > 1]
    pipeline.tokenizer = JiebaTokenizer(pipeline.vocab, [*words, *names.given])
    pipeline.add_pipe("zhbrief_ner", config={"kind": ner})
    pipeline.add_pipe("zhbrief_gazetteer", config={"sources": names.as_config()})
    for component in ("zhbrief_glosses", "zhbrief_quantities", "zhbrief_linker", "zhbrief_sentences"):
        pipeline.add_pipe(component)
    return pipeline


def annotate(pipeline: Language, article: Article) -> Doc:
    """Run the pipeline over an article; ``doc.text == article.text``."""
    doc = pipeline.make_doc(article.text)
    doc._.published = article.published
    return pipeline(doc)
