"""`Bureau` → `bureau.yaml`; and entries that are added to one, all else of which stays."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable

from publisher.bureau_files import FILE
from publisher.model import Archive, Bureau, FragmentTables, Named, Organ, PageChoice, Site
from publisher.readers.schema import OrganEntry, PageName, SiteEntry
from publisher.readers.yaml import read_mapping
from publisher.writers.encoded import EncodedFile
from publisher.writers.numbers import number
from publisher.writers.yaml import Data, Keys, lines_of
from publisher.writers.yaml_edits import NotInPlaceError, edited_yaml

_MARGINS = {"上边距": "top", "下边距": "bottom", "左边距": "left", "右边距": "right"}


def write_bureau(bureau: Bureau) -> bytes:
    """`bureau.yaml`."""
    said: dict[str, Data] = {
        "发文机关": [_organ(organ) for organ in bureau.organs],
        "版面": _page(bureau.page),
        "归档": bureau.archive.value if bureau.archive is not Archive.OFD else "",
        "网站": _site(bureau.site),
        "人员": _spelled(bureau.people),
        "部门": _spelled(bureau.departments),
        "术语": {term.form: _several(term.slips) for term in bureau.terms},
    }
    parts = ("\n".join(lines_of({key: value})) for key, value in said.items() if value)
    return ("\n\n".join(parts) + "\n").encode()


def with_entries(
    data: bytes,
    organs: Iterable[Organ] = (),
    people: Iterable[Named] = (),
    departments: Iterable[Named] = (),
) -> bytes:
    """A `bureau.yaml` with further entries, each at the end of its kind; the rest byte for byte.

    ValueError where it cannot be added to without loss. Those that are there already stay.
    """
    file, old, new = _opened(data)
    if not isinstance(old.get("发文机关") or [], list):
        raise ValueError(f"{FILE} 的“发文机关”应为一项一行、以“- ”开头的形式")
    names = {each.get("名称") for each in old.get("发文机关") or () if isinstance(each, dict)}
    further = [_organ(organ) for organ in organs if organ.name not in names]
    if further:
        new["发文机关"] = [*(new.get("发文机关") or ()), *further]
    for key, added in (("人员", people), ("部门", departments)):
        there = new.get(key) or {}
        if not isinstance(there, dict):
            raise ValueError(f"{FILE} 的“{key}”应为“名称: 值”的形式")
        entries = {each.name: _several(each.spellings) for each in added}
        if entries.keys() - there.keys():
            new[key] = {**there, **_beside(entries, there)}
    return _changed(file, old, new)


def _opened(data: bytes) -> tuple[EncodedFile, Keys, Keys]:
    """A file, what it says, and the same to be changed; ValueError where it cannot be read."""
    file = EncodedFile.of(data)
    values, faults = read_mapping(file.text, FILE)
    if faults:
        raise ValueError(f"{FILE}：{faults[0].message}")
    return file, values.data, copy.deepcopy(values.data)


_REMARK = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


def _changed(file: EncodedFile, old: Keys, new: Keys) -> bytes:
    """A file that says what is new; ValueError where it would not, or would lose a remark in it."""
    text = edited_yaml(file.text, old, new)
    values, faults = read_mapping(text, FILE)
    if faults or not _says_as_much(values.data, new):
        raise NotInPlaceError
    remarks = (Counter(map(str.rstrip, _REMARK.findall(each))) for each in (file.text, text))
    if lost := next(iter(next(remarks) - next(remarks)), ""):
        raise ValueError(f"{FILE} 里的说明“{lost}”会丢失，请手工改")
    return file.with_lines(text.split("\n"))


def _says_as_much(there: Data | None, wanted: Data | None) -> bool:
    """Whether two values are the same; a key without a value says as much as none."""
    if isinstance(there, dict) and isinstance(wanted, dict):
        return all(_says_as_much(there.get(n), wanted.get(n)) for n in {*there, *wanted})
    if isinstance(there, list) and isinstance(wanted, list):
        return len(there) == len(wanted) and all(map(_says_as_much, there, wanted))
    return (there or "") == (wanted or "")


def with_page(data: bytes, page: PageChoice) -> bytes:
    """A `bureau.yaml` that asks for a page; the rest byte for byte. ValueError as above."""
    file, old, new = _opened(data)
    said = _page(page)
    there = old.get("版面")
    is_usual = page.profile == PageChoice().profile
    if isinstance(said, dict) and is_usual and not _is_named(there):
        del said["名称"]
    if said:
        # Where it is new, below the organs: who reads the file looks for it at its beginning.
        head = {key: new[key] for key in ("发文机关",) if key in new}
        new = {**new, "版面": said} if "版面" in new else {**head, "版面": said, **new}
    else:
        new.pop("版面", None)
    return _changed(file, old, new)


_MARK_KEYS = ("发文机关标志", "标志高")


def with_marks(data: bytes, organs: Iterable[Organ]) -> bytes:
    """A `bureau.yaml` whose organs have the marks that these have; the rest byte for byte.

    ValueError as above.
    """
    changed = {organ.name: _organ(organ) for organ in organs}
    if not changed:
        return data
    file, old, new = _opened(data)
    entries = new.get("发文机关")
    if not isinstance(entries, list):
        raise ValueError(f"{FILE} 的“发文机关”应为一项一行、以“- ”开头的形式")
    for entry in entries:
        said = changed.get(str(entry.get("名称"))) if isinstance(entry, dict) else None
        if isinstance(entry, dict) and said is not None:
            _replace(entry, said, _MARK_KEYS)
    return _changed(file, old, new)


def _replace(entry: Keys, said: Keys, keys: Iterable[str]) -> None:
    for key in keys:
        if key in said:
            entry[key] = said[key]
        else:
            entry.pop(key, None)


def _is_named(there: Data | None) -> bool:
    return isinstance(there, str) or (isinstance(there, dict) and "名称" in there)


def _beside(entries: Keys, there: Keys) -> Keys:
    return {name: value for name, value in entries.items() if name not in there}


def _organ(organ: Organ) -> Keys:
    names = {name: field.alias or name for name, field in OrganEntry.model_fields.items()}
    said: Keys = {
        names[each]: value
        for each in ("name", "short_name", "mark", "code")
        if (value := getattr(organ, each))
    }
    if organ.mark_pictures:
        said[names["mark_pictures"]] = {each.form.value: each.name for each in organ.mark_pictures}
    if organ.mark_height is not None:
        said[names["mark_height"]] = f"{number(organ.mark_height)}mm"
    return said


def _page(page: PageChoice) -> Data:
    name = PageName[page.profile.upper()].value
    differing = {key: getattr(page, field) for key, field in _MARGINS.items()}
    said: Keys = {key: f"{number(each)}mm" for key, each in differing.items() if each is not None}
    if page.line is not None:
        said["行距"] = f"{number(page.line)}磅"
    said |= _options(page)
    if said:
        return {"名称": name, **said}
    return "" if page == PageChoice() else name


def _options(page: PageChoice) -> Keys:
    """What differs beside margins and pitch."""
    usual = PageChoice()
    said: Keys = {}
    if page.number_form is not usual.number_form:
        said["页码"] = page.number_form.value
    if page.number_place is not usual.number_place:
        said["页码位置"] = page.number_place.value
    if page.fang:
        said["仿宋"] = page.fang
    if page.has_grid:
        said["文档网格"] = "是"
    return said


def _site(site: Site) -> Keys:
    made: Keys = {}
    for name, field in SiteEntry.model_fields.items():
        value = getattr(site, name)
        if value and value is not FragmentTables.MERGED:
            made[field.alias or name] = getattr(value, "value", value)
    return made


def _spelled(names: Iterable[Named]) -> Keys:
    return {each.name: _several(each.spellings) for each in names}


def _several(spellings: tuple[str, ...]) -> Data:
    """Spellings on one line, where none of them has in itself what would part it."""
    is_parted = any(mark in words for words in spellings for mark in "、；;")
    return [*spellings] if is_parted else "、".join(spellings)
