"""Waits until the demo of this folder is ready; fails when its supervisor (the pid given) ends or five minutes pass."""

import sys
import time

import psutil

from careplan.demo.place import Place, read_running

PATIENCE = 300


def main(pid: int) -> int:
    """0 once commands can find the demo."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and psutil.pid_exists(pid):
        if read_running(Place.here()):
            return 0
        time.sleep(0.2)
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
