"""Ending what a supervisor started: asked first, then told, and the database last."""

import contextlib
import os
import signal
import time

import psutil

from careplan.db import embedded
from careplan.demo.place import Alive, Place, forget, read_children

PATIENCE = 35  # seconds; a web process has thirty to finish what is in flight
SHORT_PATIENCE = 5  # where nobody waits for what is in flight


def end_everything(place: Place, *, patience: float = PATIENCE) -> None:
    """Ends the processes on the list with all theirs, then the database; forgets the demo."""
    end_processes(read_children(place), patience=patience)
    if place.database.exists():
        embedded.stop_if_running(place.database)
    forget(place)


def end_processes(children: list[Alive], *, patience: float = PATIENCE) -> None:
    """Each child leads a process group of its own, so that what it started ends with it."""
    leaders = [process for child in children if (process := child.find())]
    families = [member for leader in leaders for member in _family(leader)]
    for leader in leaders:
        with contextlib.suppress(psutil.Error):
            leader.send_signal(signal.SIGTERM)
    _wait_for(families, patience=patience)
    for leader in leaders:
        with contextlib.suppress(OSError):
            os.killpg(leader.pid, signal.SIGKILL)
    for member in families:
        if not _is_gone(member):
            with contextlib.suppress(psutil.Error):
                member.kill()
    _wait_for(families, patience=PATIENCE)


def _family(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def _wait_for(processes: list[psutil.Process], *, patience: float) -> None:
    """Until all have ended. One that waits to be reaped has ended; whose task that is may take its time."""
    deadline = time.monotonic() + patience
    while not all(_is_gone(p) for p in processes) and time.monotonic() < deadline:
        time.sleep(0.05)


def _is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return True
