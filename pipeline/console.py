"""What a user sees of a stage: one line, progress if it takes long, and one line for an error."""

from __future__ import annotations

import re
import signal
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from pipeline.errors import PipelineError, reason

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRESS_SECONDS = 0.2
# What a terminal obeys instead of showing it, or what turns the order of letters around. Pages and
# names of files may hold it. A tab and a line end do no harm.
COMMANDS = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def run(stage: Callable[[], None], *, stop_on_signal: bool = True) -> None:
    """Run a stage as a program: errors of the user's become one line and exit status 1.

    Parameters
    ----------
    stage
        What to do.
    stop_on_signal
        Whether to end on SIGINT and SIGTERM as on an error, so that drafts are removed.
    """
    received: list[int] = []

    def stop(signal_number: int, _frame: object) -> NoReturn:
        received.append(signal_number)
        sys.exit(128 + signal_number)

    if stop_on_signal:
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
    try:
        stage()
    except KeyboardInterrupt:
        clear_line()
        sys.exit(128 + signal.SIGINT)
    except BrokenPipeError:
        # The reader of our output has seen enough; what is left must not be flushed at exit.
        sys.stdout = None
        sys.exit(0)
    except Exception as error:
        clear_line()
        if received:  # some libraries put an error of their own in the place of our exit
            sys.exit(128 + received[0])
        if not isinstance(error, (PipelineError, OSError)):
            raise
        print(f"error: {visible(message(error))}", file=sys.stderr)
        sys.exit(1)


def message(error: PipelineError | OSError) -> str:
    """What to say of an error; the system's refusals are no defects of this project either."""
    if isinstance(error, PipelineError):
        return str(error)
    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)


class StageLine:
    """The one line that a stage prints: name, what came in and went out, where, how long."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.started = time.monotonic()
        self.shown = 0.0

    def progress(self, text: str) -> None:
        """Show how far the stage is, on a terminal and not too often."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self.shown > PROGRESS_SECONDS:
            self.shown = now
            print(f"\r\x1b[K{self.name:<8}{text}", end="", file=sys.stderr, flush=True)

    def done(self, came_in: str, went_out: str, where: object) -> None:
        """Print the line."""
        clear_line()
        seconds = time.monotonic() - self.started
        print(f"{self.name:<8}{came_in} → {went_out} in {where}  ({seconds:.1f} s)", flush=True)


def clear_line() -> None:
    """Remove a line of progress."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def visible(text: str) -> str:
    r"""A text that a terminal shows and does not obey: its commands as escapes such as ``\x1b``."""
    return COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 file", "1,024 files"."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,} {noun}"
