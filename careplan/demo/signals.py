"""Waiting for time to pass or for somebody to say stop, whichever comes first."""

import select
import signal
import socket
from types import FrameType, TracebackType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Signals:
    """Ctrl-C, SIGTERM and a closed terminal wake the waiting; a second one changes nothing."""

    def __init__(self) -> None:
        self.told = False

    def __enter__(self) -> "Signals":
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        self._read.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._hear) for number in STOPPING}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._read.close()
        self._write.close()

    def wait(self, seconds: float) -> bool:
        """Whether somebody has said stop, now or within so many seconds."""
        if not self.told and select.select([self._read], [], [], seconds)[0]:
            self._read.recv(64)
        return self.told

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.told = True
