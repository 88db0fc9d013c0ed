"""Words around a document on a website → why they are none of it."""

from __future__ import annotations

import re

from publisher.words.numbering import typed

_PICTURE = re.compile(r"[|\s]*!\[[^\]]{0,100}\]\([^)]{0,300}\)[|\s]*")
"""As tools that save pages as text write a picture."""
_BLANKS = re.compile(r"[\s　]+")
_BUTTONS = """
打印本页 打印本稿 打印文章 我要打印 打印 关闭本页 关闭窗口 关闭本窗口 关闭 返回顶部 回到顶部 返回
收藏本页 加入收藏 收藏 分享到 我要分享 分享 微信 新浪微博 微博 QQ空间 QQ 朋友圈 字体大小 字体
字号大小 字号 调整字体 大号 中号 小号 大 中 小 放大 缩小 默认 恢复默认 繁体 简体 朗读 语音播报
保护视力色 纠错 我要纠错 下载 下载全文 TOP Top A
"""
_LONGEST_FIRST = "|".join(sorted(_BUTTONS.split(), key=len, reverse=True))
_ONLY_BUTTONS = re.compile(rf"(?:{_LONGEST_FIRST}|[+\-\[\]【】〖〗()（）:：|/、・·])++")
_SURE_BUTTON = re.compile("打印|关闭|字体|字号|分享|收藏|返回顶部|回到顶部|大中小|纠错")
_RELATED = "(?:链接|文档|新闻|阅读|文章|解读|信息|稿件|报道|推荐|政策)"
_COUNTS = "浏览次数|浏览量|点击数|点击量|阅读次数|阅读量|访问量|访问次数"
_PEOPLE = "编辑|审核|校对|录入|初审|复审|终审"
_PATTERNS = (
    ("网站导航", r"您(?:现在|当前|目前)?(?:所在)?的?(?:所在)?位置(?:[:：>]|是|$)"),
    ("网站导航", r"(?:当前|现在|所在)(?:所在)?的?位置[:：]"),
    ("网站导航", r"首页(?:>|›|»|＞|/|→)"),
    ("网站导航", r"跳转?到(?:主要内容|正文|目录|附件)"),
    ("网站导航", r"(?:无障碍(?:浏览|阅读)?|长者(?:模式|版))$"),
    ("相关链接", r"[上下]一[篇条页](?:[:：]|$)"),
    ("相关链接", rf"(?:相关|延伸|推荐|热门|更多){_RELATED}[:：]?$"),
    ("相关链接", r"(?:查看)?更多(?:>>|》|\+)?$"),
    ("相关链接", r"(?:网友|我要|发表)评论$"),
    (
        "网站的按钮",
        r"(?:(?:打开|请?使?用)?(?:手机|微信|浏览器|支付宝).{0,8})?"
        r"(?:扫一扫|扫码|扫描).{0,10}(?:分享|关注|打开|浏览|查看|阅读|页面|网页).{0,16}$",
    ),
    ("网站的按钮", r"(?:手机|微信)?(?:扫一扫|扫码|二维码)$"),
    (
        "网站的按钮",
        r"(?:请?点击|戳).{0,4}(?:蓝字|名片|卡片).{0,4}(?:关注|订阅)(?:我们|.{0,4}公众号)?$",
    ),
    ("网站的按钮", r"[-—－·]{0,3}(?:END|end|End)[-—－·]{0,3}$"),
    ("网站的按钮", r"用?手机(?:打开|查看|浏览|阅读)(?:当前|本)页(?:面)?$"),
    ("发布信息", rf"[\[【（(]?(?:{_COUNTS})[:：]?[0-9次人）)】\]]*$"),
    ("发布信息", r"[\[【（(]?(?:责任编辑|责编)[:：].{0,24}$"),
    (
        "发布信息",
        rf"[\[【（(]?(?:{_PEOPLE})[:：].{{0,12}}(?:责任编辑|责编|{_COUNTS})[:：].{{0,24}}$",
    ),
    ("发布信息", rf"[\[【（(](?:{_PEOPLE})[:：].{{0,12}}[】）)\]]$"),
)
_SITE = [(why, re.compile(pattern)) for why, pattern in _PATTERNS]
_FOOT = [
    "网站标识码",
    "ICP备",
    "备案号",
    "公网安备",
    "版权所有",
    "网站地图",
    "联系我们",
    "网站声明",
    "隐私声明",
]
_RUN_BY = ["主办单位", "承办单位", "技术支持", "主办：", "承办：", "主办:", "承办:"]
"""What the foot of a site says, and what it says too; who holds an event says the latter alone."""
_OF_TEXT = re.compile(rf"{typed()}|.*[。；;！？]$")
"""A clause, with a number before it or a stop behind it: it may speak of what sites have."""
_LONGEST = 300


def of_website(words: str) -> str:
    """Why a paragraph belongs to the website; empty where it does not, or that is not sure."""
    if len(words) > _LONGEST:
        return ""
    if _PICTURE.fullmatch(words):
        return "图片的记号"
    bare = _BLANKS.sub("", words)
    if _OF_TEXT.match(bare):
        return ""
    if _ONLY_BUTTONS.fullmatch(bare) and _SURE_BUTTON.search(bare):
        return "网站的按钮"
    for why, pattern in _SITE:
        if pattern.match(bare):
            return why
    return "网站页脚" if _is_foot(bare) else ""


def _is_foot(bare: str) -> bool:
    """Whether a line says several things that the foot of a site does, one of them that alone."""
    own = sum(sign in bare for sign in _FOOT)
    return own > 0 and own + sum(sign in bare for sign in _RUN_BY) > 1
