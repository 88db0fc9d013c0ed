"""serve → a preview in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.chinese import (
    FOLDER,
    command,
    content_option,
    help_option,
)
from publisher.cli.codes import CLEAN
from publisher.cli.showing import explained
from publisher.cli.usage import (
    documents_named,
    keep_apart,
)
from publisher.terminal import say


@command()
@click.argument("slugs", nargs=-1, metavar="[公文]…")
@content_option
@click.option(
    "--build",
    type=FOLDER,
    metavar="文件夹",
    help="生成到哪个文件夹，默认为临时文件夹，结束后删除。",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="端口",
    default=8000,
    help="预览的端口，默认为 8000；0 为任意空闲的端口。",
)
@help_option
def serve(slugs: tuple[str, ...], content: Path, build: Path | None, port: int) -> int:
    """在浏览器中预览，保存改动后自动重新生成；不写名称时为全部公文。

    只有本机可以打开。改错了的时候显示检查结果，并保留上一版。按 Ctrl-C 结束。
    """
    from publisher import serve as preview

    if build:
        keep_apart(build, content)
    documents_named(content, slugs)
    preview.run(preview.Preview(content, build, slugs, port, explained, say))
    return CLEAN
