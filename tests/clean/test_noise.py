"""Captions and labels are known by their form; sentences that only speak of such things stay in the body."""

import pytest

from nlp.clean import clean
from nlp.clean.lines import read_lines
from nlp.clean.noise import caption, label, noise

FIRST = "歐盟執委會今天公布新的數位服務規範，要求大型平台在明年六月前提出風險評估報告，否則最高可罰全球營收的6%。"
SECOND = "布魯塞爾官員表示，這項規範涵蓋十七家業者，首波檢查對象包括社群網站、影音平台與應用程式商店。"
LAST = "業者則認為期限太短，希望執委會再延長半年，並公布更明確的計算方式。"
TITLE = "歐盟數位新規上路 大型平台限期交報告"


def udn(extra: str = "", title: str = TITLE) -> str:
    return f""" date 2026-02-25 快訊

颱風最新動態 這些縣市停班停課

{title}

聯合報／ 記者王某某／綜合報導
歐盟總部大樓。路透
歐盟總部大樓。路透

{FIRST}

{SECOND}

{extra}

{LAST}

歐盟 平台 數位

延伸閱讀

早餐店老闆曝三明治利潤 網友驚呆

udn討論區
"""


@pytest.mark.parametrize(
    "line",
    """總部大樓外觀。圖／路透資料照
賽程對戰表 製表／編輯部
最高法院外觀。歐新社
議場外觀。（資料照，記者攝）
▲▼港口資料照。（圖／路透）
▼試射順利升空。（圖／路透，下同）
葡萄牙一處太陽能電廠空拍畫面。 法新社
圖為銅線纜。（美聯社）
執行長林某某。 圖：翻攝自公司直播影片 (資料照)
圖／公司公布財報，營收達57億美元。（翻攝 公司臉書粉絲專頁）
↑（圖片由業者提供）
代表告發，抗議民眾遭警方架開。（圖／周某某攝）
總統聽取簡報。圖／路透社、美聯社、CNN
中國稀土產量佔全球三分之二。（視覺中國）
金屬正方體放在國旗上方。（Getty設計圖片）
上修銅價預測 估2026年續處高檔 (圖:Shutterstock)
銅價也創新高。示意圖。取自Pixabay
社長備詢。（姚某某攝）
記者余某某／攝影
導演 (Photo by Someone/Invision/AP)
《海的那一邊》電影劇照
衛星影像顯示火場。（美聯社/Planet Labs PBC）
總統在官邸。法新社／NurPhoto
大樓失火。（翻攝自臉書社團「我愛大樓」）
大樓失火。民眾提供""".splitlines(),
)
def test_captions(line: str) -> None:
    assert caption(read_lines(line)[0])


@pytest.mark.parametrize(
    "line",
    """未滿16歲者禁止使用社群媒體的法案，10日在澳洲生效。
平台同時更新隱私權政策，歐洲用戶可以選擇不看個人化廣告。
使用Cookie須先徵得同意，是這套法律最為人熟知的一條。
廣告收入去年成長兩成，是平台拒絕付費牆的主因。
使用者只要下載這款APP，就能查詢自己的資料。
法院認為，出版社未經授權重製他人照片，應負賠償責任。
這些圖片的版權所有人至今沒有收到任何通知。
禁止轉載的規定不適用於新聞報導，執委會這樣解釋。
「我們會再回來。」
「這不公平！」
他的回答是：不予置評。
首相在X上寫道：「We will act.」
追蹤人數超過百萬的網紅，也要比照媒體揭露廣告主。
訂閱電子報的讀者可以選擇退出。
下一則規範預計九月出爐。
更多國家加入制裁行列，加拿大也將跟進。
記者會上，發言人拒絕透露處罰名單。
中央社報導，台灣也在研擬類似規範。
截至2025年12月4日，共有17家業者提出報告。
安心專線自今年起併入衛生部，由專人接聽。
● 第一，平台必須保存刪文紀錄。
1. 平台必須每季公布刪文數量。
來源：執委會的內部文件顯示，罰款將分三期繳納。
留言區也納入規範，平台要在24小時內處理檢舉。
免責聲明不能再用小字寫在最後一頁。
香港時間3日晚間，業者股價應聲下跌。
專家提醒您，密碼不應重複使用。
總統府：尊重執委會決定。
照片：由執委會提供的三張空拍圖，都已證實造假。
相關新聞一出，股價盤中重挫7%，創下三年來最大單日跌幅。""".splitlines(),
)
def test_sentences_that_only_speak_of_noise_stay(line: str) -> None:
    assert clean(udn(line)).text.split("\n") == [FIRST, SECOND, line, LAST]
    bare = "\n".join([FIRST, SECOND, line, LAST])
    assert clean(bare).text == bare
    assert clean(bare).dropped == ()


@pytest.mark.parametrize(
    "title",
    """歐盟數位新規明年上路 Google新聞也納管
歐盟祭數位新規！大型平台限期改善
「這是歐洲的網路」 執委會公布數位新規
歐盟嗆平台：「不改就罰到怕！」
快訊／歐盟數位服務規範六月上路
歐盟要求平台提風險評估報告，逾期罰營收6%
下載App也要管 歐盟新規衝擊應用程式商店
歐盟數位新規 重點一次看
歐盟新規盯上17平台 相關新聞內容也納管
影／歐盟公布數位服務規範 官員拿出百頁報告
歐盟訂平台新規 首波檢查17業者 期限、罰則、計算方式
記者也要懂的歐盟數位服務規範
專訪／執委會官員談數位服務規範：平台不能再裝傻""".splitlines(),
)
def test_headlines_that_only_speak_of_noise_are_titles(title: str) -> None:
    for page in (udn(title=title), f" date 2026-01-12 {title}\n{FIRST}\n\n{SECOND}", f"{title}\n{FIRST}\n{SECOND}"):
        article = clean(page)
        assert article.title == title
        assert article.text.split("\n")[:2] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("line", "final"),
    [
        ("延伸閱讀", False),
        ("【延伸閱讀】", False),
        ("更多緯來新聞網報導", False),
        ("udn討論區", True),
        ("12 則留言", True),
    ],
)
def test_labels(line: str, final: bool) -> None:
    found = label(read_lines(line)[0])
    assert found is not None
    assert found[1] is final


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("我是廣告 請繼續往下閱讀", "advertisement"),
        ("#稀土 #出口", "tags"),
        ("國際 國際焦點 北美要聞 日韓要聞 | 國際社會", "tags"),
        ("字級設定：小 中 大 特", "navigation"),
        ("0:00 /0:00", "navigation"),
        ("責任編輯：李某某", "credit"),
        ("新聞來源：華視新聞", "credit"),
        ("太空迷（@spacefan）分享的貼文", "embedded post"),
        ("工廠深夜竄火|👉小編推新聞 20260306 #shorts", "related video"),
        ("※ 飲酒過量，有害健康", "disclaimer"),
        ("本站圖文與影音皆有著作權,未經授權,不得轉載或公開播送。", "copyright"),
    ],
)
def test_reasons(line: str, reason: str) -> None:
    assert noise(read_lines(line)[0]) == reason
