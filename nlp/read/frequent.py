"""The characters that news uses most, in both scripts: what tells a right decoding from a wrong one.

Some five hundred characters make up half of any Chinese text. The first four hundred are the most frequent of modern
written Chinese in about that order, the rest are those of the news desk; the Simplified ones are their counterparts.
"""

from __future__ import annotations

TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所"
    "然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與"
    "長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己"
    "制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系"
    "氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社"
    "便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉"
    "格望覺術領共確傳師觀清今切院讓識候帶導爭運股億台灣央銀券值元價漲跌跨季營收財投評估聯歐英俄韓印警案判黨選舉委"
    "局署"
)

SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于著下自之年过发后作里用道行所"
    "然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与"
    "长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己"
    "制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系"
    "气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社"
    "便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉"
    "格望觉术领共确传师观清今切院让识候带导争运股亿台湾央银券值元价涨跌跨季营收财投评估联欧英俄韩印警案判党选举委"
    "局署"
)

PUNCTUATION = frozenset("，。、；：？！「」『』（）《》〈〉“”‘’·—…％")


def frequent_share(text: str, frequent: frozenset[str]) -> float:
    """The share of the characters outside ASCII that are ``frequent`` or punctuation: 0.0 to 1.0."""
    sample = [c for c in text if c > "\x7f"]
    return sum(c in frequent or c in PUNCTUATION for c in sample) / len(sample) if sample else 0.0
