"""*I am worried*: for the person, and those who stand for or look after them. It shows nothing of what others wrote."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.concerns import parties, service
from careplan.concerns.domain.concern import ConcernCategory
from careplan.concerns.forms import WorriedForm
from careplan.concerns.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import choices

NOT_SAID = ("", "I would rather not say")


@blueprint.route("/me/concerns/new", methods=["GET", "POST"])
@guard.me(Section.CONCERN, Action.RECORD)
def say_my_worry() -> ResponseReturnValue:
    """What worries me, in my own words, and whom to ring if it cannot wait."""
    form, person_id, actor, now = WorriedForm(), guard.person_id(), guard.actor(), utc_now()
    form.alleged.choices = choices([NOT_SAID, *parties.offered(person_id=person_id, actor=actor, now=now)])
    if form.validate_on_submit():
        try:
            concern_id = service.raise_concern(
                person_id=person_id,
                category=ConcernCategory.OTHER,
                words=form.words.data or "",
                immediate_danger=form.danger.data == "yes",
                persons_wishes=form.persons_wishes.data,
                alleged=parties.read(form.alleged.data),
                actor=actor,
                now=now,
            )
        except DomainError as refused:
            form.show(refused)
        else:
            guard.naming([concern_id])
            return redirect(url_for("concerns.my_worry_is_heard"), 303)
    return _shown("concerns/mine.html", form=form), 422 if form.errors else 200


@blueprint.get("/me/concerns/sent")
@guard.me(Section.CONCERN, Action.RECORD)
def my_worry_is_heard() -> ResponseReturnValue:
    """What happens next."""
    return _shown("concerns/sent.html")


def _shown(template: str, **said: object) -> str:
    person = people.get_person(person_id=guard.person_id())
    return page(template, person=person, is_own=guard.actor().role is Role.CITIZEN, **said)
