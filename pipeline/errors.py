"""The errors that a user sees as one line; everything else is a defect of this project."""

import os
import re

CODE = re.compile(r"\(os error (\d+)\)")  # as polars puts it into the text

# What to do about an output that can't be read.
REMEDY = "remove it, and `make all` writes it anew"


def reason(error: OSError) -> str:
    """What the system says, without the file's name and codes that libraries add."""
    found = CODE.search(str(error))
    code = error.errno or (found and int(found[1]))
    return (os.strerror(code) if code else str(error)).lower()


class PipelineError(Exception):
    """Something in the input or the call that the run can't go on with; its text says why."""


class InputError(PipelineError):
    """A file of the user's that is missing, unreadable or not of the expected form."""


class CheckError(PipelineError):
    """Rows of the tables that contradict what must hold."""


class QueryError(PipelineError):
    """SQL that the engine refuses; the text is the engine's own."""
