"""What was typed and not saved: kept for its writer while they type, and dropped when they say so."""

from uuid import UUID

from flask import abort, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.kernel.clock import utc_now
from careplan.kernel.words import clock_time
from careplan.plans import service
from careplan.plans.routes.blueprint import blueprint, the_plan, to_plan, write_plan
from careplan.plans.routes.pages import is_page
from careplan.web.forms import UNSTORABLE

NOT_TYPED = frozenset({"csrf_token", "page", "more"})


@blueprint.post("/plans/<uuid:plan_id>/unfinished")
@write_plan
def keep_unfinished(plan_id: UUID) -> ResponseReturnValue:
    """Keeps what stands in a page's form, for the account that typed it; a script of ours sends it."""
    typed = [(n, v) for n, v in request.form.items(multi=True) if n not in NOT_TYPED and not UNSTORABLE.search(n + v)]
    kept_at = service.keep_unfinished(
        plan_id=plan_id, page=_page(), fields=typed, actor=guard.actor(), now=utc_now()
    )
    return jsonify(kept_at=clock_time(kept_at))


@blueprint.post("/plans/<uuid:plan_id>/unfinished/removals")
@write_plan
def drop_unfinished(plan_id: UUID) -> ResponseReturnValue:
    """Forgets it, and shows the page as it was saved."""
    name, plan = _page(), the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    service.drop_unfinished(version_id=plan.draft.id, page=name, actor=guard.actor())
    flash("What you typed is dropped. This is what was saved.")
    return redirect(f"/plans/{plan_id}/{name}", 303)


def _page() -> str:
    name = request.form.get("page", "")
    if not is_page(name):
        abort(404)
    return name
