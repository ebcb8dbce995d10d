"""PostgreSQL: the session, the base of all tables, column types and the second lock on rows."""

from careplan.db.base import Base, db

__all__ = ["Base", "db"]
