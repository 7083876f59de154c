"""The lines of a news page that are not the article. A new kind of noise is one more line in one of these tables.

The wording is that of the pages of udn, ltn, ETtoday, Yahoo, CNA, CTS, World Journal, NOWnews, cnyes and China Times.
A pattern under ``SURE`` may drop a whole paragraph, so it must be a sentence that no reporter writes; those under
``SHORT`` are tried only on lines too short, or too bare of stops, to be a paragraph.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.clean.lines import Line

# Labels that open a block of other articles. The body may go on behind them where the block is short.
SOFT_LABELS = {
    "related news": """
        延伸閱讀 延伸閱覽 延伸新聞 延伸影音 相關新聞 相關報導 相關文章 相關閱讀 相關連結 相關主題 相關專題 相關影音 相關影片
        相關新聞影音 新聞影音 熱門影音 影音推薦 推薦影音 推薦影片 推薦閱讀 推薦新聞 推薦文章 推薦專題 推薦 為你推薦 為您推薦
        看更多 看更多新聞 看更多文章 看更多報導 看更多相關新聞 點我看更多 往下看更多 往下看更多新聞 點擊閱讀更多 更多新聞
        更多報導 更多文章 更多內容 更多精彩內容 更多精彩報導 更多精彩影音 更多相關新聞 你可能也想看 你可能還想看
        你可能會喜歡 你可能也喜歡 您可能也喜歡 您可能也想看 您可能感興趣 你可能有興趣 你可能也有興趣 猜你喜歡 猜你也喜歡
        猜您喜歡 猜你想看 其他人也在看 其他人也在讀 其他人也看了 大家都在看 大家正在看 大家也在看 其他新聞 同場加映
        熱門新聞 熱門文章 熱門排行 熱門話題 熱門點閱 熱門推薦 熱門關鍵字 即時熱門 人氣新聞 人氣排行 人氣點閱榜 點閱排行
        今日熱門 今日最夯 今日必看 必看新聞 發燒新聞 焦點新聞 最新新聞 最新文章 最新消息 即時新聞 精選新聞 精選文章
        編輯精選 編輯推薦 精彩推薦 下一篇新聞 點擊閱讀下一則新聞
        """,
    "advertisement": "贊助廣告 商品推薦 贊助內容 贊助商廣告 贊助 好物推薦 sponsored taboola",
}

# Labels behind which nothing of the article follows.
HARD_LABELS = {
    "forum rules": """
        udn討論區 討論區 發表意見 留言規範 發言規範 我要留言 發表留言 發表回應 網友留言 讀者留言 讀者回應 留言討論
        網友回應 留言板 留言 最新回應 臉書留言 facebook留言 社群留言 comments
        """,
    "navigation": """
        上一篇 下一篇 上一則 下一則 上一則新聞 下一則新聞 上一篇文章 下一篇文章 上一篇新聞 回到頂端 回頂端 回首頁 返回列表
        """,
    "copyright": "版權所有 著作權所有 版權聲明 著作權聲明",
    "site notice": "免責聲明 服務條款 隱私權政策 隱私權聲明 關於我們 聯絡我們 使用條款 網站導覽 廣告刊登",
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

# Words that stand as a line of their own: buttons, sections, controls. Compared in lower case, without decoration.
ALONE = {
    "advertisement": "廣告 ad ads advertisement",
    "navigation": """
        快訊 即時 最新 熱門 焦點 要聞 國際 全球 兩岸 大陸 政治 社會 財經 經濟 產經 股市 證券 期貨 基金 理財 台股 美股 外匯
        科技 3c 生活 娛樂 影劇 體育 運動 健康 教育 文化 藝文 地方 影音 專題 評論 觀點 言論 專欄 社論 房產 房市 地產 汽車 旅遊
        美食 氣象 軍武 寵物 星座 環保 新聞 首頁 新聞首頁 更多 獨家 快新聞 圖輯 人氣 國際焦點 國際要聞 國際財經 國際新聞
        即時國際 全球財經 國際股 國際股市 國際政經 兩岸國際 財經新聞 政治新聞 社會新聞 生活新聞 科技新聞 娛樂新聞
        體育新聞 地方新聞 今日頭條 頭條 時事 話題 北美要聞 日韓要聞 東南亞要聞 大陸要聞
        分享 列印 收藏 轉寄 存新聞 複製 複製連結 已複製 回列表 回上頁 關閉視窗 關閉此視窗 關閉廣告 載入更多 載入中 看全文
        閱讀全文 顯示更多 展開 收合 全部 登入 註冊 登出 會員 加入 下載 訂閱 追蹤 讚 按讚 取消 確定 關閉 搜尋 搜尋新聞 選單
        設定 恢復預設 恢復預設 確定 我的頻道 晴時多雲 自由電子報 自由影音 熱搜 電子報 跳至主要內容
        聽新聞 傾聽 播放 收看 語音播報 朗讀 test
        字級 字級設定 字型大小 字體大小 文字大小 大字 中字 小字 小 中 大 特 特大 放大 縮小 a a+ a- aa aaa a-a+
        規範 發布 發佈 送出 回覆 檢舉 新到舊 舊到新 最多回覆 按讚最多 看更多回覆 全部討論
        line facebook fb twitter x threads youtube instagram ig whatsapp telegram messenger plurk email e-mail 微信 微博
        設為首選來源 在google上追蹤我們 google新聞 googlenews
        """,
    "site notice": "限制級 未滿18歲 我同意 同意 不同意 進入 離開 我知道了 接受 accept 或不同意本條款離開離開 我已年滿18歲進入進入",
    "pictures": "+1 圖片 照片 看圖 圖集 查看原圖 點擊圖片看大圖 檢視圖片 上一張 下一張",
    "embedded post": "查看這則貼文 播放影片 影片無法播放 查看貼文",
}

# Sentences that only a site writes; they drop a line of any length. Looked for at both ends of a long line.
SURE = {
    "advertisement": [
        "^.{0,12}請繼續往下閱讀|^我是廣告|廣告[（(]請繼續閱讀本文[)）]|^.{0,12}請往下繼續閱讀|^.{0,4}(?:文章|內文)未完.{0,8}往下",
    ],
    "forum rules": [
        r"^[•・·●*\s]*(?:張貼文章或下標籤|對於明知不實|對於無意義、與本文無關|凡「暱稱」涉及|留言不得有違法)",
        "^[^。]{0,60}(?:有權逕予刪除|停權或解除會員資格)|^(?:違反上述規定|.{0,8}留言系統使用者)",
        "^發言時?請(?:遵守|尊重)|^.{0,12}留言.{0,12}不代表本(?:站|網|報|台)",
    ],
    "copyright": [
        "^本網站之文字|^本(?:網站|網|站|報|著作|文|新聞).{0,30}(?:著作權|版權)(?:所有|屬|為)|^[^。]{0,24}(?:版權所有|著作權所有)[^。]{0,60}$",
        "^.{0,60}(?:未經|非經).{0,10}(?:授權|同意|許可).{0,8}(?:不得|請勿|禁止|嚴禁).{0,12}(?:轉載|播送|重製|轉貼)",
        "^.{0,16}(?:請勿|禁止|嚴禁|不得)(?:任意|擅自)?轉載.{0,8}$",
        r"[Aa]ll [Rr]ights [Rr]eserved|^.{0,20}(?:Copyright\s|©)|^[（(【]?本(?:文|報導|新聞|內容)(?:由|經|獲|為).{0,24}(?:授權|轉載|合作)",
    ],
    "site notice": [
        "^.{0,30}隱私權?(?:聲明|規範|政策).{0,16}聽新聞|^.{0,60}點這裡瞭解.{0,12}隱私|^請同意我們的隱私權",
        "^(?:Your browser|Would you like to go|No media source|Please enable|We use cookies)|^.{0,12}こちらのページ",
        "瀏覽器.{0,12}(?:不支援|版本過舊)|^為達最佳瀏覽效果|代表您同意上述|啟用\\s?JavaScript|^您即將進入|^根據「電腦網路內容分級",
        "^本網?站(?:使用|採用)(?:相關技術|[Cc]ookie)|^(?:我們|為了|為提供|繼續使用|當您).{0,40}[Cc]ookie",
        "^本文為付費|不代表本(?:站|報|網|公司)立場|已達.{0,6}閱讀上限|^登入看完整|^訂閱看完整",
    ],
    "disclaimer": [
        "^[☆★※◎＊*✽【].{0,20}(?:提醒您|關心您|提醒[：:])|^.{0,6}(?:自殺不能解決|珍惜生命|勇敢求救|飲酒過量|酒後不開車|未滿.{0,6}歲.{0,4}禁止飲酒)",
        "^.{0,40}(?:安心專線|生命線|張老師|防治專線|保護專線).{0,12}(?:1925|1995|1980|113|110)",
        "^[☆★※◎＊*【（(]{0,3}(?:免責聲明|警語|投資警語|風險警語)[】：:]|^.{0,3}(?:投資一定有風險|本資料僅供|本文僅供|以上.{0,8}僅供參考)",
    ],
    "app promotion": [
        "^.{0,40}點我下載|^點我訂閱|用APP看新聞|^.{0,30}新聞不漏接|^一手掌握經濟脈動|^不用抽\\s?不用搶|記得打開小鈴鐺",
        "^.{0,10}按讚.{0,3}追蹤.{0,4}粉絲|^.{0,24}(?:APP|App|app) Icon",
    ],
    "embedded post": [
        r"pic\.(?:twitter|x)\.com/|^[—–-]{1,2}\s.{1,60}[（(]@\w{1,40}[)）]|^(?:View this post on|A post shared by|View on Threads)",
        "^.{0,40}分享的(?:貼文|影片|相片)$|^.{0,6}在\\s?(?:Instagram|Threads).{0,4}查看|^查看這則貼文",
    ],
    "related video": [r"#shorts|@CtsTw|[|｜]\s?👉"],
}

# What short lines say that are not paragraphs.
SHORT = {
    "app promotion": [
        "(?:下載|開啟|免費|用|「一手新聞」).{0,12}(?:APP|App|app)\\s?(?:[！!看，]|$)|(?:APP|App|app).{0,4}下載|^「?一手新聞」?\\s?(?:APP|App|app)$",
        "^.{0,10}(?:加入|追蹤|訂閱|關注|歡迎訂閱).{0,16}(?:官方帳號|粉絲(?:團|專頁|頁)|紙本|雜誌)|^.{0,6}加入.{0,6}(?:LINE|Line|好友|會員)",
        "^.{0,6}按讚.{0,6}(?:追蹤|粉絲|分享)|^追蹤.{0,6}按讚|小鈴鐺|搶先讀[！!]|^免費訂閱|^.{0,16}(?:會員|訂戶)專屬",
        "^訂閱.{0,14}[！!]?$|^.{0,8}訂閱.{0,16}(?:YouTube|Youtube|電子報|頻道)[！!]?$",
        "^(?:按下|快|立即|馬上|點我|點此|點擊)(?:追蹤|訂閱|加入|下載|按讚|看)",
    ],
    "comment count": [
        r"^[0-9,]+\s*(?:則|個|篇)?\s*(?:留言|回應|評論|comments?)$",
        r"^留言\s*[(（]?[0-9]*[)）]?$",
    ],
    "navigation": [
        r"^(?:首頁|新聞首頁|Home|home)\s*[>＞/／»›|｜]|^首頁\s|^[|｜>＞<＜/\-—=_*．·•\s]+$",
        r"^字[級體](?:設定|大小)?[：:\s]|^(?:分享|轉發)(?:到|至|給|此文|本文|新聞|：|:)|^(?:列印|收藏|轉寄|分享)\s|複製連結",
        r"^(?:瀏覽|觀看|點閱|人氣)(?:數|次數|量)?[：:\s]*[0-9,.萬]+次?$|^閱讀時間|^[0-9]+\s*(?:分鐘|秒)\s?(?:閱讀|[(（]閱讀時間[)）])?$",
        r"^\*?\s?拖拉類別|^恢復預設|^首次上稿|^(?:最後)?更新(?:時間)?[：:｜\s]|^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$|官網下載",
        r"^[0-9:]+\s*/\s*[0-9:]+$|^聽(?:新聞|文章)|^(?:圖片?|照片)?\s?[0-9]+\s*/\s*[0-9]+$|^共?[0-9]+張圖|^(?:https?://|www\.)",
        r"^[0-9]{1,2}/[0-9]{1,2}\s{0,2}[週周]|[0-9]°C\s?-\s?[0-9]{1,2}°C|請繼續下滑",
    ],
    "advertisement": [r"^[\[【（(]?廣告[\]】）)]?(?:\s|$)", r"^(?:贊助|業配|AD)\s"],
    "tags": [r"^[#＃]\S", r"^(?:關鍵字|關鍵詞|新聞標籤|文章標籤|相關標籤|標籤|Tags?|tags?)\s*[：:｜|#]"],
    "related news": [
        r"^(?:[【\[（(]\s?)?(?:延伸閱讀|相關新聞|相關報導|看更多|更多新聞|推薦閱讀|同場加映|往下看更多)(?:請見|[\s：:／/>＞｜|》】）\]]|$)",
        r"^更多[^，。]{1,14}(?:報導|新聞|文章)(?:[\s：:／/>＞｜|]|$)|^(?:查看|看|閱讀)原文|^[^，。]{0,4}原文[：:]",
        r"^.{0,60}[・·‧|]?\s?[0-9]{1,3}\s?(?:秒|分鐘|小時|天|週|周|個月)前$",
    ],
    "credit": [
        r"^[（(【\[※＊*]{0,2}(?:責任編輯|責編|核稿編輯|核稿|審稿|校對|撰稿|編譯|譯者|翻譯|整理|剪輯|設計)\s?[：:／/].{1,30}$",
        r"^[（(【\[※＊*]{0,2}(?:資料來源|新聞來源|文章來源|消息來源|參考資料|資料出處|出處|來源)\s?[：:／/].{0,80}$",
        r"^\S{2,6}中心[／/].{0,20}(?:編撰|責任編輯).{0,20}$",
    ],
}

# What opens a line that sells something: links, channels, apps.
PLUGS = "⭐🔴📌💡📢👉▶►▸🔔📲📱☞➤⏩🔥🎯📣✅🔗📍👇🎁👍➡⬇"

# The photo agencies and the words of a credit.
_AGENCY = (
    r"(?:路透社?|美聯社|法新社|歐新社|彭博社?|新華社|中新社|共同社|韓聯社|中央社|中評社|視覺中國|達志影像|聯合報系|本報|"
    r"(?i:reuters|afp|ap|epa|getty(?: images)?|shutterstock|bloomberg|pixabay|unsplash|freepik|istock|tpg))"
)
_AGENCIES = rf"{_AGENCY}(?:\s?[／/、]\s?[^。，／/、（()）]{{2,24}}){{0,3}}"
_CREDIT = r"圖片?|照片?|攝影?|翻攝|翻拍|擷取|截圖|取自|提供|示意|資料畫面|檔案|製圖|製表|來源|[Pp]hoto"
_SOURCE = r"(?:圖片?|圖說|照片?|攝影|製表|製圖|圖表|圖片來源|照片來源|資料來源|影片來源)\s?[／/:：]\s?"

# How a caption ends: its credit in brackets, behind its last sentence, or alone.
CAPTION_ENDS = [
    rf"[（(〔［\[](?:[^（）()〔〕\[\]]{{0,24}}(?:{_CREDIT})[^（）()〔〕\[\]]{{0,40}}|{_AGENCIES})[)）〕］\]]。?$",
    rf"(?:[。．／/]|(?<![|｜–-])\s){_AGENCIES}(?:資料照片?|檔案照片?)?$",
    rf".{_SOURCE}[^。，]{{1,24}}$",
    rf"^{_SOURCE}[^。\s]{{1,24}}$",
    r"記者\S{2,4}[／/]?攝影?$|(?:本報|檔案|資料)(?:資料)?照片?$|^資料照[，、]?\S{0,12}$|翻攝(?:自|畫面)?\S{0,16}$|[。，]取自\S{1,20}$",
    r"[。\s]\S{0,6}示意圖$|^\S{2,16}示意圖$|[。／/]\S{1,12}(?:提供|攝)$|(?:電影|影集|活動|官方)劇照$|^\S{2,10}提供$",
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
    return _label(line.text) if len(line.text) <= _LABEL_LENGTH else None


@lru_cache(maxsize=4096)
def _label(text: str) -> tuple[str, bool] | None:
    bare = text.strip(_DECORATION).lower()
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
