"""Pages of news and messages."""

from careplan.notices.routes import messages, news, outbox
from careplan.notices.routes.blueprint import blueprint

__all__ = ["blueprint", "messages", "news", "outbox"]
