"""Arguments → exit code: 0 clean, 1 findings stop publishing, 2 could not finish, 3 wrong usage."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from publisher import __version__, garbage, interruption
from publisher.cli.beginning import doctor, fonts, init, new
from publisher.cli.checking import accept, check, inspect, template
from publisher.cli.chinese import group, help_option, in_chinese
from publisher.cli.codes import CLEAN, STOPPED, UNFINISHED, WRONG_USAGE
from publisher.cli.comparing import diff, textconv, verify_published
from publisher.cli.own_style import style
from publisher.cli.previewing import serve
from publisher.cli.publishing import archive, publish
from publisher.cli.receiving import import_files, take_back
from publisher.cli.showing import explained
from publisher.cli.tasks import explain, extract, progress
from publisher.terminal import say, say_text

__all__ = ["CLEAN", "STOPPED", "UNFINISHED", "WRONG_USAGE", "main", "run"]


@group()
@click.version_option(__version__, message="%(version)s", help="显示版本并退出。")
@help_option
def publisher() -> None:
    """把 content/ 中的文字和表格，生成为红头文件（Word、PDF）、附件表和网页。"""


for each in (
    *(publish, archive, check, accept, inspect, serve, verify_published, diff, textconv),
    *(new, init, fonts, doctor, import_files, take_back),
    *(extract, progress, explain, style, template),
):
    publisher.add_command(each)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with its exit code."""
    interruption.as_ctrl_c()
    garbage.collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # in a place without Chinese
            stream.reconfigure(errors="backslashreplace")
    code = run(arguments)
    interruption.forget()
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line, and give its exit code. Nothing that goes wrong shows a traceback."""
    try:
        code = publisher.main(arguments, prog_name="publisher", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say_text(f"{error.ctx.get_help()}\n" if error.ctx else "")
        return WRONG_USAGE
    except click.UsageError as error:
        say(f"用法错误：{in_chinese(error)}", to_errors=True)
        say("运行 publisher --help 查看说明。", to_errors=True)
        return WRONG_USAGE
    except SystemExit:  # by click: who read what was said has had enough
        return UNFINISHED
    except (KeyboardInterrupt, click.Abort):
        say(explained(KeyboardInterrupt()), to_errors=True)
        return UNFINISHED
    except Exception as error:
        say(explained(error), to_errors=True)
        return UNFINISHED
    return code if isinstance(code, int) else CLEAN
