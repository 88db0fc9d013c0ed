"""The name of a module → what it needs loaded, in the process from which others are begun.

It does so as it is imported: `multiprocessing` imports it there, and nothing else does.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from importlib import import_module

OF = "PUBLISHER_READY"
"""In the environment, the module that is to get ready."""


def get_ready(module: str) -> None:
    """Load what a module needs; what keeps it from that, its work will tell."""
    with suppress(Exception):
        import_module(module).get_ready()
    gc.freeze()  # what all have in common is not looked through in each


if named := os.environ.pop(OF, ""):
    get_ready(named)
