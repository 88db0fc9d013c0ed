"""PDFs as others make them: tagged and not, turned, odd, scanned, filled in, with scripts."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageDraw
from weasyprint import HTML

from publisher import fonts

GUIDE = """
<h1>办理指南</h1>
<p>先看<a href="https://a.example/">网站</a>，再看<a href="#how">第二页</a>。</p>
<ol><li>带身份证。</li><li>填表。</li></ol>
<table><tr><th>事项<th>时限<tr><td>受理<td>5日</table>
<h3 id="how" style="break-before: page">怎样办</h3>
<p lang="en">Fill in the form.</p>
<h2>附则</h2><p>自印发之日起施行。</p>
"""


def from_html(body: str, style: str = "", variant: str | None = None) -> bytes:
    """HTML on A4, in one face."""
    faces = fonts.served_faces(fonts.folder())
    fonts.use(faces, fonts.folder())
    style = f"@page {{ size: A4; margin: 25mm }} * {{ font-family: {faces[0].family} }} {style}"
    page = f'<html lang="zh-CN"><title>指南</title><style>{style}</style><body>{body}</body></html>'
    made: bytes = HTML(string=page).write_pdf(pdf_variant=variant)
    return made


def tagged() -> bytes:
    """Two pages with headings, a list, a table and links, as PDF/UA-1."""
    return from_html(GUIDE, variant="pdf/ua-1")


def untagged() -> bytes:
    """The same without tags."""
    return from_html(GUIDE)


def changed(data: bytes, change: Callable[[Pdf], None]) -> bytes:
    """A PDF after a change."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(written, static_id=True)
    return written.getvalue()


def turned() -> bytes:
    """A landscape page that was drawn upright, and one that stands on its head."""
    body = "<p>横的一页" + "，宽" * 8 + "。</p>"
    style = "@page { size: A4 portrait; margin: 0 } "
    style += "body { transform: rotate(-90deg); transform-origin: 0 0; position: absolute; "
    style += "top: 290mm; left: 8mm; font-size: 32pt; width: 280mm }"
    made = from_html(body, style)

    def turn(pdf: Pdf) -> None:
        pdf.pages[0].Rotate = 90
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].Rotate = 270

    return changed(made, turn)


def large() -> bytes:
    """A map on A3, landscape, up to its edges."""
    style = "@page { size: A3 landscape; margin: 5mm } "
    style += "div { border: 2pt solid; height: 280mm; font-size: 40pt }"
    return from_html("<div>受理地点分布图</div>", style)


def odd() -> bytes:
    """A page whose paper begins below nothing, is cut, and is counted in double points."""

    def shift(pdf: Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(b"q 1 0 0 1 -200 -300 cm", prepend=True)
        page.contents_add(b"Q")
        left, bottom, right, top = (float(side) for side in page.mediabox)
        page.MediaBox = Array([right - 200, top - 300, left - 200, bottom - 300])
        page.CropBox = Array([-190, 60, 350, 520])
        page.UserUnit = 2
        del pdf.pages[1]

    return changed(untagged(), shift)


def small() -> bytes:
    """A card, much smaller than a page."""
    style = "@page { size: A6; margin: 10mm } "
    return from_html("<h1>便民卡</h1><p>电话：0571-88880000。</p>", style)


def scanned() -> bytes:
    """A picture of a page, without a word of text."""
    picture = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(80, 800, 30):
        draw.rectangle((80, row, 540, row + 12), fill=40)
    written = io.BytesIO()
    picture.save(written, "PDF", resolution=75)
    return written.getvalue()


def blank() -> bytes:
    """A page with nothing on it."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    written = io.BytesIO()
    pdf.save(written, static_id=True)
    return written.getvalue()


def active() -> bytes:
    """A tagged page with a field that is filled in, scripts, an attachment and a comment."""
    return changed(tagged(), _activate)


def _activate(pdf: Pdf) -> None:
    page, root = pdf.pages[0], pdf.Root
    looks = pdf.make_stream(b"q 1 0 0 RG 2 w 1 1 98 28 re S Q")
    looks.Type, looks.Subtype, looks.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 30])
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('here')"))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            TU=String("姓名"),
            F=4,
            Rect=Array([100, 100, 200, 130]),
            AP=Dictionary(N=looks),
            AA=Dictionary(K=script),
            StructParent=900,
        )
    )
    comment = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([300, 300, 320, 320]),
            Contents=String("内部意见"),
        )
    )
    launch = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([10, 10, 50, 50]),
            A=Dictionary(S=Name.Launch, F=String("calc.exe")),
        )
    )
    page.Annots.extend([field, comment, launch])
    page.AA = Dictionary(O=script)
    root.OpenAction = script
    root.AcroForm = Dictionary(Fields=Array([field]), XFA=String("<xdp/>"))
    pdf.attachments["secret.txt"] = b"secret"
    document = root.StructTreeRoot.K[0]
    form = Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Pg=page.obj)
    form.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj)
    document.K.append(pdf.make_indirect(form))


def layered() -> bytes:
    """A page with a layer that is not shown."""

    def hide(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("草稿")))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), BaseState=Name.ON)
        )
        page = pdf.pages[0]
        page.Resources.Properties = Dictionary(Draft=layer)
        page.contents_add(b"/OC /Draft BDC 1 0 0 rg 0 0 2000 2000 re f EMC")

    return changed(untagged(), hide)


def with_drawing() -> bytes:
    """A page that draws another drawing whose words are tagged of their own."""
    pdf = pikepdf.open(io.BytesIO(tagged()))
    del pdf.pages[1]
    page = pdf.pages[0]
    inner = pdf.make_stream(page.Contents.read_bytes())
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, page.mediabox
    inner.Resources, inner.StructParents = page.Resources, 800
    page.obj.Contents = pdf.make_stream(b"/Inner Do")
    page.obj.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    del page.obj["/StructParents"]
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            element.K = Array([_in(kid, inner, page) for kid in element.get("/K", ())])
    written = io.BytesIO()
    pdf.save(written, static_id=True)
    return written.getvalue()


def _in(kid: object, inner: Stream, page: pikepdf.Page) -> object:
    if not isinstance(kid, int):
        return kid
    return Dictionary(Type=Name.MCR, MCID=kid, Stm=inner, Pg=page.obj)


def office() -> bytes:
    """A page of headings, a table and a list, and a landscape one, as LibreOffice exports them."""
    return (Path(__file__).parent / "attached" / "office.pdf").read_bytes()


ALL = (
    *(tagged, untagged, turned, large, odd, small, scanned, blank, active, layered, with_drawing),
    office,
)
