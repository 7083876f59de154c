import re
from html.parser import HTMLParser

from nlp.render import Shape, render
from nlp.types import Article, Brief, BriefSentence, Entity, Headline, Mention, Quantity, Result, Source, Span, Warning

TEXT = "澳洲囤銻。\n施洛德（Patrick Schröder）說有12億<b>。"
RESULT = Result(
    Source("a.txt", None, "utf-8", ""),
    Article(TEXT, "標題"),
    (
        Entity("e1", "Australia", None, "GPE", "glossary", None, (Mention(0, 2, "澳洲"),)),
        Entity("e2", "Patrick Schröder", None, "PERSON", "gloss", None, (Mention(6, 9, "施洛德"), Mention(10, 26, "Patrick Schröder"))),
    ),
    quantities=(Quantity("q1", "count", "1200000000", None, None, None, "1.2 billion", 29, 32, "12億"),),
    briefs=(
        Brief("en", Headline("Head & <i>", (Span(0, 5),)), (
            BriefSentence("One.", (Span(0, 5),), (), (), "draft"),
            BriefSentence("Two <script>.", (Span(0, 5), Span(6, len(TEXT))), (), (), "translated"),
        )),
        Brief("zh", None, (BriefSentence("澳洲囤銻。", (Span(0, 5),), (), (), "draft"),)),
    ),
    warnings=(Warning("w", "careful & <so>"),),
)  # fmt: skip


class Page(HTMLParser):
    """Collects ids, links and open tags; a tag that closes another than the last one opened is an error."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.links, self.tags, self.open = [], [], set(), []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in ("meta", "hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def page(**shape):
    return render([RESULT, RESULT], Shape("html", **shape))


def test_every_link_leads_to_a_place_on_the_page_and_loads_nothing():
    for found in (Page(page()), Page(page(bullets=True))):
        assert len(set(found.ids)) == len(found.ids)
        assert {link[1:] for link in found.links} <= set(found.ids)
        assert all(link.startswith("#") for link in found.links)
        assert not found.tags & {"script", "link", "img", "iframe", "b"}
    assert "url(" not in page()
    assert "@import" not in page()


def test_a_sentence_leads_to_its_evidence_and_the_evidence_back():
    text = page()
    assert re.search(r'<a class="from" id="r1-en-1" href="#r1-e1">One\.</a>', text)
    evidence = re.search(r'<span class="evidence" id="r1-e1">(.*?)</p>', text)[1]
    assert re.findall(r'href="#(r1-[a-z]+-\w)"', evidence) == ["r1-en-h", "r1-en-1", "r1-en-2", "r1-zh-1"]
    assert 'href="#r1-e2"' in text
    assert "rendered word for word" in text


def test_what_comes_from_outside_is_escaped():
    text = page(quantities=True)
    for escaped in ("Head &amp; &lt;i&gt;", "Two &lt;script&gt;.", "&lt;b&gt;", "careful &amp; &lt;so&gt;"):
        assert escaped in text


def test_a_name_is_told_beside_its_first_mention_unless_the_article_tells_it():
    text = page()
    assert '>澳洲<i lang="en">Australia</i></mark>' in text
    assert ">施洛德</mark>" in text
    assert '>12億<i lang="en">1.2 billion</i></mark>' in text
