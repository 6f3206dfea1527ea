"""How much memory an engine in this process may take."""

from __future__ import annotations

import os
import re
import resource
from pathlib import Path

from pipeline.errors import InputError

SIZE = re.compile(r"\d+(\.\d+)? ?[kmgt]i?b", re.IGNORECASE)
SHARE = 0.5
# The limit of a control group (cgroup v2), such as that of a container: bytes, or "max".
GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory_limit() -> str:
    """MEMORY_LIMIT of the environment; if unset, half of what this process may use.

    Raises
    ------
    InputError
        If it is no size.
    """
    given = os.environ.get("MEMORY_LIMIT", "").strip()
    if not given:
        return f"{int(SHARE * usable_bytes())}B"
    if not SIZE.fullmatch(given):
        raise InputError(f"MEMORY_LIMIT={given}: expected a size such as 2GB")
    return given


def usable_bytes() -> int:
    """The machine's memory, or less if this process or its group may use less."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    limits += [limit for limit in resource.getrlimit(resource.RLIMIT_AS) if limit >= 0]
    if GROUP_LIMIT.is_file():
        text = GROUP_LIMIT.read_text(encoding="ascii").strip()
        limits += [int(text)] if text.isdigit() else []
    return min(limits)
