"""Nobody else's page may send in a signed-in person's name: a token in every form, an origin on every JSON write."""

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from careplan.config import Settings
from careplan.kernel.errors import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN_SITE = frozenset({"same-origin", "none"})
WITHOUT_COOKIE = ("/fhir/", "/oauth/")


class ForeignRequest(Forbidden):
    """The request came from another site's page."""

    code = "foreign_request"


class NotOurScript(Forbidden):
    """A JSON write with a session's cookie did not carry the header that other sites' forms cannot send."""

    code = "requested_with_missing"


class FormExpired(Forbidden):
    """A form came without the token of this session: it was open for too long, or is not ours."""

    code = "form_expired"
    status = 400


def register(app: Flask) -> None:
    """Checks every write before its view runs."""
    settings: Settings = app.extensions["careplan_settings"]
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_SSL_STRICT=False, WTF_CSRF_TIME_LIMIT=None)
    forms = CSRFProtect(app)

    @app.before_request
    def check_writes() -> None:
        if request.method in SAFE or request.path.startswith(WITHOUT_COOKIE) or request.url_rule is None:
            return
        if _is_foreign(own=urlsplit(settings.public_url).netloc):
            raise ForeignRequest("This came from another website, so nothing was done.")
        if request.path.startswith("/api/"):
            _check_script()
            return
        try:
            forms.protect()
        except CSRFError as refused:
            raise FormExpired("The page was open for too long, so what you sent was not saved.") from refused


def _check_script() -> None:
    if request.authorization is not None and request.authorization.type == "bearer":
        return
    if not request.headers.get("X-Requested-With"):
        raise NotOurScript("Send the header X-Requested-With with every write.", header="X-Requested-With")


def _is_foreign(*, own: str) -> bool:
    """Whether the browser itself says that another site's page sent this."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OWN_SITE:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc not in (request.host, own)
