"""A picture or finished file → the words that stand for it, the same in every format."""

from __future__ import annotations

from publisher.filetypes import called
from publisher.model import SetFile, SetPicture, one_line


def caption(picture: SetPicture) -> str:
    """What stands below a picture in a text: 图1　题; empty without a title."""
    return f"{picture.label}\u3000{one_line(picture.title)}" if picture.label else ""


def enclosed(file: SetFile) -> str:
    """What stands for a finished file where it is not shown itself."""
    if file.pages:
        return f"（本附件为电子文件“{file.name}”（{called(file.name)}），共{file.pages}页。）"
    return f"（本附件为电子文件“{file.name}”（{called(file.name)}），随文另发。）"
