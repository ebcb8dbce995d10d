"""The worker process: what waits its turn."""

import click

from careplan.cli.serve import refuse_unfit_role
from careplan.cli.settings import settings_of_command


@click.command()
def worker() -> None:
    """Works off jobs until SIGTERM, then finishes the one in hand."""
    settings = settings_of_command()
    refuse_unfit_role(settings)
    from careplan import jobs
    from careplan.app import create_app
    from careplan.web import logs

    logs.configure(level=settings.log_level)
    jobs.work(url=settings.database_url, flask_app=create_app(settings))
