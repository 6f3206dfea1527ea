"""`python -m pipeline`: what `make all` runs.

Until `run` sees to Ctrl-C, it just ends the process: Python would print a traceback if the key
is pressed while modules are imported.
"""

# ruff: noqa: E402 -- the signal has to be seen to before anything is imported

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)

from pipeline.build import main

main()
