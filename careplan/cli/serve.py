"""The web process."""

import os
import tempfile
from typing import Any

import click

from careplan.cli.settings import fail, settings_of_command
from careplan.config import Settings

LONGEST_FINISH = 30  # seconds that requests in flight have after SIGTERM
TARGET = "careplan"


@click.command()
def serve() -> None:
    """Serves the pages and interfaces until SIGTERM, then finishes what is in flight."""
    settings = settings_of_command()
    refuse_unfit_role(settings)
    _serve_metrics(settings)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        TARGET,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        workers_kill_timeout=LONGEST_FINISH,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
    ).serve(target_loader=load_application)


def load_application(_: str) -> Any:
    """The application of a serving process, from the same settings."""
    from careplan.app import create_app
    from careplan.web import logs

    settings = settings_of_command()
    logs.configure(level=settings.log_level)
    return create_app(settings)


def refuse_unfit_role(settings: Settings) -> None:
    """In production a role that could get past the database's own locks ends the start with the reason."""
    if settings.environment != "production":
        return
    from careplan.db.role import what_is_wrong_with_role

    if wrong := what_is_wrong_with_role(settings.database_url):
        fail(f"careplan cannot start:\n  - CAREPLAN_DATABASE_URL: {wrong}", code=2)


def _serve_metrics(settings: Settings) -> None:
    """Numbers of all serving processes on a port of their own, kept apart from the pages."""
    if settings.metrics_port is None:
        return
    # The library settles when it is imported whether several processes count together.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="careplan-metrics-")
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    start_http_server(settings.metrics_port, addr=settings.host, registry=registry)
