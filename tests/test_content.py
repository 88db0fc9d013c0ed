"""The real notice: the seed text, rebuilt from the edition, is the seed file line for line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, read_content, resolved
from publisher.model import (
    ColumnRole,
    Edition,
    NumberedHeading,
    RowGroup,
    SetBlock,
    SetParagraph,
    SetRow,
    SetTable,
    one_line,
    plain,
)

SEED = ROOT / "../shared/seed/ezhou-civil-affairs-2025-work-points.txt"
SLUG = "2025-work-points"

# What the saving did to the page, and what is odd in the page itself.
FOLDED = str.maketrans("，：；（）", ",:;()")
"""Punctuation that was folded to half width."""
LABEL_AGAIN = ("9", "35", "76")
"""Rows that repeat the label of their group: the first rows of the table's later pages."""
UNPADDED = "12"
"""The row in which 尹丹 stands without the blank."""
EMPTY = "89"
"""The row without content, whose five cells are saved as one line."""
PICTURE = "![]()"


@pytest.fixture(scope="session")
def seed() -> list[str]:
    if not SEED.exists():
        pytest.skip(f"the seed file is not beside this checkout: {SEED}")
    return SEED.read_text(encoding="utf-8").split("\n")


# -- the seed, rebuilt ------------------------------------------------------------------


def as_saved(edition: Edition) -> list[str]:
    """The lines that the saving makes of an edition."""
    return [line.translate(FOLDED) for line in _lines(edition)]


def _lines(edition: Edition) -> Iterator[str]:
    document = edition.document
    assert document.date
    (issuer,) = document.issuers
    yield f"{document.recipients}："
    yield from map(_block, edition.body.blocks)
    yield issuer.name
    yield f"{document.date.year}年{document.date.month}月{document.date.day}日"
    (plan,) = edition.issued
    yield one_line(plan.title)
    yield from map(_block, plan.blocks)
    (attachment,) = plan.attachments
    assert isinstance(attachment.content, SetTable)
    yield f"附件：{attachment.note}"
    yield attachment.label
    yield attachment.content.title
    yield from _table(attachment.content)
    yield from _footer(edition)


def _block(block: SetBlock) -> str:
    match block:
        case NumberedHeading(label=label, content=words, run_in=run_in):
            return label + plain(words) + plain(run_in or ())
        case SetParagraph(content=words):
            return plain(words)


def _table(table: SetTable) -> Iterator[str]:
    yield from (f"{column.name} |" for column in table.columns)
    for group in table.groups:
        for row in group.rows:
            yield from _row(row, group, table)


def _row(row: SetRow, group: RowGroup, table: SetTable) -> Iterator[str]:
    serial = "".join(row.cells[0].items)
    yield f"{serial} |"
    if not any(cell.items for cell in row.cells[2:]):
        assert serial == EMPTY
        yield "|||||"
        return
    labelled = row is group.rows[0] or serial in LABEL_AGAIN
    if labelled:
        yield f"{group.label} |"
    for column, cell in list(zip(table.columns, row.cells, strict=True))[2:]:
        several = cell.items
        if column.role is ColumnRole.PEOPLE and serial != UNPADDED:
            several = tuple(" ".join(name) if len(name) == 2 else name for name in several)
        yield f"{' '.join(several)} |"
    if not labelled and row is not table.rows[-1]:
        yield "|"  # the merged cell of the group


def _footer(edition: Edition) -> Iterator[str]:
    site = edition.document.bureau.site
    yield f"{PICTURE} |"
    yield (
        f"网站地图 网站标识码：{site.identifier} 备案号：{site.record} {PICTURE} "
        f"主办单位：{site.host} 地址：{site.address} 联系人：{site.contact} 电话：{site.phone} |"
    )
    yield f"{PICTURE} |"


# -- nothing lost, added or changed -----------------------------------------------------


def test_the_edition_saved_as_the_page_was_is_the_seed(
    real_edition: Edition, seed: list[str]
) -> None:
    assert as_saved(real_edition) == seed


CONTENT = {
    "bureau.yaml": r"(?:- 名称|备案号|主办单位|地址|联系人|电话): (?P<words>.+)",
    f"{SLUG}/document.md": r"(?m:^ *(?:主送|标题): (?P<words>[^|].*)|^(?P<text>[^ #].*。)$)",
    f"{SLUG}/plan.md": r"(?P<words>.+)",
    f"{SLUG}/tasks.csv": r"(?P<words>.+)",
}
"""Each file, with what stands for its content: values and text, not keys and comments."""


def _words(name: str, text: str) -> list[int]:
    """Where the Chinese characters of the content stand in the text of a file."""
    return [
        index
        for match in re.finditer(CONTENT[name], text)
        for index in range(*match.span(match.lastindex or 0))
        if "\u4e00" <= text[index] <= "\u9fff"
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("name", CONTENT)
def test_a_character_changed_or_lost_anywhere_is_noticed(
    name: str, tmp_path: Path, seed: list[str]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    text = (content / name).read_text(encoding="utf-8")
    positions = _words(name, text)
    for at in positions[:: max(1, len(positions) // 6)]:
        for instead in ("", "伪", text[at] * 2):
            (content / name).write_text(text[:at] + instead + text[at + 1 :], encoding="utf-8")
            reading = read_content(content, SLUG)
            noticed = reading.findings or as_saved(resolved(reading.document)) != seed
            assert noticed, f"{name}: {text[at - 5 : at + 5]}"


def test_no_half_width_mark_is_left_that_the_saving_may_have_folded(real_edition: Edition) -> None:
    words = "\n".join(line.replace(PICTURE, "") for line in _lines(real_edition))
    assert not re.findall(r"[,:;()]", words)


# -- what the seed does not give --------------------------------------------------------


def test_the_title_follows_the_rule_for_a_notice_that_issues_a_document(
    real_edition: Edition,
) -> None:
    document = real_edition.document
    (plan,) = document.issued
    assert document.kind
    assert one_line(document.body.title) == (
        f"{document.issuers[0].name}关于印发《{plan.title}》的{document.kind.value}"
    )


def test_elements_that_the_page_does_not_give_are_absent(real_edition: Edition) -> None:
    absent = {
        "mark", "number", "copy_number", "classification", "urgency", "stamp_title",
        "stamp_name", "note", "disclosure", "printing_organ", "printing_date",
    }  # fmt: skip
    document = real_edition.document
    assert {name for name in absent if getattr(document, name) is not None} == set()
    assert document.signers == document.copies == ()
    web = document.web
    assert [web.index_number, web.subject, web.summary, web.published, web.validity] == [None] * 5
    assert web.keywords == ()
    (organ,) = document.bureau.organs
    assert (organ.short_name, organ.mark, organ.code) == (None, None, None)
    assert document.bureau.site.domain == ""


# -- shape ------------------------------------------------------------------------------


def test_the_table_has_91_rows_in_nine_groups(real_edition: Edition) -> None:
    (attachment,) = real_edition.attachments
    table = attachment.content
    assert isinstance(table, SetTable)
    assert [len(group.rows) for group in table.groups] == [5, 11, 9, 16, 9, 5, 7, 22, 7]
    assert [row.cells[0].items for row in table.rows] == [(str(n),) for n in range(1, 92)]


def test_the_plan_has_nine_parts_of_two_to_four_clauses(real_edition: Edition) -> None:
    headings = [one for one in real_edition.issued[0].blocks if isinstance(one, NumberedHeading)]
    levels = "".join(str(heading.level) for heading in headings)
    assert [len(part) for part in levels.split("1")[1:]] == [2, 2, 3, 3, 3, 2, 3, 4, 3]


def test_every_person_and_department_of_the_table_is_in_the_bureau(real_edition: Edition) -> None:
    bureau = real_edition.document.bureau
    known = {one.name for one in (*bureau.people, *bureau.departments)}
    known |= {one for named in bureau.departments for one in named.spellings}
    (attachment,) = real_edition.attachments
    assert isinstance(attachment.content, SetTable)
    roles = [column.role.many for column in attachment.content.columns]
    named = {
        item
        for row in attachment.content.rows
        for many, cell in zip(roles, row.cells, strict=True)
        for item in cell.items
        if many
    }
    assert named <= known
