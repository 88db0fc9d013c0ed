"""Lines around a document on a website are known; clauses that speak of the same things stay."""

from __future__ import annotations

import pytest

from publisher.intake import plain
from publisher.intake.furniture import of_website
from publisher.intake.source import paragraphs_in

OF_SITES = {
    "网站的按钮": [
        "字体：【大 中 小】",
        "打印本页 | 关闭窗口",
        "扫一扫在手机打开当前页",
        "微信扫一扫分享",
        "点击上方蓝字关注我们",
        "- END -",
    ],
    "网站导航": ["您现在的位置：首页 > 政务公开", "首页>公开目录>通知", "当前位置： 首页"],
    "相关链接": ["上一篇：关于放假的通知", "下一篇：", "相关链接：", "更多>>"],
    "发布信息": [
        "责任编辑：王芳",
        "浏览次数：128次",
        "编辑：王芳 审核：李强 责任编辑：赵敏",
        "（编辑：王芳）",
    ],
    "网站页脚": [
        "主办：青岚市人民政府　承办：青岚市大数据局　网站标识码：3301000001",
        "版权所有：青岚市人民政府 技术支持：某公司",
        "浙ICP备05000001号 浙公网安备33010002000001号",
    ],
}


@pytest.mark.parametrize(
    ("why", "words"), [(why, words) for why, lines in OF_SITES.items() for words in lines]
)
def test_what_sites_put_around_a_document_is_known(why: str, words: str) -> None:
    assert of_website(words) == why


CLAUSES = [
    "主办单位：青岚市文旅局　承办单位：青岚市图书馆",
    "主办：青岚市文旅局；承办：青岚市图书馆；技术支持：青岚市大数据中心",
    "底部要列明主办单位、承办单位、技术支持、网站标识码、ICP备案编号。",
    "（二）推行扫码就医。",
    "推广二维码电子门票",
    "扫码支付的，应当即时到账。",
    "审核：县级民政部门自受理之日起10个工作日内审核",
    "审核：李　强",
    "点击名片即可关注服务进度",
    "校对：王芳　打印：赵敏",
    "编辑：图书、期刊编辑人员",
    "一、打印",
    "您的位置信息仅用于应急救援",
]


@pytest.mark.parametrize("words", CLAUSES)
def test_a_clause_that_speaks_of_them_stays(words: str) -> None:
    assert of_website(words) == ""


def test_clauses_stay_in_a_plain_text() -> None:
    source = plain.read("活动方案.txt", "\n".join(CLAUSES).encode())
    assert [each.words for each in paragraphs_in(source.blocks)] == CLAUSES
    assert source.left_out == ()


@pytest.mark.parametrize(
    "words", ["字体大小" * 70, "新浪微博" * 70, "字号大小大号小号" * 36, "[" * 290]
)
@pytest.mark.parametrize("end", ["", "甲"])
def test_rows_of_buttons_are_read_at_once(words: str, end: str) -> None:
    of_website(words + end)
