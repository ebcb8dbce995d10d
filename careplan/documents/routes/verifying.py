"""Checking the code of a printed plan: for anyone, without signing in, and with nothing personal in the answer."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from careplan.access import guard
from careplan.access.limiting import limited
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.documents import queries
from careplan.documents.forms import CodeForm
from careplan.documents.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now
from careplan.plans.domain.code import FORMER_DIGITS, digits_of, in_fours
from careplan.web import page

# One address may ask this often. The former, shorter code could be met by chance, so it is asked for at a slower pace.
PACE = "30 per minute; 300 per day"
PACE_OF_FORMER = "10 per hour"


def _pace() -> str:
    digits = digits_of(str((request.view_args or {}).get("code", "")))
    return PACE_OF_FORMER if digits and len(digits) == FORMER_DIGITS else PACE


@blueprint.get("/verify")
@guard.public
def ask_for_code() -> ResponseReturnValue:
    """A box for the code."""
    form = CodeForm(request.args)
    if "code" not in request.args:
        return page("documents/verify.html", form=form)
    if form.validate():
        return redirect(url_for("documents.verify", code=form.code.data), 303)
    return page("documents/verify.html", form=form), 422


@blueprint.get("/verify/<code>")
@guard.public
@limited(_pace)
def verify(code: str) -> ResponseReturnValue:
    """Whether the paper with this code is the plan that counts."""
    digits = digits_of(code)
    if digits is None:
        form = CodeForm(data={"code": code})
        form.code.errors = [_("Type the code as it is printed: letters from a to f and numbers")]
        return page("documents/verify.html", form=form), 422
    see_everything(db.session, as_="verify")
    verdict = queries.get_verdict(digits=digits, at=utc_now())
    return page("documents/verdict.html", verdict=verdict, code=in_fours(digits))
