"""What files show of their organs → what `bureau.yaml` is to say of each, and what is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher import standard
from publisher.forms import FORMS, usual_seal
from publisher.inspect import ShownOrgan
from publisher.inspect.thresholds import SAME_SIZE
from publisher.learning.habits import Habits
from publisher.model import USUAL_FORM, Form, Organ, Seal
from publisher.readers.schema import MARK_HEIGHTS
from publisher.standard import Length, PageProfile, text_width

_CLAUSE = "7.2.4"
_SEALS = {
    Seal.SEALED: ("7.3.5.1", "加盖印章"),
    Seal.UNSEALED: ("7.3.5.2", "不加盖印章"),
    Seal.SIGNATURE_STAMP: ("7.3.5.3", "加盖签发人签名章"),
}


@dataclass(frozen=True, slots=True)
class LearntOrgans:
    """What is to be said of organs."""

    changed: tuple[Organ, ...]
    """As they are to be, of those that change."""
    lines: tuple[str, ...]
    """In sentences, with what is not learnt, and why."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A file, and what it shows of one organ."""

    name: str
    organ: ShownOrgan


def organs_learnt(
    files: Sequence[Habits], organs: Sequence[Organ], page: PageProfile
) -> LearntOrgans:
    """What files show of the organs of a bureau, whose page is as given."""
    changed, lines = [], []
    seen = [_Shown(habits.name, habits.organ) for habits in files if habits.organ]
    owners = [(each, _owner(each.organ, organs)) for each in seen]
    for organ in organs:
        its = [each for each, owner in owners if owner is organ]
        worded, about_words = _with_words(organ, its)
        made, about_height = _with_height(worded, its, page)
        lines += [*about_words, *about_height]
        if made != organ:
            changed.append(made)
    lines += [_of_nobody(each) for each, owner in owners if owner is None]
    unseen = [each.name for each in files if each.organ is None and not each.problem]
    if unseen:
        lines.append(f"标志和署名看不出的文件：{'、'.join(unseen)}。")
    return LearntOrgans(tuple(changed), (*lines, *_signing(seen)))


def _owner(shown: ShownOrgan, organs: Sequence[Organ]) -> Organ | None:
    """Whose file it is: by its mark, else by who signs; of several organs, nobody's."""
    if shown.is_joint:
        return None
    by_mark = (organ for organ in organs if shown.mark and shown.mark in _marks(organ, shown.form))
    by_name = (organ for organ in organs if shown.signatory in (organ.name, organ.short_name))
    return next(by_mark, None) or (next(by_name, None) if shown.signatory else None)


def _marks(organ: Organ, form: Form) -> set[str]:
    names = {each for each in (organ.name, organ.short_name) if each}
    usual = {name + suffix for name in names for suffix in FORMS[form].suffixes}
    return usual | ({organ.mark} if organ.mark else set())


def _of_nobody(shown: _Shown) -> str:
    if shown.organ.is_joint:
        return f"联合行文的标志不学：{shown.name}。"
    words = f"“{shown.organ.mark}”" if shown.organ.mark else "标志"
    return f"{shown.name} 的{words}看不出是 bureau.yaml 里哪个机关的，没有学。"


# -- the words of the mark ------------------------------------------------------------------------


def _with_words(organ: Organ, its: Sequence[_Shown]) -> tuple[Organ, list[str]]:
    """With the words of its mark on files of the general form, where those agree."""
    general = {
        each.name: each.organ.mark
        for each in its
        if each.organ.mark and FORMS[each.organ.form].keeps_organs_mark
    }
    words = set(general.values())
    usual = organ.name + FORMS[USUAL_FORM].suffixes[-1]
    if not words or words == {organ.mark or usual}:
        return organ, []
    if len(words) > 1:
        each = "；".join(f"{name} {mark}" for name, mark in general.items())
        return organ, [f"说法不一，没有采用：{organ.name}的发文机关标志（{each}）。"]
    mark = words.pop()
    made = replace(organ, mark=None if mark == usual else mark)
    against = [each for each in its if _contradicts(made, each.organ)]
    if against:
        shown = "；".join(f"{each.name} {each.organ.mark}" for each in against)
        return organ, [
            f"没有采用：{organ.name}的发文机关标志“{mark}”，写了它信函的标志也变，而信函另有写法（{shown}）。"
        ]
    return made, [f"{organ.name}的发文机关标志：{mark}（标准 {usual}，GB/T 9704 {_CLAUSE}）。"]


def _contradicts(organ: Organ, shown: ShownOrgan) -> bool:
    """Whether a 信函 shows another mark than it had if its organ had a mark of its own."""
    form, general = FORMS[shown.form], FORMS[USUAL_FORM]
    if form.suffixes != ("",) or not shown.mark:
        return False
    return shown.mark != (organ.mark or organ.name).removesuffix(general.suffixes[-1])


# -- its height -----------------------------------------------------------------------------------


def _with_height(organ: Organ, its: Sequence[_Shown], page: PageProfile) -> tuple[Organ, list[str]]:
    """With the height of its mark, where files agree and it is not what the program makes."""
    pictured = {each.form for each in organ.mark_pictures}
    unlike = [each for each in its if each.organ.is_picture and each.organ.form not in pictured]
    lines = [
        f"{each.name} 的标志是图片，高 {_mm(each.organ.height)}；bureau.yaml 里的{organ.name}"
        "没有这一格式的标志图片，没有学。"
        for each in unlike
    ]
    sized = [each for each in its if each.organ.height > standard.NOTHING and each not in unlike]
    height, problem = _height(sized, text_width(page, landscape=False), _usual(organ))
    if problem:
        lines.append(f"没有采用：{organ.name}的标志高，{problem}（GB/T 9704 {_CLAUSE}）。")
    if height is None:
        return organ, lines
    lines.append(
        f"{organ.name}的标志高：{_mm(height)}（现在按 {_mm(_usual(organ))} 排；"
        f"GB/T 9704 {_CLAUSE} 不定字号）。"
    )
    is_standard = abs(height - standard.MARK_LARGEST) <= SAME_SIZE
    return replace(organ, mark_height=None if is_standard else round(height.mm, 1)), lines


def _usual(organ: Organ) -> Length:
    if organ.mark_height is None:
        return standard.MARK_LARGEST
    return Length.of_mm(organ.mark_height)


def _most(shown: ShownOrgan, wide: Length) -> Length:
    """The greatest height at which a mark fits the width of the text."""
    return Length(wide.pt / shown.breadth)


def _height(sized: Sequence[_Shown], wide: Length, usual: Length) -> tuple[Length | None, str]:
    """The height that makes all marks as they are, or why there is none; neither where the usual
    one does.

    A mark that fills the width says only that it would not be lower.
    """
    most = {each: _most(each.organ, wide) for each in sized}
    shown = "；".join(f"{each.name} {_mm(each.organ.height)}" for each in sized)
    if any(each.organ.height > limit + SAME_SIZE for each, limit in most.items()):
        return None, f"字比一行排得下的高（可能压窄了），没有对应的项目：{shown}"
    if all(_is_near(each.organ, min(usual, limit)) for each, limit in most.items()):
        return None, ""
    free = [each for each in sized if each.organ.height < most[each] - SAME_SIZE]
    height = free[0].organ.height if free else max(each.organ.height for each in sized)
    if not all(_is_near(each.organ, min(height, limit)) for each, limit in most.items()):
        return None, f"说法不一：{shown}"
    least, most_asked = MARK_HEIGHTS
    if not least <= round(height.mm, 1) <= most_asked:
        return None, f"bureau.yaml 只能写 {least} 到 {most_asked} 毫米：{shown}"
    return height, ""


def _is_near(shown: ShownOrgan, height: Length) -> bool:
    return abs(shown.height - height) <= SAME_SIZE


def _mm(length: Length) -> str:
    return f"{round(length.mm, 1):g} 毫米"


# -- how it is signed -----------------------------------------------------------------------------


def _signing(seen: Sequence[_Shown]) -> Iterator[str]:
    """How documents are authenticated, which each says itself: `bureau.yaml` has no key for it."""
    known = [
        (each.name, each.organ.seal, usual_seal(each.organ.form))
        for each in seen
        if each.organ.seal
    ]
    ways = {seal for _, seal, _ in known}
    if not known:
        yield "看不出的：署名的形式（加盖印章、不加盖印章、签名章）。"
    elif len(ways) > 1:
        told_each = "；".join(f"{name} {_SEALS[seal][1]}" for name, seal, _ in known)
        yield f"说法不一，没有采用：署名的形式（{told_each}）。"
    else:
        seal = known[0][1]
        clause, words = _SEALS[seal]
        is_usual = all(seal is usual for _, _, usual in known)
        after = (
            "程序不写也这样排。"
            if is_usual
            else f"bureau.yaml 没有这一项，请在各份公文的文件信息里写“用印: {seal.value}”。"
        )
        yield f"署名的形式：按署名和日期的位置是{words}的（GB/T 9704 {clause}），{after}"
