import pytest

from nlp.commands.streaming import streaming
from nlp.pipeline import Options, Pipeline
from nlp.render import Shape, render
from tests.fakes import FakeEngine

TEXT = "澳洲1月宣布投入8億美元，建立關鍵礦產儲備。\n高盛指出，黃金需求激增36%，各國央行仍在買進。\n英國首相施紀賢訪問印度，雙方簽署12項協議。"
SAID = {
    "Australia": "Australia said in January it would spend US$800 million on a critical minerals reserve.",
    "Goldman": "Goldman Sachs said demand for gold jumped 36% and central banks are still buying.",
    "Starmer": "British Prime Minister Keir Starmer visited India, and 12 agreements were signed.",
}


def pipeline(options, watch=lambda: None):
    def answer(request):
        watch()
        return next(v for k, v in SAID.items() if k in request.messages[-1].content)

    made = Pipeline(options)
    made.__dict__["engine"] = FakeEngine(answer)
    return made


@pytest.mark.parametrize("style", ["news", "bullets"])
def test_sentences_are_shown_as_they_pass_and_the_text_is_the_same_as_without(capsys, style):
    options = Options(plain=True, ner="fast", to=("en", "zh"), style=style)
    shape = Shape("text", bullets=style == "bullets")
    shown_before = []
    streamed = pipeline(options, lambda: shown_before.append(capsys.readouterr().out))
    inputs = [(TEXT.encode(), "a.txt"), (TEXT.encode(), "b.txt")]
    results = streaming(streamed, inputs, shape, lambda: None)
    shown = "".join(shown_before) + capsys.readouterr().out
    assert shown == render(results, shape)
    assert shown_before[0] == ""
    assert SAID["Australia"].split(".")[0][:40] in shown_before[1]
    assert shown_before[1].endswith("\n")
    plain = [pipeline(options)(data, path) for data, path in inputs]
    assert render(plain, shape) == shown
