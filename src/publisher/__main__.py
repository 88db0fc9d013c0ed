"""`publisher` and `python -m publisher`."""

import signal


def main() -> None:
    """Run the command line; Ctrl-C before anything has begun ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from publisher import cli

    cli.main()


if __name__ == "__main__":
    main()
