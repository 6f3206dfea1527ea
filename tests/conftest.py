"""What must be so before any test module is imported."""

from __future__ import annotations

import sys

# pyspark takes a process without a main file, such as pytest-xdist's workers, for a doctest.
main = sys.modules["__main__"]
if not hasattr(main, "__file__"):
    main.__file__ = __file__
