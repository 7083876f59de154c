"""What a sentence must not lose or turn round: hedges, denials, limits, directions, and words that say who does what.

A model that is right about every name and number may still say the contrary. These are the words that tell: where the
Chinese has one, the English must have one of its kind, and some English words need their Chinese. The tables
hold what a desk's editor marked as false in briefs of news pages; they judge words, not grammar, so that what passes may still be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_HEDGED = r"(?-i:may)|might|could|possib|potential|perhaps|risk|likely|fear|threat|would"
_PLANNED = (
    r"expect|plan|schedul|forecast|estimat|project|will|would|due|intend|hope|aim|set to|likely|predict|(?-i:may)|might|could|"
    r"anticipat|see|seek|want|propos|consider|to be|is to|are to|was to|were to"
)
_NOT = (
    r"not|n't|no|never|without|none|nothing|nor|neither|un[a-z]{3,}|fail|refus|declin|den(?:y|ie)|lack|unable|cannot|ban|prohibit|avoid|"
    r"reject|stop|instead|rather|only|impossible|dis[a-z]{3,}|hard|difficult|exempt|absence|miss|short|oppos|few|little|free|bar|end|"
    r"still|yet|less|far|struggl|despite|however|prevent|ke(?:ep|pt)|hamper|against|insuffic|inadequa|irresist|inab|\w+n['’]t\b"
)
MAY = "(?:預計|預期|可望|有望|將|會|可|必須|也?(?:要|得|須|需)等?)"
"""What stands between 最快 or 最遲 and a date."""
_DAY_TO_COME = "(?:\\d{3,4}年|\\d{1,2}月|[一二三四五六七八九十]{1,2}月|[今明後]年|[本下]個?[月週周季]|[明後]天|\\d{1,2}[日號]|[週周][一二三四五六日]|年底|月底|第?[一二三四1-4]季)"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where ``chinese`` stands, one of the stems ``english`` must; ``says`` is what to ask for. A headline may leave an ``aside`` out."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    says: str
    aside: bool = False


def _kept(chinese: str, english: str, says: str, aside: bool = False) -> Kept:
    return Kept(re.compile(chinese), re.compile(rf"\b(?:{english})", re.I), says, aside)


KEPT = (
    _kept("最多(?=[可要會達約將漲增減跌]|\\d)|至多(?!數)", "up to|at most|as (?:much|many|high)|maxim|no more|highest", "up to"),
    _kept("(?<![大一的其餘成內下間])部分(?=[^之原在人由是])", "some|part|certain|several", "some"),
    _kept("一度(?!電)", "briefly|at one (?:point|stage)|once|temporar|for a time|moment|short", "briefly"),
    _kept("恐怕|恐(?=將|會|得|須|影響|衝擊|遭|面臨|再|成為|引發|難|有)", f"{_HEDGED}|concern|worr|unlikely|hard", "may"),
    _kept("(?<![不何])可能|或將|或許|也許|說不定", f"{_HEDGED}|can\\b|unlikely|chance", "may"),
    _kept("據傳|傳出(?!一[記腳球]|捷報|佳績|歌聲|笑聲|尖叫|哭聲|濃煙|巨響|槍聲|惡臭|異味)|據報導|疑似|據稱|涉嫌|(?<=[^宣流謠相訛謬遺])傳(?=與|將|擬|有意|正|已)", "report|said|susp(?:ect|ic)|alleg|accord|source|rumo|claim|apparent|believ|accus|charg|word\b|emerg|hear", "reportedly"),
    _kept("預計|預定|預料|(?<![非的])預期|預估|可望|有望|料將|(?<![模虛草比])擬(?!定|真|人)|打算|計[劃畫](?=在|於|將|到|以|明年|今年)|訂(?:於|在)?(?=\\d{1,2}[月日])", _PLANNED, "is expected to"),
    _kept("(?<!不可)(?<!無可)(?<!無法)否認", "den(?:y|ie|ial)|reject|dismiss|not", "denied"),
    _kept("並未|並非|不會|不能|(?<!哭笑)(?<![捨恨巴顧])不得(?!已|不|了)|(?<![有了過])沒有(?![，。？」]|$)|未能|尚未|從未|不曾|無法|無意|不願|不再|不予|絕不|不應(?!求)|(?<!是)不是|不排除|不足", _NOT, "not"),
    _kept("不信任", "distrust|mistrust|confiden|suspic|wary|trust[a-z]* (?:not|no)|not (?:be )?trust|n't trust|(?:lack|loss) of trust|no trust", "distrust"),
    _kept("射殺|槍殺|擊斃|刺死|打死|撞死|撞斃|砍死|勒死|毒死|炸死|殺害", "kill|dead|death|die|fatal|murder|slain|execut|assassin|homicide", "killed"),
    _kept("遭到?逮捕|被捕|被逮|落網|被拘|遭拘", "arrest|detain|custod|captur|caught|apprehend|held", "was arrested"),
    _kept("禁止|禁令|禁運", "ban|prohibit|bar|forbid|embargo|not|illegal|outlaw|stop", "banned"),
    _kept("幾乎", "almost|nearly|virtual|practical|all but|barely|hardly|scarcely|close to|just about", "almost"),
    _kept("(?<![不])唯一", "only|sole|single|lone", "only"),
    _kept(
        "(?<!若[隱即])(?<![假倘欣噤堅固之宛恍判形呆視置寵庭冷氣智自相般旁])若(?![干要以梅隱即離望昂鶩湯狂蟬石]|有所[思失悟]|有[似若]無|無其事)|[倘假]若|(?<![休放請年連病產暑寒造])假(?:如(?!何)|使(?!用))|"
        "(?<![例諸猶比譬])如(?:果(?![汁醬])|有(?!神助|雷同))",
        "if|should|once|unless|were|when|provid|as long as|in (?:the )?(?:case|event)|assum|otherwise|or\\b|would|had|whether|with|exclud|barring|unaccompanied|not accompanied", "if",
    ),
    _kept("(?<![清排拆解扣免去掃剷消])除非(?!法(?![院官律庭國規]))", "unless|only|except|without|if\\b|until", "unless"),
    _kept(
        "儘管(?![說問放用吃])|雖(?!敗猶榮)", "(?:al)?though|despite|while|but\\b|even\\b|however|in spite|yet|notwith|nonetheless|nevertheless|"
        "whereas|still|albeit|when|regardless", "although", aside=True,
    ),
    _kept(
        "再度|再次", "again|another|once more|anew|back|repeat|return|second|third|fourth|fifth|further|more\\b|new\\b|still|continu|"
        "re-?(?:elect|open|ent|gain|appear|sum|new|launch|start|ignit|unit|join|surfac|emerg|affirm|iterat|vis|consid|negot|sched|build|captur|introduc|"
        "appoint|tak|claim|call|convene|activat|issue)", "again", aside=True,
    ),
    _kept("(?<!甚)至少(?!於|了|數(?![十百千萬億兆人名位家個次]))|最少(?=[\\d一二兩三四五六七八九十百千萬幾數])", "at least|at the earliest|minim|no (?:less|fewer)|or more|more than|least\\b|(?:over|above) \\d", "at least"),
    _kept("失效|無效(?!打)|作廢", "void|invalid|los[est]|laps|expir|no longer|null|ineffective|ineffectual|ceas|futil|useless|fail|not\\b|no effect|annul|nullif|scrap|dead|vain|against|overturn|str(?:ike|uck)|moot|unsuccess", "void"),
    _kept("拒絕", "refus|declin|reject|turn|snub|rebuff|resist|spurn|oppos|den(?:y|ie)|not\\b|never|no\\b|unwilling|\\w+n['’]t\\b", "refused"),
    _kept(f"(?:最快{MAY}*|最早{MAY}+)[在於到至]?(?={_DAY_TO_COME})", "earl|soon", "at the earliest"),
    _kept(f"最[遲晚]{MAY}*[在於到至]?(?={_DAY_TO_COME})", "late|by\\b|before|deadline|until", "at the latest"),
)  # fmt: skip
"""What the English must have where the Chinese has it."""

NEEDS = {
    r"chief executive|\bCEO\b": "執行長|行政長官|特首|首席執行|總裁|行政總裁|執行總監|CEO|總經理",
    r"\bsurvey|\bpoll(?:s|ed|ing)?\b": "調查|民調|投票|票選|普查|受訪|問卷|抽樣|訪查",
    r"\bsuspend": "停|中止|懸|緩",
    r"\bdefeat|\bbeat(?:s|ing)?\b": "擊敗|打敗|勝|敗|克|淘汰|橫掃|贏|負|輸|逆轉|拿下|退|優於|超|高於|心跳|跳動|拍|敲|鼓|毆|打|揍",
    r"\bkilled|\bdied|\bdeath|\bdead\b": "死|亡|逝|殺|喪|夭|葬身|遺物|鬼門關|輕生|火[窟海]|罹難|身故|過世|辭世|斃|命|病故|往生|離世|臨終|享[年壽]|駕崩|滅絕|不治|遇[難害]|屍|殉|生前|陪葬",
    r"\barrest": "逮|捕|拘|押|落網",
    r"\bresign": "辭|下台|下臺|去職",
    r"\blawsuit|\bsued?\b|\bsuing": "訴|告|官司",
    r"\bnot\b|n't\b|\bnever\b": "[不沒未無非別勿免拒禁否難莫甭缺休]|除|直到|才",
    r"\bban(?:s|ned)?\b|\bprohibit": "禁|不得|不准|不許|封|限|杜絕|勒令",
    r"\bdoubl(?:e|ed|ing)\b": "倍|翻|雙|替身|包夾|身兼",
    r"\bhal(?:f|ve|ved|ving)\b(?![- ]?time)": "半|腰斬|二分|[五5]成|50%",
    r"\bhighest\b|\brecord high": "最高|新高|最[大多貴強]|居首|第一|之冠|居冠|首|頂|高[點峰]|歷史高",
    r"\blowest\b|\brecord low": "最低|新低|低點|谷底|最[小少差]|墊底|末|倒數|第.低",
    r"\bapprov": "批准|通過|核准|同意|核定|准|許可|核可|放行|追認|贊成|合法|拍板|敲定|過關|點頭|首肯|允|贊同",
    r"\breject|\bvoted? down": "否決|拒|駁|不同意|打回|退回|不接受|封殺|排斥|退[稿件]|遭退|婉|回絕|打槍",
    r"\bw(?:on(?!['’]t)|ins?|inning)\b|\bvictor(?:y|ies|ious)\b": "贏|勝|奪|冠|獲|得|拿下|摘|當選|中選|抱走|封王|奏凱|告捷|中獎|擊敗|打敗|橫掃|連霸|淘汰|爭取|連任|收下|過半|當選|鹿死誰手|慶功|凱旋|扳回|打動|說服|拿到|捷|得標",
    r"\belect(?:ions?|ed|oral)\b": "選|票|連任",
    r"\bbecause\b": "因|由於|為了|所以|使|造成|導致|致|故|為由|出於|來自|鑑於|理由|受|基於|讓|才|源|依|緣|不是|並非|而是|念[在其他她]|考量|便|若|要不|肇|起因|原因|拜|托|據稱",
    r"\b(?:hours?|days?|weeks?|months?|years?) after\b": "後|來|過|隔|滿|才|經|繼|不到|未滿|就|即|便|年年|[日逐]復|逐年|連年",
    r"\b(?:hours?|days?|weeks?|months?|years?) before\b": "前|早|先|才|就|便|最後|終|[年月]減|[年月]增|較上",
    r"\bre-?elect": "連任|改選|再選|重選|補選|重新選",
    r"\btrust(?:s|ed|ing)?\b": "信|託",
    r"\brumou?r": "傳|謠|流言|八卦|耳語",
    r"\bscandal": "醜|弊|案|門|風波|爆料",
    r"\bsurviv": "生還|倖|活|生存|撐|捱|求生|劫後|保住|熬|存續|過關|災[民戶]|遺[族屬孀]|未亡人",
    r"\binjur|\bwound": "傷|創|掛彩|蜿|繞|醫|治療|槍|刀|骨折|倒臥|病患",
    r"\bdivorc": "離婚|離異|仳離|分居|婚變",
    r"\bmarri|\bwedding": "婚|姻|嫁|娶|結褵|夫|妻|配偶|太太|妯娌|和親|終身大事",
    r"\bpregnan": "孕|有喜|懷|胎",
    r"\bbankrupt": "破產|倒|清算|重整",
    r"\bhostage": "人質|挾持|劫|俘",
    r"\bbomb(?:s|ed|ers?|ings?|ard\w*)?\b": "炸|彈|爆|轟",
    r"\bguilty\b": "罪|判|認",
    r"\bconvict": "罪|判|定讞|前科|刑|囚|犯",
    r"\bsentenced\b": "判|刑|處",
    r"\bpardon": "赦|原諒|饒|恕",
    r"\bthreat": "威|脅|嚇|揚言|危|恐|險",
    r"\bst(?:eal|ole)|\btheft|\brobb(?:ed|ers?|ery|eries|ing)\b": "偷|竊|盜|搶|劫|贓|扒|順手牽羊|闖空門|侵占",
    r"\brap(?:e|ed|ist)\b": "性侵|暴|姦",
    r"\bcancel": "取消|停|撤|廢|註銷|解除|流|消|退|不辦|喊卡|銷",
    r"\bpostpon|\bdelay": "延|緩|推遲|拖|晚|誤|遲|擱|卡|慢|改期|改[至到]|順延",
    r"\bfraud": "詐|騙|弊|假|欺|不實|冒|車手",
    r"\bcorrupt": "貪|腐|賄|弊|污|汙|黑金|不法",
    r"\bdrunk": "酒|醉",
    r"\bmerg(?:e|ed|ers?|es|ing)\b": "併|合|融|整",
    r"\bescap": "逃|脫|躲|避|溜|逸|倖|閃|洩|難辭其咎",
    r"\bapolog": "歉|謝罪|賠不是|對不起",
    r"\bdenie[sd]\b": "否|不|拒|無|沒|未|非|澄清|駁|撇清|闢謠",
    r"\bconfess": "供|認|坦|招|告白",
    r"\bsecret(?:s|ly|ive)?\b": "秘|祕|密|暗|偷|私|悄|機|特務|特勤|間諜",
    r"\billegal|\bunlawful": "法|違|黑|私|偷|盜|濫",
    r"\bprotest": "抗|示威|遊行|陳情|請願|上街|反|杯葛|不滿|嗆|喊|集會",
    r"\battack": "攻|襲|擊|打|侵|毆|抨|批|轟|砍|刺|炸|嗆|罵|砲|開火|發作|恐|戰|中風|心肌|心臟病|氣喘|傷人|咬|撲",
    r"\bprison|\bjail": "監|獄|刑|囚|牢|關|押|坐|禁|拘|徒|戰俘|俘虜",
    r"\bhospital(?!ity)": "醫|院|病|診",
    r"\bworst\b": "最|差|糟|慘|惡|史上",
    r"\bfirst time\b": "首|初|第一|第1|頭一|從未|破天荒|前所未|未曾|從來",
    r"\bman-?made\b|\bfamous\b": "人為|人造|名|紅|譽",
}  # fmt: skip
"""English words that stand only where the Chinese has one of these."""

_QUOTED = re.compile("[「『]([^「」『』]{2,})[」』]")

_UP = re.compile(
    "漲|(?<!直)升(?![溫學旗])|增(?![設派訂列援])|(?<![表宣頒飄悠])揚(?![言名帆長州])|攀(?![岩爬談])|成長|提高|調高|擴大|飆|高於|多出|加碼|加薪|優於|上修|倍(?![感受])"
)
_DOWN = re.compile(
    "跌|(?<![雨雪霜空])降(?![下落臨雨雪解])|減|下滑|縮|萎|調低|下調|低於|衰退|砍(?![殺傷人死斷伐樹])|下修|(?<=[減變縮缺])少|少[了於]|貶|虧|刪|跳水|崩[跌盤]|挫"
)
_RISES = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|increas|grow|grew|jump|surg|soar|climb|gain|higher|up\b|rais|expand|more|above|exceed|doubl|tripl|add(?:s|ed|ing)?\b|beat|surpass|top|lift|better)",
    re.I,
)
_FALLS = re.compile(
    r"\b(?:fall|fell|drop|declin(?!ed to comment|es to comment|ing to comment)|decreas|cut|lower|reduc|shr[aiu]nk|slump|plung|tumbl|slash|(?<!turn )(?<!turns )(?<!turned )(?<!shut )(?<!broke )(?<!broken )(?<!burned )(?<!torn )(?<!tore )(?<!calm )(?<!sat )down\b|less|below|narrow|los[est]|weak)",
    re.I,
)


def lost_meaning(sentence: str, chinese: str, whole: bool = True) -> list[str]:
    """What an English ``sentence`` has lost of its evidence, as words to ask for: ``up to``, ``may``, ``not``.

    What is not the ``whole`` of it may leave asides out.
    """
    asked = [k for k in KEPT if whole or not k.aside]
    return [k.says for k in asked if k.chinese.search(chinese) and not k.english.search(sentence)]


def lost_quotation(sentence: str, chinese: str, names: Iterable[str]) -> bool:
    """Whether somebody's own words stand in quotation marks no more; the ``names`` of the Chinese need none."""
    return not set(_QUOTED.findall(chinese)) <= set(names) and not re.search(
        r"[\"“]|(?<!\w)['‘][^'’]+['’](?!\w)", sentence
    )


def added_meaning(sentence: str, chinese: str, told: str = "") -> list[str]:
    """Words of an English ``sentence`` that its evidence has nothing for, and a direction that it turns round.

    What stands in English in the source, the ``told``, may be said in its words: approval rating, suspended sentence.
    """
    found = [
        m.group()
        for english, han in NEEDS.items()
        if (m := re.search(english, sentence, re.I))
        and not re.search(han, chinese)
        and not re.search(english, told, re.I)
    ]
    rises, falls = _RISES.search(sentence), _FALLS.search(sentence)
    if _UP.search(chinese) and not _DOWN.search(chinese) and falls and not rises and not _FALLS.search(told):
        found.append(falls.group())
    if _DOWN.search(chinese) and not _UP.search(chinese) and rises and not falls and not _RISES.search(told):
        found.append(rises.group())
    return found
