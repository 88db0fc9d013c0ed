"""Files of others → `content/<slug>/`, and a report that accounts for every word of them."""

from __future__ import annotations
