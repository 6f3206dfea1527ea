"""Pages as one text, and the regular listings among them."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import numpy as np

from pipeline.parsing.regular.lines import Lines
from pipeline.parsing.regular.read import read_regular
from pipeline.parsing.regular.shape import stretches
from pipeline.sources import encoding_of, with_newlines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.parsing.regular.shape import Stretch


class RegularPages:
    """The regular listings of many pages, and where the others stand.

    Attributes
    ----------
    stretches_of
        The stretches of each page; none of a page in another encoding or with zero bytes.
    regular
        The listings of those that are regular.
    """

    def __init__(self, pages: Sequence[tuple[bytes, date | None]]) -> None:
        texts = [page_text(data) for data, _ in pages]
        self.lines = Lines(b"".join(texts))
        ends = np.cumsum([len(text) for text in texts])
        del texts
        lasts = self.lines.line_of(ends)
        self.bounds = list(zip([0, *lasts.tolist()], lasts.tolist(), strict=False))
        found = stretches(self.lines, self.bounds)
        given = np.array([as_of for _, as_of in pages], "datetime64[D]")
        self.regular = read_regular(self.lines, found, given)
        self.stretches_of: list[list[Stretch]] = [[] for _ in pages]
        for stretch in found:
            self.stretches_of[stretch.page].append(stretch)

    def data_of(self, stretch: Stretch) -> bytes:
        """The bytes of a stretch."""
        return self.lines.data[self.lines.starts[stretch.first] : self.lines.ends[stretch.last - 1]]

    def is_valid(self, page: int) -> bool:
        """Whether all bytes of a page are UTF-8."""
        first, last = self.bounds[page]
        return bool(self.lines.invalid[first] == self.lines.invalid[last])


def page_text(data: bytes) -> bytes:
    """A page's bytes with plain line ends and blanks, and two newlines behind them.

    Nothing of a page that is not UTF-8 text in the main; `pipeline.sources.decode` reads all.
    """
    if encoding_of(data) != "utf-8" or b"\0" in data:
        return b""
    return with_newlines(data).replace(b"\t", b" ").removeprefix(BOM_UTF8) + b"\n\n"
