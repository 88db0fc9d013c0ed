"""Edition → PDF/UA through WeasyPrint, from `templates/print` and the standard's lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from publisher import fonts, standard, templates
from publisher.fonts import ServedFace
from publisher.model import Edition, Orientation
from publisher.renderers import typesetting
from publisher.standard import GBT33476, Length, Size, Typeface

if TYPE_CHECKING:
    from markupsafe import Markup
    from weasyprint.urls import URLFetcher

_PAGE = GBT33476


def render(edition: Edition) -> dict[str, bytes]:
    """`document.pdf`: the whole document as PDF/UA-1, with bookmarks, title and language."""
    from weasyprint import HTML

    where = fonts.folder()
    faces = fonts.served_faces(where)
    fonts.use(faces, where)
    document = HTML(string=html(edition, faces), url_fetcher=_no_fetching())
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)
    return {"document.pdf": pdf}


def html(edition: Edition, faces: tuple[ServedFace, ...]) -> str:
    """The document as HTML for print, set in `faces`; it needs no other file."""
    environment = templates.environment("print")
    context = _context(edition) | {"font": _fonts_of(faces)}
    return environment.get_template("document.html.jinja").render(context)


def _context(edition: Edition) -> dict[str, object]:
    document = edition.document
    attachments = edition.attachments
    return {
        "edition": edition,
        "document": document,
        "author": "、".join(organ.name for organ in document.issuers),
        "head_lines": typesetting.head_lines(document),
        "signers": typesetting.signer_lines(document),
        "signature": typesetting.signature(document),
        "set_title": typesetting.set_title,
        "printed_items": typesetting.printed_items,
        "printed_date": typesetting.printed_date,
        "imprint": document.copies or document.printing_organ or document.printing_date,
        "ends_in_landscape": bool(attachments)
        and attachments[-1].orientation is Orientation.LANDSCAPE,
        "std": standard,
        "page": _PAGE,
        "no_2": Size.NO_2.length,
        "no_3": Size.NO_3.length,
        "no_4": Size.NO_4.length,
        "small_4": Size.SMALL_4.length,
        "em": lambda count: (Size.NO_3.length + _PAGE.tracking) * count,
        "head_line_count": typesetting.HEAD_LINES,
        "mark": typesetting.mark(edition),
        "joint_mark_gap": typesetting.JOINT_MARK_GAP,
        "mark_space": standard.mark_space(_PAGE, typesetting.HEAD_LINES),
        "signature_space": typesetting.SIGNATURE_SPACE,
        "red_line_padding": _red_line_padding(),
        "number_drop": _number_drop(),
        "imprint_lift": _imprint_lift(),
    }


def _fonts_of(faces: tuple[ServedFace, ...]) -> Callable[[Typeface], Markup]:
    """A function that gives a face's `font-family` and `font-weight` in CSS.

    After the face come others for characters that it lacks. Letters and digits among 仿宋 and 楷体
    are set in the Latin face, which `fonts.use` keeps from setting more than those.
    """
    from markupsafe import Markup

    served = {one.face: one for one in faces}

    def font(face: Typeface) -> Markup:
        first = [standard.LATIN] if face in (standard.FANG, standard.KAI) else []
        wanted = (*first, face, *standard.FALLBACKS)
        names = dict.fromkeys(f'"{served[one].family}"' for one in wanted)
        return Markup(f"font-family: {', '.join(names)}; font-weight: {served[face].weight};")

    return font


def _red_line_padding() -> Length:
    """What is missing below the characters of 发文字号 for the red line to be 4 mm under them."""
    return standard.RED_LINE_GAP - (_PAGE.line - Size.NO_3.length) * 0.5


def _number_drop() -> Length:
    """From the text area's bottom to the top of the page number's line (7.5)."""
    below = standard.PAPER_HEIGHT - _PAGE.bottom
    dash = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT + standard.PAGE_NUMBER_GAP
    return dash - below - standard.PAGE_NUMBER_LINE * (1 - standard.DASH_HEIGHT)


def _imprint_lift() -> Length:
    """From the text area's bottom up to the 版心's, where the 版记 ends (7.4.1)."""
    below = standard.PAPER_HEIGHT - _PAGE.bottom
    return below - (standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT)


def _no_fetching() -> URLFetcher:
    """A fetcher that fetches nothing: the HTML is whole, and content must not reach files."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class NoFetching(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> None:
            raise FatalURLFetchingError(f"nothing is fetched: {url}")

    return NoFetching()
