"""Pictures, forms and files on a site: what became of them is told, and what cannot be known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enclosing import edition, png
from publisher.model import FragmentTables
from publisher.renderers import given
from publisher.renderers.web import render, render_fragment
from publisher.verify import Verification, saved_with, verify

OWN = render_fragment(edition())
PICTURES = given.shown(edition())


def names(result: Verification) -> list[str]:
    return [difference.name for difference in result.differences]


def of(page: str, saved: Path | None = None) -> Verification:
    if saved is None:
        return verify("x", OWN, page.encode())
    return verify("x", OWN, page.encode(), pictures=PICTURES, look=saved_with(saved))


def test_our_own_page_and_fragment_are_whole() -> None:
    files = given.render(edition())
    page = render(edition(), files)["web/index.html"]
    for published in (OWN, page):
        result = verify("x", OWN, published)
        assert names(result) == []
        assert all(tally.kept == tally.of for tally in result.counts)
    held = verify("x", OWN, page, pictures=PICTURES, look=saved_with(Path("saved.html")))
    assert names(held) == []
    flat = render_fragment(edition(FragmentTables.FLAT))
    assert names(verify("x", flat, flat)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((r'<img src="picture-2[^>]*>', ""), ["lost_picture"]),
        ((r'alt="先甲后乙"', 'alt=""'), ["lost_alternative"]),
        ((r'alt="先甲后乙"', ""), ["lost_alternative"]),
        ((r'alt="先甲后乙"', 'alt="先甲后丙"'), ["changed_words"]),
        ((r'src="picture-1.png"', 'src="/upload/a.png"'), []),
        ((r'src="picture-1.png" alt="先甲后乙"', 'src="/u/a.png" alt=""'), ["lost_alternative"]),
        ((r'href="attachment-2.xlsx"', 'href="/upload/9a.xlsx"'), ["moved_file"]),
        ((r'href="attachment-2.xlsx"', 'href="/upload/9a.docx"'), ["changed_link"]),
        ((r'<a href="attachment-2.xlsx">([^<]*)</a>', r"\1"), ["lost_link"]),
    ],
)
def test_what_became_of_pictures_and_files_is_told(
    change: tuple[str, str], told: list[str]
) -> None:
    published = re.sub(*change, OWN.decode())
    assert published != OWN.decode()
    assert names(of(published)) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((">住址<", ">地址<"), ["changed_words"]),
        (("□男　□女", "□男"), ["changed_words"]),
        (("签字：<br>", ""), ["changed_words"]),
        (("以上由申请人填写。", ""), ["lost_cell_words"]),
        ((">年龄<", ">职 业<"), ["changed_words"]),
    ],
)
def test_forms_are_compared_cell_by_cell(change: tuple[str, str], told: list[str]) -> None:
    published = OWN.decode().replace(*change)
    assert names(of(published)) == told


def test_a_picture_that_stands_elsewhere_on_the_page_is_none_of_the_document_s() -> None:
    around = f'<img src="logo.png" alt=""><div>{OWN.decode()}</div><img src="qr.png" alt="扫码">'
    assert names(of(around)) == []


# -- the files of pictures --------------------------------------------------------------------


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page as a browser saves it, with the pictures of the document in a folder beside it."""
    folder = tmp_path / "saved_files"
    folder.mkdir()
    for name, files in PICTURES.items():
        (folder / name).write_bytes(files[0])
    return tmp_path / "saved.html"


def with_folder() -> str:
    return re.sub(r'src="', 'src="./saved_files/', OWN.decode())


def test_pictures_saved_with_the_page_are_held_against_those_of_the_document(saved: Path) -> None:
    assert names(of(with_folder(), saved)) == []


def test_another_picture_is_told(saved: Path) -> None:
    (saved.parent / "saved_files/picture-1.png").write_bytes(png(300, 300))
    assert names(of(with_folder(), saved)) == ["changed_picture"]


def test_a_file_that_a_site_may_have_made_smaller_is_left_to_a_person(saved: Path) -> None:
    (saved.parent / "saved_files/picture-1.png").write_bytes(png(450, 150))
    result = of(with_folder(), saved)
    assert names(result) == ["other_picture_file"]
    assert result.is_whole


@pytest.mark.parametrize(
    "address",
    ["https://example.cn/a.png", "../../secret", "a\0b", "data:image/png;base64,!", "http://[", ""],
)
def test_what_was_not_saved_with_the_page_is_not_known(saved: Path, address: str) -> None:
    (saved.parent.parent / "secret").write_bytes(b"x")
    published = with_folder().replace("./saved_files/picture-1.png", address)
    result = of(published, saved)
    assert names(result) in (["unknown_picture"], ["other_picture_file"])
    assert result.is_whole
