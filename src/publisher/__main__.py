"""`publisher` and `python -m publisher`."""

import os
import signal
import sys

_NOT_HERE = (
    "publisher 不能直接在 Windows 上运行：写下的文件要么完整、要么没有，靠的是这里没有的系统功能。"
    "请在 WSL 2 的 Debian 或 Ubuntu 里安装和运行（见 docs/deploying.md）。"
)


def main() -> None:
    """Run the command line; Ctrl-C before anything has begun ends it without a word."""
    if os.name != "posix":
        print(_NOT_HERE, file=sys.stderr)
        sys.exit(2)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from publisher import cli

    cli.main()


if __name__ == "__main__":
    main()
