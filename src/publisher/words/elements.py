"""Lines of an official document as people type them → which elements of the frame they may be.

Patterns alone: nothing here knows where a line stands. Words are read without the blanks that only
align them (`bare`), in half width or full.
"""

from __future__ import annotations

import re
from datetime import date

from publisher.model import Kind
from publisher.words.days import SIGNED, day_of, days_in
from publisher.words.numerals import COUNTED, ONES, value_of

HAN = "×\u3400-\u9fff\U00020000-\U0003ffff"
"""Chinese characters, and × that stands for some, as the inside of a class of an expression."""
_BLANK = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")


def bare(words: str) -> str:
    """Words without any blank."""
    return _BLANK.sub("", words)


def is_to_fill_in(words: str) -> bool:
    """Whether words are signs that stand for others, as a template has: ×××××, ______."""
    return bool(_TO_FILL_IN.fullmatch(bare(words)))


_TO_FILL_IN = re.compile("[×xXＸ＿_*＊○〇□△…]+")


def narrow(words: str) -> str:
    """Words with wide digits (２０２５) as narrow ones."""
    return words.translate(_HALF_WIDTH)


_HALF_WIDTH = {ord("０") + number: str(number) for number in range(10)}


# -- 版头 ---------------------------------------------------------------------------------

_OPEN, _CLOSE = r"〔［【﹝\[(（", r"〕］】﹞\])）"
"""Brackets of a year, as the inside of a class of a regular expression."""
_OPEN_FIGURES = "[0-9×xX＿_]{0,5}"
"""A number, or the room for one that a draft leaves."""
_OF_ALL = "(?:[（(]总第?[0-9]{1,5}[号期][）)])?"
NUMBER = re.compile(
    rf"[{HAN}A-Za-z＿_、（）()]{{1,24}}?[{_OPEN}](?:19|20)[0-9×＿_]{{2}}年?[{_CLOSE}]第?{_OPEN_FIGURES}号"
    rf"|[{_OPEN}](?:19|20)[0-9]{{2}}[{_CLOSE}][{HAN}0-9]{{1,14}}?第?[0-9]{{1,6}}号"
    rf"|[{HAN}]{{0,14}}?(?:(?:19|20)[0-9]{{2}}年)?第[0-9{COUNTED}]{{1,6}}[号期]{_OF_ALL}"
    rf"|[{HAN}]{{2,12}}字?(?:19|20)[0-9]{{2}}年?第?[0-9]{{1,5}}号"
    rf"|[{_OPEN}](?:19|20)[0-9]{{2}}年?[{_CLOSE}]第?[0-9]{{1,5}}[号期]"
)
"""发文字号 as typed: 国办发〔2018〕126号, 国发[1996]25号, 第707号, 第6期, （2025）青执字第112号.

In a draft 青水发〔2025〕　号.
"""
COPY_NUMBER = re.compile("(?:份号[：:]?|N[oO][.．:：]?)?([0-9]{6})(?:份)?")
CLASSIFICATION = re.compile(
    "(?:密级[：:])?((?:绝密|机密|秘密)(?:[★☆*＊](?:长期|[0-9]{1,2}(?:年|个月|天|日)|.{0,8}))?)"
)
URGENCY = re.compile("(?:紧急程度[：:])?(特提|特急|加急|平急|急件)")
SIGNERS = re.compile("签发人?[：:]")
DRAFT = re.compile(
    rf"[（(〔【\[]?(?:[{HAN}]{{0,6}}(?:征求意见|送审|讨论|报审|报批|审议|会签|代拟|修改|初|草)稿|草案"
    rf"|第[0-9{COUNTED}]{{1,3}}稿)[）)〕】\]]?(?:[（(][0-9{COUNTED}]{{1,3}}[）)])?"
)
"""How far a draft has come: 征求意见稿, （送审稿）, 第二稿."""
MARK_SUFFIXES = ("文件", "命令", "令", "纪要")
"""What a 发文机关标志 ends with; that of a 信函 with none of it."""


# -- kinds and organs -----------------------------------------------------------------------

_KINDS = sorted((*(kind.value for kind in Kind), "令"), key=len, reverse=True)
_BEHIND_KIND = re.compile(r"[（(〔\[【][^（(〔\[【]{1,20}[）)〕\]】]$")


def kind_of(title: str) -> Kind | None:
    """The 文种 that a title ends with, what stands in brackets behind it aside."""
    words = bare(title)
    while match := _BEHIND_KIND.search(words):
        words = words[: match.start()]
    ending = next((kind for kind in _KINDS if words.endswith(kind)), None)
    if ending is None:
        return None
    return Kind.ORDER if ending == "令" else Kind(ending)


_ORGAN_ENDS = (
    "局|厅|部|委|办|署|院|府|公司|集团|学校|中学|小学|大学|学院|幼儿园|中心|委员会|办公室|办公厅|法院|"
    "检察院|银行|协会|学会|联合会|总会|红十字会|工会|商会|基金会|研究院|研究所|管理处|管理所|管委会|"
    "指挥部|领导小组|专家组|工作组|编制小组|小组|总队|支队|大队|医院|社|站|处|科|所|总工会|团委|妇联|"
    "残联|工商联|文联|科协|街道|村民委员会|居民委员会|党委|党组|纪委|常委会|常务委员会|人大|政协|"
    "主席团|军区|管理司|秘书处|秘书局|分局|事务局|机关|公室|司|会|厂|队|馆|团|股份"
)
ORGAN = re.compile(rf"[{HAN}（）()“”·]{{1,40}}(?:{_ORGAN_ENDS})")
"""A name that may be an organ's, alone on a line."""
ORGAN_OF_TITLE = re.compile(
    rf"([{HAN}（）()“”·、]{{1,60}}?(?:{_ORGAN_ENDS}))(?=关于|印发|转发|批转|令|命令|公告|通告|公报|办公会|等)"
)


def may_be_organ(words: str) -> bool:
    """Whether words may be the name of an organ, from how they end."""
    return bool(ORGAN.fullmatch(bare(words)))


# -- 主体 ---------------------------------------------------------------------------------

_STATES_SOMETHING = re.compile(
    "如下|以下|[。！？；]|现将|为了|根据|按照|以来|提出|要求|进行|开展|做好|包括"
)
_ASKS = re.compile(
    "(?:填[报表写]|申[报请]|推荐|制表|编制|呈报|报送|主管)(?:单位|部门|人员?|日期|时间)|盖章|签[字名章]|公章"
)
"""What is to be filled in behind a colon."""
_ADDRESSED = re.compile(
    f"(?:{_ORGAN_ENDS}|单位|部门|各[县市区州地镇乡].*|同志|代表|委员|先生|女士|企业|机构|厂|"
    "市|县|区|省|镇|乡|村|局长|主任|校|组|人民|市民|居民|家长|业户|用户|乡镇|街办|大院|室|部队|"
    "[）)])$"
)


def may_be_recipients(words: str) -> bool:
    """Whether a line may be 主送机关 with its colon."""
    plain = bare(words)
    if not plain.endswith(("：", ":")) or _STATES_SOMETHING.search(plain) or _ASKS.search(plain):
        return False
    return not re.match("(?:附件?|抄送|联系人|时间|地点|电话|来源)[：:]?", plain)


def may_be_addressed(words: str) -> bool:
    """Whether a line names those to whom something may go, with or without a colon."""
    plain = bare(words).rstrip("：:")
    return not _STATES_SOMETHING.search(plain) and bool(_ADDRESSED.search(plain))


LABEL = re.compile(
    rf"[（(【\[]?附(?:件|表|录|图)?[：:（(—－-]?(?P<number>[0-9]{{1,2}}|[{COUNTED}]{{1,3}})?[）)】\]]?"
    r"[：:．.、]?[）)】\]]?"
)
"""What stands alone above the title of an attachment: 附件, 附件1, 附件一：, （附件1）, 附：."""
FULL_LABEL = re.compile(
    rf"[^，。；：:]{{1,24}}号附件(?P<number>[0-9]{{1,2}}|[{COUNTED}]{{1,3}})?[：:]?"
)
"""The same of an attachment that is not bound: 发文字号 and 附件 with its number."""
LABELLED = re.compile(
    rf"附(?:件|表|录)?(?P<number>[0-9]{{1,2}}|[{COUNTED}]{{1,3}})[：:、．.\s\u3000]+(?P<title>\S.*)",
    re.DOTALL,
)
"""附件1：办法 in one line: of a list of them, or above what it names."""
LISTED_FIRST = re.compile(
    r"附[件表]?\s*(?:[：:]\s*(?:1\s*[.．、]\s*)?|1?\s*[.．、]\s*)(?P<title>\S.*)", re.DOTALL
)
"""附件：1.办法: the first line of 附件说明."""
LISTED_NEXT = re.compile(
    r"(?P<number>[0-9]{1,2})\s*[.．、]\s*(?P<title>(?:[^0-9\s]|[0-9]{4}).*)", re.DOTALL
)
"""2.办法: a further line of it."""
LIST_MARK = re.compile("附[件表]?[：:]")
"""附件： on a line of its own, above the list."""

_WHOLE_DAY = re.compile(
    f"[0-9〇○零ＯOo{ONES}]{{4}}年(?:[0-9]{{1,2}}|[{COUNTED}]{{1,3}})月(?:[0-9]{{1,2}}|[{COUNTED}]{{1,3}})日"
)


def signed_day(words: str) -> date | None:
    """The day of a date alone on its line, in figures, in Chinese or as 2029.3.1; else None."""
    plain = bare(narrow(words)).strip("（()）")
    if not _WHOLE_DAY.fullmatch(plain):
        return day_of(plain)
    year, _, rest = plain.partition("年")
    month, _, day = rest.partition("月")
    numbers = _year(year), value_of(month), value_of(day.removesuffix("日"))
    if not all(numbers):
        return None
    whole, of_year, of_month = (number or 0 for number in numbers)
    return date(whole, of_year, of_month) if of_month <= days_in(whole, of_year) else None


def _year(words: str) -> int:
    figures = "".join(_YEAR_FIGURES.get(character, character) for character in words)
    return int(figures) if figures.isdecimal() and len(figures) == 4 else 0


_UNKNOWN = f"[0-9〇○零{COUNTED}×xXＸ＿_*＊]"
_OPEN_DAY = re.compile(
    f"(?:{_UNKNOWN}{{4}}|20[×xXＸ＿_]{{0,2}})年{_UNKNOWN}{{0,4}}月{_UNKNOWN}{{0,4}}日"
)


def is_open_day(words: str) -> bool:
    """Whether a date is not filled in yet, its year aside: 2025年　月　日, ××××年×月×日."""
    return bool(_OPEN_DAY.fullmatch(bare(narrow(words)))) and not signed_day(words)


_YEAR_FIGURES = {
    **dict.fromkeys("〇○零ＯOo", "0"),
    **{character: str(number) for number, character in enumerate(ONES, 1)},
}

IN_BRACKETS = re.compile(r"[（(〔\[](?P<words>.*)[）)〕\]]", re.DOTALL)
PUBLIC = re.compile("(?:此件|本件|此文)?(?:主动|依申请|不予?)?公开(?:发布)?")
STAMPED = re.compile(
    rf"(?P<title>\S*(?:长|理|任|席|员|记|官|司令|代表|负责人)|[{HAN}][\s\u3000\xa0]+[长理任席记])"
    rf"(?:[\s\u3000\xa0]+|[\s\u3000\xa0]*[：:][\s\u3000\xa0]*)(?P<name>[{HAN}·][{HAN}·\s\u3000\xa0]{{1,8}})"
)
"""The office and the name of who signs: 市长　　沈砚秋."""
ATTENDANCE = re.compile(
    r"(?P<label>出\s*席|请\s*假|列\s*席)(?:人员|人|同志|单位)?\s*[：:](?P<names>.*)",
    re.DOTALL,
)

NO_TEXT = re.compile("[（(]?[本此]页无正文[）)]?")
"""What a page says that has the signature alone."""

ABSENT = re.compile(r"缺\s*席(?:人员|人|同志|单位)?\s*[：:].*", re.DOTALL)
"""Who was not there, whether excused or not."""

# -- 版记 ---------------------------------------------------------------------------------

COPIES = re.compile(
    r"(?P<label>主\s*送|抄\s*送|抄\s*报|分\s*送|发\s*送|报\s*送)\s*[：:](?P<organs>.*)", re.DOTALL
)
SENT = re.compile(r"(?P<label>[报送发抄])\s*[：:](?P<organs>.*)", re.DOTALL)
"""The same as 简报 have it: 报：, 送：, 发： on lines of their own."""
_IN_FIGURES = r"20[0-9]{2}[-/.．][0-9]{1,2}[-/.．][0-9]{1,2}"
PRINTED = re.compile(
    rf"(?P<organ>.*?)[\s\u3000\xa0]*(?P<date>{SIGNED}|{_IN_FIGURES})(?:印发|印制|印|封发|发)"
    r"(?:[\s\u3000\xa0]*[（(]?共印?[0-9]+份[）)]?)?"
)
OPEN_PRINTED = re.compile(
    rf"(?P<organ>.*?)[\s\u3000\xa0]*(?P<date>{_UNKNOWN}{{4}}\s*年[\s×xX＿_0-9]*月[\s×xX＿_0-9]*日)\s*印发"
)
"""The same with a day that is not filled in yet."""
KEYWORDS = re.compile("主题词[：:].*", re.DOTALL)
COPIES_COUNT = re.compile(r"[（(]?共印[0-9]+份[）)]?|(?:打字|录入|校对)[：:].*")
DISCLOSURE = re.compile("(?:公开属性|公开方式|信息公开选项|信息公开属性|政务公开选项)[：:](.+)")

# -- beside the text ------------------------------------------------------------------------

PAGE_NUMBER = re.compile(
    "[—－–―─_-]{0,3}[0-9]{1,4}[—－–―─_-]{1,3}|[—－–―─_-]{1,3}[0-9]{1,4}"
    "|第[0-9]{1,4}页(?:[，,]?共[0-9]{1,4}页)?|[0-9]{1,4}/[0-9]{1,4}"
)
RULE = re.compile("[-—－–―─━═_＿=*＊★☆·.…~～]{4,}")
"""A row of characters that is to be a line."""
CONTENTS_TITLE = re.compile("目[录次]")
CONTENTS_ENTRY = re.compile(r"(?P<words>.+?)[\s\u3000.．…·\t]*[（(]?[0-9]{0,4}[）)]?")
