"""Finished files → the page that a bureau has by habit, what differs, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

from publisher import output, scratch
from publisher.bureau_files import FILE
from publisher.files import Refusal, read_regular
from publisher.learning.habits import CLAUSES, Deviation, Habits, Value, habits_of
from publisher.learning.organs import LearntOrgans, organs_learnt
from publisher.learning.presets import Preset, presets
from publisher.learning.word_settings import TEXT_LINES
from publisher.model import Bureau, PageChoice
from publisher.readers.bureau import has_room, read_bureau
from publisher.readers.schema import PageEntry
from publisher.standard import PAPER_HEIGHT, POINTS_PER_MM, PROFILES, PageProfile, page_profile
from publisher.writers.bureau import with_marks, with_page

SUFFIXES = (".docx", ".pdf", ".ofd")
_NEAR = {"line": 0.06}
"""Points: pitches as near are the same."""
_NEAR_MARGIN = 0.5
"""Millimetres: margins as near are the same; programs differ by as much in placing a line."""
_MARGINS = (10.0, 60.0)
"""Millimetres. Less, and most printers cut the text off or the page number has no room; a file that
says so has its margins by other means, as indents and frames. More is no page of a 公文."""
_PLAUSIBLE = {**dict.fromkeys(("top", "bottom", "left", "right"), _MARGINS), "line": TEXT_LINES}
"""Between which values are learnt."""

_NOBODY = Bureau(())


class CannotBeLearnt(Exception):
    """Nothing can be written; the words say why."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a bureau does by habit."""

    files: tuple[Habits, ...]
    page: PageChoice
    """What is to be written."""
    agreed: dict[str, Value]
    """By the names of `PageChoice`, what all files show that show it."""
    contradicted: dict[str, tuple[tuple[str, Value], ...]]
    """The same with what each file shows, where they do not agree."""
    implausible: dict[str, tuple[tuple[str, Value], ...]]
    """What files show that no bureau would have on purpose; others may show better."""
    unknown: tuple[str, ...]
    """What no file shows."""

    @property
    def deviations(self) -> dict[Deviation, tuple[str, ...]]:
        """What files do otherwise that `bureau.yaml` has no key for, with their names."""
        names: dict[Deviation, list[str]] = {}
        for habits in self.files:
            for each in habits.deviations:
                names.setdefault(each, []).append(habits.name)
        return {each: tuple(files) for each, files in names.items()}


def learn(paths: Sequence[Path]) -> Learnt:
    """What finished files have in common; OSError where one may not be read."""
    return learnt_of([habits_of(path) for path in paths])


def learnt_of(files: Sequence[Habits]) -> Learnt:
    """The same of what each file shows."""
    agreed: dict[str, Value] = {}
    contradicted: dict[str, tuple[tuple[str, Value], ...]] = {}
    implausible: dict[str, tuple[tuple[str, Value], ...]] = {}
    for name in CLAUSES:
        there = [(habits, habits.values[name]) for habits in files if name in habits.values]
        shown = [pair for pair in there if _is_plausible(name, pair[1])]
        if odd := [(habits.name, value) for habits, value in there if (habits, value) not in shown]:
            implausible[name] = tuple(odd)
        # What is reckoned counts where nothing better is known.
        sure = [pair for pair in shown if name not in pair[0].reckoned] or shown
        if not sure:
            continue
        if all(_is_near(name, sure[0][1], value) for _, value in sure):
            agreed[name] = sure[0][1]
        else:
            contradicted[name] = tuple((habits.name, value) for habits, value in sure)
    known = agreed.keys() | contradicted.keys() | implausible.keys()
    unknown = tuple(name for name in CLAUSES if name not in known)
    return Learnt(tuple(files), _page(agreed, files), agreed, contradicted, implausible, unknown)


def _is_plausible(name: str, value: Value) -> bool:
    if name not in _PLAUSIBLE or not isinstance(value, float):
        return True
    least, most = _PLAUSIBLE[name]
    return least <= value <= most


def _is_near(name: str, usual: Value, value: Value) -> bool:
    if isinstance(usual, float) and isinstance(value, float):
        return abs(usual - value) <= _NEAR.get(name, _NEAR_MARGIN)
    return usual == value


def _page(agreed: dict[str, Value], files: Sequence[Habits]) -> PageChoice:
    """The profile from which least differs, and what differs."""
    reckoned = {name for habits in files for name in habits.reckoned}
    choices = [_choice(name, profile, agreed, reckoned) for name, profile in PROFILES.items()]
    return min(choices, key=_differing)


def _choice(
    name: str, profile: PageProfile, agreed: dict[str, Value], reckoned: set[str]
) -> PageChoice:
    said: dict[str, object] = {}
    for key, value in agreed.items():
        usual = _of_profile(profile, key)
        is_same = _is_near(key, usual, value)
        if not is_same and not (key in reckoned and _has_as_many_lines(agreed, usual, value)):
            said[key] = value
    return PageChoice(profile=name, **said)  # type: ignore[arg-type]


def _has_as_many_lines(agreed: dict[str, Value], *bottoms: Value) -> bool:
    """Whether pages with different margins below hold the same number of lines."""
    top, line = agreed.get("top"), agreed.get("line")
    if not isinstance(top, float) or not isinstance(line, float):
        return False
    rooms = ((PAPER_HEIGHT.mm - top - float(str(bottom))) for bottom in bottoms)
    return len({int(room * POINTS_PER_MM / line) for room in rooms}) == 1


def _of_profile(profile: PageProfile, key: str) -> Value:
    value = getattr(profile, key)
    if key == "line":
        return round(float(value.pt), 2)
    return round(float(value.mm), 2) if key in ("top", "bottom", "left", "right") else value


def _differing(choice: PageChoice) -> int:
    usual = PageChoice(profile=choice.profile)
    return sum(
        getattr(choice, each.name) != getattr(usual, each.name) for each in fields(PageChoice)
    )


# -- written ------------------------------------------------------------------------------------


def preview(learnt: Learnt, content: Path) -> tuple[bytes, bytes]:
    """`bureau.yaml` as it is, and as it is to be; CannotBeLearnt where it cannot be written."""
    data = read_regular(content / FILE)
    if isinstance(data, Refusal):
        raise CannotBeLearnt(f"{content / FILE} {data.value}，请先用 publisher new 建一份")
    bureau, _ = read_bureau(content)
    page = _onto(bureau.page, learnt)
    if not has_room(page_profile(page)):
        raise CannotBeLearnt("学到的页边距和行距排不下文字；请核对这些文件")
    try:
        made = with_marks(with_page(data, page), organs_of(learnt, bureau).changed)
    except ValueError as problem:
        raise CannotBeLearnt(str(problem) or f"{FILE} 的“版面”写法特别，请照上面的改") from None
    if wrong := _wrong_then(data, made):
        raise CannotBeLearnt(f"学到的写进 {FILE} 就读不出来（{wrong}）；请核对这些文件")
    return data, made


def _wrong_then(before: bytes, after: bytes) -> str:
    """What a reader finds in the new `bureau.yaml` and not in the old one; empty for nothing."""

    def found(data: bytes) -> list[str]:
        with scratch.folder() as folder:
            (folder / FILE).write_bytes(data)
            return [finding.message for finding in read_bureau(folder)[1]]

    there = found(before) if before != after else []
    new = found(after) if before != after else []
    return next((message for message in new if message not in there), "")


def organs_of(learnt: Learnt, bureau: Bureau) -> LearntOrgans:
    """What was learnt of the organs of a bureau, as their marks stand on its page."""
    page = page_profile(_onto(bureau.page, learnt))
    if not has_room(page):
        return LearntOrgans((), ())
    return organs_learnt(learnt.files, bureau.organs, page)


def _onto(page: PageChoice, learnt: Learnt) -> PageChoice:
    """The page that a bureau has, with what was learnt: what nobody knows stays as it is."""
    there = page_profile(page)
    kept = {name: _of_profile(there, name) for name in CLAUSES if name not in learnt.agreed}
    return _page({**kept, **learnt.agreed}, learnt.files)


def write(learnt: Learnt, content: Path) -> bool:
    """Write 版面 into `bureau.yaml`, all else of which stays; whether anything changed."""
    with output.alone(content):
        before, after = preview(learnt, content)
        if before != after:
            output.write_file(content / FILE, after)
    return before != after


# -- told -----------------------------------------------------------------------------------------


def key_of(name: str) -> str:
    """The Chinese name of a part of the page."""
    return str(PageEntry.model_fields[name].alias)


def shown(name: str, value: Value) -> str:
    """A value as a clerk writes it."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:g} {'磅' if name == 'line' else '毫米'}"
    return value


def lines(learnt: Learnt, bureau: Bureau = _NOBODY) -> Iterator[str]:
    """What was learnt, in sentences: the standard's value stands beside each."""
    standard = page_profile(PageChoice())
    for habits in learnt.files:
        if habits.problem:
            yield f"{habits.name} 学不到：{habits.problem}。"
    own = {name: value for name, value in learnt.agreed.items() if _is_own(name, value, learnt)}
    if own:
        yield "与标准不同的："
    for name, value in own.items():
        usual = shown(name, _of_profile(standard, name))
        yield (
            f"  {key_of(name)}：{shown(name, value)}（标准 {usual}，GB/T 9704 {CLAUSES[name]}）"
            + _reckoned(name, learnt)
        )
    same = [name for name in learnt.agreed if name not in own]
    if same:
        told_same = "、".join(f"{key_of(name)} {shown(name, learnt.agreed[name])}" for name in same)
        yield f"与标准相同的：{told_same}。"
    for name, values in learnt.contradicted.items():
        each = "；".join(f"{file} {shown(name, value)}" for file, value in values)
        yield f"说法不一，没有采用：{key_of(name)}（{each}）。"
    for name, values in learnt.implausible.items():
        each = "；".join(f"{file} {shown(name, value)}" for file, value in values)
        bounds = "至 ".join(shown(name, value) for value in _PLAUSIBLE[name])
        yield f"没有采用：{key_of(name)}（{each}），只学 {bounds}的；确要这样的，请自己写。"
    if learnt.unknown:
        yield f"看不出的：{'、'.join(map(key_of, learnt.unknown))}。"
    for preset in _presets_of(learnt):
        yield f"这样的版面有常见的名称：{preset.name}（{preset.source}）。"
    yield from _sources(learnt)
    yield from organs_of(learnt, bureau).lines
    deviations = learnt.deviations
    if deviations:
        yield "另有与标准不同、bureau.yaml 里没有对应项目的，请看是不是有意的："
    for deviation, names in deviations.items():
        yield (
            f"  {deviation.clause} {deviation.element}：{deviation.requirement}；"
            f"实为 {deviation.measured}（{'、'.join(names)}）"
        )


def _is_own(name: str, value: Value, learnt: Learnt) -> bool:
    usual = _of_profile(page_profile(PageChoice()), name)
    if any(name in habits.reckoned for habits in learnt.files):
        return not _has_as_many_lines(learnt.agreed, usual, value)
    return not _is_near(name, usual, value)


def _reckoned(name: str, learnt: Learnt) -> str:
    is_reckoned = any(name in habits.reckoned for habits in learnt.files)
    return "，由每面的行数推算" if is_reckoned else ""


def _presets_of(learnt: Learnt) -> Iterator[Preset]:
    """Presets whose margins, pitch and grid are those that were learnt."""
    page = page_profile(learnt.page)
    known = {"top", "bottom", "left", "right", "line"} & learnt.agreed.keys()
    for preset in presets().pages:
        usual = page_profile(preset.page)
        is_same = all(
            _is_near(name, _of_profile(usual, name), _of_profile(page, name)) for name in known
        )
        if known and is_same and usual.has_grid is page.has_grid:
            yield preset


def _sources(learnt: Learnt) -> Iterator[str]:
    known = presets()
    font = known.fonts.get(learnt.page.fang or "")
    if font:
        yield f"仿宋用“{learnt.page.fang}”：{font}。"
    number = known.numbers.get(learnt.page.number_form.value)
    if number:
        yield f"页码写作“{learnt.page.number_form.value}”：{number}。"
