"""An edition → the elements that its form prints, in order, each once with its words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import ClassVar

from publisher import standard
from publisher.model import (
    Document,
    Edition,
    Form,
    Kind,
    NumberedHeading,
    RedHead,
    Seal,
    SetAttachment,
    SetFile,
    SetPicture,
    SetTable,
    SetText,
    one_line,
)
from publisher.standard import Length


class Element(Enum):
    """The elements of a document, by the standard's names, in the order in which they are read."""

    COPY_NUMBER = "份号"
    CLASSIFICATION = "密级"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNERS = "签发人"
    TITLE = "标题"
    RECIPIENTS = "主送"
    TEXT = "正文"
    NOTES = "附件说明"
    ATTENDANCE = "出席"
    SIGNATURE = "署名"
    REMARK = "附注"
    ISSUED = "印发件"
    ATTACHMENTS = "附件"
    COPIES = "抄送"
    PRINTING = "印发"


class Head(Enum):
    """How a form divides its head from what is below it."""

    RED_LINE = "发文字号 two lines below the mark, a red line below that (7.2.5, 7.2.7)"
    DOUBLE_LINE = "a double line below the mark, 发文字号 and the like under it (10.1)"
    NUMBER = "the number two lines below the mark, and no line (10.2)"


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """What one form prints, and where it differs from others."""

    template: str
    """The name of its two templates: `docx/….docx`, and the macro of `print/head.html.jinja`."""
    elements: tuple[Element, ...]
    """In order."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of document that have this form where the front matter asks for none."""
    suffixes: tuple[str, ...] = ("文件",)
    """What may follow an organ's name in the mark: what the title ends with, or the last."""
    keeps_organs_mark: bool = False
    """Whether an organ's own 发文机关标志 stands as it is, with 文件 or without (7.2.4)."""
    names_host_alone: bool = False
    """Whether the mark of a joint document names the host organ only (10.1)."""
    head: Head = Head.RED_LINE
    mark_top: Length = standard.HEAD_MARGIN + standard.MARK_TOP
    """From the paper's upper edge to the mark."""
    lines_above_mark: int = standard.HEAD_LINES
    """Kept for 份号, 密级 and 紧急程度 (7.2.1 to 7.2.3)."""
    has_imprint_lines: bool = True
    """Whether lines part the 版记 (7.4.1); the page with those of none is any (10.1)."""

    @property
    def word_template(self) -> str:
        """The file of its Word template."""
        return f"{self.template}.docx"


def _all_but(*left_out: Element) -> tuple[Element, ...]:
    return tuple(element for element in Element if element not in left_out)


FORMS = {
    Form.GENERAL: PrintedForm(
        template="official",
        elements=_all_but(Element.ATTENDANCE),
        keeps_organs_mark=True,
    ),
    Form.LETTER: PrintedForm(
        template="letter",
        elements=_all_but(Element.SIGNERS, Element.ATTENDANCE, Element.PRINTING),
        kinds=(Kind.LETTER,),
        suffixes=("",),
        names_host_alone=True,
        head=Head.DOUBLE_LINE,
        mark_top=standard.LETTER_MARK_TOP,
        lines_above_mark=0,
        has_imprint_lines=False,
    ),
    Form.ORDER: PrintedForm(
        template="order",
        elements=_all_but(Element.SIGNERS, Element.TITLE, Element.RECIPIENTS, Element.ATTENDANCE),
        kinds=(Kind.ORDER,),
        suffixes=("命令", "令"),  # 10.2 leaves both open
        head=Head.NUMBER,
        mark_top=standard.HEAD_MARGIN + standard.ORDER_MARK_TOP,
        lines_above_mark=1,
    ),
    Form.MINUTES: PrintedForm(
        template="minutes",
        elements=_all_but(),
        kinds=(Kind.MINUTES,),
        suffixes=("纪要",),
        names_host_alone=True,
    ),
}
"""GB/T 9704 7 and 10.1 to 10.3."""


def form_of(kind: Kind | None) -> Form:
    """The form of a kind where the front matter asks for none."""
    own = (form for form, entry in FORMS.items() if kind in entry.kinds)
    return next(own, Form.GENERAL)


def form_of_mark(mark: str, kind: Kind | None, *, is_organ: bool) -> Form:
    """The form that a 发文机关标志 shows; that of its kind where it shows none.

    文件 is in the mark of the general form, and the name of an organ alone in a 信函's (10.1).
    """
    if mark.endswith("文件"):
        return Form.GENERAL
    shown = next((form for suffix, form in _BY_SUFFIX if mark.endswith(suffix)), None)
    return shown or (Form.LETTER if is_organ else form_of(kind))


_BY_SUFFIX = (("令", Form.ORDER), ("纪要", Form.MINUTES))


def usual_seal(form: Form) -> Seal:
    """How a document of a form is authenticated where nothing says so: 纪要 have no seal (10.3)."""
    return Seal.UNSEALED if form is Form.MINUTES else Seal.SEALED


def printed_form(document: Document) -> PrintedForm:
    """What is told of the form of a document."""
    return FORMS[document.form]


def set_mark(document: Document) -> tuple[tuple[str, ...], str]:
    """The names of the 发文机关标志 and what stands beside them: 文件, 令 (7.2.4, 10)."""
    form = printed_form(document)
    title = one_line(document.body.title)
    suffix = next((words for words in form.suffixes if title.endswith(words)), form.suffixes[-1])
    if document.mark:
        marks = [document.mark]
    elif form.keeps_organs_mark:
        marks = [organ.mark or organ.name + suffix for organ in document.issuers]
    else:
        usual = FORMS[Form.GENERAL].suffixes[-1]
        bare = ((organ.mark or organ.name).removesuffix(usual) for organ in document.issuers)
        marks = [name if name.endswith(suffix) else name + suffix for name in bare]
    if form.names_host_alone:
        return tuple(marks[:1]), ""
    has_suffix = bool(marks) and marks[0].endswith(suffix)
    return tuple(mark.removesuffix(suffix) for mark in marks), suffix if has_suffix else ""


def mark_picture(document: Document) -> SetPicture | None:
    """The picture in place of its words: of one organ that has one for the form; a document with
    words of its own has those, and on paper with a red head already (套打) none is printed.
    """
    names, suffix = set_mark(document)
    if document.mark or len(names) != 1 or document.red_head is RedHead.PREPRINTED:
        return None
    for each in document.issuers[0].mark_pictures:
        if each.form is document.form:
            return SetPicture("", each.image, names[0] + suffix, each.name)
    return None


# -- what is printed ----------------------------------------------------------------------


class Zone(Enum):
    """The parts of a document (GB/T 9704 7.1)."""

    HEAD = "版头"
    BODY = "主体"
    FOOT = "版记"


@dataclass(frozen=True, slots=True)
class HeadLine:
    """份号, 密级和保密期限 or 紧急程度 (7.2.1 to 7.2.3)."""

    kind: ClassVar = "head_line"
    zone: ClassVar = Zone.HEAD
    element: Element
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The 发文机关标志 (7.2.4)."""

    kind: ClassVar = "mark"
    zone: ClassVar = Zone.HEAD
    names: tuple[str, ...]
    suffix: str
    picture: SetPicture | None = None
    """In place of its words, which it says."""


@dataclass(frozen=True, slots=True)
class Reference:
    """发文字号, and 签发人 beside it (7.2.5, 7.2.6)."""

    kind: ClassVar = "reference"
    zone: ClassVar = Zone.HEAD
    number: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The document's own title (7.3.1)."""

    kind: ClassVar = "title"
    zone: ClassVar = Zone.BODY
    text: SetText


@dataclass(frozen=True, slots=True)
class Subtitle:
    """题注: when and by whom it was passed, published, revised; below the title, in brackets."""

    kind: ClassVar = "subtitle"
    zone: ClassVar = Zone.BODY
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """封面 of what is issued or attached, on a page of its own before it."""

    kind: ClassVar = "cover"
    zone: ClassVar = Zone.BODY
    text: SetText
    names: tuple[str, ...]
    date: datetime.date | None


@dataclass(frozen=True, slots=True)
class Contents:
    """目录: the headings of a text with the pages on which they stand; its words begin a page."""

    kind: ClassVar = "contents"
    zone: ClassVar = Zone.BODY
    text: SetText
    headings: tuple[NumberedHeading, ...]


@dataclass(frozen=True, slots=True)
class Recipients:
    """主送机关 (7.3.2)."""

    kind: ClassVar = "recipients"
    zone: ClassVar = Zone.BODY
    organs: str

    @property
    def words(self) -> str:
        """With the colon."""
        return f"{self.organs}："


@dataclass(frozen=True, slots=True)
class Blocks:
    """The headings and paragraphs of a text (7.3.3)."""

    kind: ClassVar = "blocks"
    zone: ClassVar = Zone.BODY
    text: SetText


@dataclass(frozen=True, slots=True)
class Notes:
    """The 附件说明 of a text (7.3.4)."""

    kind: ClassVar = "notes"
    zone: ClassVar = Zone.BODY
    attachments: tuple[SetAttachment, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """出席, 请假 and 列席 of minutes (10.3)."""

    kind: ClassVar = "attendance"
    zone: ClassVar = Zone.BODY
    lists: tuple[tuple[str, str], ...]
    """Each with its label and colon."""


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期 (7.3.5)."""

    kind: ClassVar = "signature"
    zone: ClassVar = Zone.BODY
    signatories: tuple[tuple[str, ...], ...]
    """The issuers, or office and name of who stamps."""
    date: datetime.date | None
    seal: Seal


@dataclass(frozen=True, slots=True)
class Remark:
    """附注 in its brackets (7.3.6)."""

    kind: ClassVar = "remark"
    zone: ClassVar = Zone.BODY
    words: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What the document issues (印发件): its title, and what stands below it."""

    kind: ClassVar = "issued"
    zone: ClassVar = Zone.BODY
    text: SetText
    inner: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment: its label and title, and what stands below them (7.3.7)."""

    kind: ClassVar = "attached"
    zone: ClassVar = Zone.BODY
    attachment: SetAttachment
    inner: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table."""

    kind: ClassVar = "rows"
    zone: ClassVar = Zone.BODY
    attachment: SetAttachment
    table: SetTable
    """What the attachment holds."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that is an attachment."""

    kind: ClassVar = "shown"
    zone: ClassVar = Zone.BODY
    attachment: SetAttachment
    picture: SetPicture


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A finished file that is an attachment."""

    kind: ClassVar = "enclosed"
    zone: ClassVar = Zone.BODY
    attachment: SetAttachment
    file: SetFile


@dataclass(frozen=True, slots=True)
class Imprint:
    """抄送机关, and the line of 印发机关 and 印发日期 (7.4)."""

    kind: ClassVar = "imprint"
    zone: ClassVar = Zone.FOOT
    copies: tuple[str, ...]
    """Groups of organs, each on a line of its own."""
    organ: str
    date: datetime.date | None

    @property
    def copies_lines(self) -> tuple[str, ...]:
        """抄送 with 。 at the end of each group, and the label before the first."""
        return listed("抄送", self.copies)


def listed(label: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    """主送 or 抄送 as the 版记 has it (7.4.2): groups of organs below one another."""
    return tuple(f"{'' if index else f'{label}：'}{each}。" for index, each in enumerate(groups))


Printed = (
    HeadLine
    | Mark
    | Reference
    | Title
    | Subtitle
    | Cover
    | Contents
    | Recipients
    | Blocks
    | Notes
    | Attendance
    | Signature
    | Remark
    | Issued
    | Attached
    | Rows
    | Shown
    | Enclosed
    | Imprint
)


def printed(edition: Edition) -> tuple[Printed, ...]:
    """What the form of an edition prints, in order; what the document does not give is left out."""
    makers = dict.fromkeys(_MAKERS[element] for element in printed_form(edition.document).elements)
    return tuple(thing for make in makers for thing in make(edition))


def _prints(edition: Edition, element: Element) -> bool:
    return element in printed_form(edition.document).elements


def in_zones(given: tuple[Printed, ...]) -> dict[Zone, tuple[Printed, ...]]:
    """What is printed, by the parts of the document; each part is there."""
    runs = groupby(given, lambda thing: thing.zone)
    return dict.fromkeys(Zone, ()) | {zone: tuple(run) for zone, run in runs}


def _copy_number(edition: Edition) -> Iterator[Printed]:
    if number := edition.document.copy_number:
        yield HeadLine(Element.COPY_NUMBER, number.zfill(standard.COPY_NUMBER_DIGITS))


def _classification(edition: Edition) -> Iterator[Printed]:
    if words := edition.document.classification:
        yield HeadLine(Element.CLASSIFICATION, words)


def _urgency(edition: Edition) -> Iterator[Printed]:
    if words := edition.document.urgency:
        yield HeadLine(Element.URGENCY, words)


def _mark(edition: Edition) -> Iterator[Printed]:
    if edition.mark:
        yield Mark(edition.mark, edition.mark_suffix, edition.mark_picture)


def _reference(edition: Edition) -> Iterator[Printed]:
    document = edition.document
    number = document.number if _prints(edition, Element.NUMBER) else None
    signers = document.signers if _prints(edition, Element.SIGNERS) else ()
    if number or signers:
        yield Reference(number or "", signers)


def _title(edition: Edition) -> Iterator[Printed]:
    yield Title(edition.body)
    yield from _subtitle_of(edition.body)


def _recipients(edition: Edition) -> Iterator[Printed]:
    if organs := edition.document.recipients:
        yield Recipients(organs)


def _text(edition: Edition) -> Iterator[Printed]:
    yield Blocks(edition.body)


def _notes(edition: Edition) -> Iterator[Printed]:
    yield from _notes_of(edition.body)


def _notes_of(text: SetText) -> Iterator[Printed]:
    if text.attachments:
        yield Notes(text.attachments)


def _attendance(edition: Edition) -> Iterator[Printed]:
    document = edition.document
    lists = (("出席", document.present), ("请假", document.excused), ("列席", document.observers))
    given = tuple((f"{label}：", "、".join(names)) for label, names in lists if names)
    if given:
        yield Attendance(given)


def _signature(edition: Edition) -> Iterator[Printed]:
    document = edition.document
    signatories: tuple[tuple[str, ...], ...] = tuple((organ.name,) for organ in document.issuers)
    if document.seal is Seal.SIGNATURE_STAMP:
        stamped = tuple(filter(None, (document.stamp_title, document.stamp_name)))
        signatories = (stamped,) if stamped else ()
    if signatories or document.date:
        yield Signature(signatories, document.date, document.seal)


def _remark(edition: Edition) -> Iterator[Printed]:
    if words := edition.document.note:
        yield Remark(f"（{words}）")


def _issued(edition: Edition) -> Iterator[Printed]:
    for text in edition.issued:
        yield from _cover_of(text, edition)
        yield Issued(text, tuple(_inner(text)))
        yield from _attached(text, edition)


def _attachments(edition: Edition) -> Iterator[Printed]:
    yield from _attached(edition.body, edition)


def _attached(text: SetText, edition: Edition) -> Iterator[Printed]:
    """The attachments of a text, each followed by its own."""
    for attachment in text.attachments:
        match attachment.content:
            case SetTable() as table:
                yield Attached(attachment, (Rows(attachment, table),))
            case SetPicture() as picture:
                yield Attached(attachment, (Shown(attachment, picture),))
            case SetFile() as file:
                yield Attached(attachment, (Enclosed(attachment, file),))
            case SetText() as inner:
                yield from _cover_of(inner, edition)
                yield Attached(attachment, tuple(_inner(inner)))
                yield from _attached(inner, edition)


def _inner(text: SetText) -> Iterator[Printed]:
    """What stands below the title of a text inside the document: it may be a document itself.

    Nobody seals it here: it is the copy of what was sealed elsewhere (7.3.5.2).
    """
    own = text.own
    yield from _subtitle_of(text)
    yield from _contents_of(text)
    if own.recipients:
        yield Recipients(own.recipients)
    yield Blocks(text)
    yield from _notes_of(text)
    if own.signatories or own.date:
        yield Signature(tuple((name,) for name in own.signatories), own.date, Seal.UNSEALED)
    if own.remark:
        yield Remark(f"（{own.remark}）")


def _cover_of(text: SetText, edition: Edition) -> Iterator[Printed]:
    """A 封面 names who made the text, and when: as it says itself, else as the document does."""
    if text.has_cover:
        document = edition.document
        names = text.own.signatories or tuple(organ.name for organ in document.issuers)
        yield Cover(text, names, text.own.date or document.date)


def _subtitle_of(text: SetText) -> Iterator[Printed]:
    if text.subtitle:
        yield Subtitle(f"（{text.subtitle}）")


def _contents_of(text: SetText) -> Iterator[Printed]:
    if headings := text.listed_headings():
        yield Contents(text, headings)


def _imprint(edition: Edition) -> Iterator[Printed]:
    document = edition.document
    copies = document.copies if _prints(edition, Element.COPIES) else ()
    has_printing = _prints(edition, Element.PRINTING)
    organ = document.printing_organ if has_printing else None
    date = document.printing_date if has_printing else None
    if copies or organ or date:
        yield Imprint(copies, organ or "", date)


_MAKERS: dict[Element, Callable[[Edition], Iterator[Printed]]] = {
    Element.COPY_NUMBER: _copy_number,
    Element.CLASSIFICATION: _classification,
    Element.URGENCY: _urgency,
    Element.MARK: _mark,
    Element.NUMBER: _reference,
    Element.SIGNERS: _reference,
    Element.TITLE: _title,
    Element.RECIPIENTS: _recipients,
    Element.TEXT: _text,
    Element.NOTES: _notes,
    Element.ATTENDANCE: _attendance,
    Element.SIGNATURE: _signature,
    Element.REMARK: _remark,
    Element.ISSUED: _issued,
    Element.ATTACHMENTS: _attachments,
    Element.COPIES: _imprint,
    Element.PRINTING: _imprint,
}
"""What makes each element of an edition; what stands beside another is made once, with it."""
