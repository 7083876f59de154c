import pytest

from nlp.brief.meaning import added_meaning, lost_meaning, lost_quotation


@pytest.mark.parametrize(
    ("chinese", "false", "true", "asked"),
    [
        ("票價最多可漲15%。", "Fares will rise by 15%.", "Fares can rise by up to 15%.", "up to"),
        ("工廠一度停擺。", "The plant stood still.", "The plant briefly stood still.", "briefly"),
        ("產量恐再下滑。", "Output will fall again.", "Output may fall again.", "may"),
        ("公司據傳將裁員。", "The company will cut jobs.", "The company will reportedly cut jobs.", "reportedly"),
        ("部長否認知情。", "The minister knew of it.", "The minister denied knowing of it.", "denied"),
        ("他並未出席會議。", "He attended the meeting.", "He did not attend the meeting.", "not"),
        ("球隊訂5月2日開訓。", "The team met on May 2.", "The team is to start training on May 2.", "is expected to"),
        ("她是唯一的候選人。", "She is a candidate.", "She is the only candidate.", "only"),
        (
            "若對方同意，他就辭職。",
            "The other side agrees and he resigns.",
            "He resigns if the other side agrees.",
            "if",
        ),
        ("除非下雨，比賽照常。", "The match goes ahead in rain.", "The match goes ahead unless it rains.", "unless"),
        ("除非法院同意，他會留下。", "He stays as a court agrees.", "He stays unless a court agrees.", "unless"),
        ("至少數十人受傷。", "Dozens were hurt.", "At least dozens were hurt.", "at least"),
        ("如果實施，稅收將增加。", "Revenue will rise.", "Revenue will rise if it takes effect.", "if"),
        (
            "修法自公告日起失效。",
            "The amendment takes effect from the announcement.",
            "The amendment loses effect from the announcement.",
            "void",
        ),
        ("儘管虧損，公司仍擴廠。", "The company expands at a loss.", "The company expands despite a loss.", "although"),
        ("球隊再度落敗。", "The team lost.", "The team lost again.", "again"),
        ("至少三人受傷。", "Three people were hurt.", "At least three people were hurt.", "at least"),
        ("工人拒絕協商。", "The workers talk.", "The workers refuse to talk.", "refused"),
        ("產能最快2027年開出。", "It opens in 2027.", "It opens in 2027 at the earliest.", "at the earliest"),
        ("工程最遲明年完成。", "Work ends next year.", "Work ends by next year.", "at the latest"),
        ("制裁加深雙方的不信任。", "Sanctions deepen trust.", "Sanctions deepen distrust.", "distrust"),
        ("男子在街頭遭槍殺。", "A man was shot in the street.", "A man was shot dead in the street.", "killed"),
        ("嫌犯昨天被捕。", "The suspect attacked yesterday.", "The suspect was arrested yesterday.", "was arrested"),
    ],
)
def test_a_hedge_or_a_denial_must_not_be_lost(chinese, false, true, asked):
    assert lost_meaning(false, chinese) == [asked]
    assert lost_meaning(true, chinese) == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("若干議員出席。", "Several lawmakers attended."),
        ("她欣喜若狂，若隱若現。", "She is overjoyed."),
        ("員工休假使用公務車。", "Employees on leave use company cars."),
        ("他愛喝水果汁，例如果汁機打的。", "He likes juice."),
        ("政府清除非法移民。", "The government removes illegal immigrants."),
        ("工人拆除非法建築。", "Workers tear down illegal buildings."),
        ("球隊雖敗猶榮。", "The team lost with honor."),
        ("有問題儘管問。", "Ask any questions."),
        ("他是失分最少的投手。", "He gave up the fewest runs."),
        ("支出甚至少了三成。", "Spending fell by 30%."),
        ("最快球速152公里。", "His fastest pitch was 152 kilometers per hour."),
        ("這最快3天到貨。", "It arrives in three days."),
        ("病毒最早在2019年出現。", "The virus first appeared in 2019."),
        ("店家最晚10點打烊。", "The shop closes at 10 p.m."),
        (
            "他受寵若驚，對手視若無睹，球場門庭若市。",
            "He was flattered, his rival looked away and the court was crowded.",
        ),
        ("工程最快10年完成。", "The work takes 10 years."),
        ("結果符合經濟學家的預期，供不應求。", "The result met economists' forecasts, and supply is short."),
        ("北韓不可能解除武裝。", "It is impossible for North Korea to disarm."),
        ("不可否認，他很強。", "Undeniably, he is strong."),
        ("工人拒絕協商。", "The workers won't talk."),
    ],
)
def test_what_only_looks_like_a_hedge_asks_for_nothing(chinese, english):
    assert lost_meaning(english, chinese) == []


def test_a_headline_may_leave_asides_out_but_no_condition():
    assert lost_meaning("The company expands", "儘管虧損，公司仍再度擴廠。", whole=False) == []
    assert lost_meaning("He resigns", "若對方同意，他就辭職。", whole=False) == ["if"]


@pytest.mark.parametrize(
    ("chinese", "false", "true"),
    [
        ("該公司主管說，訂單已滿。", "The chief executive said orders are full.", "An executive said orders are full."),
        (
            "該公司執行長說，訂單已滿。",
            "The chief executive does not say so.",
            "The chief executive said orders are full.",
        ),
        ("營收增加三成。", "Revenue fell by 30%.", "Revenue rose by 30%."),
        (
            "大戰結束一個月前他陣亡。",
            "He fell one month after the war.",
            "He fell one month before the end of the war.",
        ),
        ("她宣布參選。", "She seeks re-election.", "She is running for office."),
        ("他因醜聞下台。", "He stepped down over rumors.", "He stepped down over a scandal."),
        ("部長昨天召見大使。", "The minister confessed to the ambassador.", "The secretary summoned the ambassador."),
        ("股價下跌。", "Shares rose.", "Shares fell."),
        ("兩隊今晚交手。", "The Hawks defeated the Lions tonight.", "The two teams meet tonight."),
        (
            "在野黨憑人數優勢通過法案。",
            "The opposition won a majority and passed the bill.",
            "The opposition used its majority to pass the bill.",
        ),
        (
            "歐洲安全仍得仰賴美軍。",
            "Europe is safe because it relies on U.S. forces.",
            "Europe still relies on U.S. forces.",
        ),
        ("法案三讀通過。", "The bill was rejected.", "The bill passed its third reading."),
    ],
)
def test_a_word_that_turns_the_news_round_is_found(chinese, false, true):
    assert added_meaning(false, chinese)
    assert added_meaning(true, chinese) == []


@pytest.mark.parametrize(
    ("chinese", "told", "english"),
    [
        ("總統的approval rating內跌了", "approval rating", "The president's approval ratings fell."),
        ("兩人獲緩刑", "", "The two were given suspended sentences."),
        ("他不求知道", "", "He won't ask."),
        ("行李由直升機運來", "", "Helicopters drop the bags."),
        ("更多青少年失業", "", "More teenagers are out of work."),
        ("直到天亮才走", "", "They did not leave until dawn."),
        ("病人週五出院", "", "The patient leaves the hospital on Friday."),
        ("少子化衝擊學校", "", "Low birthrates hit more schools."),
    ],
)
def test_what_an_exact_rendering_says_is_no_addition(chinese, told, english):
    assert added_meaning(english, chinese, told) == []


def test_what_is_told_in_english_allows_no_other_direction():
    assert added_meaning("Sales fell.", "銷售成長", "sales") == ["fell"]


def test_where_both_directions_stand_either_may_be_told():
    assert added_meaning("Sales fell.", "銷售由升轉跌。") == []


def test_somebodys_own_words_keep_their_quotation_marks():
    chinese = "教練說，「金庫計畫」是「一場惡夢」。"
    assert lost_quotation("The coach called Project Vault a nightmare.", chinese, ["金庫計畫"])
    assert not lost_quotation('The coach called Project Vault "a nightmare."', chinese, ["金庫計畫"])
    assert not lost_quotation("Project Vault begins.", "「金庫計畫」上路。", ["金庫計畫"])
