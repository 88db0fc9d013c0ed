"""What is wrong in a source → a finding: a function for each kind, its docstring the page."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.diagnostics import Finding, Severity
from publisher.model import LevelForm, Place


def _error(name: str, place: Place, message: str, hint: str) -> Finding:
    return Finding(name, Severity.ERROR, place, message, hint)


def _review(name: str, place: Place, message: str, hint: str) -> Finding:
    return Finding(name, Severity.REVIEW, place, message, hint)


_SHOWN = 50
"""Of what may be written, how much is told."""


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process

    choices = list(known)
    if not choices:
        return ""
    alike = process.extract_iter(word, choices, scorer=fuzz.ratio, score_cutoff=40)
    close = max(alike, key=lambda likeness: (likeness[1], likeness[0]), default=None)
    shown = "、".join(choices[:_SHOWN]) + "……" * (len(choices) > _SHOWN)
    return f"是否想写“{close[0]}”？" if close else f"可用的有：{shown}。"


def missing_file(place: Place, path: str) -> Finding:
    """A file that the content names, or that a document needs, is not there.

    Put the file there, or mend its name where it is mentioned.
    """
    return _error(
        "missing_file", place, f"找不到文件“{path}”", "请把文件放到该处，或改正提到它的文件名。"
    )


def unusable_name(place: Place, name: str, why: str) -> Finding:
    """The folder of a document has a name that the program itself uses, or that cannot be shown.

    Its files and the program's own would take each other's place in `build/`. Names that begin with
    a dot, and `diff`, `public`, `office`, `take-back`, `import` and `index.html` are the program's.
    """
    return _error(
        "unusable_name",
        place,
        f"公文的文件夹不能叫“{name}”，这个名称{why}",
        "请给公文的文件夹换一个名称。",
    )


def unreadable_file(place: Place, path: str, why: str) -> Finding:
    """A file is there and cannot be read: it is a folder, a pipe or a device, or not ours to read.

    Only regular files are read. Put the file itself there, or mend its permissions.
    """
    return _error(
        "unreadable_file",
        place,
        f"“{path}”{why}，没有读取",
        "请换成文件本身，并检查它的权限；不用的，请删去提到它的地方。",
    )


def beyond_limit(place: Place, what: str, most: str, advice: str) -> Finding:
    """Something is larger than any official document needs; it is left out, and not looked at.

    A file, a paragraph, a table, a cell or their number goes beyond what the program takes, so that
    nothing can keep it busy for ever. `docs/writing.md` lists the limits (限度). Divide it.
    """
    return _error("beyond_limit", place, f"{what}超出限度：最多 {most}，没有读取", advice)


def unused_file(place: Place, name: str) -> Finding:
    """A text, table, picture or finished file lies in the document's folder, and nothing names it.

    It is not printed. Name it under 印发件 or 附件, or take it out of the folder. Only files right
    beside `document.md` are looked at, of the types that a document may have.
    """
    return _review(
        "unused_file",
        place,
        f"公文没有提到“{name}”，它不会印出",
        "请写进“印发件”或“附件”，或在正文里写明（图片、表格）；不用的，请移出本文件夹。",
    )


def outside_file(place: Place, path: str) -> Finding:
    """A file name, or a link that lies there, leads out of the folder.

    A document is complete in its folder, and a bureau in its content; copy the file there.
    """
    return _error(
        "outside_file",
        place,
        f"“{path}”不在本文件夹之内，没有读取",
        "请把该文件复制到本文件夹，不用链接。",
    )


_OTHER_PICTURES = (".gif", ".bmp", ".tif", ".tiff", ".webp", ".wmf", ".emf", ".heic")


def unknown_attachment_type(place: Place, path: str) -> Finding:
    """A file is of a type that cannot be an attachment, or not be issued.

    Texts are Markdown (`.md`), tables CSV (`.csv`), pictures PNG, JPEG or SVG; finished files are
    those of Word, Excel, WPS and OpenDocument, PDF and OFD. What a document issues is a text.
    """
    return _error(
        "unknown_attachment_type", place, f"不认识“{path}”的文件类型", _other_type(path.lower())
    )


def _other_type(path: str) -> str:
    if path.endswith(_OTHER_PICTURES):
        return "图片请另存为 PNG、JPEG 或 SVG。"
    return (
        "文字请存为 .md，表格存为 .csv，图片存为 PNG、JPEG 或 SVG；"
        "附件还可以是做好的 Word、Excel、WPS、PDF、OFD 文件。"
    )


def widths_of_other_columns(place: Place, given: int, columns: int) -> Finding:
    """`列宽` gives another number of widths than the table has columns; they are not heeded.

    Give one for each column, those that cells are merged over too.
    """
    return _error(
        "widths_of_other_columns",
        place,
        f"“列宽”写了 {given} 个，表格有 {columns} 列",
        "请给每一列写一个数，被合并的列也算。",
    )


def heights_of_other_rows(place: Place, row: int, rows: int) -> Finding:
    """`行高` names a row that the table has not; rows of a head are not counted."""
    return _error(
        "heights_of_other_rows",
        place,
        f"“行高”写了第 {row} 行，表格有 {rows} 行",
        "行从 1 数起，表头不算；0 是没有另写的各行。",
    )


def picture_without_words(place: Place, name: str) -> Finding:
    """A picture does not say what it shows.

    Who cannot see it, or hears the page read, learns nothing of it (GB/T 37668-2019, 非文本内容).
    Write what it shows between the brackets `![…]`, or, of an attachment, as `替代文字`.
    """
    return _error(
        "picture_without_words",
        place,
        f"图片“{name}”没有说明画的是什么",
        "请用一两句话写出图的内容（正文里写在 ![ ] 的方括号内，附件写“替代文字”）。",
    )


def picture_inside_paragraph(place: Place) -> Finding:
    """A picture stands among words; it is printed by itself, between paragraphs.

    Put it on a line of its own, with an empty line above and below it.
    """
    return _error(
        "picture_inside_paragraph",
        place,
        "图片写在了文字中间",
        "图片单独写一行，上下各空一行。",
    )


def unknown_picture_type(place: Place, name: str) -> Finding:
    """A picture in a text is neither PNG, JPEG nor SVG, by its name or by what it holds."""
    return _error(
        "unknown_picture_type",
        place,
        f"不能用“{name}”作图片",
        "图片请另存为 PNG、JPEG 或 SVG；做好的文件只能作附件。",
    )


def broken_picture(place: Place, name: str, why: str) -> Finding:
    """A picture cannot be read: it is damaged or cut off, or says nothing of its size."""
    return _error(
        "broken_picture", place, f"图片“{name}”读不出来：{why}", "请重新导出，或另存为 PNG。"
    )


def undrawn_picture(place: Place, words: str) -> Finding:
    """A picture was read, but what sets the PDF cannot draw it; the document is not published.

    Drawings may hold more than SVG viewers agree on. Save it as PNG, or as a simpler SVG.
    """
    return _error("undrawn_picture", place, words, "请另存为 PNG，或改成更简单的 SVG。")


def stripped_drawing(place: Place, name: str, what: str) -> Finding:
    """An SVG holds what no document may carry: scripts, or what leads to another file or address.

    It is left out. Look at the picture that is printed: something may be missing in it.
    """
    return _review(
        "stripped_drawing",
        place,
        f"图形“{name}”里的{what}已去掉",
        "请核对印出的图是否完整；需要的图片请嵌入后重新导出。",
    )


def broken_attachment(place: Place, name: str, why: str) -> Finding:
    """A finished file cannot be read as what its name says it is.

    Who opens it in its program will see an error, or is asked for a password. Save or export it
    again, without a password and without what forbids to change or print it.
    """
    hint = "请用原来的程序打开，有密码或权限限制的去掉，重新保存。"
    return _error("broken_attachment", place, f"“{name}”{why}", hint)


def unreadable_encoding(place: Place) -> Finding:
    """A file is neither UTF-8, UTF-16 with a byte order mark, nor GB 18030.

    Open it in its program and save it again as UTF-8.
    """
    return _error(
        "unreadable_encoding",
        place,
        "认不出文件的编码",
        "请用 WPS 或记事本打开，另存为 UTF-8 编码。",
    )


def other_encoding(place: Place, encoding: str) -> Finding:
    """A file is not UTF-8; it was read as the encoding named, which is a guess.

    Look whether the text is right, and save it as UTF-8.
    """
    return _review(
        "other_encoding",
        place,
        f"文件不是 UTF-8 编码，已按 {encoding} 读取",
        "请核对文字是否正确，并另存为 UTF-8。",
    )


def control_character(place: Place, character: str) -> Finding:
    """The text holds a character that no document can hold: a control character or half a pair.

    It is shown as `�`; delete it in the source.
    """
    return _error(
        "control_character",
        place,
        f"有不可打印的控制字符 U+{ord(character):04X}",
        "请删去这个字符（输出中以“�”显示）。",
    )


def lost_character(place: Place, character: str) -> Finding:
    """A character was lost when the file was saved or sent: its bytes are broken, or it is a `�`.

    Look it up in the original, write it again and save as UTF-8.
    """
    return _error(
        "lost_character",
        place,
        f"此处有损坏的字符（以“{character}”显示）",
        "请对照原文补上这个字，并另存为 UTF-8。",
    )


def private_character(place: Place, character: str) -> Finding:
    """A character of a private area (造字区), as old input methods made for rare names.

    Other computers show a box for it; most rare characters have a standard code by now.
    """
    return _review(
        "private_character",
        place,
        f"有造字区的字符 U+{ord(character):04X}，别的电脑上显示不出来",
        "请用新的输入法重新输入这个生僻字。",
    )


def invisible_character(place: Place, character: str) -> Finding:
    """The text holds a character that cannot be seen, such as a zero-width space.

    It is kept; it usually comes from copying, and hides words from searching.
    """
    return _review(
        "invisible_character",
        place,
        f"有看不见的字符 U+{ord(character):04X}",
        "多为复制网页时带入，请删去。",
    )


def missing_front_matter(place: Place) -> Finding:
    """A `document.md` does not begin with front matter between two lines `---`.

    Without it neither kind nor title is known.
    """
    return _error(
        "missing_front_matter",
        place,
        "文件开头没有两行“---”之间的文件信息",
        "请在第一行写“---”，逐行写明文种、标题等，再以“---”结束；可用 publisher new 生成样例。",
    )


def broken_yaml(place: Place, problem: str) -> Finding:
    """Front matter or `bureau.yaml` is not YAML at the place named.

    Often a missing blank after the colon, or a colon inside a value that is not quoted.
    """
    return _error(
        "broken_yaml",
        place,
        f"此处不合 YAML 格式（{problem}）",
        "请检查：冒号用半角并在后面空一格；缩进用空格；值中有特殊符号时加引号。",
    )


def doubled_key(place: Place, key: str) -> Finding:
    """A key stands twice in one mapping; the first is used.

    Delete one of the two.
    """
    return _error("doubled_key", place, f"“{key}”写了两次", "请只保留一处。")


def unknown_key(place: Place, key: str, known: Iterable[str]) -> Finding:
    """A key that the program does not know.

    Keys are the standard's names of the elements; `docs/writing.md` lists them.
    """
    return _error("unknown_key", place, f"不认识“{key}”这一项", _did_you_mean(key, known))


def missing_key(place: Place, key: str) -> Finding:
    """An entry lacks a key that it must have.

    Add the key below the place named.
    """
    return _error(
        "missing_key", place, f"缺少“{key}”", f"请补写“{key}：……”一行。".replace("：", ": ")
    )


def wrong_value(place: Place, key: str, value: str, expected: str) -> Finding:
    """A key has a value of the wrong form: a date that is none, a kind that does not exist.

    The hint says what is expected; the value is left out until it is mended.
    """
    return _error("wrong_value", place, f"“{key}”的值“{value}”不对", expected)


def unknown_organ(place: Place, name: str, known: Iterable[str]) -> Finding:
    """An issuing organ that `bureau.yaml` does not name.

    Mend the name, or add the organ to 发文机关 in `bureau.yaml`.
    """
    return _error(
        "unknown_organ",
        place,
        f"bureau.yaml 中没有发文机关“{name}”",
        _did_you_mean(name, known) + "或在 bureau.yaml 的“发文机关”中补上。",
    )


def page_without_room(place: Place) -> Finding:
    """The page that `bureau.yaml` asks for (版面) leaves too little room, or its lines overlap.

    It must hold ten characters across and eight lines, which are at least as high as a character.
    """
    return _error(
        "page_without_room",
        place,
        "“版面”给出的边距和行距排不下文字",
        "请改小边距；行距不能小于3号字的高度。不写“版面”时按 GB/T 33476。",
    )


def unknown_rule(place: Place, rule: str) -> Finding:
    """`accepted.yaml` accepts the breach of a rule that there is not.

    The names of the rules stand in docs/rules.md, and beside each breach that is told.
    """
    return _error(
        "unknown_rule",
        place,
        f"“接受条款”中没有叫做 {rule} 的条款",
        "请照生成时列出的条款名称填写，如 head_margin。",
    )


def open_comment(place: Place, author: str, words: str) -> Finding:
    """A comment that somebody made on the document has no answer yet.

    `comments.yaml` keeps the comments of files that came back. Do what it asks, or say why not, and
    write that as its 答复.
    """
    return _review(
        "open_comment",
        place,
        f"{author}的批注还没有答复：{words}",
        "办好以后，在这一条里写“答复”；不采纳的，写明为什么。",
    )


def html_as_text(place: Place, markup: str) -> Finding:
    """The text holds an HTML tag; it is printed as it stands.

    Content is text: delete the tag unless readers shall see it.
    """
    return _review(
        "html_as_text",
        place,
        f"HTML 标记“{markup}”将按文字原样印出",
        "如不是要给读者看的文字，请删去。",
    )


def template_as_text(place: Place, markup: str) -> Finding:
    """The text holds template brackets such as `{{ }}`; they are printed as they stand.

    Nothing in content is ever run; fill the place in by hand.
    """
    return _review(
        "template_as_text",
        place,
        f"模板标记“{markup}”将按文字原样印出",
        "内容中的标记不会被替换，请直接写出文字。",
    )


def unsupported_markdown(place: Place, what: str, advice: str = "") -> Finding:
    """Markdown that official documents have no use for, or that cannot be set yet.

    Bullets, quotations, code and lines have other forms here. It is kept as text, marks and all;
    the hint says what to write instead. Of a list of several lines the first is told.
    """
    return _review(
        "unsupported_markdown",
        place,
        f"不支持{what}的写法，已按文字保留",
        advice or "层次用 # 至 ####（不写序号），表格用竖线写，或另存为 .csv。",
    )


def leading_blanks(place: Place, count: int, *, joins: bool) -> Finding:
    """Wide blanks before a line are not printed: the line moves to where a paragraph's lines are.

    A line that begins with them below another, without an empty line between, is joined to that
    one: leave a line empty where a paragraph shall begin. More of them than the two that every
    paragraph is given are left out, so that names do not stand below one another as they were
    typed: lists of names cannot be aligned yet. The first of each kind in a file is told.
    """
    how_many = f"（共 {count} 行）" if count > 1 else ""
    if joins:
        return _review(
            "leading_blanks",
            place,
            f"这一行以全角空格开头，前面没有空行，会与上一行连成一段{how_many}",
            "要另起一段的，请在前面空一行；段首的两格由程序缩进。",
        )
    return _review(
        "leading_blanks",
        place,
        f"段首的全角空格不印出，这一行不会与上面对齐{how_many}",
        "名单请写成：“组长”独占一行，下面每人一行写“: 姓名　职务”，由程序对齐；"
        "别的请存为 .csv 附件。",
    )


def heading_without_space(place: Place) -> Finding:
    """A line begins with `#` but no blank follows, so it is a paragraph.

    Put a blank after the last `#`.
    """
    return _review(
        "heading_without_space", place, "“#”后面没有空格，未作标题", "如是标题，请在“#”后空一格。"
    )


def deep_heading(place: Place, level: int, most: int) -> Finding:
    """A heading is deeper than the text has levels; it is set as the deepest.

    The standard has four levels; 层次 in the front matter may name others.
    """
    return _error(
        "deep_heading",
        place,
        f"第 {level} 级标题超出了本文的 {most} 个层次",
        "请减少“#”，或在文件信息的“层次”中写明更多层次。",
    )


def empty_heading(place: Place) -> Finding:
    """A line of `#` without words.

    Write the heading, or delete the line.
    """
    return _error("empty_heading", place, "标题没有文字", "请写上标题，或删去这一行。")


def wrong_identifier(place: Place, identifier: str) -> Finding:
    """A heading's `{#id}` is not a letter followed by letters, digits and hyphens.

    It becomes part of an address; the heading gets one from its words meanwhile.
    """
    return _error(
        "wrong_identifier",
        place,
        f"标识“{identifier}”不合要求",
        "请以字母开头，只用字母、数字和连字符，如 {#aging}。",
    )


def deep_attachment(place: Place) -> Finding:
    """An attachment names attachments of its own that lie deeper than can be printed.

    A text that a document issues may have attachments, and each of those too; no deeper. A file
    that names itself is meant too. Name them in the text above, or in the document itself.
    """
    return _error(
        "deep_attachment",
        place,
        "附件的附件层次太深，没有读取",
        "印发件可以有附件，附件还可以有附件，不能再多：请写到上一层文件的“附件”里。",
    )


def comma_behind_name(place: Place, words: str) -> Finding:
    """A comma stands between a name and its office in a list of names, where a blank belongs.

    The two are printed in one, comma and all, and do not stand below those of the other lines.
    """
    return _review(
        "comma_behind_name",
        place,
        f"“{words}”的姓名后面是逗号，姓名和职务不会分开对齐",
        "请把姓名后面的逗号改成空格。",
    )


def levels_twice(place: Place, file: str) -> Finding:
    """层次 of a text is given where it is named and at its own head, and the two differ.

    Which was meant cannot be known. Keep one of them.
    """
    return _error(
        "levels_twice",
        place,
        f"“{file}”的层次写了两处，而且不一样",
        "请只留一处：这里的，或者这个文件开头的。",
    )


def continuous_without_level(place: Place, form: str, levels: Iterable[LevelForm]) -> Finding:
    """连续编号 names a form that the text does not have, so nothing goes on.

    Write the form as 层次 has it, or add it there.
    """
    return _error(
        "continuous_without_level",
        place,
        f"“连续编号”写了“{form}”，这个文本没有这样的层次",
        f"请改成层次里有的：{'、'.join(level.value for level in levels)}；或者在“层次”里补上。",
    )


def unknown_mark(place: Place, mark: str, known: str) -> Finding:
    """The braces behind a heading hold a mark that means nothing.

    `{.独行}` lets a heading that ends in 。 stand alone; there is no other.
    """
    return _error(
        "unknown_mark", place, f"不认识标记“{mark}”", f"可用的有：{{{known}}}（标题独占一行）。"
    )


def note_without_text(place: Place, mark: str) -> Finding:
    """The mark of a note stands in the text, and no note has its name.

    Write the note in a paragraph of its own: `[^1]: its words`. The mark is kept as text.
    """
    return _error(
        "note_without_text",
        place,
        f"“{mark}”没有对应的注",
        f"请另起一段写注的文字，以“{mark}: ”开头；要印方括号的，写成 \\[。",
    )


def note_in_note(place: Place, mark: str) -> Finding:
    """The mark of a note stands in a note, which cannot have notes of its own.

    Say it in the note itself. The mark is kept as text.
    """
    return _error(
        "note_in_note", place, f"注里写了“{mark}”，注不能再有注", "请把那条注的意思写进这条注里。"
    )


def repeated_note(place: Place, mark: str) -> Finding:
    """The mark of a note stands in the text again; a note has one mark and one number.

    Keep one of the marks, and say in words where else the note is meant. The mark is kept as text.
    """
    return _error(
        "repeated_note",
        place,
        f"“{mark}”引用了不止一次，一条注只能有一个序号",
        "请只留一处，另一处改写文字，如“同上注”。",
    )


def number_inside_paragraph(place: Place, count: int) -> Finding:
    """A line begins with a number as 一、 or （1）, and goes on with the paragraph above it.

    Lines without an empty one between are one paragraph, as text that is pasted line by line shows.
    Leave a line empty before it; write headings with `#` and items with `1. `, without the number.
    The first in a file is told.
    """
    how_many = f"（共 {count} 行）" if count > 1 else ""
    return _review(
        "number_inside_paragraph",
        place,
        f"这一行以序号开头，前面没有空行，会与上一行连成一段{how_many}",
        "要另起一段的，请在前面空一行；标题写“#”，条目写“1. ”，都不写序号。",
    )


def unused_note(place: Place, name: str) -> Finding:
    """A note is written, and its mark stands nowhere in the text, so it is not printed.

    Put its mark behind the words that it is about, or delete it.
    """
    return _error(
        "unused_note",
        place,
        f"正文中没有“[^{name}]”，这条注没有地方印",
        f"请在所注的文字后面写“[^{name}]”；不用的，请删去这条注。",
    )


def doubled_note(place: Place, name: str) -> Finding:
    """Two notes of a text have the same name; their words would be joined.

    Give one of them another name, and use it in its mark.
    """
    return _error("doubled_note", place, f"“[^{name}]”写了两条注", "请改用不同的名称。")


def item_counted_otherwise(place: Place, typed: int, count: int) -> Finding:
    """The mark of an item does not count on, as `1.`, `2.`, `4.`; numbers are given in order.

    Any mark stands for the number that is printed, so only the author knows whether one is missing.
    Numbering goes on after a paragraph between items and begins anew below a heading. Number the
    marks in order, or write `1.` before each.
    """
    return _review(
        "item_counted_otherwise",
        place,
        f"条目写的是“{typed}.”，印出来是这一列的第 {count} 项",
        "序号由程序统一编排，中间隔了段落也接着编：请核对是否漏了条目；没有漏的，把行首的数字改成连续的，"
        "或者都写“1.”。",
    )


def unsafe_link(place: Place, target: str) -> Finding:
    """A link does not lead to an http, https or mailto address; only its words are kept.

    Write the whole address.
    """
    return _error(
        "unsafe_link",
        place,
        f"链接地址“{target}”不能使用，只保留了文字",
        "请写完整的 http、https 或 mailto 地址。",
    )


def empty_table(place: Place) -> Finding:
    """A table without a header line: of what stands in its rows nothing is printed.

    Its first line names the columns; a form that has no header says so (`表头: 0`).
    """
    return _error(
        "empty_table",
        place,
        "表格是空的，或者第一行没有写各列的名称，整张表不会印出",
        "第一行请写各列的名称；没有表头的填写表，请写“表头: 0”。",
    )


def title_above_header(place: Place) -> Finding:
    """The table's header stands below other rows, as in a sheet with a title above the table.

    The rows above it are not printed; the title belongs to the front matter. Delete them.
    """
    return _error(
        "title_above_header",
        place,
        "表头上面还有别的行",
        "请删去表头以上的行；标题写在附件的“标题”里。",
    )


def missing_column(place: Place, name: str) -> Finding:
    """A column that the front matter declares is not in the table; its cells are empty.

    Mend the table's header, or its 列. Where the head has several rows, a column is called by all
    that stands above it, joined by `/`.
    """
    return _error(
        "missing_column",
        place,
        f"表头缺少“{name}”列",
        "请补上这一列，或改正“列”中的名称；表头有几行的，写成“上一行/下一行”。",
    )


def doubled_column(place: Place, name: str) -> Finding:
    """A column stands twice in the table's header; the first is used.

    Rename or delete one of the two.
    """
    return _error("doubled_column", place, f"表头中“{name}”列出现了两次", "请改名或删去其中一列。")


def unknown_column(place: Place, name: str, known: Iterable[str]) -> Finding:
    """The table has a column that the front matter does not declare; it is not printed.

    Declare it under 列 with what it holds, or delete it.
    """
    return _error(
        "unknown_column",
        place,
        f"附件的“列”中没有写“{name}”列，该列不会印出",
        _did_you_mean(name, known) + "或在“列”中补上。",
    )


def unnamed_column(place: Place) -> Finding:
    """A column holds words and the header does not name it; it is not printed.

    Name it in the header, or delete it.
    """
    return _error(
        "unnamed_column",
        place,
        "这一列有内容而表头没有名称，该列不会印出",
        "请在表头写上这一列的名称，或删去这一列。",
    )


def broken_merge(place: Place, sign: str) -> Finding:
    """A cell says that it is one with its neighbour, and together they make no rectangle.

    `<` is one with the cell on its left, `^` with the one above it, and what is one must be as wide
    in each of its rows; neither may stand where there is no neighbour. It is kept as an empty cell.
    A cell that holds the sign itself is written with a backslash before it.
    """
    side = "左边" if sign == "<" else "上面"
    return _error(
        "broken_merge",
        place,
        f"“{sign}”与{side}一格合并，合起来不是一个完整的长方形",
        f"请核对相邻各格的“<”“^”；要印“{sign}”本身的，写成 \\{sign}。",
    )


def table_without_rule(place: Place) -> Finding:
    """A table in the text has no line of hyphens below its head.

    Write `|---|---|` below the rows of the head; without it the first row is the head. An empty
    line ends a table: what goes on below it is read as another one, and has none.
    """
    return _error(
        "table_without_rule",
        place,
        "表格没有分隔表头的一行",
        "请在表头下面写一行 |---|---|；接着上一张表的，请删去中间的空行。",
    )


def unended_table_keys(place: Place) -> Finding:
    """What is said of a table begins with `{` and has no `}` at the end of a line.

    Write it as `{单位: 万元, 注: 数据来自年报}` right below the table, on one line or several.
    """
    return _error("unended_table_keys", place, "表格下面的“{”没有写完", "请在这一段的末尾写上“}”。")


def ragged_row(place: Place, cells: int, columns: int) -> Finding:
    """A row has fewer or more cells than the header has columns.

    Often a comma inside a cell of a CSV that is not quoted, or a bar inside one of a table of bars;
    the cells that fit are kept.
    """
    return _error(
        "ragged_row",
        place,
        f"本行有 {cells} 格，表头有 {columns} 列",
        "请补齐或删去多余的格；CSV 格内有逗号的整格加双引号，用竖线的表格格内有竖线的写成 \\|。",
    )


def broken_quotes(place: Place) -> Finding:
    """A double quote in the table is not closed, so that the rest of the file is one cell.

    Rows before it are kept. Close the quote, or double it where it belongs to the text.
    """
    return _error(
        "broken_quotes",
        place,
        "双引号没有配对，此行之后未能读取",
        "请补上右引号；文字里的半角双引号要写两个。",
    )


def wrong_separator(place: Place) -> Finding:
    """The table's columns are separated by full-width commas.

    Save it as CSV from WPS or Excel, or use the half-width comma.
    """
    return _error(
        "wrong_separator", place, "各列之间用了全角逗号", "请改用半角逗号，或从 WPS 另存为 CSV。"
    )


def wrong_cell(place: Place, column: str, value: str, expected: str) -> Finding:
    """A cell does not have the form that its column asks for; it is kept as it is.

    A 序号 is digits; the cell of a group column is not empty.
    """
    what = f"“{value}”不对" if value else "是空的"
    return _error("wrong_cell", place, f"“{column}”格{what}", expected)


def ambiguous_separator(place: Place, column: str, value: str) -> Finding:
    """A cell of people or departments holds blanks or marks that may separate several.

    It is kept as one; several are separated by `；`.
    """
    return _review(
        "ambiguous_separator",
        place,
        f"“{column}”格“{value}”里是一个还是几个，无法确定",
        "几个之间请用“；”分隔；一个名称内请不要有空格或逗号。",
    )
