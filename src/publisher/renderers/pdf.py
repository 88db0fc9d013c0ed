"""Edition → PDF/UA through WeasyPrint, from `templates/print` and the standard's lengths."""

from __future__ import annotations

import gc
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher import fonts, standard, templates
from publisher.fonts import ServedFace
from publisher.images import Image, ImageType
from publisher.model import Archive, Edition, plain
from publisher.renderers import table, tags
from publisher.renderers.archival import Sources
from publisher.renderers.box_tags import TaggedPages, tagged_pages
from publisher.renderers.drawings import with_served_faces
from publisher.renderers.foreign_pages import AttachedPdf, enclosed_in
from publisher.renderers.nested import ItemList, nested
from publisher.renderers.parts import PagesPart, leave, names, parts_of
from publisher.renderers.spans import set_lines
from publisher.renderers.undrawn import all_drawn
from publisher.setting import compose
from publisher.setting.composition import (
    ComposedNames,
    ComposedPicture,
    ComposedSeparate,
    ComposedTable,
    Composition,
)
from publisher.setting.head import JOINT_MARK_GAP, letter_number_space, red_line_padding
from publisher.setting.lines import LATIN_GAP, Line, Piece, Setting, character_width, lines
from publisher.standard import FANG, NOTHING, Length, PageProfile, Size, Typeface
from publisher.templates import BrokenTemplate
from publisher.words.days import written

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup
    from weasyprint.urls import URLFetcher

    from publisher.renderers.drawn import DrawnPages, HeldPages

Files = dict[str, bytes]
"""Finished files by name."""


def render(edition: Edition) -> dict[str, bytes]:
    """`document.pdf`: the whole document as PDF/UA-1 and PDF/A-2a, with bookmarks and title.

    `attachment-N.pdf` for each attachment that is not bound with it, as far as it is set here.
    """
    parts = parts_of(edition, 1)
    return join(edition, parts, map(set_part, parts)) if parts else _in_one(edition)


def _in_one(edition: Edition) -> Files:
    composition = compose(edition)
    enclosed, sources = enclosed_in(composition.following), sources_of(edition)
    whole = as_pdf(partial(_html, composition, None), enclosed, sources)
    return {"document.pdf": whole} | _separate(composition)


def set_part(part: PagesPart) -> HeldPages | None:
    """The pages of a part of `document.pdf`, drawn; None where they are not drawn apart.

    Where pages are kept, those of a part whose HTML is as it was are not set again.
    """
    from publisher.renderers.drawn import held, keep, kept

    html = _html(part.composition, None, prepare())
    key = sha256(f"{part.begins_and_ends} {html}".encode()).hexdigest()
    if pages := kept(key):
        return pages
    drawn = drawn_part(html, part)
    made = None if drawn is None else held(drawn)
    if made is not None:
        keep(key, made)
    if part.others_follow:
        del drawn
        gc.collect()  # boxes hold one another
    return made


def join(edition: Edition, parts: Sequence[PagesPart], held: Iterable[HeldPages | None]) -> Files:
    """What `render` gives, of the pages of all parts: byte for byte the same.

    Where some cannot be drawn apart, or begin on other pages than counted, all are set anew.
    """
    from publisher.renderers.drawn import LostFont, written

    prepare()
    known = [pages.given() for pages in held if pages is not None]
    begins = accumulate((len(pages.pages) for pages in known), initial=1)
    as_counted = all(part.number == begin for part, begin in zip(parts, begins, strict=False))
    if len(known) < len(parts) or not as_counted:
        return _in_one(edition)
    composition = compose(edition)
    try:
        enclosed = enclosed_in(composition.following)
        whole = tags.mend(written(known), enclosed, sources_of(edition))
    except LostFont:
        return _in_one(edition)
    return {"document.pdf": whole} | _separate(composition)


def _separate(composition: Composition) -> Files:
    """The attachments that are not bound with the document."""
    files = {}
    for separate in composition.separate:
        name = f"attachment-{separate.attachment.ordinal}.pdf"
        enclosed = enclosed_in(separate.following)
        files[name] = as_pdf(partial(_html, composition, separate), enclosed)
    return files


def as_pdf(
    html: Callable[[tuple[ServedFace, ...]], str],
    enclosed: Mapping[int, AttachedPdf] | None = None,
    sources: Sources | None = None,
) -> bytes:
    """HTML for print, made for the faces that serve, as PDF/UA-1 and PDF/A-2a.

    In the rooms for them stand the pages of the PDFs that are `enclosed`; `sources` are inside.
    """
    return tags.mend(set_pages(html(prepare())), enclosed, sources)


def sources_of(edition: Edition) -> dict[str, bytes]:
    """What archives get inside: what the document was written in, and its tables as workbooks."""
    document = edition.document
    if document.archived_as is not Archive.SOURCES:
        return {}
    books = {name: data for name, data in table.render(edition).items() if name.endswith(".xlsx")}
    return {source.name: source.data for source in document.sources} | books


def set_pages(html: str) -> TaggedPages:
    """The pages of HTML for print, with the tags that WeasyPrint would make."""
    from weasyprint import HTML

    with all_drawn(html), _whole():
        return tagged_pages(HTML(string=html, url_fetcher=_no_fetching()))


def drawn_part(html: str, part: PagesPart) -> DrawnPages | None:
    """The pages of a part of HTML for print."""
    from weasyprint import HTML

    from publisher.renderers.drawn import drawn

    document = HTML(string=html, url_fetcher=_no_fetching())
    called = names(document.etree_element, part)
    leave(document.etree_element, part)
    with all_drawn(html), _whole():
        return drawn(document.render(), called)


def prepare() -> tuple[ServedFace, ...]:
    """The faces that serve, ready for use; a process that waits for work can do it beforehand."""
    import weasyprint  # noqa: F401

    where = fonts.folder()
    faces = fonts.served_faces(where)
    fonts.use(faces, where)
    return faces


def get_ready() -> None:
    """Load all that a PDF is made with: in a process that waits for work."""
    from jinja2 import TemplateError

    faces = prepare()
    environment = _environment(standard.GBT33476, faces)
    for name in environment.list_templates():
        with suppress(TemplateError):  # those of the 对照表
            environment.get_template(name)
    shown = f'<p style="font-family: {faces[0].family}">一'
    tags.mend(set_pages(f'<html lang="zh-CN"><title>一</title>{shown}'))


def library_versions() -> dict[str, str]:
    """The versions of libraries of the system that set lines, by their names."""
    from weasyprint.text.ffi import pango

    return {"pango": str(pango.pango_version())}


def html(edition: Edition, faces: tuple[ServedFace, ...]) -> str:
    """The document as HTML for print, set in `faces`; it needs no other file."""
    return _html(compose(edition), None, faces)


def _html(
    composition: Composition, separate: ComposedSeparate | None, faces: tuple[ServedFace, ...]
) -> str:
    """The document, or an attachment that is not bound with it, as HTML for print."""
    template = _environment(composition.page, faces).get_template("document.html.jinja")
    return template.render(_context(composition, separate, faces))


def _environment(page: PageProfile, faces: tuple[ServedFace, ...]) -> SandboxedEnvironment:
    environment = templates.environment("print")
    environment.filters.update(_filters(page, faces))
    environment.tests.update(
        items=lambda thing: isinstance(thing, ItemList),
        names=lambda thing: isinstance(thing, ComposedNames),
        table=lambda thing: isinstance(thing, ComposedTable),
        picture=lambda thing: isinstance(thing, ComposedPicture),
    )
    return environment


def _context(
    composition: Composition, separate: ComposedSeparate | None, faces: tuple[ServedFace, ...]
) -> dict[str, object]:
    """What the templates draw; they call nothing back."""
    edition = composition.edition
    document = edition.document
    page, head = composition.page, composition.head
    return {
        "edition": edition,
        "document": document,
        "composition": composition,
        "is_separate": separate is not None,
        "title": separate.attachment.content.title if separate else edition.body.title,
        "following": separate.following if separate else composition.following,
        "head": head,
        "imprint": composition.imprint,
        "listed": _listed(edition),
        "page": page,
        "std": standard,
        "font": fonts_of(faces),
        "author": "、".join(organ.name for organ in document.issuers),
        "no_2": Size.NO_2.length,
        "no_3": Size.NO_3.length,
        "no_4": Size.NO_4.length,
        "small_4": Size.SMALL_4.length,
        "fill": fill(page),
        "latin_gap": LATIN_GAP,
        "latin_width": character_width("0"),
        "joint_mark_gap": JOINT_MARK_GAP,
        "mark_top": head.form.mark_top - page.top,
        "mark_rise": _mark_rise(head.mark.size, faces),
        "red_line_padding": red_line_padding(page),
        "number_drop": _number_drop(page),
        "turned": turned_number(),
        "imprint_lift": _imprint_lift(page),
        "letter_number_space": letter_number_space(page),
        "letter_left": page.left - _beside_letter_lines(),
        "letter_right": page.right - _beside_letter_lines(),
        "letter_foot_drop": page.bottom - standard.LETTER_LAST_LINE_HEIGHT,
        "letter_rows_height": page.line * head.rows,
    }


def _listed(edition: Edition) -> frozenset[str]:
    """The anchors of the headings that a 目录 leads to."""
    return frozenset(heading.anchor for text in edition.prose for heading in text.listed_headings())


_ONE_LINE = Setting(Size.NO_3.length, NOTHING, standard.PAPER_HEIGHT)
"""For words that stand on one line wherever they stand."""


def fill(page: PageProfile) -> Length:
    """What is added after each character of a line of 28 that fills the width (5.2.3)."""
    characters = standard.CHARACTERS_PER_LINE
    lacking = standard.text_width(page, landscape=False) - Size.NO_3.length * characters
    return lacking * (1 / (characters - 1))


def _filters(page: PageProfile, faces: tuple[ServedFace, ...]) -> dict[str, Callable[..., object]]:
    """How the templates write lines, and lengths that are counted in characters."""
    usual = fill(page)

    def words(of: tuple[Line, ...]) -> Markup:
        number, text = set_lines(of, page.tracking, FANG, usual)
        return number + text

    return {
        "heading_and_text": lambda of: set_lines(of, page.tracking, FANG, usual),
        "words": words,
        "one_row": lambda text: words(lines((Piece(text, FANG),), _ONE_LINE)),
        "untracked": lambda of: set_lines(of, NOTHING, FANG, NOTHING)[1],
        "number_and_note": lambda of: set_lines(of, NOTHING, FANG, NOTHING),
        "nested": lambda of: tuple(nested(of)),
        "plain": plain,
        "data_uri": lambda image: data_uri(image, faces),
        "ems": lambda count: ((Size.NO_3.length + usual) * count).css,
        "printed": written,
    }


def _mark_rise(size: Length, faces: tuple[ServedFace, ...]) -> Length:
    """How far below the top of its line the ink of the mark begins, in the font that serves."""
    served = next(font for font in faces if font.face is standard.XIAO_BIAO_SONG)
    font = fonts.baseline(served)
    # Several names share out what their lines are higher than one: half above the first.
    half = (1 + font.ascent - font.descent) / 2
    return size * (half - standard.INK_ABOVE)


def fonts_of(faces: tuple[ServedFace, ...]) -> dict[Typeface, Markup]:
    """For each face its `font-family` and `font-weight` in CSS.

    After the face come others for characters that it lacks. Letters and digits among 仿宋 and 楷体
    are set in the Latin face, which `fonts.use` keeps from setting more than those.
    """
    from markupsafe import Markup

    served = {served_face.face: served_face for served_face in faces}

    def font(face: Typeface) -> Markup:
        first = [standard.LATIN] if face in (standard.FANG, standard.KAI) else []
        wanted = (*first, face, *standard.FALLBACKS)
        names = dict.fromkeys(f'"{served[wanted_face].family}"' for wanted_face in wanted)
        return Markup(f"font-family: {', '.join(names)}; font-weight: {served[face].weight};")

    return {face: font(face) for face in standard.TYPEFACES}


def _beside_letter_lines() -> Length:
    """From the paper's edge to the double lines of a 信函, which are centred on it (10.1)."""
    return (standard.PAPER_WIDTH - standard.LETTER_LINE_WIDTH) * 0.5


def _number_drop(page: PageProfile) -> Length:
    """From the text area's bottom to the top of the page number's line (7.5)."""
    below = standard.PAPER_HEIGHT - page.bottom
    dash = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT + standard.PAGE_NUMBER_GAP
    return dash - below - standard.PAGE_NUMBER_LINE * (1 - standard.DASH_HEIGHT)


@dataclass(frozen=True, slots=True)
class TurnedNumber:
    """The place of a page number before it is turned about its middle on a landscape page (8)."""

    width: Length
    from_area: Length
    """From the 版心 to its box; less than nothing, for it reaches in."""
    from_edge: Length
    """From the upper or lower edge of the 版心 to its box."""


def turned_number() -> TurnedNumber:
    """Where the number of a landscape page stands."""
    width, line = Size.NO_4.length * 6, standard.PAGE_NUMBER_LINE
    reach = (width - line) * 0.5  # of the level box beyond the turned one
    drop = standard.PAGE_NUMBER_GAP - line * (1 - standard.DASH_HEIGHT)
    return TurnedNumber(width, drop - reach, standard.PAGE_NUMBER_INDENT + reach)


def _imprint_lift(page: PageProfile) -> Length:
    """From the text area's bottom up to the 版心's, where the 版记 ends (7.4.1)."""
    below = standard.PAPER_HEIGHT - page.bottom
    return below - (standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT)


def data_uri(image: Image, faces: tuple[ServedFace, ...]) -> str:
    """A picture as an address that holds it; the words of a drawing in the faces that serve."""
    data = with_served_faces(image.data, faces) if image.is_drawing else image.data
    return f"data:{image.kind.value};base64,{b64encode(data).decode()}"


_HELD = tuple(f"data:{kind.value};base64," for kind in ImageType)
"""How addresses begin that hold a picture themselves."""


@contextmanager
def _whole() -> Iterator[None]:
    """A style that asks for another file is a fault of the templates: content cannot ask."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise BrokenTemplate(f"{error}：样式和图片须写在模板里，不能另外去取") from None


def _no_fetching() -> URLFetcher:
    """A fetcher that fetches nothing: the HTML is whole, and content must not reach files.

    It reads pictures that addresses hold.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class NoFetching(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            if url.startswith(_HELD):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"打印用的模板要取 {url}")

    return NoFetching()
