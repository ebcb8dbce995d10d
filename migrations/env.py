"""How Alembic reaches the database: one connection, one transaction a migration run, a lock against a second runner."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from careplan.tables import METADATA

LOCK = 7_270_341  # any number, so long as every runner takes the same


def run() -> None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=METADATA, compare_type=True)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            context.run_migrations()


run()
