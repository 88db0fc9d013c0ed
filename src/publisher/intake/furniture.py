"""Words around a document on a website → why they are none of it."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"[|\s]*!\[[^\]]{0,100}\]\([^)]{0,300}\)[|\s]*")
"""As tools that save pages as text write a picture."""
_OF_FOOT = re.compile(
    "网站标识码|ICP备|备案号|公网安备|版权所有|网站地图|主办单位|承办单位|技术支持|联系我们|网站声明|隐私声明"
)
_LONGEST = 300


def of_website(words: str) -> str:
    """Why a paragraph belongs to the website; empty where it does not, or that is not sure."""
    if _PICTURE.fullmatch(words):
        return "图片的记号"
    if len(words) < _LONGEST and len(set(_OF_FOOT.findall(words))) > 1:
        return "网站页脚"
    return ""
