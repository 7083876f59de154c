"""Synthetic pages in the forms of the ten outlets; every sentence is made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass

BODY = (
    "港務局今天宣布，新的貨櫃碼頭將在明年第3季啟用，年吞吐量可望增加兩成，預計投入新台幣120億元。",
    "局長林大為在說明會上表示，碼頭完工後大型貨輪不必再到外港等候，平均等待時間可從九小時縮短到四小時。",
    "航運業者對貨櫃碼頭的進度表示歡迎，但也擔心聯外道路塞車，希望港務局同步拓寬道路。",
)
TITLE = "新貨櫃碼頭明年啟用 港務局：吞吐量增兩成"
OTHER = ("烘焙坊推出草莓季新品 排隊人潮繞街廓", "退休夫妻騎單車環島 九天寫下十萬字日記")
RULES = (
    "udn討論區",
    "0 則留言",
    "規範",
    "發布",
    "• 張貼文章或下標籤請守法，侵犯別人權利的言論由發文者自行負責。",
)


@dataclass(frozen=True)
class Page:
    """A page and what cleaning it should give."""

    text: str
    title: str | None = TITLE
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    body: tuple[str, ...] = BODY


def page(*lines: str) -> str:
    return "\n\n".join(lines)


CAPTION = "新貨櫃碼頭的橋式起重機。圖／港務局提供"
UDN = Page(
    page(
        " date 2026-03-05 快訊",
        *OTHER,
        TITLE,
        f"經濟日報／ 記者王小明／台北報導\n{CAPTION}\n{CAPTION}",
        *BODY,
        "港務局 貨櫃 碼頭",
        "延伸閱讀",
        "夜市牛排漲價 老闆曝三大成本",
        "相關新聞",
        "水庫蓄水率回升 春耕可望無虞",
        "水利單位表示，近日鋒面帶來可觀雨量，主要水庫蓄水率普遍回升，春耕用水無虞...",
        *RULES,
    ),
    outlet="經濟日報",
    byline="記者王小明",
    published="2026-03-05",
)
WORLD_JOURNAL = Page(
    page(
        " date 2026-03-05 我的頻道",
        "* 拖拉類別可自訂排序\n恢復預設 確定\n設定\n快訊",
        *OTHER,
        TITLE,
        f"編譯陳大文／綜合外電\n聽新聞\ntest\n0:00 /0:00\n{CAPTION}\n{CAPTION}",
        *BODY,
        "上一則 烘焙坊推出草莓季新品",
        "下一則 退休夫妻騎單車環島",
    ),
    byline="編譯陳大文",
    published="2026-03-05",
)
LTN = Page(
    page(
        " date 2026-03-05 為達最佳瀏覽效果，建議使用 Chrome、Firefox 或 Microsoft Edge 的瀏覽器。",
        "國際",
        TITLE,
        "貨櫃碼頭工地一景。（資料照，記者陳大文攝）",
        "2026/03/05 10:20",
        "〔記者王小明／台北報導〕" + BODY[0],
        "請繼續往下閱讀...",
        *BODY[1:],
        "烘焙坊推出草莓季新品 排隊人潮繞街廓",
        "天天看新聞抽好禮 現在用APP看 點我下載APP 按我看活動辦法",
    ),
    byline="記者王小明",
    published="2026-03-05",
    body=("〔記者王小明／台北報導〕" + BODY[0], *BODY[1:]),
)
SUBHEAD = "擔心塞車　港務局允諾拓寬道路"
ETTODAY = Page(
    page(
        TITLE,
        "▲▼貨櫃碼頭。（圖／路透）",
        "記者王小明／綜合報導",
        BODY[0],
        "▼橋式起重機。（圖／港務局提供）",
        BODY[1],
        SUBHEAD,
        BODY[2],
    ),
    byline="記者王小明",
    body=(*BODY[:2], SUBHEAD, BODY[2]),
)
CNA_BODY = (
    "（中央社記者王小明台北5日電）" + BODY[0],
    BODY[1],
    BODY[2] + "（編輯：陳大文）1150305",
)
CNA = Page(
    page(
        "本站以小型文字檔改善閱讀,想知道怎麼用,點這裡瞭解隱私聲明\n"
        "Your browser seems to be set to another language.\n"
        "このページは中国語です。\n中央社一手新聞APP Icon中央社一手新聞APP\n下載",
        TITLE,
        "2026/3/5 15:01\n請同意我們的隱私權條款,才可以使用聽新聞。",
        *CNA_BODY,
        "中央社「一手新聞」 app\niOS App下載Android App下載",
        "本站圖文與影音皆有著作權,未經授權,不得轉載或公開播送。",
    ),
    outlet="中央社",
    byline="記者王小明",
    published="2026-03-05",
    body=CNA_BODY,
)
YAHOO = Page(
    page(
        TITLE,
        "中央社",
        "2026年3月5日 週四 上午10:05\n·2 分鐘 (閱讀時間)",
        BODY[0],
        "廣告",
        *BODY[1:],
        "更多中央社報導",
        *OTHER,
        "看更多",
    ),
    outlet="中央社",
    published="2026-03-05",
)
CNYES = Page(
    page(TITLE, "鉅亨網編譯陳大文 綜合外電 2026-03-05 16:30", *BODY, "延伸閱讀", *OTHER, "上一篇", "下一篇"),
    outlet="鉅亨網",
    published="2026-03-05",
)
CHINA_TIMES = Page(
    page(
        TITLE, "10:20 2026/03/05", "中時新聞網 王小明", "字級設定：\n小\n中\n大\n特", *BODY, "#貨櫃 #碼頭", "發表意見"
    ),
    outlet="中時新聞網",
    published="2026-03-05",
)
CTS = Page(
    page(TITLE, "華視新聞 / 綜合報導", "發佈時間：2026/03/05 10:20", *BODY, "新聞來源：華視新聞", "熱門新聞", *OTHER),
    outlet="華視新聞",
    published="2026-03-05",
)
NOWNEWS_BODY = ("[NOWnews今日新聞] " + BODY[0], *BODY[1:])
NOWNEWS = Page(
    page(
        " date 2026-03-05 我是廣告 請繼續往下閱讀",
        NOWNEWS_BODY[0],
        "我是廣告 請繼續往下閱讀",
        *NOWNEWS_BODY[1:],
        "我是廣告 請繼續往下閱讀",
    ),
    title=None,
    outlet="NOWnews",
    published="2026-03-05",
    body=NOWNEWS_BODY,
)
PAGES = {
    "udn": UDN,
    "world journal": WORLD_JOURNAL,
    "ltn": LTN,
    "ettoday": ETTODAY,
    "cna": CNA,
    "yahoo": YAHOO,
    "cnyes": CNYES,
    "china times": CHINA_TIMES,
    "cts": CTS,
    "nownews": NOWNEWS,
}
