"""The form of a carer's plan: what they want, breaks, and what happens if they stop."""

from typing import Any

from careplan.assessments.domain.content import Answer
from careplan.carers.domain.plan import Aim, Break, CarerPlanContent
from careplan.carers.forms.council import ON_WHICH_DAY, answer_field
from careplan.web.forms import DayField, Form, LongWordsField, WordsField

MOST_AIMS = 4
MOST_BREAKS = 3


class CarerPlanForm(Form):
    """The whole plan; boxes for each aim and each break are added below, and those left empty are not kept."""

    breaks_wanted = answer_field("Do they want a break from caring?")
    if_they_stop = LongWordsField(
        "If they stop, how does the person’s own plan go on?",
        description="What they do today, who steps in, and how soon.",
        render_kw={"rows": 4},
    )
    call = WordsField("Whom to ring if they cannot go on", description="A name and a number, day and night.")
    review_on = DayField("When is this plan looked at again?", description=ON_WHICH_DAY)

    @staticmethod
    def filled(content: CarerPlanContent) -> dict[str, Any]:
        """The fields' values for what stands."""
        shown: dict[str, Any] = {
            "breaks_wanted": content.breaks_wanted.value,
            "if_they_stop": content.if_they_stop,
            "call": content.call,
            "review_on": content.review_on,
        }
        for n, aim in enumerate(content.aims):
            shown |= {f"aim_{n}_{box}": getattr(aim, box) for box in Aim.__dataclass_fields__}
        for n, one in enumerate(content.breaks):
            shown |= {f"break_{n}_{box}": getattr(one, box) for box in Break.__dataclass_fields__}
        return shown

    @property
    def aims(self) -> list[tuple[Any, ...]]:
        """The boxes of each aim."""
        return [tuple(self[f"aim_{n}_{box}"] for box in Aim.__dataclass_fields__) for n in range(MOST_AIMS)]

    @property
    def breaks(self) -> list[tuple[Any, ...]]:
        """The boxes of each break."""
        return [tuple(self[f"break_{n}_{box}"] for box in Break.__dataclass_fields__) for n in range(MOST_BREAKS)]

    def content(self) -> CarerPlanContent:
        """The plan as it was filled in."""
        return CarerPlanContent(
            aims=tuple(Aim(*said) for said in _said(self.aims)),
            breaks_wanted=Answer(self.breaks_wanted.data),
            breaks=tuple(Break(*said) for said in _said(self.breaks)),
            if_they_stop=self.if_they_stop.data or "",
            call=self.call.data or "",
            review_on=self.review_on.data,
        )


def _said(entries: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """What stands in the boxes of each entry that has anything in it."""
    typed = [tuple(box.data or "" for box in entry) for entry in entries]
    return [said for said in typed if any(said)]


for _n in range(MOST_AIMS):
    setattr(
        CarerPlanForm,
        f"aim_{_n}_words",
        LongWordsField("What they want, in their own words", description="“I want to…”", render_kw={"rows": 2}),
    )
    setattr(CarerPlanForm, f"aim_{_n}_helps", LongWordsField("What helps", render_kw={"rows": 2}))
    setattr(CarerPlanForm, f"aim_{_n}_who", WordsField("Who does it"))
for _n in range(MOST_BREAKS):
    setattr(CarerPlanForm, f"break_{_n}_what", WordsField("The break", description="Such as Thursday afternoons."))
    setattr(CarerPlanForm, f"break_{_n}_how_often", WordsField("How often"))
    setattr(CarerPlanForm, f"break_{_n}_who", WordsField("Who looks after the person meanwhile"))
