"""Ending what a supervisor started: asked first, then told, and the database last."""

import contextlib
import os
import signal

import psutil

from careplan.db import embedded
from careplan.demo.place import Alive, Place, forget, read_children

PATIENCE = 35  # seconds; a web process has thirty to finish what is in flight


def end_everything(place: Place, *, patience: float = PATIENCE) -> None:
    """Ends the processes on the list with all theirs, then the database; forgets the demo."""
    end_processes(read_children(place), patience=patience)
    if place.database.exists():
        embedded.stop_if_running(place.database)
    forget(place)


def end_processes(children: list[Alive], *, patience: float = PATIENCE) -> None:
    """Each child leads a process group of its own, so that what it started ends with it."""
    found = [process for child in children if (process := child.find())]
    families = [member for process in found for member in _family(process)]
    for process in found:
        _signal(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(families, timeout=patience)
    for process in found:
        _signal(process, signal.SIGKILL)
    for process in stubborn:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(families, timeout=PATIENCE)


def _family(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    """SIGTERM to the leader, who tells its own; SIGKILL to the whole group."""
    with contextlib.suppress(ProcessLookupError, PermissionError, psutil.Error):
        if number == signal.SIGTERM:
            process.send_signal(number)
        else:
            os.killpg(process.pid, number)
