"""The name of who does a task → whether it names several that it does not list: 各科室."""

from __future__ import annotations

import re

_COLLECTIVE = re.compile(
    "(?:各|有关|相关|所有|全体|其他|局属|委属|所属|直属).*(?:科室|处室|单位|部门|股室)"
)
_ELSEWHERE = re.compile("[省市州县区镇乡]|街道")
"""In names of organs that are none of the bureau: 各区民政部门."""


def is_collective(name: str) -> bool:
    """Whether departments of the bureau may be meant that the name does not list."""
    return bool(_COLLECTIVE.match(name)) and not _ELSEWHERE.search(name)
