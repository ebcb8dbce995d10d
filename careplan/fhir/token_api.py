"""The token endpoint of SMART Backend Services."""

import orjson
from flask import Response, current_app, request

from careplan.access import guard
from careplan.fhir import scopes as smart
from careplan.fhir.tokens import ASSERTION_TYPE, GRANT_TYPE, TokenRefused, grant
from careplan.kernel.clock import utc_now

FORM = "application/x-www-form-urlencoded"
PARAMETERS = ("grant_type", "scope", "client_assertion_type", "client_assertion")


@guard.public
def issue_token() -> Response:
    """A token against a signed assertion.  Raises TokenRefused, which tells OAuth's word for why and nothing beyond."""
    if request.mimetype != FORM or any(len(request.form.getlist(name)) > 1 for name in PARAMETERS):
        raise TokenRefused("invalid_request")
    said = {name: request.form.get(name, "") for name in PARAMETERS}
    if not said["grant_type"]:
        raise TokenRefused("invalid_request")
    if said["grant_type"] != GRANT_TYPE:
        raise TokenRefused("unsupported_grant_type")
    if said["client_assertion_type"] != ASSERTION_TYPE or not said["client_assertion"]:
        raise TokenRefused("invalid_client", status=401)
    audience = current_app.extensions["careplan_settings"].public_url + "/oauth/token"
    granted = grant(assertion=said["client_assertion"], scope=said["scope"], audience=audience, now=utc_now())
    body = {
        "access_token": granted.token,
        "token_type": "bearer",
        "expires_in": granted.expires_in,
        "scope": smart.written(granted.scopes),
    }
    return Response(orjson.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})
