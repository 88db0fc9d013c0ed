"""Bytes → lines: the encodings and line ends that clerks' programs write."""

from __future__ import annotations

import pytest

from publisher.readers.source import decode

WORDS = "孟䶮、柳喆、陆堃、司徒玥参加“银龄”活动，见 100%APP。"
BYTES = {
    "UTF-8": WORDS.encode(),
    "UTF-8 with a byte order mark": WORDS.encode("utf-8-sig"),
    "UTF-16, little end first": WORDS.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + WORDS.encode("utf-16-be"),
}


@pytest.mark.parametrize("data", BYTES.values(), ids=list(BYTES))
def test_an_encoding_that_is_certain_is_read_without_a_finding(data: bytes) -> None:
    source, found = decode(data, "f")
    assert source
    assert source.lines == (WORDS,)
    assert found == []


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
def test_chinese_of_older_programs_is_read_and_said(encoding: str) -> None:
    words = "请各科室结合实际，认真贯彻落实。\n附件：1．任务分工表"
    source, found = decode(words.encode(encoding), "f")
    assert source
    assert source.text == words
    assert [one.name for one in found] == ["other_encoding"]


@pytest.mark.parametrize(
    "words",
    [
        "關於會議的通知",
        "各區、縣水務局，請結合實際認真貫徹落實。",
        "第一條　為規範河湖巡護，制定本辦法。",
        "通知",
    ],
)
def test_big5_is_not_taken_for_gb_18030(words: str) -> None:
    source, found = decode(words.encode("big5"), "f")
    assert source is None
    assert [one.name for one in found] == ["unreadable_encoding"]


def test_a_cut_file_in_utf_8_is_not_taken_for_gb_18030() -> None:
    data = (WORDS * 3).encode()
    for end in range(len(data) - 40, len(data)):
        source, found = decode(data[:end], "f")
        assert source
        assert source.text.rstrip("\ufffd") == data[:end].decode(errors="ignore")
        assert {one.name for one in found} <= {"lost_character"}


def test_line_ends_of_all_systems_are_one() -> None:
    source, _ = decode("甲\r\n乙\r丙\n\n丁".encode(), "f")
    assert source
    assert source.lines == ("甲", "乙", "丙", "", "丁")


def test_an_empty_file_is_one_empty_line() -> None:
    for data in (b"", b"\xef\xbb\xbf", b"\xff\xfe"):
        source, found = decode(data, "f")
        assert source
        assert source.lines == ("",)
        assert found == []


def test_tabs_stay() -> None:
    source, found = decode("甲\t乙".encode(), "f")
    assert source
    assert source.lines == ("甲\t乙",)
    assert found == []
