"""What `renderers/box_tags.py` and its like take for granted of WeasyPrint: an update may break it.

Each fails with what was relied on and with what is to be done, so that nobody has to find out why
tables are read aloud wrongly, or why a PDF cannot be made at all.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pikepdf
import pydyf
import pytest
import weasyprint

from publisher.renderers import drawn, tags
from publisher.renderers.box_tags import tagged_pages
from publisher.renderers.pdf_tags import Kid, LinkPlace, MarkedContent, PdfTag

STYLE = """@page { size: 60mm 40mm; margin: 4mm; @bottom-center { content: counter(page) } }
.away { position: absolute; top: 0 } table { border-collapse: collapse; width: 100% }"""
ROWS = "".join(f'<tr><th scope="row">{n}</th><td>word{n}</td></tr>' for n in range(20))
PAGE = f"""<html lang="en"><title>t</title><style>{STYLE}</style><body><p>plain <b>bold</b>
<a href="#x">link</a></p><div class="away">away</div><h1 id="x">head</h1>
<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
<tbody>{ROWS}</tbody></table></body></html>"""


@dataclass(frozen=True)
class Print:
    """A PDF as WeasyPrint leaves it, with the tree of tags that is in it, and the one of ours."""

    file: pikepdf.Pdf
    tree: PdfTag
    ours: PdfTag

    @property
    def contents(self) -> list[bytes]:
        return [page.Contents.read_bytes() for page in self.file.pages]

    @property
    def held(self) -> set[tuple[int, int]]:
        """Page and number of each piece of content that a tag holds."""
        return set(self.tree.pieces())


@cache
def printed() -> Print:
    html = weasyprint.HTML(string=PAGE)
    file = pikepdf.open(io.BytesIO(html.write_pdf(pdf_variant="pdf/ua-1")))
    return Print(file, _read(file), tagged_pages(html).tree)


def _read(file: pikepdf.Pdf) -> PdfTag:
    """The tags that WeasyPrint writes."""
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    (root,) = file.Root.StructTreeRoot.K

    def tag(element: Any) -> PdfTag:
        page = pages[element.Pg.objgen] if "/Pg" in element else -1
        spans = element.get("/A", {})
        return PdfTag(
            str(element.S)[1:],
            tuple(kid(each, page) for each in element.get("/K", ())),
            rows=int(spans.get("/RowSpan", 1)),
            columns=int(spans.get("/ColSpan", 1)),
            words={"Alt": str(element.Alt)} if "/Alt" in element else {},
        )

    def kid(each: Any, page: int) -> Kid:
        if isinstance(each, int):
            return MarkedContent(page, each)
        return LinkPlace(pages[each.Pg.objgen], None) if "/Obj" in each else tag(each)

    return tag(root)


def _as_written(made: PdfTag) -> PdfTag:
    """A tag of ours without what WeasyPrint does not write."""
    kids = tuple(
        _as_written(kid)
        if isinstance(kid, PdfTag)
        else replace(kid, annotation=None)
        if isinstance(kid, LinkPlace)
        else kid
        for kid in made.kids
    )
    return PdfTag(made.name, kids, rows=made.rows, columns=made.columns, words=made.words)


# -- what is relied on ------------------------------------------------------------------


def the_same_tags() -> bool:
    return _as_written(printed().ours) == printed().tree


def the_same_catalogue() -> bool:
    """What it says of tags, and which objects of the pages the index of tags leads to."""
    html = weasyprint.HTML(string=PAGE)
    made = pikepdf.open(io.BytesIO(tagged_pages(html).data))
    keys = [{*file.Root.keys()} for file in (printed().file, made)]
    indexes = [
        [int(place.StructParent) for page in file.pages for place in page.get("/Annots", ())]
        for file in (printed().file, made)
    ]
    return keys[0] == keys[1] and indexes[0] == indexes[1] != []


def one_root() -> bool:
    (root,) = printed().file.Root.StructTreeRoot.K
    return str(root.S) == "/Document"


def numbered_pieces() -> bool:
    drawn = {
        (number, int(piece))
        for number, content in enumerate(printed().contents)
        for piece in tags._BEGINNING.findall(content)
    }
    begun = sum(content.count(b"BDC") for content in printed().contents)
    return len(drawn) == begun and printed().held <= drawn


def feet_without_a_tag() -> bool:
    """The last piece of each page is its number, which no tag holds."""
    return all(
        (number, max(int(piece) for piece in tags._BEGINNING.findall(content)))
        not in printed().held
        for number, content in enumerate(printed().contents)
    )


def a_list_of_pages() -> bool:
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    is_property = isinstance(pydyf.PDF.page_references, property)
    return is_property and pdf.pages["Count"] == len(pdf.page_references) == 1


def heads_repeated() -> bool:
    names = _names(printed().tree)
    return names.count("THead") == names.count("Table") > 1


def no_scope() -> bool:
    elements = [one for one in printed().file.objects if isinstance(one, pikepdf.Dictionary)]
    heads = [one for one in elements if one.get("/S") == "/TH"]
    return bool(heads) and not any("/Scope" in one.get("/A", {}) for one in heads)


def drawn_as_it_is_laid_out() -> bool:
    """What another process draws makes the same PDF, to the byte."""
    html = weasyprint.HTML(string=PAGE)
    numbers = {element: number for number, element in enumerate(html.etree_element.iter())}
    pages = drawn.drawn(html.render(), numbers)
    sent = pickle.loads(pickle.dumps(pages))
    return tags.mend(drawn.written([sent])) == tags.mend(tagged_pages(html))


def _names(tag: PdfTag) -> list[str]:
    inner = [name for kid in tag.kids if isinstance(kid, PdfTag) for name in _names(kid)]
    return [tag.name, *inner]


_BOXES = "compare weasyprint/pdf/tags.py with renderers/box_tags.py, and let that follow"
_CONTENT = "see what a page's content looks like now, and let `_BEGINNING` follow"
_NEEDLESS = "see whether `mend` is needed for it any more, and take out what is not"

RELIED_ON: dict[Callable[[], bool], tuple[str, str]] = {
    the_same_tags: ("the tags that it writes are those that we make of its boxes", _BOXES),
    the_same_catalogue: ("its catalogue and its links say of tags what ours do", _BOXES),
    one_root: ("the tree of tags has one root, `Document`", "let `tagged_pages` follow"),
    numbered_pieces: (
        "each piece of content begins `/Tag <</MCID n>> BDC` and has no other",
        _CONTENT,
    ),
    feet_without_a_tag: (
        "margin boxes are marked as content and stand in no tag",
        "let `_mark_artifacts` know page numbers otherwise",
    ),
    a_list_of_pages: (
        "`pydyf.PDF.page_references` is a property that lists `pages['Count']` pages",
        "let `_pages_listed_once` follow, or take it out if the list is kept by now",
    ),
    heads_repeated: ("a table that goes over pages has a head and a table on each", _NEEDLESS),
    drawn_as_it_is_laid_out: (
        "pages can be drawn in one process and written in another",
        "compare `Page`, `generate_pdf` and `Stream` of WeasyPrint with renderers/drawn.py",
    ),
    no_scope: ("header cells are written without a scope", _NEEDLESS),
}


@pytest.mark.thorough
@pytest.mark.parametrize("holds", RELIED_ON, ids=lambda holds: holds.__name__)
def test_weasyprint_does_what_is_relied_on(holds: Callable[[], bool]) -> None:
    taken, remedy = RELIED_ON[holds]
    try:
        is_so, why = holds(), ""
    except Exception as error:
        is_so, why = False, f" ({type(error).__name__}: {error})"
    if not is_so:
        pytest.fail(
            f"WeasyPrint {weasyprint.__version__}, pydyf {pydyf.__version__}: "
            f"renderers/box_tags.py takes for granted that {taken}. "
            f"That is no longer so{why}. To do: {remedy}.",
            pytrace=False,
        )
