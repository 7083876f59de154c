"""The lines of a news page that are not the article. A new kind of noise is one more line in one of these tables.

The wording is that of the pages of udn, ltn, ETtoday, Yahoo, CNA, CTS, World Journal, NOWnews, cnyes and China Times.
A pattern under ``SURE`` may drop a whole paragraph, so it must be a sentence that no reporter writes; those under
``SHORT`` are tried only on lines too short, or too bare of stops, to be a paragraph.
"""

from __future__ import annotations

import re

from nlp.clean.lines import Line

# Labels that open a block of other articles. The body may go on behind them where the block is short.
SOFT_LABELS = {
    "related news": """
        延伸閱讀 相關新聞 相關報導 相關文章 相關閱讀 相關影音 相關影片 延伸影音 看更多 更多新聞 更多報導 更多文章
        看更多新聞 點我看更多 看更多相關新聞 往下看更多 點擊閱讀更多 更多精彩內容 推薦閱讀 推薦新聞 推薦文章
        推薦影音 為你推薦 為您推薦 你可能也想看 你可能會喜歡 您可能也喜歡 猜你喜歡 猜你也喜歡 猜你想看 你可能有興趣
        其他人也在看 大家都在看 其他新聞 同場加映 熱門新聞 熱門文章 熱門排行 熱門話題 人氣排行 今日熱門 今日最夯
        發燒新聞 焦點新聞 最新新聞 最新文章 即時新聞 精選新聞 編輯精選 編輯推薦
        """,
    "advertisement": "贊助廣告 商品推薦 贊助內容 贊助商廣告 贊助 好物推薦 sponsored taboola",
}

# Labels behind which nothing of the article follows.
HARD_LABELS = {
    "forum rules": "udn討論區 討論區 發表意見 留言規範 發言規範 我要留言 發表留言 網友留言 讀者留言 留言討論 網友回應",
    "navigation": "上一篇 下一篇 上一則 下一則 回到頂端 回頂端 回首頁 返回列表",
    "copyright": "版權所有 著作權所有",
    "site notice": "免責聲明 服務條款 隱私權政策 隱私權聲明 關於我們 聯絡我們 使用條款",
}

# How a line begins behind which nothing of the article follows.
HARD_OPENINGS = {
    "navigation": (
        "原文網址",
        "原文連結",
        "原文出處",
        "上一則 ",
        "下一則 ",
        "上一篇 ",
        "下一篇 ",
        "上一篇：",
        "下一篇：",
    ),
    "copyright": ("本網站之文字", "版權所有", "copyright", "©", "all rights reserved"),
}

# Words that stand as a line of their own: buttons, sections, controls.
ALONE = {
    "advertisement": "廣告 ad ads advertisement",
    "navigation": """
        快訊 即時 最新 熱門 焦點 要聞 國際 兩岸 政治 社會 財經 產經 股市 科技 生活 娛樂 體育 運動 健康 地方 全球
        影音 專題 評論 言論 房產 汽車 旅遊 氣象 新聞 首頁 新聞首頁 更多 獨家 快新聞 圖輯 人氣 分享 列印 收藏 轉寄
        存新聞 複製 複製連結 聽新聞 傾聽 播放 收看 下載 訂閱 追蹤 登入 加入 讚 按讚 取消 關閉 搜尋 選單 看全文
        閱讀全文 顯示更多 字級 字級設定 小 中 大 特 a+ a- aa a 留言 規範 發布 我的頻道 設定 恢復預設 line facebook
        fb twitter x threads youtube instagram ig whatsapp email 設為首選來源 在google上追蹤我們
        """,
}

# Sentences that only a site writes; they drop a line of any length. Looked for at both ends of a long line.
SURE = {
    "advertisement": [
        "請繼續往下閱讀",
        "我是廣告",
        "廣告[（(]請繼續閱讀本文[)）]",
        "請往下繼續閱讀",
        "文章未完.{0,4}往下",
    ],
    "forum rules": [
        r"^[•・\s]*(?:張貼文章或下標籤|對於明知不實|對於無意義、與本文無關|凡「暱稱」涉及)",
        "聯合新聞網有權逕予刪除",
        "發言時?請(?:遵守|尊重)",
        "留言.{0,12}不代表本(?:站|網|報|台)",
    ],
    "copyright": [
        "本網站之文字、圖片",
        "(?:未經|非經).{0,10}(?:授權|同意|許可).{0,8}(?:不得|請勿|禁止|嚴禁).{0,12}(?:轉載|播送|重製)",
        "(?:請勿|禁止|嚴禁|不得)(?:任意|擅自)?轉載",
        "版權所有|著作權所有|[Aa]ll [Rr]ights [Rr]eserved|^(?:Copyright|©)",
    ],
    "site notice": [
        "隱私權?(?:聲明|規範|政策).{0,16}(?:聽新聞|$)",
        "請同意我們的隱私權|^Your browser|瀏覽器.{0,12}(?:不支援|版本過舊)|為達最佳瀏覽效果|代表您同意上述|啟用\\s?JavaScript",
        "本網站使用(?:相關技術|[Cc]ookie)|使用\\s?[Cc]ookies?.{0,20}(?:體驗|同意|瀏覽)",
        "^[☆★※◎＊*✽].{0,20}(?:提醒您|關心您|提醒[：:])|自殺不能解決|珍惜生命.{0,12}(?:求救|專線)",
        "^本文(?:由|為).{0,20}(?:授權|合作)|^本文為付費|不代表本(?:站|報|網|公司)立場|已達.{0,6}閱讀上限",
    ],
    "app promotion": [
        "點我下載|點我訂閱|用APP看新聞|新聞不漏接|一手掌握經濟脈動|不用抽\\s?不用搶|記得打開小鈴鐺",
        "按讚.{0,3}追蹤.{0,4}粉絲",
    ],
}

# What short lines say that are not paragraphs.
SHORT = {
    "app promotion": [
        "(?:下載|開啟|免費|用|「一手新聞」).{0,12}(?:APP|App|app)|(?:APP|App|app).{0,8}(?:下載|Icon)|APP$",
        "(?:加入|追蹤|訂閱|關注).{0,16}(?:官方帳號|粉絲(?:團|專頁|頁))|加入.{0,4}(?:LINE|Line|好友|會員)",
        "按讚.{0,6}(?:追蹤|粉絲|分享)|追蹤.{0,6}按讚|小鈴鐺|搶先讀|免費訂閱",
        "^訂閱.{0,14}[！!]?$|訂閱.{0,16}(?:YouTube|Youtube|電子報|頻道)[！!]?$",
        "^(?:按下|快|立即|馬上|點我|點此|點擊).{0,6}(?:追蹤|訂閱|加入|下載|按讚|看)",
    ],
    "comment count": [
        r"^[0-9,]+\s*(?:則|個|篇)?\s*(?:留言|回應|評論|comments?)$",
        r"^留言\s*[(（]?[0-9]*[)）]?$",
    ],
    "navigation": [
        r"^(?:首頁|新聞首頁|Home|home)\s*[>＞/／»›|｜]|^[|｜>＞<＜/\-—=_*．·•\s]+$",
        r"^字[級體](?:設定|大小)?[：:\s]|^(?:分享|轉發)(?:到|至|給|此文|本文|新聞|：|:)|^(?:列印|收藏|轉寄|分享)\s|複製連結",
        r"^(?:瀏覽|觀看|點閱|人氣)(?:數|次數|量)?[：:\s]*[0-9,.萬]+次?$|閱讀時間|^[0-9]+\s*(?:分鐘|秒)(?:閱讀)?$",
        r"拖拉類別可自訂排序|^恢復預設|^首次上稿|^(?:最後)?更新(?:時間)?[：:\s]|^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$|官網下載",
        r"^[0-9:]+\s*/\s*[0-9:]+$|^聽(?:新聞|文章)|^(?:圖片?|照片)?\s?[0-9]+\s*/\s*[0-9]+$|^共?[0-9]+張圖|^(?:https?://|www\.)",
    ],
    "advertisement": [r"^[\[【（(]?廣告[\]】）)]?(?:\s|$)", r"^(?:贊助|業配|AD)\s"],
    "tags": [r"^[#＃]\S", r"^(?:關鍵字|新聞標籤|文章標籤|相關標籤|標籤|Tags?|tags?)\s*[：:｜|#]"],
    "related news": [
        r"^(?:[【\[（(]\s?)?(?:延伸閱讀|相關新聞|相關報導|看更多|更多新聞|推薦閱讀|同場加映|往下看更多)(?:[\s：:／/>＞｜|》】）\]]|$)",
        r"^更多[^，。]{1,14}(?:報導|新聞|文章)(?:[\s：:／/>＞｜|]|$)",
    ],
}

# What opens a line that sells something: links, channels, apps.
PLUGS = "⭐🔴📌💡📢👉▶►▸🔔📲📱☞➤⏩🔥🎯📣✅🔗📍👇🎁👍➡⬇"

# The photo agencies and the words of a credit.
_AGENCY = (
    r"(?:路透社?|美聯社|法新社|歐新社|彭博社?|新華社|中新社|共同社|韓聯社|中央社|達志影像|聯合報系|本報|"
    r"(?i:reuters|afp|ap|epa|getty(?: images)?|shutterstock|bloomberg|pixabay|unsplash|freepik))"
)
_CREDIT = r"圖片?|照片?|攝影?|翻攝|翻拍|擷取|截圖|取自|提供|示意|資料畫面|檔案|製圖|製表|來源"
_SOURCE = r"(?:圖片?|照片?|攝影|製表|製圖|圖表|圖片來源|資料來源|影片來源)\s?[／/:：]\s?"

# How a caption ends; the two forms with a source are the credit behind a sentence and the credit alone.
CAPTION_ENDS = [
    rf"[（(〔［\[](?:[^（）()〔〕\[\]]{{0,24}}(?:{_CREDIT})[^（）()〔〕\[\]]{{0,20}}|{_AGENCY})[)）〕］\]]。?$",
    rf"(?:[。．／/]|(?<![|｜–-])\s){_AGENCY}(?:資料照片?|檔案照片?)?$",
    rf".{_SOURCE}[^。，]{{1,24}}$",
    rf"^{_SOURCE}\S{{1,14}}$",
    r"記者\S{2,4}[／/]?攝影?$|(?:本報|檔案|資料)(?:資料)?照片?$|翻攝(?:自|畫面)?\S{0,16}$",
    r"[。\s]\S{0,6}示意圖$|^\S{2,16}示意圖$|[。／/]\S{1,12}(?:提供|攝)$",
]

_DECORATION = " \t\u3000【】[]［］〈〉《》「」<>＞＜▍▎■□◆◇●★☆※＊*#＃|｜:：>›»-—–─~～…．.▼▲"
_SURE = {reason: re.compile("|".join(patterns)) for reason, patterns in SURE.items()}
_SHORT = {reason: re.compile("|".join(patterns)) for reason, patterns in SHORT.items()}
_ALONE = {word: reason for reason, words in ALONE.items() for word in words.split()}
_SOFT = {word: reason for reason, words in SOFT_LABELS.items() for word in words.split()}
_HARD = {word: reason for reason, words in HARD_LABELS.items() for word in words.split()}
_CAPTION_ENDS = re.compile("|".join(CAPTION_ENDS))
_CAPTION_MARK = re.compile(r"^[▲▼△▽↑↓◀]")
_CAPTION_LENGTH = 140
_LABEL_LENGTH = 60
_MORE_OF = re.compile(r"^(?:看)?更多\s?[^，。！？]{1,14}\s?(?:報導|新聞|文章|內容|影音)$")
_COMMENTS = re.compile(r"^[0-9,]+\s*則(?:留言|回應)$")


def caption(line: Line) -> bool:
    """Whether a line is the caption of a picture: marked with ▲▼ or ending in a credit."""
    if _CAPTION_MARK.match(line.text):
        return True
    return len(line.text) <= _CAPTION_LENGTH and bool(_CAPTION_ENDS.search(line.text[-60:]))


def label(line: Line) -> tuple[str, bool] | None:
    """The reason and whether it is final, where a line is a label that opens a block of other things; else None."""
    if len(line.text) > _LABEL_LENGTH:
        return None
    bare = line.text.strip(_DECORATION).lower()
    for word in _forms(bare):
        if word in _HARD:
            return _HARD[word], True
        if word in _SOFT:
            return _SOFT[word], False
    if _COMMENTS.match(bare):
        return "comment count", True
    if _MORE_OF.match(bare):
        return "related news", False
    return next(((reason, True) for reason, openings in HARD_OPENINGS.items() if bare.startswith(openings)), None)


def _forms(bare: str) -> tuple[str, ...]:
    """A label as it stands, and without the link or number that may follow it: ``相關新聞 看更多``, ``留言 (3)``."""
    first, *rest = re.split(r"[\s(（]", bare, maxsplit=1)
    return (bare, first.strip(_DECORATION)) if rest and len(rest[0]) <= 4 else (bare,)


def noise(line: Line) -> str | None:
    """Why a line is no part of any article, wherever it stands; None where it may be."""
    if caption(line):
        return "caption"
    if line.text[0] in PLUGS and len(line.text) <= 2 * _CAPTION_LENGTH:
        return "app promotion"
    probe = line.probe
    for reason, pattern in _SURE.items():
        if pattern.search(probe):
            return reason
    if line.paragraph or line.sentence or len(line.text) > 2 * _LABEL_LENGTH:
        return None
    alone = _ALONE.get(line.text.strip(_DECORATION).lower())
    if alone:
        return alone
    return next((reason for reason, pattern in _SHORT.items() if pattern.search(line.text)), None) or _menu(line)


def _menu(line: Line) -> str | None:
    """A row of short words is a menu or the article's tags."""
    if re.search(r"[，。！？：「]", line.text):
        return None
    words = [word for word in re.split(r"[\s|｜>＞／/·•,、#]+", line.text) if word]
    longest = max(map(len, words), default=0)
    return "tags" if (len(words) >= 4 and longest <= 6) or (len(words) >= 3 and longest <= 4) else None
