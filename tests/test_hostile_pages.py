"""Pages that no browser saved so: handled where a browser would, else a sentence with the bound."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest

from conftest import ROOT
from publisher.verify import UnreadablePage, read_file, verify
from publisher.verify import words as verify_words
from publisher.verify.bytes import LARGEST
from publisher.verify.chain import _weight, chain
from publisher.verify.differences import change_of_marks, change_of_words
from publisher.verify.index import WordIndex
from publisher.verify.saved import read_page
from publisher.verify.stream import Stream, Stretch, stream_of

pytestmark = pytest.mark.thorough

TRUST = ROOT.parent / "shared/cases/trust/13-recursion-and-time"
END = "文章的最后一段文字。"


def read(page: str | bytes) -> list[str]:
    """The words of a page, passage by passage."""
    data = page if isinstance(page, bytes) else page.encode()
    return [one.text for one, _ in read_page(data).flow]


# -- depth --------------------------------------------------------------------------------


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<a href=x><div>"])
def test_five_hundred_levels_are_read(tags: str) -> None:
    assert read(tags * 500 + END)[-1] == END


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<table><tr><td>", "<ul><li>"])
@pytest.mark.parametrize("depth", [5_000, 100_000])
def test_more_levels_than_any_page_has_are_told(tags: str, depth: int) -> None:
    with pytest.raises(UnreadablePage, match="标签套了两千层以上"):
        read(tags * depth + END)


def test_an_archive_of_archives_is_told() -> None:
    part = b"<p>x</p>"
    for number in range(2_000):
        mark = b"b%d" % number
        head = b"Content-Type: multipart/mixed; boundary=" + mark
        part = head + b"\n\n--" + mark + b"\n" + part + b"\n--" + mark + b"--\n"
    with pytest.raises(UnreadablePage, match="套了太多层"):
        read(b"MIME-Version: 1.0\n" + part)


# -- how much -----------------------------------------------------------------------------


def test_merged_cells_without_end_are_told() -> None:
    row = "<tr>" + "<td rowspan=9999 colspan=9999>x" * 60
    with pytest.raises(UnreadablePage, match="展开以后超过 100 万格"):
        read("<table>" + row * 300 + "</table>")


def test_a_cell_reaches_no_further_than_html_allows() -> None:
    page = "<table><tr><td colspan=99999>a<td rowspan=999999999999>b<tr><td>c</table>"
    (sheet,) = read_page(page.encode()).sheets
    assert [len(row.cells) for row in sheet.rows] == [1_001, 2]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<b>x</b>" * 600_000, "标签超过 100 万个"),
        ("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x", "属性超过 5000 个"),
        ("<p " + " ".join(f"a{n}='>'" for n in range(20_000)) + ">x", "属性超过 5000 个"),
        ("<p>" + "字" * 2_000_001, "文字超过 200 万字"),
    ],
)
def test_more_than_a_page_has_is_told(page: str, told: str) -> None:
    with pytest.raises(UnreadablePage, match=told):
        read(page)


BIG: dict[str, str] = {
    "entities": f"<p>{'&amp;' * 1_000_000}<p>{END}",
    "entities that are none": f"<p>{'&nosuch;' * 200_000}<p>{END}",
    "an attribute": f'<p title="{"x" * 10_000_000}">a<p>{END}',
    "a picture in the page": f'<img src="data:image/png;base64,{"A" * 10_000_000}"><p>{END}',
    "words within quotation marks": f'<p title="{"x " * 50_000}">a<p>{END}',
    "a script": f"<script>if (a<b) {{ {'x = y; ' * 50_000} }}</script><p>{END}",
    "blanks": f"<p>{' ' * 5_000_000}<p>{END}",
    "a comment that does not end": f"<p>{END}<!-- {'x' * 1_000_000}",
    "tags that do not end": f"<p>{END}{'<a ' * 100_000}",
    "quotation marks that do not end": f"<p>{END}{'<a x=' + chr(34)}{'<b ' * 100_000}",
    "declarations": "<!DOCTYPE html>" * 10_000 + f"<p>{END}",
}


@pytest.mark.parametrize("what", BIG)
def test_much_of_what_a_browser_reads_is_read(what: str) -> None:
    assert END in read(BIG[what])


# -- what is odd --------------------------------------------------------------------------

ODD: dict[str, str | bytes] = {
    "plaintext": f"<p>a<p>{END}<plaintext>b<p>",
    "a processing instruction": f"<?php echo '<p>'; ?><p>{END}",
    "marked sections": f"<![CDATA[ x ]]><p>{END}",
    "frames": f"<frameset><frame src=x></frameset><noframes></noframes><p>{END}",
    "XML": f"<?xml version='1.0' encoding='undefined'?><html xmlns='x'><p>{END}</p></html>",
    "a namespace": f"<o:p></o:p><v:shape><p>{END}</v:shape>",
    "NUL": f"<p>{END[:3]}\0{END[3:]}\0</p>",
    "UTF-16": b"\xff\xfe" + f"<p>{END}".encode("utf-16-le"),
    "UTF-16, the other way": b"\xfe\xff" + f"<p>{END}".encode("utf-16-be"),
    "UTF-32": b"\xff\xfe\0\0" + f"<p>{END}".encode("utf-32-le"),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + f"<p>{END}".encode(),
    "control characters": f"<p>\x01\x02{END}\x7f\x1b[2J".replace("\x1b[2J", ""),
    "no tag closed": f"<html><body><div><ul><li><table><tr><td>a<p>{END}",
    "tags closed twice": f"</div></p></body></html></table><p>{END}</p></p></b>",
    "a document within a document": f"<html><body><html><head></head><body><p>{END}",
}


@pytest.mark.parametrize("what", ODD)
def test_what_a_browser_makes_sense_of_is_read(what: str) -> None:
    words = [one.replace("\ufeff", "").strip("\x01\x02\x7f") for one in read(ODD[what])]
    assert any(END in one for one in words), words


@pytest.mark.parametrize(
    "label",
    [
        "undefined",
        "utf-7",
        "idna",
        "punycode",
        "rot13",
        "zip",
        "zlib",
        "hex",
        "base64",
        "unicode_escape",
        "raw_unicode_escape",
        "uu",
        "bz2",
        "quopri",
        "mbcs",
        "oem",
        "utf-16",
        "utf-32",
        "replacement",
        "x-user-defined",
        "hz-gb-2312",
        "no-such",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_encoding_that_no_page_can_have_is_not_believed(label: str, encoding: str) -> None:
    assert read(f"<meta charset='{label}'><p>{END}".encode(encoding)) == [END]


@pytest.mark.parametrize("broken", [b"\xff\xfe\xb0", b"\xed\xa0\x80", b"\xe4"])
def test_a_few_broken_bytes_are_no_other_encoding(broken: bytes) -> None:
    page = f"<meta charset=utf-8><p>{END * 30}</p>".encode()
    assert read(page + broken)[0] == END * 30


@pytest.mark.parametrize(("label", "encoding"), [("big5", "big5"), ("Shift_JIS", "shift_jis")])
def test_an_encoding_that_browsers_know_is_believed(label: str, encoding: str) -> None:
    assert read(f"<meta charset={label}><p>最後一段文字</p>".encode(encoding)) == ["最後一段文字"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空的"),
        (b" \n", "空的"),
        (b"%PDF-1.7 <p>x", "PDF"),
        (b"PK\x03\x04<p>", "Word"),
        (b"\xd0\xcf\x11\xe0<p>", "Word"),
        (b"\x1f\x8b\x08<p>", "解压"),
        (b"bplist00<p>", "webarchive"),
        (b"\x89PNG<p>", "图片"),
    ],
)
def test_another_kind_of_file_is_told_as_what_it_is(data: bytes, told: str) -> None:
    with pytest.raises(UnreadablePage, match=told):
        read(data)


def test_only_files_of_bounded_size_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST + 1)
    places = {tmp_path: "文件夹", tmp_path / "pipe": "不是普通的文件"}
    places |= {tmp_path / "large": "文件超过 64 MB", Path("/dev/zero"): "不是普通的文件"}
    for path, told in places.items():
        with pytest.raises(UnreadablePage, match=told):
            read_file(path)
    (tmp_path / "page").write_bytes(b"<p>x")
    assert read_file(tmp_path / "page") == b"<p>x"


@pytest.mark.parametrize("name", ["deep500.html", "cs6.html"])
def test_pages_that_failed_once_are_read(name: str) -> None:
    if not TRUST.is_dir():
        pytest.skip("the shared cases are not here")
    assert read((TRUST / name).read_bytes())


# -- links --------------------------------------------------------------------------------


def links(page: str) -> list[tuple[str, str]]:
    return [(one.text, one.target) for one in read_page(page.encode()).links]


def test_a_link_leads_where_the_base_of_the_page_makes_it_lead() -> None:
    base = "<head><base href='https://www.example.cn/a/'></head>"
    assert links(f"{base}<a href='b.html'>乙</a>") == [("乙", "https://www.example.cn/a/b.html")]
    assert links("<base href='http://['><a href='b.html'>乙</a>") == [("乙", "b.html")]


def test_a_link_within_a_link_is_none() -> None:
    assert links("<a href=x>甲<div><a href=y>乙</a></div></a>")[0] == ("甲 乙", "x")


@pytest.mark.parametrize("address", ["http://[", "http://[::1", "http://a\uff03b/", "%%%"])
def test_an_address_that_is_none_is_another(address: str) -> None:
    own = b"<p><a href='https://www.example.cn/a'>\xe7\x94\xb2\xe4\xb9\x99\xe4\xb8\x99</a></p>"
    page = f"<p><a href='{address}'>甲乙丙</a></p>".encode()
    assert [one.name for one in verify("x", own, page).differences] == ["changed_link"]


# -- how the work grows -------------------------------------------------------------------


def paragraphs(*words: str) -> bytes:
    return "".join(f"<p>{one}</p>" for one in words).encode()


WORDS = [f"第{number}项工作由牵头单位按季度报送进展。" for number in range(2_000)]


@pytest.mark.parametrize(
    ("page", "count"),
    [
        (WORDS, 0),
        (WORDS[::-1], 1_999),
        (["各单位要抓好落实。"] * 2_000, 2_000),
        ([one.replace("季度", "月") for one in WORDS], 2_000),
    ],
)
def test_thousands_of_paragraphs_are_compared(page: list[str], count: int) -> None:
    result = verify("x", paragraphs(*WORDS), paragraphs(*page))
    told = [one.canonical.split("\n") for one in result.differences if one.effect.counts]
    assert sum(map(len, told)) == count


def test_paragraphs_that_are_all_alike_are_found_each_at_its_place() -> None:
    same = paragraphs(*["各单位要抓好落实。"] * 2_000)
    own, page = read_page(same).passages, stream_of(read_page(same))
    found = chain(own, page)
    assert [span.start for span in found.values()] == list(page.starts)


def heaviest(own: list[str], page: list[str]) -> int:
    """The weight of the heaviest chain, each of all chains tried."""
    words, starts = "".join(page), [0, *accumulate(map(len, page))]
    hits = [
        (number, at, at + len(one), len(one) ** 2 * (2 if {at, at + len(one)} <= {*starts} else 1))
        for number, one in enumerate(own)
        for at in range(len(words))
        if words.startswith(one, at)
    ]
    best = 0
    weights: list[int] = []
    for index, (number, start, _, weight) in enumerate(hits):
        before = [weights[n] for n in range(index) if hits[n][0] < number and hits[n][2] <= start]
        weights.append(weight + max(before, default=0))
        best = max(best, weights[-1])
    return best


@pytest.mark.parametrize("seed", range(50))
def test_the_chain_is_as_heavy_as_the_one_that_trying_all_finds(seed: int) -> None:
    some = Random(seed)
    own, page = (
        ["".join(some.choices("甲乙", k=some.randint(1, 4))) for _ in range(8)] for _ in range(2)
    )
    passages, stream = (read_page(paragraphs(*one)) for one in (own, page))
    chosen = chain(passages.passages, stream_of(stream))
    weight = sum(_weight(span, stream_of(stream)) for span in chosen.values())
    assert [*chosen] == sorted(chosen)
    # A stretch of several whole paragraphs is none to the program: it is weighed as a part.
    assert weight <= heaviest(own, page) <= 2 * weight


def test_changed_passages_are_looked_for_nearby_where_they_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is compared is bounded by the square that is given, not by that of the page."""
    asked: list[int] = []
    alike = verify_words._alike

    def counted(words: str, gap: Stretch, stream: Stream) -> object:
        asked.append(len(words) * (gap.end - gap.start))
        return alike(words, gap, stream)

    monkeypatch.setattr(verify_words, "_MOST_COMPARED", 1_000_000)
    monkeypatch.setattr(verify_words, "_alike", counted)
    verify("x", paragraphs(*WORDS[:500]), paragraphs(*(chr(0x5000 + n) * 30 for n in range(500))))
    assert sum(asked) <= 500 * 25 * verify_words._LEAST_COMPARED


def table(rows: list[tuple[str, str]]) -> bytes:
    body = "".join(f"<tr><th scope=row>{one}</th><td>{words}</td></tr>" for one, words in rows)
    return f"<table><tr><th scope=col>序号<th scope=col>任务</tr>{body}</table>".encode()


ROWS = [(str(number), WORDS[number]) for number in range(1_500)]
CHANGES: dict[str, tuple[Callable[[tuple[str, str]], tuple[str, str]], set[str]]] = {
    "nothing": (lambda row: row, set()),
    "every row": (lambda row: (row[0], row[1].replace("季度", "月")), {"changed_words"}),
    "every head": (lambda row: (f"甲{row[0]}", row[1]), {"changed_words"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_thousands_of_rows_are_compared(what: str) -> None:
    change, names = CHANGES[what]
    result = verify("x", table(ROWS), table([change(row) for row in ROWS]))
    assert {one.name for one in result.differences if one.effect.counts} == names
    assert len(result.differences) == (len(ROWS) if names else 0)


def test_words_are_found_wherever_they_stand() -> None:
    text = "甲乙丙丁戊己庚辛" * 3 + "壬癸子丑寅卯"
    places = WordIndex(text)
    for length in range(1, len(text) + 1):
        for at in range(len(text) - length + 1):
            words = text[at : at + length]
            found = [n for n in range(len(text)) if text.startswith(words, n)]
            assert places.first(words, 9) == found[:9]
            assert words in places
    assert "" not in places
    assert "甲乙丙丁戊己庚癸" not in places


def test_a_paragraph_of_any_length_is_compared() -> None:
    own = "各单位要在2025年3月1日前完成，逐级报送。" * 5_000
    change = change_of_words("段落", own, own.replace("1日", "2日"))
    assert change
    assert change.name == "changed_date"
    assert "另有 4996 处" in change.message
    marks = change_of_marks([("段落", own, own.replace("，", ","))])
    assert marks
    assert "“，”变成“,”5000 处" in marks.message


def test_marks_that_take_more_or_fewer_characters_are_told_together() -> None:
    marks = change_of_marks([("段落", "甲……乙㎡", "甲...... 乙m2")])
    assert marks
    assert "“……”变成“......”1 处" in marks.message or "“…”变成“...”2 处" in marks.message
