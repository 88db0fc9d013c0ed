"""Pictures as they are composed: how large they are, and on which page."""

from __future__ import annotations

import pytest

from conftest import edition_of
from pictured import drawing, picture, pixels
from publisher import standard
from publisher.model import Block, Orientation, Paragraph, Picture, Text
from publisher.setting import compose
from publisher.setting.composition import (
    ComposedAttached,
    ComposedBlock,
    ComposedBlocks,
    ComposedPicture,
    Composition,
)
from publisher.setting.pages import fits, room_on_page
from publisher.standard import GBT33476


def composition_of(*blocks: Block) -> Composition:
    return compose(edition_of(blocks=blocks))


def said(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def in_text(*blocks: Block) -> list[ComposedPicture]:
    own = composition_of(*blocks).of_own(ComposedBlocks)
    assert own is not None
    return [block for block in own.blocks if isinstance(block, ComposedPicture)]


def attached(made: Picture) -> ComposedPicture:
    (thing,) = compose(edition_of("文。", attachments=(made,))).following
    assert isinstance(thing, ComposedAttached)
    (composed,) = thing.inner
    assert isinstance(composed, ComposedPicture)
    return composed


def size(composed: ComposedPicture) -> tuple[float, float]:
    return round(composed.width.mm, 2), round(composed.height.mm, 2)


def test_a_picture_is_as_large_as_its_resolution_says() -> None:
    (composed,) = in_text(picture(pixels(192, 96)))
    assert size(composed) == (50.8, 25.4)


def test_a_picture_is_as_wide_as_asked_and_keeps_its_shape() -> None:
    (composed,) = in_text(picture(pixels(192, 96), width=120))
    assert size(composed) == (120, 60)


@pytest.mark.parametrize("asked", [None, 300.0])
def test_a_picture_is_no_wider_than_the_text(asked: float | None) -> None:
    (composed,) = in_text(picture(pixels(2000, 1000), width=asked))
    assert size(composed) == (156, 78)


def test_a_high_picture_fits_its_page_with_what_stands_below_it() -> None:
    composition = composition_of(said("见图1。"), picture(pixels(500, 3000)))
    own = composition.of_own(ComposedBlocks)
    assert own is not None
    composed = own.blocks[-1]
    assert isinstance(composed, ComposedPicture)
    assert composed.caption is not None
    around = standard.TABLE_ABOVE + standard.TABLE_BELOW + standard.TABLE_WORDS_LINE
    assert fits(composed.height + around, room_on_page(GBT33476))
    assert composition.text_pages >= 2


def test_captions_are_counted_through_a_text_and_stand_only_where_there_is_a_title() -> None:
    made = in_text(picture(drawing()), picture(drawing(), ""), picture(drawing(), "去向"))
    words = [None if each.caption is None else each.caption.words for each in made]
    assert words == ["图1　办理流程", None, "图2　去向"]


def test_what_leads_in_to_a_picture_stays_with_it() -> None:
    blocks = (said("办理流程如下："), picture(drawing()), said("见上图："), said("下文。"))
    own = composition_of(*blocks).of_own(ComposedBlocks)
    assert own is not None
    held = [block.leads_in for block in own.blocks if isinstance(block, ComposedBlock)]
    assert held == [True, False, False]


def test_a_turned_picture_fills_a_page_of_its_own() -> None:
    composition = composition_of(
        said("办理流程如下："), picture(pixels(200, 100), is_turned=True), said("下文。")
    )
    own = composition.of_own(ComposedBlocks)
    assert own is not None
    led, composed, _ = own.blocks
    assert isinstance(led, ComposedBlock)
    assert not led.leads_in
    assert isinstance(composed, ComposedPicture)
    assert composed.height / composed.width == pytest.approx(2)
    room = room_on_page(GBT33476)
    assert composed.height.mm == pytest.approx(room.mm, abs=12)
    assert composed.room >= composed.height
    assert composition.text_pages >= 3


def test_a_small_turned_picture_has_a_page_of_its_own_too() -> None:
    composition = composition_of(
        said("上文。"), picture(drawing(), width=50, is_turned=True), said("下文。")
    )
    own = composition.of_own(ComposedBlocks)
    assert own is not None
    composed = own.blocks[1]
    assert isinstance(composed, ComposedPicture)
    assert size(composed) == (25, 50)
    assert composed.room.mm > 200
    assert composition.text_pages >= 3


def test_a_picture_that_is_an_attachment_fits_below_its_title() -> None:
    composed = attached(picture(pixels(1000, 4000)))
    lines = 4 * GBT33476.line.mm
    assert composed.caption is None
    assert composed.height.mm == pytest.approx(room_on_page(GBT33476).mm - lines, abs=1)


def test_a_picture_that_is_an_attachment_is_enlarged_where_its_author_says_so() -> None:
    assert size(attached(picture(pixels(192, 96)))) == (50.8, 25.4)
    assert size(attached(picture(pixels(192, 96), width=150))) == (150, 75)


def test_a_picture_on_a_landscape_page_is_as_wide_as_that() -> None:
    made = picture(pixels(4000, 1000), orientation=Orientation.LANDSCAPE)
    assert size(attached(made)) == (225, 56.25)
