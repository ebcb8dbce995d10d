"""Whether the process lives and whether it can serve: no versions, no counts."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from careplan.access import guard
from careplan.db import db
from careplan.db.head import EXPECTED_HEAD

blueprint = Blueprint("probes", __name__)


@blueprint.get("/healthz")
@guard.public
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@guard.public
def readyz() -> Response:
    """503 while the database is away or its tables are not those of this program."""
    try:
        head = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    if head != EXPECTED_HEAD:
        return Response("the database's tables are not those of this program\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
