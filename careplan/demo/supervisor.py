"""`make demo`: starts PostgreSQL, the sign-in provider, web and worker; watches them; ends them all."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO

import psycopg
import requests

from careplan.db import embedded
from careplan.db.head import EXPECTED_HEAD
from careplan.demo import announce, ending, watchdog
from careplan.demo.ending import end_everything
from careplan.demo.keys import ensure_keys, ensure_secret
from careplan.demo.personas import ISSUER
from careplan.demo.place import Alive, Place, Running, read_running, write_children, write_running
from careplan.demo.ports import LOOPBACK, is_free, next_free
from careplan.demo.signals import Signals

DATABASE = "careplan"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65000  # the provider and the metrics take the next free ones
READY_PATIENCE = 120
LOCK_PATIENCE = 60
MOST_RESTARTS = 5  # in a minute


class CannotRun(Exception):
    """The demo cannot start or go on; the message says why and what to do."""


class ToldToStop(Exception):
    """Somebody pressed Ctrl-C, or the like."""


@dataclass
class Child:
    """A process that is started again when it dies."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)


def run() -> int:
    """Runs the demo until it is told to stop; the exit status."""
    place = Place.here()
    try:
        with Signals() as signals:
            return Supervisor(place, signals).run()
    except (CannotRun, embedded.CannotStart) as why:
        print(why, file=sys.stderr, flush=True)
        return 1


def empty() -> int:
    """Removes the data of a demo that is not running; the exit status."""
    place = Place.here()
    try:
        with _locked(place):
            end_everything(place)
            for folder in (place.database, place.logs, place.var / "anchors"):
                shutil.rmtree(folder, ignore_errors=True)
    except CannotRun as why:
        print(why, file=sys.stderr, flush=True)
        return 1
    print("The demo is empty. `make demo` fills it again.", flush=True)
    return 0


class Supervisor:
    """One demo at one place. All its children are on a list outside it, in case it cannot end them itself."""

    def __init__(self, place: Place, signals: Signals) -> None:
        self.place = place
        self.signals = signals
        self.parent = os.getppid()
        self.port = _port_asked()
        self.children: list[Child] = []
        self.guard: subprocess.Popen[bytes] | None = None
        self.pipe: int | None = None
        self.server: embedded.EmbeddedServer | None = None
        self.is_ready = False

    def run(self) -> int:
        with _locked(self.place) as lock:
            end_everything(self.place)
            self._refuse_taken_port()
            try:
                self._start(lock)
                self._watch()
            except ToldToStop:
                announce.stopping()
            finally:
                self._stop()
        return 0

    def _start(self, lock: IO[str]) -> None:
        self.place.logs.mkdir(parents=True, exist_ok=True)
        provider_port = next_free(self.port)
        environment = self._environment(provider_port=provider_port, metrics_port=next_free(provider_port))
        self._start_watchdog(lock)
        announce.step("Starting PostgreSQL …")
        self._start_database()
        if not self._is_prepared():
            announce.step("Preparing the tables and the council …")
            self._run_to_end("prepare", ["-m", "careplan", "demo", "prepare"], self._as_owner(environment))
        self.environment = environment
        announce.step("Starting the pages …")
        self._start_children(provider_port)
        self._wait_until_ready(provider_port)
        # Not earlier: nothing waits for it yet, and on a small machine it would keep the pages waiting.
        self._start_child(Child("worker", ["-m", "careplan", "worker"]))
        shown = {name: value for name, value in environment.items() if name.startswith("CAREPLAN_")}
        write_running(self.place, Running(Alive.of(os.getpid()), self._as_owner(shown)))
        self.is_ready = True
        announce.ready(self._address())

    def _environment(self, *, provider_port: int, metrics_port: int) -> dict[str, str]:
        keys = ensure_keys(self.place.keys)
        ours = {
            "CAREPLAN_ENV": "demo",
            "CAREPLAN_HOST": LOOPBACK,
            "CAREPLAN_PORT": str(self.port),
            "CAREPLAN_METRICS_PORT": str(metrics_port),
            "CAREPLAN_PUBLIC_URL": self._address(),
            "CAREPLAN_VAR": str(self.place.var),
            "CAREPLAN_SECRET": ensure_secret(self.place.keys / "secret"),
            "CAREPLAN_ANCHOR_KEY": ensure_secret(self.place.keys / "anchor"),
            "CAREPLAN_OIDC_METADATA_URL": f"http://{LOOPBACK}:{provider_port}/.well-known/openid-configuration",
            "CAREPLAN_OIDC_CLIENT_ID": "careplan",
            "CAREPLAN_OIDC_PRIVATE_KEY": str(keys.client_private),
            "CAREPLAN_OIDC_ISSUER_ALIAS": ISSUER,
        }
        others = {n: v for n, v in os.environ.items() if "DATABASE_URL" not in n}
        return {**others, **ours}

    def _start_database(self) -> None:
        self.server = embedded.start(self.place.database)
        embedded.prepare_roles(self.server)
        embedded.ensure_database(self.server, DATABASE)

    def _is_prepared(self) -> bool:
        """Whether tables and council are there already; asked here, for preparing takes seconds to find out."""
        try:
            with psycopg.connect(self._url(embedded.OWNER_ROLE)) as connection:
                head = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                council = connection.execute("SELECT 1 FROM account WHERE issuer = %s", [ISSUER]).fetchone()
        except psycopg.errors.UndefinedTable:
            return False
        return head == (EXPECTED_HEAD,) and council is not None

    def _as_owner(self, environment: dict[str, str]) -> dict[str, str]:
        return {**self._as_application(environment), "CAREPLAN_OWNER_DATABASE_URL": self._url(embedded.OWNER_ROLE)}

    def _as_application(self, environment: dict[str, str]) -> dict[str, str]:
        return {**environment, "CAREPLAN_DATABASE_URL": self._url(embedded.APP_ROLE)}

    def _url(self, role: str) -> str:
        assert self.server is not None  # noqa: S101  it narrows the type: the database is started first
        return self.server.url(role=role, database=DATABASE)

    def _start_watchdog(self, lock: IO[str]) -> None:
        """It keeps the lock while it lives; the pipe's end tells it that this process is gone."""
        heard, self.pipe = os.pipe()
        self.guard = subprocess.Popen(
            [sys.executable, "-m", "careplan.demo.watchdog", str(heard)],
            pass_fds=[heard, lock.fileno()],
            env={**os.environ, "CAREPLAN_VAR": str(self.place.var)},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        os.close(heard)

    def _start_children(self, provider_port: int) -> None:
        keys = ensure_keys(self.place.keys)
        provider = ["-m", "careplan.demo.provider", "--port", str(provider_port), "--client-address", self._address()]
        provider += ["--client-public", str(keys.client_public), "--key", str(keys.provider)]
        self.children = []
        self._start_child(Child("provider", provider))
        self._start_child(Child("web", ["-m", "careplan", "serve"]))

    def _start_child(self, child: Child) -> None:
        self.children.append(child)
        self._launch(child, mode="wb")

    def _launch(self, child: Child, *, mode: str) -> None:
        with (self.place.logs / f"{child.name}.log").open(mode) as log:
            child.process = subprocess.Popen(
                [sys.executable, *child.command],
                env=self._as_application(self.environment),
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._write_down()

    def _write_down(self) -> None:
        alive = [c.process.pid for c in self.children if c.process is not None and c.process.poll() is None]
        write_children(self.place, [Alive.of(pid) for pid in alive])

    def _run_to_end(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        child = Child(name, command)
        self.children = [child]
        self.environment = environment
        self._launch(child, mode="wb")
        assert child.process is not None  # noqa: S101  it narrows the type: launched above
        process = child.process
        self._until(lambda: process.poll() is not None, "preparing the tables did not end", patience=None)
        if process.returncode != 0:
            raise CannotRun(f"Preparing the database failed.\n{self._tail(name)}")

    def _wait_until_ready(self, provider_port: int) -> None:
        for name, address in (
            ("provider", f"http://{LOOPBACK}:{provider_port}/jwks"),
            ("web", f"{self._address()}/readyz"),
        ):
            self._until(lambda a=address: _answers(a), f"{name} did not become ready", patience=READY_PATIENCE)  # type: ignore[misc]  # the default binds the loop's value

    def _until(self, done: Callable[[], bool], failure: str, *, patience: float | None) -> None:
        deadline = time.monotonic() + patience if patience else None
        while not done():
            self._obey(self.signals.wait(0.1))
            self._notice_deaths()
            if deadline and time.monotonic() > deadline:
                raise CannotRun(f"The demo cannot start: {failure} within {patience:.0f} seconds.")

    def _watch(self) -> None:
        while True:
            self._obey(self.signals.wait(1))
            self._notice_deaths()
            if self.server is not None and not self.server.is_alive():
                announce.step("PostgreSQL ended unexpectedly; starting it again …")
                self._start_database()

    def _obey(self, signalled: bool) -> None:
        left_by_make = "MAKELEVEL" in os.environ and os.getppid() != self.parent
        if signalled or left_by_make:
            raise ToldToStop

    def _notice_deaths(self) -> None:
        for child in self.children:
            if child.process is None or child.process.poll() is None or child.name == "prepare":
                continue
            now = time.monotonic()
            child.deaths = [t for t in child.deaths if now - t < 60] + [now]
            if len(child.deaths) > MOST_RESTARTS:
                raise CannotRun(f"The demo's {child.name} ends again and again.\n{self._tail(child.name)}")
            announce.step(f"The demo's {child.name} ended unexpectedly; starting it again …")
            with contextlib.suppress(OSError):
                os.killpg(
                    child.process.pid, signal.SIGKILL
                )  # what it started itself would else run on beside the new one
            self._launch(child, mode="ab")

    def _tail(self, name: str) -> str:
        log = self.place.logs / f"{name}.log"
        return f"It says, in {log}:\n{log.read_text(errors='replace')[-2000:]}"

    def _stop(self) -> None:
        """Nothing that arrives now stops the stopping."""
        self._write_down()
        # Before it is ready nobody waits for an answer, and a process that is still starting may not hear.
        end_everything(self.place, patience=ending.PATIENCE if self.is_ready else ending.SHORT_PATIENCE)
        for child in self.children:
            if child.process is not None:
                child.process.wait()
        if self.pipe is not None and self.guard is not None:
            os.write(self.pipe, watchdog.GOODBYE)
            os.close(self.pipe)
            self.guard.wait()

    def _address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def _refuse_taken_port(self) -> None:
        if not is_free(self.port):
            raise CannotRun(
                f"Port {self.port} is taken by another program. Choose another one: "
                f"CAREPLAN_PORT={next_free(self.port)} make demo"
            )


@contextmanager
def _locked(place: Place) -> Iterator[IO[str]]:
    """One demo a folder. After a kill -9 the watchdog keeps the lock until it has ended what was left: we wait."""
    place.var.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + LOCK_PATIENCE
    with place.lock.open("a+") as lock:
        while not _take(lock):
            if _holder_lives(lock) or time.monotonic() > deadline:
                raise CannotRun(_already_running(place))
            time.sleep(0.1)
        lock.truncate(0)
        json.dump(asdict(Alive.of(os.getpid())), lock)
        lock.flush()
        yield lock


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder_lives(lock: IO[str]) -> bool:
    lock.seek(0)
    try:
        return Alive(**json.load(lock)).find() is not None
    except ValueError:
        return True  # it has just taken the lock and not signed it yet


def _already_running(place: Place) -> str:
    running = read_running(place)
    where = f" at {running.environment['CAREPLAN_PUBLIC_URL']}" if running else ""
    return (
        f"A demo is already running in this folder{where}. Use that one, or stop it with Ctrl-C where it was started. "
        "A second demo needs a folder and a port of its own."
    )


def _port_asked() -> int:
    text = os.environ.get("CAREPLAN_PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 1 <= int(text) <= HIGHEST_PORT:
        raise CannotRun(f"CAREPLAN_PORT is not accepted: it must be a whole number from 1 to {HIGHEST_PORT}.")
    return int(text)


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).ok
    except requests.RequestException:
        return False
