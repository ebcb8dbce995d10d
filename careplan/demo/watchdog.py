"""Waits beside the supervisor. When the supervisor is gone without a word (kill -9), ends everything that it started.

It holds the other end of a pipe that only the supervisor keeps open, and the demo's lock, so that no new demo starts in
this folder before the old one has gone.
"""

import os
import signal
import sys

from careplan.demo.ending import SHORT_PATIENCE, end_everything
from careplan.demo.place import Place

GOODBYE = b"."


def main() -> None:
    """Reads until the pipe ends; a goodbye before that means that all is well."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    if os.read(int(sys.argv[1]), 1) != GOODBYE:
        end_everything(Place.here(), patience=SHORT_PATIENCE)


if __name__ == "__main__":
    main()
