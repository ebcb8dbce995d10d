"""The session and the declarative base. Constraint names follow one convention, so that migrations can name them."""

from flask_sqlalchemy import SQLAlchemy
from psycopg import _queries
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from careplan.db.pinging import ask_the_idle, note_use
from careplan.db.together import ReadingSession

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)


# Jobs are enqueued in the transaction of the act that causes them, so their functions must be in sight.
SEARCH_PATH = "-c search_path=public,procrastinate"
db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": ReadingSession},
    engine_options={
        "pool_events": [(ask_the_idle, "checkout"), (note_use, "checkin")],
        "connect_args": {"options": SEARCH_PATH},
    },
)
# psycopg reads a longer statement anew each time that it is sent. Our great reads are longer, and always the same.
_queries.MAX_CACHED_STATEMENT_LENGTH = 16_384
_queries.MAX_CACHED_STATEMENT_PARAMS = 200
