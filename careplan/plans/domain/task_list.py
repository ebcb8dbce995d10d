"""The pages on which a plan is written: which are done, which are to do, and which this plan does not need."""

from dataclasses import dataclass
from enum import StrEnum

from careplan.plans.domain import content as c
from careplan.plans.domain.gates import Gate, Surroundings, gates
from careplan.plans.domain.items import SECTION_TITLES, Section

# Kept with the person, whatever is planned: one does not go on to them from page to page.
WITH_THE_PERSON = frozenset({Section.ASSESSMENT.value, Section.ADVOCACY.value, Section.DOOR.value})
ABOUT, CAPACITY, CHECK = "about", "capacity", "check"
INTERIM_PAGES = (Section.START, Section.INTERIM, Section.HOURS, Section.RISKS, Section.REVIEW)
FULL_PAGES = tuple(s for s in Section if s is not Section.INTERIM)
TITLES = {**SECTION_TITLES, Section.START: "Start and provider"}


class TaskState(StrEnum):
    """What a page of the plan still asks for."""

    DONE = "done"
    TO_DO = "to_do"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Task:
    """A page of the plan with what is missing on it; `note` says in a line what else there is to know."""

    page: str
    title: str
    state: TaskState
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the plan and is no part of what is agreed."""

    about_written: bool = False
    activities_handed_over: int = 0
    representatives: int = 0
    findings: int = 0


def task_list(content: c.PlanContent, surroundings: Surroundings, beside: Beside) -> tuple[Task, ...]:
    """Every page of a plan of this kind, in the order in which it is written."""
    interim = content.kind is c.PlanKind.INTERIM
    found = gates(content, surroundings)
    sections = [_section(s, content, found, beside) for s in (INTERIM_PAGES if interim else FULL_PAGES)]
    return (*([] if interim else [_about(beside)]), *sections, _capacity(beside))


def next_page(tasks: tuple[Task, ...], *, after: str) -> str:
    """The page that one goes on to: the next with something to do, else the first such, else the check."""
    pages = [t.page for t in tasks]
    place = pages.index(after) if after in pages else -1
    ahead = [*tasks[place + 1 :], *tasks[: max(place, 0)]]
    to_do = (t.page for t in ahead if t.state is TaskState.TO_DO and t.page not in WITH_THE_PERSON)
    return next(to_do, CHECK)


def _section(section: Section, content: c.PlanContent, found: tuple[Gate, ...], beside: Beside) -> Task:
    missing = tuple(m for g in found if g.section is section for m in g.missing)
    state = TaskState.TO_DO if missing else TaskState.DONE
    note = ""
    if section is Section.OUTCOMES and not content.outcomes and not missing:
        state = TaskState.NOT_NEEDED if content.needs else TaskState.TO_DO
    if section is Section.REVIEW and content.review_on is None and not missing:
        state = TaskState.NOT_NEEDED
    if section is Section.CONTINGENCY and content.contingency is None:
        state, note = TaskState.NOT_NEEDED, "Nothing is kept aside."
    if section is Section.DELEGATIONS and not content.delegations:
        state = TaskState.NOT_NEEDED
        note = "Handed over already, and not in this plan yet." if beside.activities_handed_over else ""
    return Task(section.value, TITLES[section], state, missing, note)


def _about(beside: Beside) -> Task:
    if beside.about_written:
        return Task(ABOUT, "About me", TaskState.DONE)
    return Task(ABOUT, "About me", TaskState.NOT_NEEDED, note="Not written yet. It can be written at any time.")


def _capacity(beside: Beside) -> Task:
    title = "Who decides and signs"
    if beside.findings:
        return Task(CAPACITY, title, TaskState.DONE)
    note = "Somebody may act for them, where they cannot decide this." if beside.representatives else ""
    return Task(CAPACITY, title, TaskState.NOT_NEEDED, note=note or "They decide for themselves.")
