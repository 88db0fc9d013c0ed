"""An order on a page publishes a decision and the rules that it changes: each is a text."""

from __future__ import annotations

from publisher.intake import take_in
from publisher.model import Bureau


def line(words: str, style: str = "text-align: justify") -> str:
    return f'<p style="{style}">{words}</p>'


def title(words: str) -> str:
    bold = f'<span style="font-weight: bold; font-size: 18pt;">{words}</span>'
    return line(bold, "text-align: center")


def test_a_second_large_title_begins_a_text_of_its_own() -> None:
    html = "".join(
        [
            title("中华人民共和国国务院令"),
            line("第682号", "text-align: center"),
            line("《国务院关于修改〈河道条例〉的决定》已经通过，现予公布，自公布之日起施行。"),
            line("总理　　李克强&nbsp;&nbsp;", "text-align: right"),
            line("2017年7月16日&nbsp;&nbsp;", "text-align: right"),
            title("国务院关于修改《河道条例》的决定"),
            line("国务院决定对《河道条例》作如下修改："),
            line("删去第九条第二款，并将第十二条改为第十一条。"),
            line("《河道条例》根据本决定作相应修改，重新公布。"),
            title("河道条例"),
            line("第一条　为了加强河道管理，制定本条例。"),
            line("第二条　本条例自2002年1月1日起施行。"),
        ]
    )
    page = f"<div id='zoom'>{html}</div>".encode()
    document = take_in([("令.html", page)], Bureau(()), "order").document
    titles = ["国务院关于修改《河道条例》的决定", "河道条例"]
    assert [text.title for text in document.issued] == titles
