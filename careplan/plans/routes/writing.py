"""What the pages of a draft share: the list of tasks, saving, putting two people's texts together, going on."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from careplan.access import guard
from careplan.db.together import together
from careplan.delegation import queries as delegation
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, Invalid, Stale
from careplan.people import queries as people
from careplan.plans import queries, service
from careplan.plans.domain.content import PlanContent
from careplan.plans.domain.merging import Choice, Side, Typed
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.domain.side_by_side import questions
from careplan.plans.domain.task_list import Beside, Task, next_page, task_list
from careplan.plans.routes.blueprint import the_person, the_plan
from careplan.web import page

Edit = Callable[[PlanContent], Mapping[str, Any]]
CHOOSE, WRITE = "choose.", "write."
# Not chosen from two texts, but to be written anew: in a box where it is words, else on the page itself.
ANEW = "anew"
OWN_NAMES = ("csrf_token", "theirs")


def tasks_of(plan: SupportPlan) -> tuple[Task, ...]:
    """The pages of the version being written; none where none is."""
    if plan.draft is None:
        return ()
    content, now = plan.draft.content, utc_now()
    authorities, about, handed_over, around = together(
        lambda: people.list_authorities(person_id=plan.person_id, at=now),
        lambda: people.find_about(person_id=plan.person_id),
        lambda: delegation.list_delegations(person_id=plan.person_id),
        lambda: service.surroundings_of(plan=plan, content=content, now=now),
    )
    planned = {d.delegation for d in content.delegations}
    beside = Beside(
        about_written=about is not None,
        activities_handed_over=sum(d.id not in planned for d in handed_over),
        representatives=len(authorities),
    )
    return task_list(content, around, beside)


def missing_on(plan: SupportPlan, name: str) -> tuple[str, ...]:
    """What is still missing on a page."""
    return next((t.missing for t in tasks_of(plan) if t.page == name), ())


def save(
    plan: SupportPlan, form: Any, edit: Edit, *, name: str, onward: str | None = None
) -> ResponseReturnValue | None:
    """Saves a page and leads on; where both changed one thing, asks; None: the form says what to mend."""
    try:
        saved = service.save_page(
            plan_id=plan.id,
            edit=edit,
            revision=sent_number("revision"),
            choices=_choices(),
            actor=guard.actor(),
            now=utc_now(),
        )
    except service.BothChanged as both:
        return _both_texts(plan, both), 412
    except Stale as refused:
        form.form_errors = [*form.form_errors, refused.message]
    except DomainError as refused:
        form.show(refused)
        _show_in_form(form, refused)
    else:
        service.drop_unfinished(version_id=saved.draft.id, page=name, actor=guard.actor())
        others = f" {saved.together_with} saved something else meanwhile; both are kept." if saved.together_with else ""
        flash(f"Saved.{others}")
        return redirect(_onward(plan, name, onward), 303)
    return None


def kept_fields(plan: SupportPlan, name: str) -> tuple[MultiDict[str, str] | None, Any]:
    """What this account typed on a page and never saved, and when; where a page is sent, what is sent counts."""
    if plan.draft is None or request.method == "POST":
        return None, None
    kept = queries.find_unfinished(
        version_id=plan.draft.id, account_id=guard.actor().account_id, page=name, at=utc_now()
    )
    return (MultiDict(kept.fields), kept.kept_at) if kept else (None, None)


def shown_revision(plan: SupportPlan, fields: MultiDict[str, str] | None) -> int:
    """The revision that a page's form carries: that of the text which was typed into, so that a save is put together.

    What a page that was sent could not save is shown with the revision that it came with; one that is not known any
    more is replaced by the one that stands.
    """
    if plan.draft is None:
        return 0
    typed_at = (fields or request.form).get("revision", "")
    known = typed_at.isdigit() and queries.find_draft_revision(version_id=plan.draft.id, revision=int(typed_at))
    return int(typed_at) if known else plan.draft.revision


def opened_content(plan: SupportPlan, fields: MultiDict[str, str] | None) -> PlanContent:
    """The draft as the page showed it when somebody began to type."""
    if plan.draft is None:
        raise service.NoDraft("No version is being written.")
    found = queries.find_draft_revision(version_id=plan.draft.id, revision=shown_revision(plan, fields))
    return found or plan.draft.content


def sent_number(name: str) -> int:
    """A whole number that a form carries; 0 where it carries none."""
    sent = request.form.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def _onward(plan: SupportPlan, name: str, onward: str | None) -> str:
    anew = [n.removeprefix(CHOOSE) for n, v in request.form.items() if n.startswith(CHOOSE) and v == ANEW]
    if any(f"{WRITE}{n}" not in request.form for n in anew):
        return request.path.removesuffix("/removals")
    if "more" in request.form:
        return f"{request.path}?more=1#add"
    to = onward or next_page(tasks_of(the_plan(plan.id)), after=name)
    return f"{url_for('plans.show_plan', plan_id=plan.id)}/{to}"


def _choices() -> service.Choices:
    """What somebody chose between two texts, for the revision that they read."""
    chosen: dict[str, Choice] = {}
    for field, value in request.form.items():
        name = field.removeprefix(CHOOSE)
        if field == name:
            continue
        if value in (Side.MINE, Side.THEIRS):
            chosen[name] = Side(value)
        elif value == ANEW:
            written = request.form.get(f"{WRITE}{name}")
            chosen[name] = Side.MINE if written is None else Typed(written.strip().replace("\r\n", "\n"))
    return service.Choices(of_revision=sent_number("theirs"), by_name=chosen)


def _both_texts(plan: SupportPlan, both: service.BothChanged) -> str:
    """Both texts of each thing that two people changed; all else that was typed travels along unseen."""
    typed = request.form.items(multi=True)
    carried = [(n, v) for n, v in typed if n not in OWN_NAMES and not n.startswith((CHOOSE, WRITE))]
    return page(
        "plans/merge.html",
        plan=plan,
        person=the_person(plan),
        asked=questions(both.clashes, base=both.base, mine=both.mine, theirs=both.current.content),
        saved_by=both.facts["saved_by"],
        saved_at=both.current.saved_at,
        theirs=both.current.revision,
        carried=carried,
        unanswered="theirs" in request.form,
        chosen=request.form,
    )


def _show_in_form(form: Any, refused: DomainError) -> None:
    """A problem whose field has no box of its name is told on top."""
    if not isinstance(refused, Invalid):
        return
    names = {f.name.rpartition("-")[2] for f in form}
    lost = [p.message for p in refused.problems if p.field.split(".")[-1] not in names]
    form.form_errors = [*form.form_errors, *(m for m in lost if m not in form.form_errors)]
