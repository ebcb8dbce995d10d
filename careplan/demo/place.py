"""Where a demo keeps its things, and what it leaves there for commands to find it by."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Place:
    """The demo's folder: `var` under the project, unless CAREPLAN_VAR names another."""

    var: Path

    @classmethod
    def here(cls) -> "Place":
        return cls(Path(os.environ.get("CAREPLAN_VAR") or "var").resolve())

    @property
    def database(self) -> Path:
        return self.var / "pg"

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def lock(self) -> Path:
        return self.var / "demo.lock"

    @property
    def running(self) -> Path:
        return self.var / "demo.json"

    @property
    def children(self) -> Path:
        return self.var / "demo.children.json"


@dataclass(frozen=True, slots=True)
class Alive:
    """A process that is told from a later one with the same pid by the instant at which it was made."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> "Alive":
        return cls(pid, psutil.Process(pid).create_time())

    def find(self) -> psutil.Process | None:
        """The process, if it still runs."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < 1 and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return None
        return process if same else None


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that is up: its supervisor, and the environment that it gave its processes."""

    supervisor: Alive
    environment: dict[str, str]


def read_running(place: Place) -> Running | None:
    """The demo that runs at a place, or None."""
    found = _read(place.running)
    if not isinstance(found, dict):
        return None
    running = Running(Alive(**found["supervisor"]), found["environment"])
    return running if running.supervisor.find() else None


def write_running(place: Place, running: Running) -> None:
    """Lets commands find the demo; it holds secrets of the demo, so only its owner may read it."""
    _write(place.running, asdict(running))


def read_children(place: Place) -> list[Alive]:
    """The processes that the last supervisor started and did not take off its list."""
    found = _read(place.children)
    return [Alive(**child) for child in found] if isinstance(found, list) else []


def write_children(place: Place, children: list[Alive]) -> None:
    """Writes down which processes have to be ended if the supervisor cannot do it any more."""
    _write(place.children, [asdict(child) for child in children])


def forget(place: Place) -> None:
    """The demo has ended and left nothing running."""
    place.running.unlink(missing_ok=True)
    place.children.unlink(missing_ok=True)


def _read(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return found


def _write(path: Path, content: object) -> None:
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file)
    draft.replace(path)
