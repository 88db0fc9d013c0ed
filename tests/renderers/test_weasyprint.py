"""What `renderers/tags.py` takes for granted of WeasyPrint and pydyf: an update may break it.

Each fails with what was relied on and with what is to be done, so that nobody has to find out why
tables are read aloud wrongly, or why a PDF cannot be made at all.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf
import pydyf
import pytest
import weasyprint

from publisher.renderers import drawn, tags
from publisher.renderers.pdf_tags import PdfTag

STYLE = """@page { size: 60mm 40mm; margin: 4mm; @bottom-center { content: counter(page) } }
.away { position: absolute; top: 0 } table { border-collapse: collapse; width: 100% }"""
ROWS = "".join(f'<tr><th scope="row">{n}</th><td>word{n}</td></tr>' for n in range(20))
PAGE = f"""<html lang="en"><title>t</title><style>{STYLE}</style><body><p>plain <b>bold</b>
<a href="#x">link</a></p><div class="away">away</div><h1 id="x">head</h1>
<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
<tbody>{ROWS}</tbody></table></body></html>"""


@dataclass(frozen=True)
class Print:
    """A PDF as WeasyPrint leaves it, and what it had in hand when it was done."""

    pages: list[Any]
    """Its pages, with their boxes."""
    objects: list[Any]
    """The tags by their order in the file, `Document` first."""
    file: pikepdf.Pdf

    @property
    def contents(self) -> list[bytes]:
        return [page.Contents.read_bytes() for page in self.file.pages]

    @property
    def held(self) -> set[tuple[int, int]]:
        """Page and number of each piece of content that a tag holds."""
        return set(tags._read(self.file).pieces())


@cache
def printed() -> Print:
    kept: list[Any] = []

    def keep(document: Any, pdf: Any) -> None:
        kept.extend((document.pages, list(pdf.objects)))

    data = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1", finisher=keep)
    pages, objects = kept
    elements = [one for one in objects if isinstance(one, dict)]
    made = [one for one in elements if one.get("Type") == "/StructElem"]
    return Print(pages, made, pikepdf.open(io.BytesIO(data)))


def _boxes() -> list[Any]:
    return [box for page in printed().pages for box in tags._boxes(page._page_box)]


# -- what is relied on ------------------------------------------------------------------


def document_first() -> bool:
    return printed().objects[0]["S"] == "/Document"


def a_tag_a_box() -> bool:
    return len(_boxes()) == len(printed().objects) - 1


def in_the_order_of_the_boxes() -> bool:
    known = {"p": "/P", "h1": "/H1", "table": "/Table", "tr": "/TR", "a": "/Link"}
    named = [
        (known[box.element_tag], tag["S"])
        for tag, box in zip(printed().objects[1:], _boxes(), strict=True)
        if box is not None and box.element is not None and box.element_tag in known
    ]
    return len(named) > 20 and all(wanted == is_ for wanted, is_ in named)


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
    names = _names(tags._read(printed().file))
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
    made = html.write_pdf(pdf_variant="pdf/ua-1", finisher=tags.remember)
    return tags.mend(drawn.written([sent])) == tags.mend(made)


def _names(tag: PdfTag) -> list[str]:
    inner = [name for kid in tag.kids if isinstance(kid, PdfTag) for name in _names(kid)]
    return [tag.name, *inner]


_BOXES = "compare weasyprint/pdf/tags.py with `_boxes` in renderers/tags.py, and let that follow"
_CONTENT = "see what a page's content looks like now, and let `_BEGINNING` follow"
_NEEDLESS = "see whether `mend` is needed for it any more, and take out what is not"

RELIED_ON: dict[Callable[[], bool], tuple[str, str]] = {
    document_first: ("the first tag that is made is `Document`", _BOXES),
    a_tag_a_box: ("each box that `_boxes` gives, and nothing else, becomes a tag", _BOXES),
    in_the_order_of_the_boxes: ("tags are made in the order of the boxes", _BOXES),
    one_root: ("the tree of tags has one root, `Document`", "let `_read` and `_write` follow"),
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
        "let `pages_listed_once` follow, or take it out if the list is kept by now",
    ),
    heads_repeated: ("a table that goes over pages has a head and a table on each", _NEEDLESS),
    drawn_as_it_is_laid_out: (
        "pages can be drawn in one process and written in another",
        "compare `Page`, `generate_pdf` and `Stream` of WeasyPrint with renderers/drawn.py",
    ),
    no_scope: ("header cells are written without a scope", _NEEDLESS),
}


@pytest.mark.parametrize("holds", RELIED_ON, ids=lambda holds: holds.__name__)
def test_weasyprint_does_what_is_relied_on(holds: Callable[[], bool]) -> None:
    taken, remedy = RELIED_ON[holds]
    try:
        is_so, why = holds(), ""
    except Exception as error:
        is_so, why = False, f" ({type(error).__name__}: {error})"
    if not is_so:
        pytest.fail(
            f"WeasyPrint {weasyprint.__version__}, pydyf {pydyf.__version__}: renderers/tags.py "
            f"takes for granted that {taken}. That is no longer so{why}. To do: {remedy}.",
            pytrace=False,
        )
