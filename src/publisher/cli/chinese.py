"""Commands, options and faults of click → the same in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(path_type=Path)


class _ChineseHelp:
    """Help with Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces: list[str] = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        command: Any = self
        options = [
            parameter
            for parameter in command.get_params(ctx)
            if isinstance(parameter, click.Option)
        ]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        _section(formatter, "选项", rows)
        if isinstance(self, click.Group):
            commands = [(name, command.help or "") for name, command in self.commands.items()]
            _section(formatter, "命令", [(name, text.splitlines()[0]) for name, text in commands])


def _section(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    formatter.write(f"\n{title}：\n")
    with formatter.indentation():
        formatter.write_dl(rows)


class _Command(_ChineseHelp, click.Command):
    pass


class _Group(_ChineseHelp, click.Group):
    command_class = _Command


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """A function → a command of its name, or of another."""
    return click.command(name, cls=_Command, options_metavar="[选项]")


def group() -> Callable[[Callable[..., Any]], _Group]:
    """A function → commands below its name."""
    metavar = "命令 [参数]…"
    return click.group(cls=_Group, options_metavar="[选项]", subcommand_metavar=metavar)


def help_option(function: Any) -> Any:
    """--help."""
    return click.help_option("--help", help="显示说明并退出。")(function)


def _named(context: click.Context, option: click.Parameter, folder: Path) -> Path:
    """A folder by its own name, which stands before the files in it where these are told."""
    return folder if folder.name not in ("", "..") else folder.resolve()


def content_option(function: Any) -> Any:
    """--content, the folder of all documents."""
    return click.option(
        "--content",
        callback=_named,
        type=FOLDER,
        metavar="文件夹",
        default="content",
        help="公文内容所在的文件夹，默认为 content。",
    )(function)


def build_option(what: str) -> Callable[[Any], Any]:
    """--build, the folder of what is made; `what` says what for."""
    return click.option(
        "--build",
        type=FOLDER,
        metavar="文件夹",
        default="build",
        help=f"{what}，默认为 build。",
    )


def in_chinese(error: click.UsageError) -> str:
    """What click found wrong in the arguments."""
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case click.MissingParameter():
            return f"缺少{error.param.metavar if error.param else '参数'}。"
        case click.BadParameter():
            if match := re.fullmatch(r"Directory '(.*)' is a file\.", error.message, re.DOTALL):
                return f"{match[1]} 是一个文件，这里要写文件夹。"
            name = error.param.opts[0] if error.param else ""
            choices = getattr(error.param and error.param.type, "choices", None)
            if choices:
                return f"{name} 的值不对，可用的有：{'、'.join(choices)}。"
            return f"{name} 的值不对。{getattr(error.param, 'help', None) or ''}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 缺少值。"
        case _ if match := re.fullmatch(r"No such command '(.*?)'.*", error.message, re.DOTALL):
            return f"没有命令 {match[1]}。"
        case _ if "unexpected extra argument" in error.message:
            return "参数太多。"
        case _:
            return error.message
