"""Whether the application's database role is as weak as it should be."""

from sqlalchemy import create_engine, pool, text
from sqlalchemy.exc import OperationalError

ASK = text(
    """
    SELECT r.rolname,
           r.rolsuper OR r.rolbypassrls AS passes_locks,
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                     AND pg_has_role(r.rolname, c.relowner, 'MEMBER')) AS owns_tables
    FROM pg_roles r WHERE r.rolname = current_user
    """
)


def what_is_wrong_with_role(url: str) -> str | None:
    """The reason why a role must not serve the application, or None. A role that owns tables can lift their locks."""
    engine = create_engine(url, poolclass=pool.NullPool)
    try:
        with engine.connect() as connection:
            role = connection.execute(ASK).one()
    except OperationalError:
        return "the database does not answer, or refuses this role."
    if role.passes_locks:
        return f"the role {role.rolname} is a superuser or bypasses row-level security. Use a role that is neither."
    if role.owns_tables:
        return f"the role {role.rolname} owns the tables, or may become their owner. Use a role that owns nothing."
    return None
