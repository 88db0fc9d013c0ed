"""A made notice as PDF, set down where the standard wants it; tests change one thing.

Nothing of the program makes it. The fonts are named, not embedded, as old printing programs do it:
places are then those written here, to the hundredth of a millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MM = 72 / 25.4
FANG, KAI, HEI, SONG = "FangSong_GB2312", "KaiTi_GB2312", "SimHei", "SimSun"
TITLE = "FZXiaoBiaoSong-B05S"
BOLD = "FangSong_GB2312-Bold"
FONTS = (FANG, KAI, HEI, SONG, TITLE, BOLD, "MicrosoftYaHei")
BLACK, RED = (0.0, 0.0, 0.0), (1.0, 0.0, 0.0)
LINE = 29.45 / MM
INK_ABOVE = 0.85
"""Of a large character: how far its ink reaches above the baseline, in parts of its size."""
CHARACTER = 156 / 28
"""One 字 of 3号 in a line of 28, in millimetres."""

Color = tuple[float, float, float]


@dataclass
class Sheet:
    """One page: operators of PDF, given in millimetres from the upper left corner."""

    width: float = 210.0
    height: float = 297.0
    rotate: int = 0
    is_numbered: bool = True
    operators: list[str] = field(default_factory=list)

    def text(
        self,
        words: str,
        x: float,
        baseline: float,
        *,
        font: str = FANG,
        size: float = 16.0,
        color: Color = BLACK,
        pitch: float | None = None,
        down: bool = False,
    ) -> None:
        """Words whose characters stand `pitch` apart; `down` turns them clockwise."""
        spacing = 0.0 if pitch is None else pitch * MM - size
        matrix = "0 -1 1 0" if down else "1 0 0 1"
        code = words.encode("utf-16-be").hex()
        self.operators.append(
            f"BT {color[0]} {color[1]} {color[2]} rg /F{FONTS.index(font)} {size} Tf "
            f"{spacing:.4f} Tc {matrix} {x * MM:.4f} {(self.height - baseline) * MM:.4f} Tm "
            f"<{code}> Tj ET"
        )

    def line(
        self, left: float, right: float, y: float, weight: float, color: Color = BLACK
    ) -> None:
        """A horizontal line."""
        self._stroke(left, y, right, y, weight, color)

    def upright(self, x: float, top: float, bottom: float, weight: float = 0.2) -> None:
        """A vertical line."""
        self._stroke(x, top, x, bottom, weight, BLACK)

    def _stroke(
        self, left: float, top: float, right: float, bottom: float, weight: float, color: Color
    ) -> None:
        self.operators.append(
            f"{color[0]} {color[1]} {color[2]} RG {weight * MM:.4f} w "
            f"{left * MM:.4f} {(self.height - top) * MM:.4f} m "
            f"{right * MM:.4f} {(self.height - bottom) * MM:.4f} l S"
        )


def written(sheets: list[Sheet]) -> bytes:
    """The sheets as a PDF."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    fonts_at = 3
    pages_at = fonts_at + 3 * len(FONTS)
    kids = " ".join(f"{pages_at + 2 * index} 0 R" for index in range(len(sheets)))
    objects.append(f"<< /Type /Pages /Count {len(sheets)} /Kids [{kids}] >>".encode())
    for index, name in enumerate(FONTS):
        objects += _font(name, fonts_at + 3 * index)
    named = " ".join(f"/F{index} {fonts_at + 3 * index} 0 R" for index in range(len(FONTS)))
    for index, sheet in enumerate(sheets):
        content = "\n".join(sheet.operators).encode()
        box = f"[0 0 {sheet.width * MM:.4f} {sheet.height * MM:.4f}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Rotate {sheet.rotate} /Resources "
            f"<< /Font << {named} >> >> /Contents {pages_at + 2 * index + 1} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _font(name: str, at: int) -> list[bytes]:
    """A font of the Adobe-GB1 collection, whose characters viewers know without the font."""
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /UniGB-UTF16-H "
        f"/DescendantFonts [{at + 1} 0 R] >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} {system} /DW 1000 "
        f"/W [1 95 500] /FontDescriptor {at + 2} 0 R >>".encode(),
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -120 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>".encode(),
    ]


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % count
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    )


def full(line: int) -> str:
    """A line of 28 characters; no two neighbours are alike, for pdfium takes one for a shadow."""
    turned = line % len(FULL)
    return FULL[turned:] + FULL[:turned]


# -- the notice -------------------------------------------------------------------------

FULL = "各区水务局要对本辖区河道逐段排查建立台账限期整改按月报送"
assert len(FULL) == 28


@dataclass(frozen=True)
class Notice:
    """What a test may change; as it is, each rule that must hold does."""

    left: float = 28.0
    top: float = 37.0
    pitch: float = LINE
    lines: int = 22
    character: float = CHARACTER
    mark_lower: float = 0.0
    mark_right: float = 0.0
    mark_color: Color = RED
    mark_font: str = TITLE
    number: str = "青水发〔2030〕7号"
    number_lines: float = 2.0
    red_gap: float = 4.0
    red_length: float = 156.0
    red_color: Color = RED
    title: tuple[str, ...] = ("青岚市水务局关于开展", "河道整治专项检查的通知")
    title_lines: float = 2.0
    title_right: float = 0.0
    title_size: float = 22.0
    recipients: str = "各区水务局："
    recipients_lines: float = 1.0
    indent: float = 2.0
    part: str = "一、总体要求"
    part_font: str = HEI
    clause_font: str = KAI
    text_font: str = FANG
    text_size: float = 16.0
    text_color: Color = BLACK
    first_of_turn: str = "各"
    """The first character of a line in the middle of a paragraph."""
    last_of_turn: str = "送"
    notes_indent: float = 2.0
    note_entries: tuple[str, ...] = ("检查安排表",)
    date: str = "2030年3月1日"
    date_right: float = 4.0
    date_alone: bool = False
    attachment_line: float = 1.0
    attachment_font: str = HEI
    attachment_title: str = "检查安排表"
    attachment_title_line: float = 3.0
    imprint_weights: tuple[float, float, float] = (0.35, 0.25, 0.35)
    imprint_bottom: float = 262.0
    imprint_width: float = 156.0
    copies: str = "抄送：市财政局，市审计局。"
    printed: str = "2030年3月2日印发"
    number_gap: float = 7.0
    swapped: bool = False
    """Page numbers on the other side."""
    number_font: str = SONG
    number_dashes: str = "—"
    landscape_foot: bool = False
    """The number of the sideways page at its foot."""
    landscape_right: bool = False
    """The sideways page bound so that the table's head is on the wrong side."""
    odd_imprint: bool = False
    blank_before_imprint: bool = False
    blank_numbered: bool = False

    # -- measures

    def x(self, characters: float) -> float:
        """How far right so many characters begin."""
        return self.left + characters * self.character

    @property
    def right(self) -> float:
        """The right edge of the 版心."""
        return self.left + 28 * self.character

    def baseline(self, line: float, size: float = 16.0) -> float:
        """Where characters of a size stand on a line, counted from 1."""
        em = 16.0 / MM
        middle = self.top + em / 2 + (line - 1) * self.pitch
        return middle + 0.38 * size / MM


def notice(given: Notice) -> bytes:
    """The notice as PDF: three pages of text, two of a sideways table, the 版记 on page 6."""
    sheets = [Sheet(), Sheet(), Sheet(), Sheet(297.0, 210.0), Sheet(297.0, 210.0), Sheet()]
    _head(sheets[0], given)
    _first_text(sheets[0], given)
    for line in range(1, given.lines + 1):
        _text(sheets[1], given, full(line), line)
    _last_text(sheets[2], given)
    _attachment(sheets[3], given)
    _table(sheets[4])
    if given.blank_before_imprint:
        sheets[5:] = [_rest(given), Sheet(), Sheet()]
    elif given.odd_imprint:
        sheets[5:] = [_rest(given), _rest(given)]
    else:
        sheets[5:] = [_rest(given)]
    _imprint(sheets[-1], given)
    for index, sheet in enumerate(sheets, 1):
        _page_number(sheet, given, index, len(sheets))
    return written(sheets)


def followed_by(given: Notice, *sheets: Sheet) -> bytes:
    """The notice without its attachment, and after it an even number of sheets of another text.

    The 版记 stands on the last.
    """
    pages = [Sheet(), Sheet(), *sheets]
    _head(pages[0], given)
    _first_text(pages[0], given)
    _last_text(pages[1], given)
    _imprint(pages[-1], given)
    for index, sheet in enumerate(pages, 1):
        if sheet.is_numbered:
            _page_number(sheet, given, index, len(pages))
    return written(pages)


def _rest(given: Notice) -> Sheet:
    """A page on which the attachment goes on in words."""
    sheet = Sheet()
    _text(sheet, given, "以上安排由各区具体实施。", 1, given.indent)
    return sheet


def _head(sheet: Sheet, given: Notice) -> None:
    sheet.text("000012", given.left, given.baseline(1))
    sheet.text("机密★1年", given.left, given.baseline(2), font=HEI)
    sheet.text("特急", given.left, given.baseline(3), font=HEI)
    size = 50.0
    em = size / MM
    top = given.top + 35 + given.mark_lower
    centre = given.left + 14 * given.character
    mark = "青岚市水务局文件"
    sheet.text(
        mark,
        centre - len(mark) * em / 2 + given.mark_right,
        top + INK_ABOVE * em,
        font=given.mark_font,
        size=size,
        color=given.mark_color,
    )
    em3 = 16 / MM
    number_top = (
        top + (INK_ABOVE + 0.12) * em + given.number_lines * given.pitch + (given.pitch - em3) / 2
    )
    width = sum(1.0 if ord(one) > 255 else 0.5 for one in given.number) * em3
    sheet.text(given.number, centre - width / 2, number_top + 0.88 * em3)
    rule = number_top + em3 + given.red_gap + 0.25
    sheet.line(given.left, given.left + given.red_length, rule, 0.5, given.red_color)
    _title(sheet, given, rule, centre)


def _title(sheet: Sheet, given: Notice, rule: float, centre: float) -> None:
    em = given.title_size / MM
    down = rule + given.title_lines * given.pitch + (given.pitch - em) / 2
    for words in given.title:
        x = centre - len(words) * em / 2 + given.title_right
        sheet.text(words, x, down + 0.88 * em, font=TITLE, size=given.title_size)
        down += given.pitch
    middle = down - given.pitch + em / 2 + (given.recipients_lines + 1) * given.pitch
    sheet.text(given.recipients, given.left, middle + 0.38 * 16 / MM, pitch=given.character)


def _text(sheet: Sheet, given: Notice, words: str, line: float, indent: float = 0.0) -> None:
    sheet.text(
        words,
        given.x(indent),
        given.baseline(line, given.text_size),
        font=given.text_font,
        size=given.text_size,
        color=given.text_color,
        pitch=given.character,
    )


def _first_text(sheet: Sheet, given: Notice) -> None:
    """The text's first lines: as many as find room above the lower edge."""
    start = 18
    _text(sheet, given, full(start)[2:], start, given.indent)
    for line in range(start + 1, given.lines + 1):
        words = full(line)
        if line == start + 1:
            words = given.first_of_turn + words[1:-1] + given.last_of_turn
        _text(sheet, given, words, line)


def _last_text(sheet: Sheet, given: Notice) -> None:
    """The text goes on and ends; notes and signature, which may stand alone."""
    if given.date_alone:
        _signature(sheet, given, 3)
        return
    _text(sheet, given, "各区要抓紧落实。", 1)
    sheet.text(given.part, given.x(2), given.baseline(2), font=given.part_font)
    sheet.text("（一）压实责任。", given.x(2), given.baseline(3), font=given.clause_font)
    _text(sheet, given, "市局每月通报进展", 3, 10)
    sheet.text("1.明确分工", given.x(2), given.baseline(4), font=FANG)
    sheet.text("附件：" + given.note_entries[0], given.x(given.notes_indent), given.baseline(6))
    for index, words in enumerate(given.note_entries[1:], 1):
        sheet.text(words, given.x(given.notes_indent + 3), given.baseline(6 + index))
    _signature(sheet, given, 9)
    sheet.text("（此件公开发布）", given.x(2), given.baseline(11))


def _signature(sheet: Sheet, given: Notice, line: int) -> None:
    em = 16 / MM
    width = sum(1.0 if ord(one) > 255 else 0.5 for one in given.date) * em
    left = given.right - given.date_right * given.character - width
    sheet.text(given.date, left, given.baseline(line + 1))
    name = "青岚市水务局"
    sheet.text(name, left + width / 2 - len(name) * em / 2, given.baseline(line))


def _attachment(sheet: Sheet, given: Notice) -> None:
    """A page turned sideways: its 版心 is 35 to 260 mm across and 28 to 184 mm down."""
    em, em2 = 16 / MM, 22 / MM
    top = 28 + (given.attachment_line - 1) * given.pitch
    sheet.text("附件", 35, top + 0.88 * em, font=given.attachment_font)
    title_middle = top + em / 2 + (given.attachment_title_line - 1) * given.pitch
    left = 147.5 - len(given.attachment_title) * em2 / 2
    sheet.text(given.attachment_title, left, title_middle + 0.38 * em2, font=TITLE, size=22.0)
    _table(sheet)


def _table(sheet: Sheet) -> None:
    for y in (66, 76, 86):
        sheet.line(35, 260, y, 0.2)
    for x in (35, 80, 150, 260):
        sheet.upright(x, 66, 86)
    for x, words in ((40, "序号"), (90, "任务"), (160, "时限")):
        sheet.text(words, x, 73, font=HEI, size=12.0)


def _imprint(sheet: Sheet, given: Notice) -> None:
    outer, inner, last = given.imprint_weights
    bottom, left = given.imprint_bottom, given.left
    rows = (bottom - 17, bottom - 8.5, bottom)
    for y, weight in zip(rows, (outer, inner, last), strict=True):
        sheet.line(left, left + given.imprint_width, y - weight / 2, weight)
    em = 14 / MM
    sheet.text(given.copies, left + em, rows[1] - 2.5, size=14.0)
    sheet.text("青岚市水务局办公室", left + em, rows[2] - 2.5, size=14.0)
    width = sum(1.0 if ord(one) > 255 else 0.5 for one in given.printed) * em
    sheet.text(given.printed, given.right - em - width, rows[2] - 2.5, size=14.0)


def _page_number(sheet: Sheet, given: Notice, number: int, count: int) -> None:
    if given.blank_before_imprint and number > count - 2 and not given.blank_numbered:
        return
    em = 14 / MM
    words = f"{given.number_dashes}{number}{given.number_dashes}"
    width = sum(1.0 if ord(one) > 255 else 0.5 for one in words) * em
    odd = bool(number % 2) is not given.swapped
    # A dash is drawn 0.38 em above the baseline, in the middle of its em box.
    below = given.number_gap + 0.38 * em
    font = given.number_font
    if sheet.width < sheet.height:
        x = given.right - em - width if odd else given.left + em
        sheet.text(words, x, 262 + below, font=font, size=14.0)
    elif given.landscape_foot:
        sheet.text(words, 260 - em - width, 184 + below, font=font, size=14.0)
    else:
        y = 184 - em - width if odd else 28 + em
        x = 262 + given.number_gap - 0.38 * em if given.landscape_right else 35 - below
        sheet.text(words, x, y, font=font, size=14.0, down=True)
