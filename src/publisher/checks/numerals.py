"""Chinese text → wrong numerals, as far as a program can be sure (GB/T 15835-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from publisher.checks.lines import (
    HAN,
    NOT_DEADLINES,
    matches,
    matches_in,
    running_text,
    titles,
    without_addresses,
)
from publisher.checks.review import review
from publisher.checks.rows import data_tables
from publisher.diagnostics import Finding
from publisher.model import ColumnRole, Document, Place
from publisher.words.figures import is_figure
from publisher.words.numerals import ONES

_TO = r"\s?[-‐–—－~～]\s?|至"
_NUMBER = "[0-9]+(?:\\.[0-9]+)?"
_PERCENT_RANGE = re.compile(
    rf"(?<![0-9A-Za-z.,，/+\-–—~～]){_NUMBER}(?P<to>{_TO}){_NUMBER}(?P<sign>[%％‰])"
)


def percent_range(document: Document) -> Iterator[Finding]:
    """A range of percentages has its % at the end alone, as `30～40%`.

    Both numbers carry it (GB/T 15835-2011, 5.1.3), else the first may be read as 30. Write
    `30%～40%`. Enumerations as `30、40%` and codes as `A3-40%` are not meant.
    """
    for match, locate in matches(_PERCENT_RANGE, document):
        to, sign = match["to"], match["sign"]
        right = match[0].replace(to, f"{sign}{_joined_by(to)}", 1)
        yield review(
            "percent_range",
            locate(match.start()),
            f"“{match[0]}”的前一个数没有“{sign}”",
            f"请改为“{right}”。",
        )


def _joined_by(typed: str) -> str:
    """What joins the ends of a range: a hyphen does not (GB/T 15834 4.13.3)."""
    return "～" if typed.strip() in _HYPHENS else typed.strip()


_HYPHENS = "-‐"
_UNIT = (
    "年|月|日|时|点|天|周|岁|人|户|名|家|件|项|个|元|万|亿|倍|次|条|款|章|页|期|届|级|层|张|套|辆|亩"
    "|公里|千米|毫米|厘米|米|平方米|立方米|公斤|千克|吨|克|升|公顷|小时|分钟|秒|度|季度|学年"
    "|[%％‰℃]|mm|cm|km|kg|m(?![A-Za-z0-9])"
)
_TIME = "[0-9]{1,2}[:：][0-9]{2}"
_DAY = "(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
_HYPHEN_RANGE = re.compile(
    # What stands before makes it a code, a sum or a further end of a range.
    rf"(?<![0-9A-Za-z.．,:/\-–—~～＋+])(?<![A-Za-z/][ \xa0])"
    rf"(?:{_TIME}\s?[{_HYPHENS}]\s?{_TIME}(?![:：])|{_DAY}\s?[{_HYPHENS}]\s?{_DAY}"
    rf"|{_NUMBER}(?P<first>{_UNIT})?\s?[{_HYPHENS}]\s?{_NUMBER}(?P<last>{_UNIT}))(?![-‐])"
)
_PLACE_IN_HOUSE = re.compile("号?(?:楼|栋|幢|单元|室|房|门|线|路|井)")


def hyphen_range(document: Document) -> Iterator[Finding]:
    """The ends of a range are joined by a hyphen, as `320-410米`, `3-5月` or `9:00-11:30`.

    Numbers and times take ～ or — (GB/T 15834-2011, 4.13.3.2 and 4.13.3.3; GB/T 15835-2011, 5.1.3):
    after a hyphen the second may be read as negative, or as part of a code. Type ～ or —. Told are
    ranges with a unit; numbers of telephones, standards, rooms and models are none. Columns of
    deadlines are left alone. A range of percentages that lacks a % is told as `percent_range`.
    """
    for words, locate in chain(titles(document), running_text(document, NOT_DEADLINES)):
        if not any(hyphen in words for hyphen in _HYPHENS):
            continue
        typed = without_addresses(words)
        for match in _HYPHEN_RANGE.finditer(typed):
            lacks_percent = match["last"] in ("%", "％", "‰") and not match["first"]
            if not lacks_percent and not _PLACE_IN_HOUSE.match(typed, match.end()):
                right = re.sub(rf"\s?[{_HYPHENS}]\s?", "～", match[0])
                yield review(
                    "hyphen_range",
                    locate(match.start()),
                    f"“{match[0]}”的起止之间用了半字线",
                    f"请改为“{right}”，起止年份、日期也可用“—”。",
                )


_OS = "OoΟО"
"""Latin, Greek and Cyrillic; in full width it is told as `full_width_digit`."""
_LETTERS_LIKE_1 = "lIＩ"
_WHOLE = "(?<![0-9A-Za-zΟО])"
_LETTER_IN_NUMBER = re.compile(
    rf"{_WHOLE}[0-9]+(?:[{_OS}{_LETTERS_LIKE_1}]+[0-9]+)+(?![A-Za-zΟО])"
    rf"|{_WHOLE}[0-9]*[1-9][0-9]*[{_OS}]+(?=\.[0-9]|[,，][0-9]{{3}}|[{HAN}％%])"
    rf"|{_WHOLE}(?:[{_OS}{_LETTERS_LIKE_1}][0-9]|[0-9][{_OS}{_LETTERS_LIKE_1}])(?=[月日])"
    rf"|{_WHOLE}[0-9]+[{_LETTERS_LIKE_1}](?=[个项户人名家件]|\.[0-9])"
    rf"|{_WHOLE}[{_OS}][0-9]{{2,3}}-[0-9]{{7,8}}(?![0-9])"
)
_AS_DIGITS = {**dict.fromkeys(map(ord, _OS), "0"), **dict.fromkeys(map(ord, _LETTERS_LIKE_1), "1")}


def letter_in_number(document: Document) -> Iterator[Finding]:
    """A letter stands for a figure in a number, as `6O00米` or `2O25年`: O for 0, l or I for 1.

    It looks alike, and no program reads it as a number: it cannot be added up, found or dialled.
    Type the figure. What is made of letters and figures is not meant, as P2O5, O2O and A1O3.
    """
    for match, locate in matches(_LETTER_IN_NUMBER, document):
        right = match[0].translate(_AS_DIGITS)
        yield review(
            "letter_in_number",
            locate(match.start()),
            f"“{match[0]}”这个数里有字母",
            f"字母 O、l、I 与数字形近；请改为“{right}”。",
        )


_GAP = "[ \xa0\u3000\u2009\u202f]"
_POINT = f"(?:{_GAP}\\.{_GAP}?|\\.{_GAP})"
_BLANK_IN_NUMBER = re.compile(
    # Of one or two figures before the point it may be the number of a list, and of an attachment.
    f"(?<![0-9A-Za-z.．])[0-9]{{3,}}{_POINT}[0-9]+(?![0-9年])"
    f"|(?<=[{HAN}])(?<![件表图注第])[0-9]{{1,2}}{_POINT}[0-9]+(?=[%％‰万亿元倍米公平个千])"
    f"|(?<![0-9 ])(?:[12]{_GAP}[0-9]{{3}}|[12][0-9]{_GAP}[0-9]{{2}}|[12][0-9]{{2}}{_GAP}[0-9])"
    f"(?=年)|(?<=[{HAN}])(?<![件表图注第段])[0-9]{{1,2}}{_GAP}[0-9]{{1,2}}(?=[个项天人户名家件万元次%％])"
    f"|(?<=[年月])(?:1{_GAP}[0-2](?=月)|[1-3]{_GAP}[0-9](?=日))"
)


def blank_in_number(document: Document) -> Iterator[Finding]:
    """A blank stands inside a number, as `52417. 3095` or `20 25年`.

    A number is one word (GB/T 15835-2011, clause 5): with a blank it is read as two, and may be
    torn at the end of a line. Delete the blank. A gap between each three figures, as in 12 345, is
    right (5.1.1), and so is what parts a number from its unit.
    """
    for match, locate in matches(_BLANK_IN_NUMBER, document):
        yield review(
            "blank_in_number",
            locate(match.start()),
            f"“{match[0]}”这个数里有空格",
            f"请改为“{re.sub(_GAP, '', match[0])}”。",
        )


_PARTED = re.compile(
    "(?![0-9]{1,2}(?:[,，][0-9]{1,2})+$)(?P<sign>[-−–+]?)(?P<whole>[0-9]{1,9}(?:[,，][0-9]{1,9}){1,5})(?P<part>(?:[.][0-9]+)?[%％‰]?)"
)


def misplaced_thousands(document: Document) -> Iterator[Finding]:
    """A comma in a figure of a table does not part thousands, as in `1,3080`.

    Thousands are parted from the point to the left, three figures each (GB/T 15835-2011, 5.1.1);
    else nobody knows whether a figure is missing, and no sum is made of it. Look which is meant.
    Only columns of figures are looked at; 3,15 may be two numbers.
    """
    for table in data_tables(document):
        numbers = [n for n, each in enumerate(table.columns) if each.role is ColumnRole.NUMBER]
        for cell in (row.cells[n] for row in table.rows for n in numbers):
            match = _PARTED.fullmatch(cell.text)
            if match and not is_figure(cell.text):
                whole = int(re.sub("[,，]", "", match["whole"]))
                yield review(
                    "misplaced_thousands",
                    cell.place,
                    f"“{cell.text}”的千分位不对，看不出是多少",
                    f"请核对这个数；数字没有写错的，改为“{match['sign']}{whole:,}{match['part']}”。",
                )


_ZEROS = "〇零○◯oOｏＯΟО0０"
"""〇, and what is typed for it: the other zero, circles, letters and figures."""
_YEAR = re.compile(
    f"(?<![{ONES}{_ZEROS}十百千万])[{ONES}](?=[{ONES}]*[{_ZEROS}])[{ONES}{_ZEROS}]{{3}}(?=年)"
)
_CODE = re.compile(f"(?<=[{ONES}〇])[○◯oOｏＯΟО0０](?=[{ONES}〇○])")
_COUNT = re.compile(f"(?<=[{ONES}][百千万])〇(?=[{ONES}])")


def zero_character(document: Document) -> Iterator[Finding]:
    """A number in Chinese characters has the wrong zero: `二零二五年`, `二○二五年`, `一百〇五`.

    In years and numbers that name something it is 〇, in numbers that count it is 零 (GB/T
    15835-2011, 5.2.5). The circle ○, the letter O and the figure 0 are none. Type the right
    character. 零 where it counts or is a word is right, as in 一百零五, 零星 and 零距离.
    """
    for match, locate in matches(_YEAR, document):
        right = re.sub(f"[{_ZEROS}]", "〇", match[0])
        if match[0] != right:
            yield _zero(match[0] + "年", right + "年", locate(match.start()))
    for match, locate in matches(_CODE, document):
        around = match.string[match.start() - 1 : match.end() + 1]
        if not _YEAR.search(match.string[max(match.start() - 4, 0) : match.end() + 4]):
            right = around[0] + "〇" + around[2]
            yield _zero(around, right, locate(match.start() - 1))
    for match, locate in matches(_COUNT, document):
        around = match.string[match.start() - 2 : match.end() + 1]
        yield _zero(around, around.replace("〇", "零"), locate(match.start() - 2))


def _zero(typed: str, right: str, place: Place) -> Finding:
    what = f"“{typed}”中的零用字不对"
    return review("zero_character", place, what, f"请改为“{right}”。")


WRONG_YEAR_BRACKETS = re.compile(
    rf"(?<=[{HAN}])(?!〔[0-9]{{4}}〕)"
    r"[\[［【（(〔〈]\s?(?P<year>(?:19|20)[0-9]{2})\s?[\]］】）)〕〉]\s?(?P<number>[0-9]+)\s?号(?![楼栋院线泵站])"
)


def year_brackets(document: Document) -> Iterator[Finding]:
    """The year of a 发文字号 does not stand in 〔〕, as `国发[2024]5号` or `国发（2024）5号`.

    It does (GB/T 15834-2011, 4.9.3.2; GB/T 9704 7.2.5). Type 〔 and 〕, which are other characters
    than [ ] and （ ）. A year in brackets that no number with 号 follows is not meant, as in
    《规划（2021—2025年）》, and neither are cases of courts, as （2024）鄂07民初12号. What the
    document has as its own number is told as `malformed_number`.
    """
    lines = (*titles(document), *running_text(document))
    for match, locate in matches_in(WRONG_YEAR_BRACKETS, lines):
        yield review(
            "year_brackets",
            locate(match.start()),
            f"发文字号“{match[0]}”的年份没有用六角括号",
            f"请改为“〔{match['year']}〕{match['number']}号”。",
        )


_SHORT_YEAR = re.compile(
    r"(?<![0-9])(?P<from>20(?P<first>[0-9]{2}))(?P<to>\s?[-‐–—－~～]\s?|至)(?P<second>[0-9]{2})(?=年)"
)


def short_year(document: Document) -> Iterator[Finding]:
    """The second year of a range has two figures, as `2024—25年`.

    Years are written in full (GB/T 15835-2011, 5.2.2). Write `2024—2025年`.
    """
    for match, locate in matches(_SHORT_YEAR, document):
        if match["second"] > match["first"]:
            right = f"{match['from']}{match['to'].strip()}20{match['second']}年"
            yield review(
                "short_year",
                locate(match.start("second")),
                f"年份“{match['second']}年”没有写全",
                f"请改为“{right}”。",
            )


_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[．，－／][０-９Ａ-Ｚａ-ｚ]+)*")


def full_width_digit(document: Document) -> Iterator[Finding]:
    """Figures or Latin letters are typed in full width, as `２０２５年`.

    They take half a character each (GB/T 15835-2011, 5.1.7), and no search finds the wide ones.
    Type them in half width.
    """
    for match, locate in matches(_FULL_WIDTH, document):
        narrow = "".join(chr(ord(character) - 0xFEE0) for character in match[0])
        yield review(
            "full_width_digit",
            locate(match.start()),
            f"“{match[0]}”是全角字符",
            f"请改为半角“{narrow}”。",
        )


_MIXED = re.compile(
    f"(?<![0-9.])[0-9]+[百千](?:[零{ONES}0-9]+|[多余]?[元人个户亩名件家次份辆套])"
    f"|[{ONES}][百千]零?[0-9]+"
)


def mixed_numeral(document: Document) -> Iterator[Finding]:
    """A number is written half in figures and half in characters, as `1百零8` or `3千多户`.

    Only 万 and 亿 may follow figures (GB/T 15835-2011, 5.3). Write `108` or 一百零八. Units as
    3千米 and 5千瓦 are not meant.
    """
    for match, locate in matches(_MIXED, document):
        yield review(
            "mixed_numeral",
            locate(match.start()),
            f"“{match[0]}”混用了阿拉伯数字和汉字数字",
            "请全用阿拉伯数字，或全用汉字数字。",
        )


_AMOUNT = f"(?:[0-9][0-9.,]*[%‰]?[{HAN}]{{0,4}}?|半数|一半)"
# Not the end of 签约, 节约, 附近 and the like.
_ABOUT = (
    "(?:大约|(?<![签预节合条制特履违邀契相失毁解公续缔守践])约占?|将近|(?<![附最邻靠接临新走])近)"
)
_TWICE_ABOUT = re.compile(
    f"{_ABOUT}{_AMOUNT}(?:左右|上下)"
    f"|(?:超过|突破|多于|高于|不低于|不少于){_AMOUNT}以上|(?:不足|不到|低于|少于){_AMOUNT}以下"
    f"|(?:{_ABOUT}|超过)[0-9]+[万亿]?[余多](?=[{HAN}])"
)


def doubled_approximation(document: Document) -> Iterator[Finding]:
    """A number is approximate twice, as `约30人左右`, `超过90%以上` or `近50余户`.

    One word says it, two say nothing more. Keep one. 达到90%以上, 约30人 and 30人左右 are right.
    """
    for match, locate in matches(_TWICE_ABOUT, document):
        yield review(
            "doubled_approximation",
            locate(match.start()),
            f"“{match[0]}”重复表示概数",
            "请只保留一处，如“约”和“左右”、“超过”和“以上”不同时用。",
        )
