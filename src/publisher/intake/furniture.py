"""Words around a document on a website → why they are none of it."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"[|\s]*!\[[^\]]{0,100}\]\([^)]{0,300}\)[|\s]*")
"""As tools that save pages as text write a picture."""
_BLANKS = re.compile(r"[\s　]+")
_BUTTONS = """
打印本页 打印本稿 打印文章 我要打印 打印 关闭本页 关闭窗口 关闭本窗口 关闭 返回顶部 回到顶部 返回
收藏本页 加入收藏 收藏 分享到 我要分享 分享 微信 新浪微博 微博 QQ空间 QQ 朋友圈 字体大小 字体
字号大小 字号 调整字体 大号 中号 小号 大 中 小 放大 缩小 默认 恢复默认 繁体 简体 朗读 语音播报
保护视力色 纠错 我要纠错 下载 下载全文 TOP Top A
"""
_ONLY_BUTTONS = re.compile(rf"(?:{'|'.join(_BUTTONS.split())}|[+\-\[\]【】〖〗()（）:：|/、・·])+")
_SURE_BUTTON = re.compile("打印|关闭|字体|字号|分享|收藏|返回顶部|回到顶部|大中小|纠错")
_RELATED = "(?:链接|文档|新闻|阅读|文章|解读|信息|稿件|报道|推荐|政策)"
_COUNTS = "责任编辑|责编|编辑|审核|校对|录入|浏览次数|点击数|点击量|阅读次数|阅读量|访问量"
_PATTERNS = (
    ("网站导航", r"您(?:现在|当前|目前)?(?:所在)?的?(?:所在)?位置"),
    ("网站导航", r"(?:当前|现在|所在)(?:所在)?的?位置[:：]"),
    ("网站导航", r"首页(?:>|›|»|＞|/|→)"),
    ("网站导航", r"跳转?到(?:主要内容|正文|目录|附件)"),
    ("网站导航", r"(?:无障碍(?:浏览|阅读)?|长者(?:模式|版))$"),
    ("相关链接", r"[上下]一[篇条页](?:[:：]|$)"),
    ("相关链接", rf"(?:相关|延伸|推荐|热门|更多){_RELATED}[:：]?$"),
    ("相关链接", r"(?:查看)?更多(?:>>|》|\+)?$"),
    ("相关链接", r"(?:网友|我要|发表)评论$"),
    ("网站的按钮", r".{0,12}(?:扫一扫|扫码|二维码).{0,24}$"),
    ("网站的按钮", r"用?手机(?:打开|查看|浏览|阅读)(?:当前|本)页(?:面)?$"),
    ("发布信息", rf"[\[【（(]?(?:{_COUNTS})[:：].{{0,24}}$"),
)
_SITE = [(why, re.compile(pattern)) for why, pattern in _PATTERNS]
_FOOT = """
网站标识码 ICP备 备案号 公网安备 版权所有 网站地图 主办单位 承办单位 技术支持 联系我们 网站声明
隐私声明 主办： 承办： 主办: 承办:
"""
_LONGEST = 300


def of_website(words: str) -> str:
    """Why a paragraph belongs to the website; empty where it does not, or that is not sure."""
    if len(words) > _LONGEST:
        return ""
    if _PICTURE.fullmatch(words):
        return "图片的记号"
    bare = _BLANKS.sub("", words)
    if _ONLY_BUTTONS.fullmatch(bare) and _SURE_BUTTON.search(bare):
        return "网站的按钮"
    for why, pattern in _SITE:
        if pattern.match(bare):
            return why
    return "网站页脚" if sum(sign in bare for sign in _FOOT.split()) > 1 else ""
