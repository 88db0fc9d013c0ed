"""Arguments → documents, days and files that are there; else how the command is used."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.folders import SLUG, documents_in
from publisher.terminal import bounded

if TYPE_CHECKING:
    from publisher.extracts.extract import Period


USAGE = (click.UsageError,)


FEW = 20
"""Documents of which the screen tells all; of more it has a summary, and a file the rest."""


def documents_named(content: Path, slugs: tuple[str, ...]) -> tuple[str, ...]:
    """The documents asked for; all where none is named."""
    from publisher import pipeline

    there = pipeline.slugs(content)
    if missing := {*slugs} - {*there}:
        slug = min(missing, key=slugs.index)
        known = "、".join(bounded(there, FEW, lambda more: f"还有 {more} 份"))
        raise click.UsageError(
            f"没有公文“{slug}”：找不到 {content / slug / 'document.md'}。"
            + (f"现有：{known}。" if there else "")
        )
    if not there:
        raise click.UsageError(f"{content} 中没有公文，请先用 publisher new 新建一份。")
    return tuple(dict.fromkeys(slugs)) or there


def require_there(named: Path, what: str = "文件") -> None:
    """Usage is wrong where there is nothing of this name, or a link that leads nowhere."""
    if os.path.exists(named):  # noqa: PTH110 - a name too long for a file is none
        return
    if os.path.lexists(named):
        raise click.UsageError(f"{named} 是打不开的链接：绕成一圈，或者通向不存在的文件。")
    raise click.UsageError(f"找不到{what} {named}。")


def require_file(named: Path) -> None:
    """The same, and where it is no file whose bytes can be read."""
    require_there(named)
    if not named.is_file():
        raise click.UsageError(f"{named} 不是普通的文件（是文件夹、管道或设备），没有读。")


def keep_apart(build: Path, *contents: Path) -> None:
    """Usage is wrong where files would be made in, above or in place of what they are made from."""
    for content in contents:
        # What is no link lies in `content` itself.
        folders = (content / slug for slug in documents_in(content))
        documents = [folder for folder in folders if folder.is_symlink()]
        if _is_within(build, content, *documents) or _is_within(content, build):
            raise click.UsageError(
                f"生成的文件不能放在 {build}：它与内容文件夹 {content} 重叠，会覆盖原稿。"
                "请用 --build 另指定一个文件夹。"
            )


def _is_within(inner: Path, *outer: Path) -> bool:
    """Whether a folder is one of others or lies in it, by whatever names, there or not yet."""
    inner = Path(os.path.realpath(inner))  # `Path.resolve` raises of links in a circle
    around = [folder for folder in (inner, *inner.parents) if folder.exists()]
    there = {(about.st_dev, about.st_ino) for about in map(Path.stat, around)}
    return any(
        inner.is_relative_to(os.path.realpath(folder))
        or (folder.exists() and (folder.stat().st_dev, folder.stat().st_ino) in there)
        for folder in outer
    )


def require_free(content: Path, slug: str) -> None:
    """Usage is wrong where a new document cannot have this name."""
    require_name(slug)
    target = content / slug / "document.md"
    if os.path.lexists(target) or target.parent.is_symlink():  # a link could lead elsewhere
        raise click.UsageError(f"{target} 已经存在，或文件夹是一个链接，请换一个名称。")


def require_name(slug: str) -> None:
    """Usage is wrong where no document can have this name."""
    from publisher import output

    if not SLUG.fullmatch(slug):
        raise click.UsageError(f"名称“{slug}”不合要求：只用小写字母、数字和连字符，如 2025-plan。")
    if output.is_reserved(slug):
        raise click.UsageError(f"名称“{slug}”由程序自己使用，请换一个名称。")


def require_example(target: Path, like: str, kind: str | None) -> None:
    """Usage is wrong where there is no such example, or its files would come among others."""
    from publisher import drafts

    if kind is not None:
        raise click.UsageError("--kind 和 --like 只用一个：例文有自己的文种。")
    if like not in drafts.examples():
        raise click.UsageError(f"没有例文“{like}”。现有：{'、'.join(drafts.examples())}。")
    if os.path.lexists(target):
        raise click.UsageError(f"{target} 已经存在，请换一个名称。")


def period_asked(words: str | None) -> Period | None:
    """A year, a month or a day."""
    from publisher.extracts.extract import period_of

    period = None if words is None else period_of(words)
    if words is not None and period is None:
        raise click.UsageError(f"时间“{words}”不合要求，应写作 2025、2025-06 或 2025-06-30。")
    return period


def day_asked(words: str | None, option: str) -> date | None:
    """The day that an option names."""
    from publisher.words.days import day_of

    if words is None:
        return None
    if (day := day_of(words)) is None:
        raise click.UsageError(f"{option} 的日期“{words}”不合要求，应写作 2025-03-03。")
    return day
