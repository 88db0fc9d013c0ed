"""A line of a list of names → its label, its name and what stands behind that."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = "\u3400-\u9fff"
_BLANKS = re.compile(r"\s+")
_OFFICE_ENDS = "[长任员记师理授席官事督导人委办]"
NAME_LABEL = re.compile(
    f"[{_HAN}\\s]{{0,6}}(?:长|员|主任|指挥|顾问|秘书|召集人|联系人|主持|出席|列席|请假|缺席|记录)[：:]?"
)
"""What stands before names: 副组长."""
TYPED_NAME = re.compile(
    r"(?:\w[\u3000 ]*){2,7}[：:]\s*\w{1,3}[\u3000 ]?\w{1,2}(?:\u3000| {2})[\u3000 ]*"
    rf"[^\u3000 0-9：:]*{_OFFICE_ENDS}"
)
"""A label, a name and an office that blanks shall align: 组　长：王明　局长."""
_LONGEST_GIVEN_NAME = 2
_SURNAMES = re.compile(
    "欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|端木|东方|夏侯|南宫|申屠|呼延|赫连|轩辕"
)
"""Surnames of two characters."""


def parted(words: str) -> tuple[str, str]:
    """The name and what stands behind it; a name may be typed with a blank inside."""
    parts = _BLANKS.split(words.strip())
    names = 2 if _is_torn(parts) else 1
    return "".join(parts[:names]), " ".join(parts[names:])


def _is_torn(parts: Sequence[str]) -> bool:
    """Whether the first two words are one name: 王 明, 赵 志强, 欧阳 建国, 诸葛 明."""
    name, *behind = parts
    if not behind or len(behind[0]) > _LONGEST_GIVEN_NAME:
        return False
    has_office = len(behind) > 1
    return len(name) == 1 or (has_office and bool(_SURNAMES.fullmatch(name)))


_NAME = re.compile(
    f"(?:[{_HAN}]{{2,4}}|[{_HAN}]{{1,2}}\\s+[{_HAN}]{{1,2}}|[{_HAN}]{{1,9}}(?:·[{_HAN}]{{1,9}})+)"
    "(?:[（(][^（）()]{1,9}[）)])?"
)
_OFFICE = re.compile("[^。；：:？！0-9]{2,120}")
_ORGAN_ENDS = "[局府位室院厅处所站会校队区县镇乡司部组团行社厂村心署科]"
_ENDS_OFFICE = re.compile(f"(?:{_OFFICE_ENDS}|[表书士]|{_ORGAN_ENDS})(?:[（(].*[）)])?$")


def is_name(words: str) -> bool:
    """Whether words are a name and nothing else, but for what brackets say: 李华（兼）."""
    return bool(_NAME.fullmatch(words.strip()))


def has_office(words: str) -> bool:
    """Whether words are a name and, behind blanks, words that may say what somebody is."""
    name, office = parted(words)
    return bool(_NAME.fullmatch(name)) and bool(_OFFICE.fullmatch(office))


def names_office(words: str) -> bool:
    """Whether words are a name and, behind blanks, an office or organ: 王明　市民政局局长."""
    return has_office(words) and bool(_ENDS_OFFICE.search(parted(words)[1]))
