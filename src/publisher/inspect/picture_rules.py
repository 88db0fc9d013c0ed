"""Pictures of pages → readings of their place, their caption, and how fine they are.

The standard asks nothing of pictures but that they stand in the 版心; the rest is common practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.inspect import thresholds
from publisher.inspect.area import LANDSCAPE
from publisher.inspect.lines import Line
from publisher.inspect.pages import Page, PlacedPicture
from publisher.inspect.readings import Absent, Hidden, Measure, Reading, Spot, Words, at
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import Dots
from publisher.standard import NOTHING, PLACE_TOLERANCE, Length, Size

_NO_PICTURE = Absent("没有图片")


def _pictures(seen: Recognised) -> list[tuple[Page, PlacedPicture]]:
    return [(page, shown) for page in seen.pages for shown in page.pictures]


def picture_area(seen: Recognised) -> Iterator[Reading]:
    """Whether pictures are in the 版心; on even pages it may be turned round."""
    for page, shown in _in_text(seen):
        over = _over(seen, page, shown)
        said = f"超出 {over.mm:.1f} mm" if over > thresholds.OUTSIDE else "在版心之内"
        yield Words(said, over <= PLACE_TOLERANCE, Spot(page.number, shown.box))
    if not _in_text(seen):
        yield _NO_PICTURE


def _in_text(seen: Recognised) -> list[tuple[Page, PlacedPicture]]:
    """Those that are not the mark, for whose place there are rules of its own."""
    return [pair for pair in _pictures(seen) if pair[1] is not seen.mark_picture]


def _over(seen: Recognised, page: Page, shown: PlacedPicture) -> Length:
    """How far a picture stands over the edge of the 版心; less than nothing where it does not."""
    area = LANDSCAPE if page.landscape else seen.area
    lefts = [area.left]
    if not page.landscape and page.number % 2 == 0:
        lefts.append(page.width - area.left - area.width)
    box = shown.box
    beside = min(max(left - box.left, box.right - left - area.width) for left in lefts)
    # A picture begins where the line of text would that it stands in the place of.
    top = area.top - (area.pitch - Size.NO_3.length) * 0.5
    return max(beside, top - box.top, box.bottom - area.bottom)


def picture_resolution(seen: Recognised) -> Iterator[Reading]:
    """How fine each picture is as it is printed; what is drawn in lines is sharp at any size."""
    yield from _fine(seen, thresholds.WORST_RESOLUTION)


def picture_sharp(seen: Recognised) -> Iterator[Reading]:
    """The same, by what print asks for."""
    yield from _fine(seen, thresholds.SHARP)


def _fine(seen: Recognised, least: Dots) -> Iterator[Reading]:
    # The worst of them is told: the first that says no.
    pictures = sorted(_pictures(seen), key=lambda pair: pair[1].resolution or float("inf"))
    for page, shown in pictures:
        place = Spot(page.number, shown.box)
        if shown.resolution is None:
            yield Words("用线条画成，放大也清晰", True, place)
        else:
            holds = shown.resolution >= least - thresholds.SAME_RESOLUTION
            yield Words(f"每英寸 {shown.resolution:.0f} 点", holds, place)
    if not pictures:
        yield _NO_PICTURE


def picture_caption(seen: Recognised) -> Iterator[Reading]:
    """Whether what is called 图1 stands below a picture of its page."""
    captions = seen.of(Part.CAPTION)
    for line in captions:
        above = any(_stands_below(line, shown) for shown in seen.page(line.page).pictures)
        if above:
            yield Words(f"“{line.words}”在图下", True, at(line))
        elif any(page.pictures for page in seen.pages):
            yield Words(f"“{line.words}”上面没有图", False, at(line))
        else:
            yield Hidden("图用线条画成，在哪里看不出")
    if not captions:
        yield Absent("没有图题")


def _stands_below(line: Line, shown: PlacedPicture) -> bool:
    lower = line.top + thresholds.SAME_HEIGHT - shown.box.bottom
    return NOTHING < lower < thresholds.NEAR_PICTURE


def picture_words(seen: Recognised) -> Iterator[Reading]:
    """Whether pictures that are tagged have words for who does not see them."""
    for page in seen.pages:
        for said in page.said_of_figures:
            yield Words(f"“{said[:_SHOWN]}”" if said else "没有替代文字", bool(said), _on(page))
    if not any(page.said_of_figures for page in seen.pages):
        are_there = bool(_pictures(seen))
        yield Hidden("文件没有标签，有没有替代文字看不出") if are_there else _NO_PICTURE


_SHOWN = 20
"""Characters of an alternative text that are told."""


def _on(page: Page) -> Spot:
    return Spot(page.number, page.pictures[0].box if page.pictures else page.box)


MEASURES: tuple[Measure, ...] = (
    picture_area,
    picture_resolution,
    picture_sharp,
    picture_caption,
    picture_words,
)
