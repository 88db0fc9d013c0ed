"""Comments in Word files: their words, where they stand, what answers them, what is settled."""

from __future__ import annotations

from made_word import made, read

from publisher.intake.source import SourceComment

EXTENDED = "http://schemas.microsoft.com/office/word/2012/wordml"
KIND = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
BEGIN, END = '<w:commentRangeStart w:id="{}"/>', '<w:commentRangeEnd w:id="{}"/>'
MARK = '<w:r><w:commentReference w:id="{}"/></w:r>'


DAY = "2030-03-01T09:00:00Z"


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def anchored(number: int, text: str) -> str:
    return BEGIN.format(number) + words(text) + END.format(number) + MARK.format(number)


def comment(
    number: int, text: str, author: str = "韩正", date: str = "2030-03-01T09:00:00Z"
) -> str:
    paragraphs = "".join(
        f'<w:p w14:paraId="{number:07X}{at}">{words(line)}</w:p>'
        for at, line in enumerate(text.split("\n"))
    )
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="{date}">{paragraphs}</w:comment>'
    )


def extended(*entries: tuple[str, str, bool]) -> dict[str, bytes]:
    """What Word says of comments: the last paragraph of each, the one that it answers, settled."""
    lines = "".join(
        f'<w15:commentEx w15:paraId="{name}" w15:done="{int(done)}"'
        + (f' w15:paraIdParent="{parent}"/>' if parent else "/>")
        for name, parent, done in entries
    )
    part = f'<w15:commentsEx xmlns:w15="{EXTENDED}">{lines}</w15:commentsEx>'
    return {"word/commentsExtended.xml": part.encode()}


def comments_of(
    body: str, *comments: str, files: dict[str, bytes] | None = None
) -> tuple[SourceComment, ...]:
    relations = [("x1", "commentsExtended", "commentsExtended.xml")] if files else []
    parts = {"comments": "".join(comments)} if comments else {}
    return read(made(body, relations=relations, files=files, **parts)).comments


def test_a_comment_has_its_words_author_date_place_and_anchor() -> None:
    body = f"<w:p/><w:p>{words('各单位')}{anchored(3, '要抓好')}{words('落实。')}</w:p>"
    assert comments_of(body, comment(3, "请改为\n“务必”")) == (
        SourceComment("请改为\n“务必”", "韩正", "2030-03-01T09:00:00Z", "要抓好", 2),
    )


def test_comments_stand_in_the_order_of_the_text() -> None:
    body = f"<w:p>{anchored(7, '甲')}{anchored(2, '乙')}</w:p><w:p>{anchored(1, '丙')}</w:p>"
    told = comments_of(body, comment(1, "三"), comment(2, "二"), comment(7, "一"))
    assert [(each.words, each.anchor, each.number) for each in told] == [
        ("一", "甲", 1),
        ("二", "乙", 1),
        ("三", "丙", 2),
    ]


def test_the_words_of_one_may_go_on_over_paragraphs_and_into_a_table() -> None:
    body = (
        f"<w:p>{words('前')}{BEGIN.format(1)}{words('甲')}</w:p><w:p>{words('乙')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{words('丙')}{END.format(1)}{MARK.format(1)}{words('后')}</w:p>"
        "</w:tc></w:tr></w:tbl><w:p/>"
    )
    (told,) = comments_of(body, comment(1, "问"))
    assert (told.anchor, told.number) == ("甲\n乙\n丙", 1)


def test_one_that_begins_between_paragraphs_stands_in_the_next() -> None:
    body = f"<w:p>{words('前')}</w:p>{BEGIN.format(1)}<w:p>{words('甲')}{END.format(1)}"
    (told,) = comments_of(f"{body}{MARK.format(1)}</w:p>", comment(1, "问"))
    assert (told.anchor, told.number) == ("甲", 2)


def test_one_at_a_point_stands_at_no_words() -> None:
    (told,) = comments_of(f"<w:p>{words('甲')}{MARK.format(1)}</w:p>", comment(1, "问"))
    assert (told.anchor, told.number) == ("", 1)


def test_words_that_were_deleted_are_none_that_it_stands_at() -> None:
    gone = '<w:del w:id="9" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    body = f"<w:p>{BEGIN.format(1)}{gone}{words('新')}{END.format(1)}{MARK.format(1)}</w:p>"
    assert comments_of(body, comment(1, "问"))[0].anchor == "新"


def test_one_whose_mark_is_lost_or_deleted_is_told_all_the_same() -> None:
    gone = f'<w:del w:id="9" w:author="甲">{MARK.format(2)}</w:del>'
    source = read(made(f"<w:p>{gone}</w:p>", comments=comment(1, "一") + comment(2, "二")))
    assert [(each.words, each.number) for each in source.comments] == [("一", 0), ("二", 0)]
    assert [each.words for each in source.remarks if each.kind == "批注"] == ["一", "二"]


def test_words_of_a_note_are_none_that_it_stands_at() -> None:
    note = f'<w:footnote w:id="5"><w:p>{words("注的字")}</w:p></w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    inside = f"{words('甲')}{mark}{words('乙')}"
    body = f"<w:p>{BEGIN.format(1)}{inside}{END.format(1)}{MARK.format(1)}</w:p>"
    source = read(made(body, comments=comment(1, "问"), footnotes=note))
    assert source.comments[0].anchor == "甲乙"


# -- threads ------------------------------------------------------------------------------


def test_word_says_which_answers_which_and_what_is_settled() -> None:
    body = f"<w:p>{anchored(1, '甲')}{anchored(2, '乙')}{MARK.format(3)}{MARK.format(4)}</w:p>"
    comments = (
        comment(1, "问"),
        comment(2, "又问"),
        comment(3, "再答", "柳喆", "2030-03-03T09:00:00Z"),
        comment(4, "答\n两行", "柳喆", "2030-03-02T09:00:00Z"),
    )
    files = extended(
        ("00000010", "", True),
        ("00000020", "", False),
        ("00000030", "00000041", True),
        ("00000041", "00000010", True),
    )
    first, second = comments_of(body, *comments, files=files)
    assert (first.words, first.is_resolved) == ("问", True)
    assert [(each.words, each.author) for each in first.replies] == [
        ("答\n两行", "柳喆"),
        ("再答", "柳喆"),
    ]
    assert (second.words, second.replies, second.is_resolved) == ("又问", (), False)


def test_where_nobody_says_that_those_at_the_same_words_answer_the_first() -> None:
    both = BEGIN.format(1) + BEGIN.format(2) + words("甲") + END.format(2) + MARK.format(2)
    body = f"<w:p>{both}{END.format(1)}{MARK.format(1)}{anchored(3, '乙')}</w:p>"
    late = "2030-03-02T09:00:00Z"
    comments = (comment(1, "问"), comment(2, "答", "柳喆", late), comment(3, "别的"))
    files = extended(("00000010", "", True))
    first, second = comments_of(body, *comments, files=files)
    assert [each.words for each in first.replies] == ["答"]
    assert first.is_resolved
    assert (second.words, second.replies) == ("别的", ())


def test_answers_that_go_in_a_circle_each_begin_their_own_thread() -> None:
    body = f"<w:p>{anchored(1, '甲')}{anchored(2, '乙')}</w:p>"
    files = extended(("00000010", "00000020", False), ("00000020", "00000010", False))
    told = comments_of(body, comment(1, "一"), comment(2, "二"), files=files)
    assert [(each.words, each.replies) for each in told] == [("一", ()), ("二", ())]


def test_thousands_at_the_same_words_do_not_take_long() -> None:
    begins = "".join(map(BEGIN.format, range(3000)))
    ends = "".join(END.format(each) + MARK.format(each) for each in range(3000))
    comments = "".join(comment(each, "问") for each in range(3000))
    (told,) = comments_of(f"<w:p>{begins}{words('甲' * 9000)}{ends}</w:p>", comments)
    assert len(told.replies) == 2999
    assert len(told.anchor) == 1000
