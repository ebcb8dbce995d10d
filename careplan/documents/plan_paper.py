"""A version of a plan as it is printed: all that it says, who agreed to it with which words, and how to check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from careplan.kernel.words import day, duration
from careplan.people.domain.about_me import AboutMe
from careplan.people.domain.person import Person
from careplan.plans.domain.agreement import CAPACITY_WORDS, CHANNEL_WORDS, Agreement, Channel
from careplan.plans.domain.content import Grant, PlanContent
from careplan.plans.domain.not_agreed import NotAgreed
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.read_out import ReadItem, read_sections
from careplan.plans.domain.state import NEEDED, Party, VersionState
from careplan.plans.domain.wording import label_of
from careplan.web.paper import Block, Facts, Heading, Paper, Saying, Table, Words

PARTIES = {Party.COUNCIL: "The council", Party.PROVIDER: "The care provider", Party.PERSON: "The person"}
PARTS_OF_ONE = frozenset({"how_met", "prevention_advice", "no_reply", "missed_visit", "emergency_plan"})
STANDING = {
    VersionState.DRAFT: "It is still being written. Nobody has agreed to it.",
    VersionState.PROPOSED: "It waits for agreement. It does not count yet.",
    VersionState.AGREED: "Everyone has agreed to it. It has not begun yet.",
    VersionState.IN_FORCE: "This is the version that counts.",
    VersionState.SUPERSEDED: "It counts no longer. A newer version has taken its place.",
    VersionState.ENDED: "It counts no longer. The plan has ended.",
    VersionState.WITHDRAWN: "It was taken back and never counted.",
    VersionState.NEVER_BEGAN: "It never counted. The plan ended before it began.",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a version, for whom, and where anyone can check it."""

    version: PlanVersion
    person: Person
    about: AboutMe | None
    names: dict[Party, str]
    check_at: str
    printed_on: date


def plan_paper(printed: Printed) -> Paper:
    """The whole version, nothing left out, in the order in which it is read on the pages."""
    version, person = printed.version, printed.person
    code = f", {version.short_hash}" if version.short_hash else ""
    return Paper(
        title=f"Support plan of {person.name}",
        blocks=(*_opening(printed), *_content(version.content), *_agreed(printed), *_checking(printed)),
        foot=f"Support plan of {person.name}\nVersion {version.number}{code}",
    )


def _opening(printed: Printed) -> Iterator[Block]:
    version = printed.version
    yield Words(f"This is version {version.number}. {STANDING[version.state]}")
    yield Words(f"Printed on {day(printed.printed_on)}.")
    if printed.about is not None and printed.about.sections.most_important:
        yield Heading("What matters most")
        yield Saying(printed.about.sections.most_important)
        known_as = printed.person.known_as
        yield Words(f"These are {known_as}’s own words. {known_as} can change them at any time.")


def _content(content: PlanContent) -> Iterator[Block]:
    grants = {str(g.id): g for g in content.hours.grants}
    for section in read_sections(content):
        yield Heading(section.title)
        for item in section.items:
            if _says_nothing(item):
                continue
            if item.title != section.title:
                yield Heading(item.title, level=3)
            if item.key in grants:
                yield from _hours(item, grants[item.key])
            elif item.key == "no_reply":
                yield _no_reply(content)
            else:
                yield from _said(item)


def _says_nothing(item: ReadItem) -> bool:
    """Whether a part of which there is one was left empty; a need or a risk says something by its title alone."""
    return not item.said and item.key in PARTS_OF_ONE


def _said(item: ReadItem) -> Iterator[Block]:
    """What an item says; a single field that is called like the item needs no name again."""
    if len(item.said) == 1 and item.said[0][0] == item.title:
        yield Words(item.said[0][1])
    elif item.said:
        yield Facts(item.said)


def _hours(item: ReadItem, grant: Grant) -> Iterator[Block]:
    weeks = label_of(item.key, "weeks")
    yield Facts(tuple(pair for pair in item.said if pair[0] != weeks))
    rows = [(f"Week {n}", duration(minutes)) for n, minutes in enumerate(grant.weeks, start=1)]
    yield Table(("Week", "Time"), (*rows, ("All four weeks", duration(grant.total))))


def _no_reply(content: PlanContent) -> Table:
    rows = [(f"After {duration(s.after_minutes)}" if s.after_minutes else "At once", s.step) for s in content.no_reply]
    return Table(("When", "What we do"), tuple(rows))


def _agreed(printed: Printed) -> Iterator[Block]:
    version = printed.version
    if version.proposed_at is None:
        return
    yield Heading("Who agreed")
    yield Table(("Who", "What they said"), tuple(_answer(printed, party) for party in Party))
    if version.agreements:
        yield Heading("Word for word", level=3)
        yield Facts(tuple((a.signer_name, a.statement) for a in version.agreements))


def _answer(printed: Printed, party: Party) -> tuple[str, str]:
    """A party's row: who stands for it, and what became of its agreement; only a signature is called one."""
    version = printed.version
    signed, decided = version.agreement_of(party), version.best_interests
    if signed is not None:
        return f"{signed.signer_name}\n{CAPACITY_WORDS[signed.capacity].capitalize()}", _signature(signed)
    name = f"{PARTIES[party]}: {printed.names.get(party) or 'nobody named yet'}"
    if party is Party.PERSON and decided is not None:
        return name, (
            "Decided in their best interests, not agreed by them. "
            f"{decided.decision_maker_name}, {day(decided.decided_on)}."
        )
    if party is Party.PERSON and version.not_agreed is not None:
        return name, _without_yes(version.not_agreed)
    waits = party in NEEDED[version.kind]
    return name, "Has not agreed yet." if waits else "Is told of this plan. It does not wait for their agreement."


def _without_yes(decided: NotAgreed) -> str:
    return (
        f"Not agreed by the person. {decided.said.cause.words}. The council went on without their yes: "
        f"{decided.decided_by_name}, {day(decided.said.decided_on)}.\n"
        f"The plan is looked at again by {day(decided.said.review_by)}.\n"
        f"How to complain: {decided.said.complaint_route}"
    )


def _signature(signed: Agreement) -> str:
    said = [f"Agreed on {day(signed.agreed_on)}"]
    if signed.channel is not Channel.ONLINE:
        said.append(CHANNEL_WORDS[signed.channel])
    if signed.witness_name:
        said.append(f"witnessed by {signed.witness_name}")
    if signed.advocate:
        said.append(f"supported by the advocate {signed.advocate.name}")
    return ", ".join(said) + "."


def _checking(printed: Printed) -> Iterator[Block]:
    if not printed.version.short_hash:
        return
    yield Heading("How to check this paper")
    yield Words("Anyone can check if this is the plan that counts. Type this code:")
    yield Saying(printed.version.short_hash)
    yield Words(f"Type it at {printed.check_at}")
    yield Words(f"The page says if this version counts. It shows nothing about {printed.person.known_as}.")
