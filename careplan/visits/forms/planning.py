"""Forms by which visits are planned and changed, and by which it is said whom people wish to come."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from careplan.delegation.domain.delegation import Delegation
from careplan.hours.domain.terms import FUNDER_WORDS, Funder
from careplan.kernel.clock import at_local, local_date, local_time
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.people.domain.language import LANGUAGES
from careplan.visits.domain.fitting import MILLION, Caution, Heeded, Place, Traits, Wishes, seen_as
from careplan.visits.domain.pattern import ALL_WEEKS, DAY_NAMES, MOST_WORKERS, Service, Span, Wanted
from careplan.visits.domain.visit import Visit
from careplan.web.forms import ClockField, DayField, Form, LongWordsField, WordsField, choices

ONCE, WEEKLY = "once", "weekly"
NOTHING = ("", "Nothing said")
FOR_EXAMPLE = "For example 21 11 2026"
NUMBERS = choices((str(n), str(n)) for n in range(1, MOST_WORKERS + 1))
SHORT = Length(max=500)


class HeedingForm(Form):
    """A form that is sent a second time once what is to be known has been read."""

    seen = HiddenField()
    reason = LongWordsField("Why can it not be as they wish?", [SHORT], render_kw={"rows": 2})
    person_agreed = BooleanField("I have asked them, and they said yes")

    @property
    def heeded(self) -> Heeded | None:
        """That the cautions shown have been read; None where none were shown."""
        if not self.seen.data:
            return None
        return Heeded(self.reason.data or "", bool(self.person_agreed.data), self.seen.data)

    def shown(self, cautions: Iterable[Caution]) -> None:
        """These cautions stand on the page now."""
        self.seen.data = seen_as(cautions)


class PatternForm(HeedingForm):
    """A visit once, or on days of the week."""

    pattern = HiddenField()
    often = RadioField(
        "How often?",
        [InputRequired("Choose how often")],
        choices=choices([(WEEKLY, "On days of the week"), (ONCE, "Once, on the first day below")]),
    )
    days = SelectMultipleField(
        "Which days?", choices=choices((str(n), name) for n, name in enumerate(DAY_NAMES)),
        render_kw={"inline": True, "small": True},
    )
    weeks = SelectMultipleField(
        "Which of the four weeks?",
        choices=choices((str(n), f"Week {n}") for n in sorted(ALL_WEEKS)),
        default=[str(n) for n in sorted(ALL_WEEKS)],
        render_kw={"inline": True},
    )
    at = ClockField("What time?", [InputRequired("Say what time")], description="24 hour clock, such as 08:30")
    minutes = IntegerField(
        "How many minutes?", [InputRequired("Say how many minutes"), NumberRange(1, 24 * 60)], description="Such as 45"
    )
    from_day = DayField("First day", [InputRequired("Type the first day")], description=FOR_EXAMPLE)
    until = DayField("Last day", description="Leave it empty to go on with no end.")
    workers_needed = RadioField("How many workers at once?", choices=NUMBERS, default="1", render_kw={"inline": True})
    workers = SelectMultipleField(
        "Who goes?", choices=[], description="You can leave this until later.", render_kw={"small": True}
    )
    activities = SelectMultipleField("Which health activities are done then?", choices=[], render_kw={"small": True})
    time_critical = BooleanField("It must be in time, for example for medicines")
    window = IntegerField(
        "A narrower time than usual, in minutes",
        [Optional(), NumberRange(1, 45)],
        description="Only where an instruction or a contract says so.",
    )
    service = SelectField("What kind of help?", choices=choices([NOTHING, *((s.value, s.words) for s in Service)]))
    funder = SelectField("Who pays?", choices=[])
    short_task = WordsField("If it is less than 30 minutes: what is it for?", [SHORT])
    short_agreed_on = DayField("If it is less than 30 minutes: when did they agree to that?", description=FOR_EXAMPLE)

    def offer(
        self, *, workers: Mapping[UUID, str], activities: Iterable[Delegation], funders: Iterable[Funder]
    ) -> None:
        """Who can go, what is delegated, and who pays for the person's hours."""
        self.workers.choices = choices((str(i), name) for i, name in workers.items())
        self.activities.choices = choices((str(d.id), d.activity) for d in activities)
        self.funder.choices = choices([("", "As the plan says"), *((f.value, FUNDER_WORDS[f]) for f in funders)])
        self.pattern.data = self.pattern.data or str(new_id())

    def validate_days(self, field: Any) -> None:
        if self.often.data == WEEKLY and not field.data:
            raise ValidationError("Choose the days of the week")

    def validate_weeks(self, field: Any) -> None:
        if self.often.data == WEEKLY and not field.data:
            raise ValidationError("Choose one or more of the four weeks")

    @property
    def pattern_id(self) -> UUID:
        """The id that the page made, so that sending it twice plans once."""
        return UUID(self.pattern.data)

    def wanted(self) -> Wanted:
        """What was typed, once the form is valid."""
        once = self.often.data == ONCE
        first, at = self.from_day.data, self.at.data
        assert at is not None  # noqa: S101  the field is required
        return Wanted(
            days=frozenset({first.weekday()} if once else {int(d) for d in self.days.data}),
            weeks=ALL_WEEKS if once else frozenset(int(w) for w in self.weeks.data),
            at=at,
            minutes=Minutes(self.minutes.data),
            from_day=first,
            until=first if once else self.until.data,
            workers_needed=int(self.workers_needed.data),
            workers=tuple(UUID(w) for w in self.workers.data or ()),
            activities=tuple(UUID(a) for a in self.activities.data or ()),
            service=Service(self.service.data) if self.service.data else None,
            funder=Funder(self.funder.data) if self.funder.data else None,
            time_critical=bool(self.time_critical.data),
            window=Minutes(self.window.data) if self.window.data else None,
            short_task=self.short_task.data or None,
            short_agreed_on=self.short_agreed_on.data,
        )


class ChangeForm(HeedingForm):
    """When one visit is, for how long, and who goes."""

    day = DayField("Which day?", [InputRequired("Type the day")], description=FOR_EXAMPLE)
    at = ClockField("What time?", [InputRequired("Say what time")], description="24 hour clock, such as 08:30")
    minutes = IntegerField("How many minutes?", [InputRequired("Say how many minutes"), NumberRange(1, 24 * 60)])
    workers_needed = RadioField("How many workers at once?", choices=NUMBERS, render_kw={"inline": True})
    workers = SelectMultipleField("Who goes?", choices=[], render_kw={"small": True})

    def span(self) -> Span:
        """When the visit begins and ends, once the form is valid."""
        at = self.at.data
        assert at is not None  # noqa: S101  the field is required
        start = at_local(self.day.data, at)
        return Span(start, start + timedelta(minutes=self.minutes.data))


class HandForm(Form):
    """Whose round of which day goes to whom."""

    worker = SelectField("Whose round?", [InputRequired("Choose whose round")], choices=[])
    day = DayField("Which day?", [InputRequired("Type the day")], description=FOR_EXAMPLE)
    to_worker = SelectField("Who goes instead?", choices=[])

    def offer(self, workers: Mapping[UUID, str]) -> None:
        """Who can be chosen."""
        named = [(str(i), name) for i, name in workers.items()]
        self.worker.choices = choices([("", "Choose one"), *named])
        self.to_worker.choices = choices([("", "Nobody yet"), *named])


class StopForm(Form):
    """From when a pattern brings no visits, and why."""

    from_day = DayField("First day without", [InputRequired("Type the day")], description=FOR_EXAMPLE)
    reason = WordsField("Why?", [InputRequired("Say why the visits stop"), SHORT])


class WishesForm(Form):
    """Whom the person wishes to come, and where the door is."""

    gender = RadioField(
        "A woman or a man?", choices=choices([("", "No wish"), ("female", "A woman"), ("male", "A man")]), default=""
    )
    language = SelectField("Somebody who speaks", choices=choices([("", "No wish"), *LANGUAGES.items()]))
    culture = WordsField("Somebody of their culture or faith", [Length(max=100)], description="For example Sikh")
    latitude = WordsField(
        "Where the door is: latitude", [Length(max=12)], description="In degrees, such as 53.8013. Leave it if unknown."
    )
    longitude = WordsField("Longitude", [Length(max=12)], description="Such as -1.5486")

    def wishes(self) -> Wishes:
        """What was typed, once the form is valid."""
        north, east = millionths(self.latitude.data), millionths(self.longitude.data)
        place = Place(north, east) if north is not None and east is not None else None
        return Wishes(self.gender.data or None, self.language.data or None, self.culture.data or None, place)

    def validate_latitude(self, field: Any) -> None:
        _check_degrees(field, 90)
        if bool(field.data) != bool(self.longitude.data):
            raise ValidationError("Type both latitude and longitude, or neither")

    def validate_longitude(self, field: Any) -> None:
        _check_degrees(field, 180)


class TraitsForm(Form):
    """What a worker says of themselves."""

    gender = RadioField(
        "They are",
        choices=choices([("", "Not said"), ("female", "A woman"), ("male", "A man"), ("other", "Neither")]),
        default="",
    )
    languages = SelectMultipleField("They speak", choices=choices(LANGUAGES.items()), render_kw={"small": True})
    culture = WordsField("Culture or faith", [Length(max=200)], description="As they say it; more than one with commas")

    def traits(self) -> Traits:
        """What was said, once the form is valid."""
        spoken = frozenset(self.languages.data or ())
        return Traits(self.gender.data or None, spoken or None, self.culture.data or None)


def said_of_visit(visit: Visit) -> dict[str, Any]:
    """What the form shows of a visit that is to be changed."""
    start = visit.planned_start
    if start is None or visit.planned_minutes is None:
        return {}
    return {
        "day": local_date(start),
        "at": local_time(start).time(),
        "minutes": visit.planned_minutes,
        "workers_needed": str(visit.workers_needed),
        "workers": [str(w) for w in visit.workers],
    }


def said_of_wishes(wishes: Wishes) -> dict[str, Any]:
    """What the form shows of wishes that were recorded."""
    place = wishes.place
    return {
        "gender": wishes.gender or "",
        "language": wishes.language or "",
        "culture": wishes.culture or "",
        "latitude": degrees(place.latitude) if place else "",
        "longitude": degrees(place.longitude) if place else "",
    }


def millionths(typed: str | None) -> int | None:
    """Degrees as typed, in millionths; None where nothing was.  Raises ValueError for what is no number."""
    text = (typed or "").strip().replace("\N{MINUS SIGN}", "-")
    if not text:
        return None
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("+-").partition(".")
    if not whole.isdigit() or len(part) > 10 or (part and not part.isdigit()):
        raise ValueError("no number of degrees")
    return sign * (int(whole) * MILLION + int(part[:6].ljust(6, "0") or "0"))


def degrees(value: int) -> str:
    """Millionths of a degree as people type them."""
    whole, part = divmod(abs(value), MILLION)
    return f"{'-' if value < 0 else ''}{whole}.{part:06d}"


def _check_degrees(field: Any, most: int) -> None:
    try:
        found = millionths(field.data)
    except ValueError:
        raise ValidationError("Type degrees as a number, such as 53.8013") from None
    if found is not None and abs(found) > most * MILLION:
        raise ValidationError(f"Type a number from -{most} to {most}")
