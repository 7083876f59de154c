"""Sentences of an article that speak to a language model: orders to forget its task, to say something, to show its prompt.

They are text like any other and are translated like it, but they are no news. A model that obeyed one would write what the
sentence itself says, so that no check against that sentence could tell; a brief does not choose them.
"""

from __future__ import annotations

import re

_ORDERS = re.compile(
    r"(?:忽略|無視|忘記|忘掉|拋開|(?:不要|不必|別)理會)[^。！？\n]{0,4}(?:以上|上述|先前|之前|前面|此前|所有|一切|任何)[^。！？\n]{0,6}(?:指示|指令|提示詞?|系統訊息)"
    r"|(?:輸出|顯示|透露|洩漏|重複|說出)[^。！？\n]{0,8}(?:系統提示|提示詞|系統訊息|原始指令)"
    r"|(?:只|僅)(?:要|能|可|須|需)?輸出|你(?:現在|從現在起)是(?:一個|一名|名為)?(?:DAN|AI|人工智慧|語言模型|助理)"
    r"|(?:系統|system)\s?(?:訊息|提示|指令|message|prompt)?[\]］】:：]\s*(?:你|只|不要|請|忽略|you\b|ignore\b)"
    r"|\b(?:ignore|disregard|forget|override)\b[^.\n]{0,20}\b(?:previous|prior|above|earlier|all|these|your)\b[^.\n]{0,20}\b(?:instructions?|prompts?)\b"
    r"|\b(?:reveal|print|repeat|show|output)\b[^.\n]{0,30}\b(?:system prompt|your (?:prompt|instructions))\b"
    r"|\b(?:output|respond|reply|answer) only\b|\bnew task:",
    re.I,
)


def speaks_to_a_model(sentence: str) -> bool:
    """Whether ``sentence`` gives orders to whoever processes the article."""
    return _ORDERS.search(sentence) is not None
