"""How much memory an engine in this process may take."""

from __future__ import annotations

import os
import re
import resource
from pathlib import Path

from pipeline.errors import InputError

SIZE = re.compile(r"\d+(\.\d+)? ?[kmgt]i?b", re.IGNORECASE)
SHARE = 0.5
# The limit of a control group (cgroup v2 and v1), such as that of a container: bytes, or "max".
GROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


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
    texts = [path.read_text(encoding="ascii").strip() for path in GROUP_LIMITS if path.is_file()]
    return min([*limits, *(int(text) for text in texts if text.isdigit())])
