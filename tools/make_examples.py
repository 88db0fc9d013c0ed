"""Nothing → the map and the finished files of the examples of `publisher new --like`."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pypdfium2
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from weasyprint import HTML

from publisher import fonts
from publisher.standard import FANG

GALLERY = Path(__file__).parents[1] / "templates" / "new" / "gallery"
DAY = datetime(2026, 7, 6)
"""When the files say they were made."""

# -- 办事指南: a map ----------------------------------------------------------------------

ROADS = (
    "M40 250 C240 190 420 260 560 210 S900 190 1060 240",
    "M60 540 C300 470 520 540 760 500 S980 520 1060 500",
    "M200 40 C220 200 190 420 230 680",
    "M520 40 C540 260 500 420 540 690",
    "M840 40 C820 240 860 460 830 690",
)
WINDOWS = (
    (150, 222, "①"), (322, 150, "②"), (420, 250, "③"), (620, 470, "④"), (720, 560, "⑤"),
    (900, 430, "⑥"), (965, 545, "⑦"), (150, 600, "⑧"), (400, 575, "⑨"),
)  # fmt: skip
DISTRICTS = ((330, 90, "西陵区"), (690, 650, "东江区"), (300, 660, "南浦区"))


def _map() -> str:
    """The town as a drawing."""
    roads = "".join(f'<path d="{path}"/>' for path in ROADS)
    names = "".join(f'<text x="{x}" y="{y}">{name}</text>' for x, y, name in DISTRICTS)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="17"/>' for x, y, _ in WINDOWS)
    signs = "".join(f'<text x="{x}" y="{y + 12}">{sign}</text>' for x, y, sign in WINDOWS)
    return f"""
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1100 720" text-anchor="middle">
    <rect x="3" y="3" width="1094" height="714" fill="#fff" stroke="#000" stroke-width="3"/>
    <path d="M4 380 C200 300 380 420 560 350 S900 300 1096 390 V440 C900 350 740 370 560 405
      S200 360 4 435z" fill="#bcdcf0"/>
    <g fill="none" stroke="#999" stroke-width="7">{roads}</g>
    <path d="M4 530 C160 470 360 450 450 500 S470 640 480 716" fill="none" stroke="#000"
      stroke-width="6" stroke-dasharray="16 9"/>
    <g font-size="34">{names}<text x="960" y="352" font-size="28" fill="#1b5e86">临　江</text>
    <text x="440" y="690" font-size="24">铁路</text></g>
    <g fill="#fff" stroke="#fff">{dots}</g><g font-size="36" fill="#b00000">{signs}</g>
    <path d="M1040 110 V40 M1022 66 1040 36 1058 66" fill="none" stroke="#000" stroke-width="4"/>
    <text x="1040" y="140" font-size="26">北</text>
    </svg>"""


def town() -> bytes:
    """The map as PNG, 225 mm wide, 180 pixels to the inch."""
    style = """
    @page { size: 225mm 147.3mm; margin: 0 } body { margin: 0 }
    svg { display: block; width: 225mm }
    """
    page = pypdfium2.PdfDocument(_printed(_map(), style))[0]
    drawn = page.render(scale=180 / 72).to_pil().quantize(16)
    stream = io.BytesIO()
    drawn.save(stream, "PNG", optimize=True, dpi=(180, 180))
    return stream.getvalue()


# -- 附表附件: a form, a sheet, a guide ---------------------------------------------------

QUESTIONS = (
    ("机构名称", ""),
    ("统一社会信用代码", ""),
    ("机构性质", "□公办　□公办民营　□民办"),
    ("登记日期", "　　　　年　　月　　日"),
    ("核定床位（张）", ""),
    ("其中：护理型（张）", ""),
    ("入住老年人（人）", ""),
    ("其中：失能（人）", ""),
    ("医疗服务", "□内设医疗机构　□签约服务　□无"),
    ("消防验收", "□已验收或者备案　□未验收"),
)


def survey() -> bytes:
    """A form made with a word processor."""
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = "养老机构基本情况调查表"
    document.core_properties.created = document.core_properties.modified = DAY
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    title = document.add_paragraph("养老机构基本情况调查表")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size = Pt(20)
    table = document.add_table(rows=len(QUESTIONS), cols=2, style="Table Grid")
    for row, (asks, choices) in zip(table.rows, QUESTIONS, strict=True):
        row.height = Mm(11)
        row.cells[0].text, row.cells[1].text = asks, choices
        row.cells[0].width, row.cells[1].width = Mm(55), Mm(100)
    document.add_paragraph("填表人：　　　　　　　　　　联系电话：")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


HEADS = ("序号", "机构名称", "机构性质", "核定床位（张）", "护理型床位（张）", "入住老年人（人）")


def summary() -> bytes:
    """A sheet with sums, to be filled in."""
    book = Workbook()
    book.properties.creator, book.properties.title = "", "养老机构基本情况汇总表"
    book.properties.created = book.properties.modified = DAY
    sheet = book.worksheets[0]
    sheet.title = "汇总表"
    sheet.append(["养老机构基本情况汇总表"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS))
    sheet.append(HEADS)
    for number in range(1, 21):
        sheet.append([number])
    sums = [f"=SUM({letter}3:{letter}22)" for letter in "DEF"]
    sheet.append(["合计", None, None, *sums])
    line = Side(style="thin")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(horizontal="center", wrap_text=True)
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16), Alignment(horizontal="center")
    for letter, width in zip("ABCDEF", (6, 32, 12, 12, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


GUIDE = """
<h2>填报的范围</h2>
<p>2026年6月30日前在本市登记的养老机构都要填报。一个法人登记几处院区的，一处填一张表。</p>
<h2>主要指标</h2>
<table><thead><tr><th>指标<th>怎样填</thead>
<tr><th>核定床位<td>按登记或者备案的床位填写，不含临时加床。
<tr><th>护理型床位<td>配有护理床、呼叫设备，床边可以回转轮椅的床位。
<tr><th>入住老年人<td>2026年6月30日24时在住的老年人，不含日间照料。
<tr><th>失能老年人<td>经评估为轻度、中度、重度和完全失能的老年人。</table>
<h2 class="next">填报的步骤</h2>
<ol><li>对照入住登记清点人数，由院长复核。<li>填写调查表，打印后加盖公章。
<li>7月31日前报送所在区（县）民政局。</ol>
<h2>常见问题</h2>
<p><b>机构暂停营业怎样填？</b>照常填报，入住老年人填“0”，在空白处注明暂停的日期。</p>
<p><b>床位正在改建怎样填？</b>按改建前核定的床位填写。</p>
"""


def guide() -> bytes:
    """A guide of two pages, tagged."""
    style = """
    @page { size: A4; margin: 25mm } body { font-size: 14pt; line-height: 1.8 }
    h2 { font-size: 16pt } .next { break-before: page }
    table { border-collapse: collapse } td, th { border: 1px solid; padding: 2mm; text-align: left }
    """
    return _printed(GUIDE, style, "填报指南")


def _printed(body: str, style: str, title: str = "") -> bytes:
    faces = fonts.served_faces(fonts.folder())
    fonts.use(faces, fonts.folder())
    (family,) = (each.family for each in faces if each.face is FANG)
    style = f"* {{ font-family: '{family}' }} {style}"
    page = f'<html lang="zh-CN"><title>{title}</title><style>{style}</style><body>{body}</body>'
    printed: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return printed


FILES = {
    "办事指南/map.png": town,
    "附表附件/survey.docx": survey,
    "附表附件/summary.xlsx": summary,
    "附表附件/guide.pdf": guide,
}


if __name__ == "__main__":
    for name, make in FILES.items():
        data = make()
        (GALLERY / name).write_bytes(data)
        print(f"{name}  {len(data) // 1024} KB")
