"""Pages written for this project in the forms that ten news sites are pasted and crawled in, one a file of ``forms/``.

Each line says what it is by its first letter: ``T`` the title, ``B`` a paragraph of the body, ``N`` anything else, ``D``
a crawler's date in front of the next line; ``@`` lines say what else must be found.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nlp.clean import clean

FORMS = sorted((Path(__file__).parent / "forms").glob("*.txt"))


@dataclass
class Form:
    page: str = ""
    title: str | None = None
    body: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Form:
    form = Form()
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, text = line[:1], line[2:]
        if kind == "@":
            name, _, value = line[1:].partition(" ")
            form.facts[name] = value
        elif kind == "D":
            form.page += f" {text}"
        else:
            form.page += f"{text}\n"
            if kind == "T":
                form.title = text.strip()
            elif kind:
                (form.body if kind == "B" else form.noise).append(text.strip())
    return form


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_article_alone_is_left(path: Path) -> None:
    form = load(path)
    article = clean(form.page)
    assert article.text.split("\n") == form.body
    assert article.title == form.title
    found = {"outlet": article.outlet, "published": str(article.published)}
    assert {name: found[name] for name in form.facts if name in found} == {
        name: value for name, value in form.facts.items() if name in found
    }


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_what_is_dropped_says_why(path: Path) -> None:
    form = load(path)
    dropped = {d.text for d in clean(form.page).dropped}
    assert {text for text in form.noise if text.strip()} <= dropped
    assert all(d.reason for d in clean(form.page).dropped)


def test_there_is_a_form_of_every_site() -> None:
    sites = {path.stem.split("-")[0] for path in FORMS}
    assert sites >= {"udn", "ltn", "ettoday", "yahoo", "cna", "cts", "wj", "nownews", "cnyes", "chinatimes"}
