"""`content/bureau.yaml` → what all documents of the bureau share, and findings."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from publisher import __version__
from publisher.bureau_files import FILE, is_picture
from publisher.diagnostics import BrokenEnvironment, Finding
from publisher.images import Image
from publisher.model import Bureau, MarkPicture, Named, Organ, PageChoice, Place, Site, Term
from publisher.readers import findings
from publisher.readers.schema import BureauEntry, PageEntry, SiteEntry, validate
from publisher.readers.source import read_bytes, read_source
from publisher.readers.yaml import Values, read_mapping
from publisher.standard import PAPER_HEIGHT, PAPER_WIDTH, PageProfile, Size, page_profile

CONTENT_VERSION = 1
"""The form of content that this program reads; where `bureau.yaml` names none it is the first."""
LEAST_CHARACTERS, LEAST_LINES = 10, 8
"""What a page must hold for a head, a line of text and a 版记 to have room on it."""


class NewerContent(BrokenEnvironment):
    """Content was written for a later program: what it means cannot be known here."""


def read_bureau(content: Path) -> tuple[Bureau, list[Finding]]:
    """The bureau whose documents stand in the folder `content`; empty where the file is missing.

    NewerContent.
    """
    file = f"{content.name}/{FILE}"
    source, faults = read_source(content / FILE, file, Place(file), within=content)
    if source is None:
        return Bureau(()), faults
    values, yaml_found = read_mapping(source.text, file)
    entry, schema_found = validate(values, BureauEntry)
    _require_known(entry.version, file)
    page, page_found = _page(entry.page, values)
    organs, organs_found = _organs(entry, content, values)
    findings_of_all = [*faults, *yaml_found, *schema_found, *page_found, *organs_found]
    return _bureau(entry, organs, page, values), findings_of_all


def _require_known(version: int, file: str) -> None:
    if version > CONTENT_VERSION:
        raise NewerContent(
            f"{file} 写明内容版本为 {version}，这个程序（publisher {__version__}）"
            f"只认识到 {CONTENT_VERSION}，请先升级程序"
        )


def bureau_if_any(content: Path) -> tuple[Bureau, list[Finding]]:
    """That whose files of others are read: nobody's where `content` names none."""
    return read_bureau(content) if (content / FILE).is_file() else (Bureau(()), [])


def _page(entry: PageEntry | None, values: Values) -> tuple[PageChoice, list[Finding]]:
    """The page that is asked for; the standard's, with a finding, where no text has room on it."""
    if entry is None:
        return PageChoice(), []
    choice = PageChoice(
        profile=entry.name.name.lower(),
        top=entry.top,
        bottom=entry.bottom,
        left=entry.left,
        right=entry.right,
        line=entry.line,
        number_form=entry.number_form,
        number_place=entry.number_place,
        fang=entry.fang,
        has_grid=entry.has_grid,
    )
    if has_room(page_profile(choice)):
        return choice, []
    return PageChoice(), [findings.page_without_room(values.place_of(("版面",)))]


def has_room(page: PageProfile) -> bool:
    """Whether text can stand on a page: margins leave enough, and lines do not overlap."""
    across = PAPER_WIDTH - page.left - page.right
    down = PAPER_HEIGHT - page.top - page.bottom
    return (
        page.line >= Size.NO_3.length
        and across >= Size.NO_3.length * LEAST_CHARACTERS
        and down >= page.line * LEAST_LINES
    )


def _organs(
    entry: BureauEntry, content: Path, values: Values
) -> tuple[tuple[Organ, ...], list[Finding]]:
    """The organs, with the pictures of their marks that can be read."""
    organs, faults = [], []
    for number, organ in enumerate(entry.organs):
        place = values.place_of(("发文机关", number, "标志图片"))
        read = [
            (form, name, _mark_image(content, name, place))
            for form, name in organ.mark_pictures.items()
        ]
        faults += [finding for _, _, (_, of_it) in read for finding in of_it]
        pictures = tuple(MarkPicture(form, name, made) for form, name, (made, _) in read if made)
        organs.append(
            Organ(organ.name, organ.short_name, organ.mark, organ.code, pictures, organ.mark_height)
        )
    return tuple(organs), faults


def _mark_image(content: Path, name: str, place: Place) -> tuple[Image | None, list[Finding]]:
    """The picture of a mark, which stands beside `bureau.yaml`: what makes documents anew when it
    changes looks there.
    """
    if PurePosixPath(name).name != name or "\\" in name:
        return None, [findings.wrong_value(place, "标志图片", name, _BESIDE)]
    if not is_picture(name):
        return None, [findings.unknown_picture_type(place, name)]
    data, faults = read_bytes(content / name, f"{content.name}/{name}", place, content)
    if data is None:
        return None, faults
    from publisher.readers.images import read_image  # few bureaus have pictures

    return read_image(data, name, place)


_BESIDE = f"应为 {FILE} 旁边的 PNG、JPEG 或 SVG 图片的文件名，不带文件夹。"


def _bureau(
    entry: BureauEntry, organs: tuple[Organ, ...], page: PageChoice, values: Values
) -> Bureau:
    return Bureau(
        organs=organs,
        page=page,
        archive=entry.archive,
        site=Site(**(entry.site or SiteEntry.model_validate({})).model_dump()),
        people=tuple(
            Named(name, spellings or (), values.place_of(("人员", name)))
            for name, spellings in entry.people.items()
        ),
        departments=tuple(
            Named(name, spellings or (), values.place_of(("部门", name)))
            for name, spellings in entry.departments.items()
        ),
        terms=tuple(
            Term(form, slips or (), values.place_of(("术语", form)))
            for form, slips in entry.terms.items()
        ),
    )
