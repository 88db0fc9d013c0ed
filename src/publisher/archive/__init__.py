"""Finished documents in `build/` → `build/public/`, which goes online as it is."""
