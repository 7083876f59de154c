"""What does not stand alone in Chinese: a sentence that needs the one before it, a question, the middle of somebody's words."""

from __future__ import annotations

import re

_OPENS = re.compile(
    "(?:(?:不過|但是|但|然而|此外|另外|同時|因此|所以|而|並|其中|對此|事實上)，?)?(?:"
    "[他她它牠其]|該(?!怎|如何|不該)|此(?!外)|這|那|雙方|兩人|兩者|兩國|三人|三國|對方|前者|後者|前述|上述|當時|當天|當日|同日|同時|有人|"
    "隨後|之後|其後|後來|接著|稍後|其中|因此|所以|於是|否則|換言之|也就是說|換句話說|例如|像是|包括|尤其|特別是|甚至|反之|相反|相較之下|相比之下|至於|另一|另一方面|還有|"
    "(?:並|也|還|更|則|卻|就|又|再|仍|亦|而且|並且)(?!購|列|排|肩|存|行|非|生|製|造|新|任)|"
    "(?:預計|預期|希望|盼|認為|表示|指出|強調|呼籲|要求|坦言|補充|透露|直言|最後)(?:$|，|[^，]))"
)
_FIRST = re.compile(
    "^[^，。]{0,16}(?:[受對為據藉]此|(?<![應活])該(?=[公集銀黨國案院校部會計報名書項行機企基組股州省市縣區法])|這[項個些家起次場位名份份]|上述|前述|兩人|兩者|此[事案舉項類次](?!外)|是次|才是|(?<!忘|退|冷|推|了)卻(?!步))"
)


def leans(sentence: str) -> bool:
    """Whether a sentence speaks of somebody or something named before it, has its subject there, or tells nothing by itself."""
    opened = sentence.find("「")
    inside = 0 <= sentence.find("」") < (opened if opened >= 0 else len(sentence))
    asks = sentence.endswith(("？", "?"))
    return inside or asks or _OPENS.match(sentence) is not None or _FIRST.search(sentence) is not None
