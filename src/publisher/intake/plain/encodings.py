"""The bytes of a plain text → its words, in whatever encoding, and what is to be told of it."""

from __future__ import annotations

import re

from publisher.files import Unreadable
from publisher.model import NOWHERE
from publisher.readers import source
from publisher.readers.source import REPLACEMENT

_FURTHER = ("big5", "gb18030", "utf-16-le", "utf-16-be")
"""Encodings without a mark that are tried last."""
_COMMON = re.compile("[\\s!-~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—·〔〕]")
_LEAST_COMMON = 0.98
"""The part of a text that must be Chinese characters, marks and ASCII, that it is taken for one."""
_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\u2028\u2029"), "\n")
"""Of lines and pages, as other programs write them."""


def text_in(data: bytes) -> tuple[str, list[str]]:
    """The text, each of its lines ended in one way, with all that nobody sees."""
    if not data.strip():
        raise Unreadable("文件是空的")
    text, _ = source.text_in(data, NOWHERE)
    sentences: list[str] = []
    if text is None:
        text, name = _further(data)
        sentences.append(f"文件的编码按 {name} 读取，请核对有没有认错的字")
    if REPLACEMENT in text:
        sentences.append(f"文件里有 {text.count(REPLACEMENT)} 个字已经损坏，读不出来")
    return text.translate(_LINE_ENDS), sentences


def _further(data: bytes) -> tuple[str, str]:
    for name in _FURTHER:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if len(_COMMON.findall(text)) >= len(text) * _LEAST_COMMON:
            return text.replace("\r\n", "\n"), name
    raise Unreadable("不是文本文件，或文字的编码认不出来，请另存为 UTF-8 编码的文本")
