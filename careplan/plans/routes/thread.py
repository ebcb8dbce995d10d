"""One suggestion as its pages show it: what would change, what each party says, what was written about it."""

from typing import Any
from uuid import UUID

from flask import abort, request

from careplan.access import guard
from careplan.access.domain.actor import Actor
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from careplan.plans.domain.comparing import Change, compare
from careplan.plans.domain.items import Item, items_of, title_of, titles_of
from careplan.plans.domain.plan import Comment, PlanVersion, Suggestion, SupportPlan
from careplan.plans.domain.stance import PARTY_OF_ROLE, Stance
from careplan.plans.domain.suggestion import with_value
from careplan.plans.domain.wording import label_of, say
from careplan.plans.forms import typed
from careplan.plans.forms.suggesting import (
    SayForm,
    StanceForm,
    can_be_suggested,
    filled,
    suggestion_form,
    typed_value,
)


def the_suggestion(plan: SupportPlan, suggestion_id: UUID) -> Suggestion:
    """One of the plan's; anything else is not there."""
    found = queries.find_suggestion(plan_id=plan.id, suggestion_id=suggestion_id)
    if found is None:
        abort(404)
    return found


def co_written(plan: SupportPlan) -> PlanVersion:
    """What one co-writes: the draft, else what waits, else what counts."""
    found = plan.draft or plan.proposed or plan.agreed or plan.in_force
    if found is None:
        abort(404)
    return found


def title_in(plan: SupportPlan, number: int, item: str) -> str | None:
    """What an item is called in the version in which it was spoken of; None for the whole plan."""
    version = plan.version(number)
    return title_of(version.content, item) if version else None


def thread_of(plan: SupportPlan, suggestion: Suggestion, actor: Actor) -> dict[str, Any]:
    """What every page about it needs; `answers` says whether this reader's party is asked for a yes or no."""
    party = PARTY_OF_ROLE.get(actor.role)
    is_open = suggestion.decision is None
    return {
        "plan": plan,
        "suggestion": suggestion,
        "changes": changes_of(plan, suggestion),
        "comments": _comments(plan, suggestion),
        "counters": [s for s in queries.list_suggestions(plan_id=plan.id) if s.answers_to == suggestion.id],
        "mine": suggestion.by == actor.account_id,
        "my_party": party,
        "answers": is_open and party is not None and party is not suggestion.by_party,
        "can_counter": is_open and _item(plan, suggestion) is not None,
        "stance_form": StanceForm(formdata=None),
        "say_form": SayForm(formdata=None),
    }


def changes_of(plan: SupportPlan, suggestion: Suggestion) -> tuple[Change, ...]:
    """What exactly would be different; nothing where the item is no longer there."""
    version = plan.version(suggestion.version_number)
    if version is None:
        return ()
    try:
        wanted = with_value(version.content, item=suggestion.item, field=suggestion.field, value=suggestion.value)
    except DomainError:
        return ()
    return compare(version.content, wanted)


def give_stance(plan: SupportPlan, suggestion_id: UUID) -> StanceForm | None:
    """The party's yes or no as it was sent; None once it is kept, else the form that says what to mend."""
    form = StanceForm()
    if not form.validate_on_submit():
        return form
    try:
        service.answer_suggestion(
            plan_id=plan.id,
            suggestion_id=suggestion_id,
            stance=Stance(form.stance.data),
            reason=typed(form.reason),
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        form.show(refused)
        return form
    return None


def say_something(plan: SupportPlan, suggestion: Suggestion) -> SayForm | None:
    """A comment as it was sent; None once it is kept, else the form that says what to mend."""
    form = SayForm()
    if not form.validate_on_submit():
        return form
    try:
        service.add_comment(
            plan_id=plan.id,
            number=co_written(plan).number,
            item=suggestion.item,
            suggestion_id=suggestion.id,
            words=typed(form.words),
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        form.show(refused)
        return form
    return None


class ValueForm:
    """The form for one exact new value, on whoever's page: what it is about, and what sending it does."""

    def __init__(self, plan: SupportPlan, version: PlanVersion, item: Item, field: str) -> None:
        self.plan, self.version, self.item, self.name = plan, version, item, field
        self.form: Any = suggestion_form(item, field)(data=filled(item, field))

    @classmethod
    def against(cls, plan: SupportPlan, suggestion: Suggestion) -> "ValueForm | None":
        """For another value than the suggested one; None where there is nothing left to answer.

        Whoever was typing when it was decided is told so by the service, with what they typed still there.
        """
        item = _item(plan, suggestion)
        begins = request.method == "GET"
        if item is None or (begins and suggestion.decision is not None):
            return None
        return cls(plan, co_written(plan), item, suggestion.field)

    def send(self, *, answers_to: UUID | None = None) -> bool:
        """Whether a suggestion was sent; where not, the form says what to mend."""
        if not self.form.validate_on_submit():
            return False
        try:
            service.suggest_change(
                suggestion_id=new_id(),
                plan_id=self.plan.id,
                number=self.version.number,
                item=self.item.key,
                field=self.name,
                value=typed_value(self.form, self.item, self.name),
                why=typed(self.form.why),
                answers_to=answers_to,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            self.form.show(refused)
            return False
        return True

    @property
    def shown(self) -> dict[str, Any]:
        """What its page needs."""
        titles = titles_of(self.version.content)
        return {
            "plan": self.plan,
            "item": self.item,
            "label": label_of(self.item.key, self.name),
            "now_said": say(self.name, self.item.values[self.name], titles=titles),
            "form": self.form,
        }

    @property
    def status(self) -> int:
        return 422 if self.form.errors or self.form.form_errors else 200


def asked_value(plan: SupportPlan) -> ValueForm | None:
    """The form for what the address names by `item` and `field`, where a value can be typed for it."""
    version = co_written(plan)
    key, field = request.args.get("item", ""), request.args.get("field", "")
    item = next((i for i in items_of(version.content) if i.key == key), None)
    if item is None or field not in item.values or not can_be_suggested(field, item.values[field]):
        return None
    return ValueForm(plan, version, item, field)


def _item(plan: SupportPlan, suggestion: Suggestion) -> Item | None:
    """The item that it speaks of, while the plan holds it and a value can be typed for it."""
    found = (i for i in items_of(co_written(plan).content) if i.key == suggestion.item)
    item = next(found, None)
    value = item.values.get(suggestion.field) if item else None
    return item if item and suggestion.field in item.values and can_be_suggested(suggestion.field, value) else None


def _comments(plan: SupportPlan, suggestion: Suggestion) -> list[Comment]:
    return [c for c in queries.list_comments(plan_id=plan.id) if c.suggestion_id == suggestion.id]
