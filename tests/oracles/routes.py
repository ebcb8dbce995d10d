"""Who is let in at every address, written by hand and never read from the guards.

Each group says whom its addresses let in, who is told that there is nothing there although their role may do such
things elsewhere, and what everybody else is told. An address that stands in no group fails the test by its name.
"""

from dataclasses import dataclass, field

from flask import Flask
from werkzeug.routing import Rule

AROUND = frozenset(
    {
        "citizen", "representative", "unpaid-carer", "social-worker", "team-manager", "provider-coordinator",
        "trusted-assessor", "care-worker", "care-worker-uncertified", "nurse", "occupational-therapist",
    }
)  # fmt: skip
ELSEWHERE = frozenset(
    {
        "other-citizen", "other-representative", "other-carer", "social-worker-other-team",
        "other-provider-coordinator", "other-trusted-assessor", "other-care-worker", "other-nurse",
        "other-therapist", "commissioner", "broker", "finance-officer", "safeguarding-lead", "auditor",
        "privacy-officer", "admin",
    }
)  # fmt: skip
EVERYBODY = AROUND | ELSEWHERE
FAMILY = frozenset({"citizen", "representative", "unpaid-carer"})
SIDE_OF_THE_PERSON = frozenset({"citizen", "representative"})
COUNCIL = frozenset({"social-worker", "team-manager"})
CARE_WORKERS = frozenset({"care-worker", "care-worker-uncertified", "other-care-worker"})
COORDINATORS = frozenset({"provider-coordinator", "other-provider-coordinator"})
ASSESSORS = frozenset({"trusted-assessor", "other-trusted-assessor"})
SOCIAL_WORKERS = frozenset({"social-worker", "social-worker-other-team"})
LEADS = frozenset({"safeguarding-lead"})
NURSES = frozenset({"nurse", "other-nurse"})
THERAPISTS = frozenset({"occupational-therapist", "other-therapist"})

LET_IN, NOT_THERE, NOT_FOR_YOU = "let in", "not there", "not for you"


@dataclass(frozen=True)
class Group:
    """Addresses that open to the same people; `others` is what the rest is told, `strangers` are told *not there*."""

    opens_to: frozenset[str]
    addresses: str
    others: str = NOT_THERE
    strangers: frozenset[str] = field(default_factory=frozenset)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.addresses.strip().splitlines())

    def expects(self, persona: str) -> str:
        """What somebody signed in is told."""
        if persona in self.opens_to:
            return LET_IN
        return NOT_THERE if persona in self.strangers else self.others


PUBLIC = """
    GET /
    GET /accessibility
    GET /help
    GET /privacy
    GET /settings/reading
    POST /settings/reading
    GET /sign-in
    GET /sign-in/start
    GET /sign-in/callback
    POST /sign-out
    GET /signed-out
    GET /verify
    GET /verify/<code>
    GET /healthz
    GET /readyz
    GET /static/<path:filename>
    GET /fhir/R4/metadata
    GET /fhir/R4/.well-known/smart-configuration
    POST /oauth/token
"""

# Systems come with a token: see test_every_route.py.
OF_SYSTEMS = """
    GET /fhir/R4/<type_>
    POST /fhir/R4/<type_>/_search
    GET /fhir/R4/<type_>/<id_>
    GET /fhir/R4/<type_>/<id_>/_history
    GET /fhir/R4/<type_>/<id_>/_history/<version>
    GET /fhir/R4/Patient/<id_>/$everything
"""

GROUPS = (
    # A safeguarding lead is related to whoever a concern is open about.
    Group(
        AROUND | LEADS,
        """
        GET /people/<uuid:person_id>
        GET /people/<uuid:person_id>/details
        GET /people/<uuid:person_id>/door
        GET /people/<uuid:person_id>/medicines
        POST /people/<uuid:person_id>/way-in
        GET /api/v1/people/<uuid:person_id>
        GET /people/<uuid:person_id>/concerns/new
        POST /people/<uuid:person_id>/concerns/new
        """,
    ),
    Group(
        AROUND,
        """
        GET /plans/<uuid:plan_id>
        GET /plans/<uuid:plan_id>/about
        GET /plans/<uuid:plan_id>/agreements
        GET /plans/<uuid:plan_id>/versions/<int:number>
        GET /plans/<uuid:plan_id>/versions/<int:before>..<int:after>
        GET /plans/<uuid:plan_id>/versions/<int:number>/print
        GET /plans/<uuid:plan_id>/versions/<int:number>/<any(large,normal,usual):size>.pdf
        GET /plans/<uuid:plan_id>/versions/<int:number>/page
        GET /plans/<uuid:plan_id>/versions/<int:number>/easy
        GET /plans/<uuid:plan_id>/versions/<int:number>/easy.pdf
        GET /plans/<uuid:plan_id>/comments
        POST /plans/<uuid:plan_id>/comments
        GET /plans/<uuid:plan_id>/suggest
        POST /plans/<uuid:plan_id>/suggest
        GET /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>
        GET /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/other
        POST /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/other
        POST /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/comments
        POST /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/withdrawn
        GET /api/v1/plans/<uuid:plan_id>
        GET /api/v1/plans/<uuid:plan_id>/versions/<int:number>
        POST /api/v1/plans/<uuid:plan_id>/versions/<int:number>/agreements
        """,
    ),
    Group(
        SIDE_OF_THE_PERSON | COUNCIL | {"provider-coordinator"},
        """
        GET /plans/<uuid:plan_id>/versions/<int:number>/agree
        POST /plans/<uuid:plan_id>/versions/<int:number>/agree
        GET /plans/<uuid:plan_id>/agreements/<uuid:agreement_id>/take-back
        POST /plans/<uuid:plan_id>/agreements/<uuid:agreement_id>/take-back
        POST /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/stances
        """,
    ),
    Group(
        frozenset({"social-worker"}),
        """
        GET /people/<uuid:person_id>/plans/new
        POST /people/<uuid:person_id>/plans/new
        GET /plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>
        POST /plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>
        GET /plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>/<uuid:item_id>
        POST /plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>/<uuid:item_id>
        POST /plans/<uuid:plan_id>/<any(needs,outcomes,support,hours,delegations,risks):name>/<uuid:item_id>/removals
        GET /plans/<uuid:plan_id>/<any(start,interim,contingency,budget,review):name>
        POST /plans/<uuid:plan_id>/<any(start,interim,contingency,budget,review):name>
        GET /plans/<uuid:plan_id>/hours/counting
        POST /plans/<uuid:plan_id>/hours/counting
        POST /plans/<uuid:plan_id>/unfinished
        POST /plans/<uuid:plan_id>/unfinished/removals
        POST /plans/<uuid:plan_id>/needs/from-assessment
        GET /plans/<uuid:plan_id>/check
        POST /plans/<uuid:plan_id>/check
        GET /plans/<uuid:plan_id>/versions/<int:number>/easy/write
        POST /plans/<uuid:plan_id>/versions/<int:number>/easy/write
        GET /plans/<uuid:plan_id>/versions/<int:number>/easy/parts/<uuid:part_id>
        POST /plans/<uuid:plan_id>/versions/<int:number>/easy/parts/<uuid:part_id>
        POST /plans/<uuid:plan_id>/versions/<int:number>/easy/parts/<uuid:part_id>/<any(removals,earlier):move>
        POST /plans/<uuid:plan_id>/versions/<int:number>/easy/offers
        GET /plans/<uuid:plan_id>/versions/<int:number>/easy/yes
        POST /plans/<uuid:plan_id>/versions/<int:number>/easy/yes
        POST /plans/<uuid:plan_id>/drafts
        POST /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/taken
        POST /plans/<uuid:plan_id>/suggestions/<uuid:suggestion_id>/declined
        POST /plans/<uuid:plan_id>/versions/<int:number>/authorisations
        GET /plans/<uuid:plan_id>/withdrawals
        POST /plans/<uuid:plan_id>/withdrawals
        GET /plans/<uuid:plan_id>/agreements/recorded
        POST /plans/<uuid:plan_id>/agreements/recorded
        GET /plans/<uuid:plan_id>/capacity
        POST /plans/<uuid:plan_id>/capacity
        GET /plans/<uuid:plan_id>/best-interests
        POST /plans/<uuid:plan_id>/best-interests
        GET /plans/<uuid:plan_id>/not-agreed
        POST /plans/<uuid:plan_id>/not-agreed
        PATCH /api/v1/plans/<uuid:plan_id>/draft
        POST /api/v1/plans/<uuid:plan_id>/proposals
        GET /people/<uuid:person_id>/details/correct
        POST /people/<uuid:person_id>/details/correct
        GET /people/<uuid:person_id>/details/addresses/new
        POST /people/<uuid:person_id>/details/addresses/new
        GET /people/<uuid:person_id>/details/way-in/new
        POST /people/<uuid:person_id>/details/way-in/new
        GET /people/<uuid:person_id>/details/adjustments/new
        POST /people/<uuid:person_id>/details/adjustments/new
        GET /people/<uuid:person_id>/details/adjustments/<uuid:item_id>/end
        POST /people/<uuid:person_id>/details/adjustments/<uuid:item_id>/end
        GET /people/<uuid:person_id>/details/adjustments/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/details/adjustments/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/details/allergies/new
        POST /people/<uuid:person_id>/details/allergies/new
        GET /people/<uuid:person_id>/details/allergies/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/details/allergies/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/details/authorities/new
        POST /people/<uuid:person_id>/details/authorities/new
        GET /people/<uuid:person_id>/details/authorities/<uuid:item_id>/end
        POST /people/<uuid:person_id>/details/authorities/<uuid:item_id>/end
        GET /people/<uuid:person_id>/details/authorities/<uuid:item_id>/seen
        POST /people/<uuid:person_id>/details/authorities/<uuid:item_id>/seen
        GET /people/<uuid:person_id>/details/carers/new
        POST /people/<uuid:person_id>/details/carers/new
        GET /people/<uuid:person_id>/details/carers/<uuid:item_id>/end
        POST /people/<uuid:person_id>/details/carers/<uuid:item_id>/end
        GET /people/<uuid:person_id>/details/contacts/new
        POST /people/<uuid:person_id>/details/contacts/new
        GET /people/<uuid:person_id>/details/contacts/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/details/contacts/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/details/partnership/new
        POST /people/<uuid:person_id>/details/partnership/new
        GET /people/<uuid:person_id>/details/partnership/<uuid:item_id>/end
        POST /people/<uuid:person_id>/details/partnership/<uuid:item_id>/end
        """,
    ),
    Group(
        frozenset({"social-worker", "provider-coordinator", "trusted-assessor", "nurse", "occupational-therapist"}),
        """
        GET /people/<uuid:person_id>/details/answers
        POST /people/<uuid:person_id>/details/answers
        GET /people/<uuid:person_id>/details/practice
        POST /people/<uuid:person_id>/details/practice
        GET /people/<uuid:person_id>/details/medicines/new
        POST /people/<uuid:person_id>/details/medicines/new
        GET /people/<uuid:person_id>/details/medicines/<uuid:item_id>/correct
        POST /people/<uuid:person_id>/details/medicines/<uuid:item_id>/correct
        POST /people/<uuid:person_id>/details/medicines/<uuid:item_id>/checked
        GET /people/<uuid:person_id>/details/medicines/<uuid:item_id>/end
        POST /people/<uuid:person_id>/details/medicines/<uuid:item_id>/end
        GET /people/<uuid:person_id>/details/medicines/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/details/medicines/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/details/advance-decisions/new
        POST /people/<uuid:person_id>/details/advance-decisions/new
        GET /people/<uuid:person_id>/details/advance-decisions/<uuid:item_id>/correct
        POST /people/<uuid:person_id>/details/advance-decisions/<uuid:item_id>/correct
        GET /people/<uuid:person_id>/details/advance-decisions/<uuid:item_id>/end
        POST /people/<uuid:person_id>/details/advance-decisions/<uuid:item_id>/end
        GET /people/<uuid:person_id>/details/advance-decisions/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/details/advance-decisions/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/details/moving/new
        POST /people/<uuid:person_id>/details/moving/new
        GET /people/<uuid:person_id>/details/moving/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/details/moving/<uuid:item_id>/in-error
        """,
    ),
    Group(
        COUNCIL | LEADS | {"provider-coordinator"},
        """
        GET /people/<uuid:person_id>/concerns
        GET /concerns/<uuid:concern_id>
        """,
    ),
    Group(
        COUNCIL | {"provider-coordinator"},
        """
        GET /complaints/<uuid:complaint_id>
        POST /complaints/<uuid:complaint_id>
        """,
    ),
    Group(
        LEADS | {"social-worker"},
        """
        GET /concerns/<uuid:concern_id>/notes/new
        POST /concerns/<uuid:concern_id>/notes/new
        GET /concerns/<uuid:concern_id>/actions/new
        POST /concerns/<uuid:concern_id>/actions/new
        GET /concerns/<uuid:concern_id>/actions/<uuid:item_id>/done
        POST /concerns/<uuid:concern_id>/actions/<uuid:item_id>/done
        GET /concerns/<uuid:concern_id>/alleged/new
        POST /concerns/<uuid:concern_id>/alleged/new
        GET /concerns/<uuid:concern_id>/suspensions/new
        POST /concerns/<uuid:concern_id>/suspensions/new
        GET /concerns/<uuid:concern_id>/suspensions/<uuid:item_id>/lifted
        POST /concerns/<uuid:concern_id>/suspensions/<uuid:item_id>/lifted
        """,
    ),
    Group(
        LEADS,
        """
        POST /concerns/<uuid:concern_id>/acknowledge
        GET /concerns/<uuid:concern_id>/decision
        POST /concerns/<uuid:concern_id>/decision
        GET /concerns/<uuid:concern_id>/withholdings/new
        POST /concerns/<uuid:concern_id>/withholdings/new
        GET /concerns/<uuid:concern_id>/withholdings/<uuid:item_id>/shown
        POST /concerns/<uuid:concern_id>/withholdings/<uuid:item_id>/shown
        GET /concerns/<uuid:concern_id>/closing
        POST /concerns/<uuid:concern_id>/closing
        """,
    ),
    Group(
        frozenset({"social-worker", "citizen"}),
        """
        GET /people/<uuid:person_id>/about/edit
        POST /people/<uuid:person_id>/about/edit
        """,
    ),
    Group(
        COUNCIL,
        """
        GET /people/<uuid:person_id>/transfer/new
        POST /people/<uuid:person_id>/transfer/new
        GET /people/<uuid:person_id>/transfer/consultation
        POST /people/<uuid:person_id>/transfer/consultation
        POST /people/<uuid:person_id>/transfer/provider
        POST /people/<uuid:person_id>/transfer/round
        POST /people/<uuid:person_id>/transfer/settlement
        GET /people/<uuid:person_id>/transfer/withdrawal
        POST /people/<uuid:person_id>/transfer/withdrawal
        GET /people/<uuid:person_id>/ending
        POST /people/<uuid:person_id>/ending
        GET /people/<uuid:person_id>/ending/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/ending/<uuid:item_id>/in-error
        """,
    ),
    Group(
        COUNCIL | {"provider-coordinator"},
        """
        GET /people/<uuid:person_id>/transfer
        POST /people/<uuid:person_id>/transfer/notes
        """,
    ),
    Group(
        frozenset({"team-manager"}),
        """
        GET /commissioning/transfers
        GET /commissioning/transfers/new
        POST /commissioning/transfers/new
        GET /commissioning/transfers/<uuid:act_id>
        POST /commissioning/transfers/<uuid:act_id>/next
        """,
        NOT_FOR_YOU,
    ),
    Group(SIDE_OF_THE_PERSON | COUNCIL, "GET /api/v1/people/<uuid:person_id>/access-log"),
    Group(
        SIDE_OF_THE_PERSON | COUNCIL | {"provider-coordinator", "trusted-assessor"},
        """
        GET /people/<uuid:person_id>/hours
        GET /people/<uuid:person_id>/hours/changes
        GET /people/<uuid:person_id>/hours/statement.csv
        GET /people/<uuid:person_id>/hours/statement.pdf
        GET /api/v1/people/<uuid:person_id>/adjustments
        GET /api/v1/people/<uuid:person_id>/pauses
        GET /api/v1/people/<uuid:person_id>/bank
        GET /api/v1/people/<uuid:person_id>/bank/entries
        GET /api/v1/people/<uuid:person_id>/contingency-draws
        GET /requests/disputes/<uuid:dispute_id>
        """,
    ),
    Group(
        COUNCIL | {"trusted-assessor"},
        """
        GET /people/<uuid:person_id>/pauses
        POST /people/<uuid:person_id>/pauses
        POST /people/<uuid:person_id>/pauses/<uuid:pause_id>/end
        GET /people/<uuid:person_id>/top-up
        POST /people/<uuid:person_id>/top-up
        GET /people/<uuid:person_id>/earmarks
        POST /people/<uuid:person_id>/earmarks
        POST /people/<uuid:person_id>/earmarks/<uuid:earmark_id>/end
        GET /people/<uuid:person_id>/hours/changes/new
        POST /people/<uuid:person_id>/hours/changes/new
        POST /people/<uuid:person_id>/hours/changes/<uuid:adjustment_id>/answers
        POST /api/v1/people/<uuid:person_id>/pauses
        POST /api/v1/people/<uuid:person_id>/pauses/<uuid:pause_id>/end
        POST /api/v1/people/<uuid:person_id>/adjustments
        GET /requests/adjustments/<uuid:adjustment_id>
        POST /requests/adjustments/<uuid:adjustment_id>
        """,
    ),
    Group(
        COUNCIL | {"provider-coordinator"},
        """
        GET /people/<uuid:person_id>/absorb
        POST /people/<uuid:person_id>/absorb
        """,
    ),
    Group(
        COUNCIL | {"provider-coordinator", "trusted-assessor"},
        """
        GET /people/<uuid:person_id>/contingency/new
        POST /people/<uuid:person_id>/contingency/new
        GET /people/<uuid:person_id>/unfunded/<uuid:visit_id>/dispute
        POST /people/<uuid:person_id>/unfunded/<uuid:visit_id>/dispute
        POST /api/v1/people/<uuid:person_id>/contingency-draws
        """,
    ),
    Group(
        AROUND - {"unpaid-carer", "care-worker", "care-worker-uncertified"},
        """
        GET /plans/<uuid:plan_id>/reviews
        GET /plans/<uuid:plan_id>/reviews/<uuid:review_id>
        GET /api/v1/plans/<uuid:plan_id>/reviews
        """,
    ),
    Group(
        frozenset({"social-worker"}),
        """
        GET /plans/<uuid:plan_id>/reviews/new
        POST /plans/<uuid:plan_id>/reviews/new
        POST /plans/<uuid:plan_id>/reviews/<uuid:review_id>/drafts
        POST /api/v1/plans/<uuid:plan_id>/reviews
        POST /api/v1/plans/<uuid:plan_id>/reviews/<uuid:review_id>/drafts
        """,
    ),
    Group(
        frozenset({"team-manager"}),
        """
        GET /authorise/<uuid:request_id>
        POST /authorise/<uuid:request_id>/sent-back
        """,
    ),
    Group(
        COUNCIL | {"provider-coordinator"},
        """
        POST /requests/<uuid:draw_id>/approve
        POST /requests/<uuid:draw_id>/refuse
        POST /requests/disputes/<uuid:dispute_id>
        """,
    ),
    Group(
        AROUND,
        """
        GET /visits/<uuid:visit_id>
        GET /people/<uuid:person_id>/visits
        GET /api/v1/people/<uuid:person_id>/visits
        """,
    ),
    Group(
        frozenset({"provider-coordinator"}),
        """
        POST /api/v1/people/<uuid:person_id>/visits
        GET /people/<uuid:person_id>/visits/plan
        POST /people/<uuid:person_id>/visits/plan
        GET /people/<uuid:person_id>/visits/wishes
        POST /people/<uuid:person_id>/visits/wishes
        GET /people/<uuid:person_id>/visits/patterns/<uuid:pattern_id>/stop
        POST /people/<uuid:person_id>/visits/patterns/<uuid:pattern_id>/stop
        GET /visits/<uuid:visit_id>/change
        POST /visits/<uuid:visit_id>/change
        GET /visits/<uuid:visit_id>/outcome
        POST /visits/<uuid:visit_id>/outcome
        """,
    ),
    Group(
        frozenset({"provider-coordinator", "care-worker", "care-worker-uncertified"}),
        "POST /visits/<uuid:visit_id>",
    ),
    # Each corrects what they recorded themselves.
    Group(
        frozenset({"care-worker"}),
        """
        GET /people/<uuid:person_id>/medicines/doses/<uuid:dose_id>/correct
        POST /people/<uuid:person_id>/medicines/doses/<uuid:dose_id>/correct
        """,
    ),
    Group(
        AROUND - {"unpaid-carer", "trusted-assessor"},
        """
        GET /people/<uuid:person_id>/equipment
        GET /referrals/<uuid:referral_id>
        POST /referrals/<uuid:referral_id>
        """,
    ),
    Group(
        frozenset({"social-worker", "provider-coordinator"}),
        """
        GET /people/<uuid:person_id>/referrals/new
        POST /people/<uuid:person_id>/referrals/new
        """,
    ),
    Group(
        frozenset({"provider-coordinator", "occupational-therapist"}),
        """
        GET /people/<uuid:person_id>/equipment/new
        POST /people/<uuid:person_id>/equipment/new
        GET /equipment/<uuid:equipment_id>/steps/new
        POST /equipment/<uuid:equipment_id>/steps/new
        """,
    ),
    Group(
        AROUND - {"unpaid-carer", "occupational-therapist"},
        """
        GET /delegations/<uuid:delegation_id>
        GET /delegations/<uuid:delegation_id>/adherence
        GET /delegations/escalations/<uuid:escalation_id>
        GET /delegations/<uuid:delegation_id>/instructions/<int:number>
        """,
    ),
    Group(
        frozenset({"nurse", "provider-coordinator"}),
        """
        GET /delegations/stops/<uuid:stop_id>
        GET /delegations/<uuid:delegation_id>/preparations/new
        POST /delegations/<uuid:delegation_id>/preparations/new
        GET /delegations/competences/<uuid:competence_id>/reconfirm
        POST /delegations/competences/<uuid:competence_id>/reconfirm
        GET /delegations/competences/<uuid:competence_id>/suspend
        POST /delegations/competences/<uuid:competence_id>/suspend
        GET /delegations/<uuid:delegation_id>/competences/new
        POST /delegations/<uuid:delegation_id>/competences/new
        GET /people/<uuid:person_id>/medicines/<uuid:medicine_id>/delegation
        POST /people/<uuid:person_id>/medicines/<uuid:medicine_id>/delegation
        POST /delegations/escalations/<uuid:escalation_id>
        GET /delegations/incidents/<uuid:incident_id>
        POST /delegations/incidents/<uuid:incident_id>
        GET /delegations/<uuid:delegation_id>/reviews/new
        POST /delegations/<uuid:delegation_id>/reviews/new
        GET /delegations/<uuid:delegation_id>/instructions/new
        POST /delegations/<uuid:delegation_id>/instructions/new
        POST /delegations/<uuid:delegation_id>/<any(accept, decline, suspend, resume, withdraw):step>
        """,
    ),
    Group(
        SIDE_OF_THE_PERSON | COUNCIL,
        """
        GET /people/<uuid:person_id>/assessment
        GET /people/<uuid:person_id>/assessment/<uuid:assessment_id>
        """,
    ),
    Group(
        COUNCIL,
        """
        POST /people/<uuid:person_id>/assessment
        GET /people/<uuid:person_id>/assessment/<any(how,needs,impact,carers,other):name>
        POST /people/<uuid:person_id>/assessment/<any(how,needs,impact,carers,other):name>
        POST /people/<uuid:person_id>/assessment/carers/taken-back
        GET /people/<uuid:person_id>/assessment/check
        POST /people/<uuid:person_id>/assessment/check
        GET /people/<uuid:person_id>/assessment/<uuid:assessment_id>/correct
        POST /people/<uuid:person_id>/assessment/<uuid:assessment_id>/correct
        GET /people/<uuid:person_id>/assessment/determination
        POST /people/<uuid:person_id>/assessment/determination
        GET /people/<uuid:person_id>/assessment/advocacy
        POST /people/<uuid:person_id>/assessment/advocacy
        GET /people/<uuid:person_id>/assessment/notes
        POST /people/<uuid:person_id>/assessment/notes
        GET /people/<uuid:person_id>/assessment/given-up
        POST /people/<uuid:person_id>/assessment/given-up
        GET /people/<uuid:person_id>/assessment/notes/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/assessment/notes/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/given/<uuid:item_id>/in-error
        POST /people/<uuid:person_id>/given/<uuid:item_id>/in-error
        GET /people/<uuid:person_id>/given
        POST /people/<uuid:person_id>/given
        """,
    ),
    Group(
        frozenset({"provider-coordinator", "trusted-assessor"}),
        "GET /people/<uuid:person_id>/determination",
    ),
    # A carer's own record is for the council's team and the carer; others read of it what the carer chose.
    Group(
        COUNCIL,
        """
        GET /people/<uuid:person_id>/carers
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/assessment/read
        """,
    ),
    Group(
        frozenset({"social-worker"}),
        """
        GET /people/<uuid:person_id>/carers/new
        POST /people/<uuid:person_id>/carers/new
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/details
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/details
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/caring
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/caring
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/consent
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/consent
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/own-record
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/own-record
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/given
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/given
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/assessment
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/assessment
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/assessment/finished
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/determination
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/determination
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/plan
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/plan
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/plan/agreement
        GET /people/<uuid:person_id>/carers/<uuid:carer_id>/plan/yes
        POST /people/<uuid:person_id>/carers/<uuid:carer_id>/plan/yes
        """,
    ),
    Group(SIDE_OF_THE_PERSON | {"provider-coordinator"}, "GET /people/<uuid:person_id>/carers/shared"),
    Group(
        FAMILY | {"other-citizen", "other-representative", "other-carer"},
        """
        GET /me/caring
        POST /me/caring
        """,
        NOT_FOR_YOU,
    ),
    Group(
        frozenset({"unpaid-carer"}),
        """
        GET /me/caring/<uuid:carer_id>
        GET /me/caring/<uuid:carer_id>/details
        POST /me/caring/<uuid:carer_id>/details
        GET /me/caring/<uuid:carer_id>/about
        POST /me/caring/<uuid:carer_id>/about
        GET /me/caring/<uuid:carer_id>/sharing
        POST /me/caring/<uuid:carer_id>/sharing
        POST /me/caring/<uuid:carer_id>/yes
        POST /me/caring/<uuid:carer_id>/plan/agreement
        """,
        NOT_FOR_YOU,
        strangers=FAMILY | {"other-citizen", "other-representative", "other-carer"},
    ),
    Group(AROUND - CARE_WORKERS, "GET /people/<uuid:person_id>/record"),
    # One's own pages: whoever has none finds nothing there.
    Group(
        FAMILY,
        """
        GET /me
        GET /me/record
        GET /me/about
        GET /me/helpers
        GET /me/plan
        GET /me/plan/changes
        GET /me/plan/changes/<uuid:suggestion_id>
        POST /me/plan/changes/<uuid:suggestion_id>/comments
        GET /me/plan/changes/<uuid:suggestion_id>/other
        POST /me/plan/changes/<uuid:suggestion_id>/other
        POST /me/plan/changes/<uuid:suggestion_id>/withdrawn
        GET /me/plan/ask
        POST /me/plan/ask
        GET /me/plan/talk
        GET /me/plan/print
        GET /me/plan/print/<int:number>/<any(large,normal,usual):size>.pdf
        GET /me/plan/print/<int:number>/page
        GET /me/plan/easy
        GET /me/plan/easy/<int:number>.pdf
        GET /me/visits
        GET /me/visits.ics
        GET /me/sharing
        GET /me/concerns/new
        POST /me/concerns/new
        GET /me/concerns/sent
        GET /me/progress
        GET /me/progress/<uuid:outcome_id>
        POST /me/progress/<uuid:outcome_id>
        POST /me/progress/<uuid:outcome_id>/taken-back
        POST /me/progress/<uuid:outcome_id>/barriers
        POST /me/progress/<uuid:outcome_id>/barriers/<uuid:barrier_id>/gone
        POST /me/progress/<uuid:outcome_id>/verdicts
        """,
    ),
    Group(AROUND, "GET /people/<uuid:person_id>/outcomes"),
    Group(SIDE_OF_THE_PERSON | COUNCIL | {"provider-coordinator"}, "GET /people/<uuid:person_id>/community"),
    Group(SIDE_OF_THE_PERSON, "GET /me/community"),
    Group(
        frozenset({"social-worker", "provider-coordinator"}),
        """
        GET /people/<uuid:person_id>/community/<uuid:action_id>/new
        POST /people/<uuid:person_id>/community/<uuid:action_id>/new
        GET /people/<uuid:person_id>/community/referrals/<uuid:community_referral_id>
        POST /people/<uuid:person_id>/community/referrals/<uuid:community_referral_id>
        """,
    ),
    # A team manager reads how outcomes go, and leaves it to others to say so.
    Group(
        AROUND - {"team-manager"},
        """
        GET /people/<uuid:person_id>/outcomes/<uuid:outcome_id>
        POST /people/<uuid:person_id>/outcomes/<uuid:outcome_id>
        POST /people/<uuid:person_id>/outcomes/<uuid:outcome_id>/taken-back
        POST /people/<uuid:person_id>/outcomes/<uuid:outcome_id>/barriers
        POST /people/<uuid:person_id>/outcomes/<uuid:outcome_id>/barriers/<uuid:barrier_id>/gone
        POST /people/<uuid:person_id>/outcomes/<uuid:outcome_id>/verdicts
        """,
    ),
    Group(
        SIDE_OF_THE_PERSON,
        """
        GET /me/assessment
        GET /me/charges
        GET /me/charges/<uuid:charge_run_id>.pdf
        GET /me/carers
        GET /me/hours
        GET /me/hours/changes
        POST /me/hours/changes/<uuid:adjustment_id>/answers
        GET /me/hours/statement.csv
        GET /me/hours/statement.pdf
        GET /me/complaints
        GET /me/complaints/new
        POST /me/complaints/new
        GET /me/visits/<uuid:visit_id>/wrong
        POST /me/visits/<uuid:visit_id>/wrong
        GET /me/seen
        POST /me/plan/changes/<uuid:suggestion_id>/stances
        GET /me/plan/agree
        POST /me/plan/agree
        GET /me/plan/take-back
        POST /me/plan/take-back
        """,
    ),
    Group(
        frozenset({"citizen"}),
        """
        POST /me/plan/easy/yes
        GET /me/about/edit
        POST /me/about/edit
        POST /me/sharing/object
        POST /me/sharing/share
        """,
    ),
    # One's own news: everyone has the page, and nobody opens another's notice.
    Group(
        EVERYBODY,
        """
        GET /news
        POST /news/read
        GET /settings/messages
        POST /settings/messages
        """,
    ),
    Group(frozenset({"citizen"}), "GET /news/<uuid:notice_id>"),
    # Lists and what concerns no single person: the role opens them.
    Group(
        SOCIAL_WORKERS | {"team-manager"} | COORDINATORS | ASSESSORS | NURSES | THERAPISTS,
        """
        GET /people
        GET /api/v1/people
        """,
        NOT_FOR_YOU,
    ),
    Group(
        SOCIAL_WORKERS,
        """
        GET /people/new
        POST /people/new
        """,
        NOT_FOR_YOU,
    ),
    Group(SOCIAL_WORKERS | {"team-manager"} | COORDINATORS | ASSESSORS, "GET /requests", NOT_FOR_YOU),
    Group(SOCIAL_WORKERS | {"team-manager"} | COORDINATORS | LEADS, "GET /concerns", NOT_FOR_YOU),
    Group(SOCIAL_WORKERS | {"team-manager"} | COORDINATORS, "GET /complaints", NOT_FOR_YOU),
    Group(
        CARE_WORKERS,
        """
        GET /round
        GET /round/down-time
        POST /round/down-time
        GET /api/v1/round
        POST /api/v1/sync
        """,
        NOT_FOR_YOU,
    ),
    Group(
        frozenset({"care-worker"}),
        """
        GET /api/v1/records/<uuid:record_id>
        POST /delegations/competences/<uuid:competence_id>/<any(accept, decline):answer>
        """,
        NOT_FOR_YOU,
        strangers=CARE_WORKERS,
    ),
    Group(
        COORDINATORS | ASSESSORS,
        """
        GET /provider
        GET /provider/competence
        GET /provider/hours
        GET /provider/rota
        GET /provider/week
        """,
        NOT_FOR_YOU,
    ),
    Group(
        COORDINATORS,
        """
        GET /provider/workers
        GET /provider/rota/hand-over
        POST /provider/rota/hand-over
        GET /provider/shifts
        POST /provider/shifts
        POST /provider/week
        GET /provider/visits/import
        POST /provider/visits/import
        """,
        NOT_FOR_YOU,
    ),
    Group(
        frozenset({"provider-coordinator"}),
        """
        GET /provider/workers/<uuid:worker_id>
        POST /provider/workers/<uuid:worker_id>
        """,
        NOT_FOR_YOU,
        strangers=COORDINATORS,
    ),
    Group(
        frozenset({"provider-coordinator"}),
        """
        POST /provider/flags
        POST /provider/week/<uuid:week_visit_id>
        GET /provider/visits/imports/<uuid:import_id>.csv
        POST /provider/alerts/<uuid:visit_alert_id>
        POST /medicines/alerts/<uuid:medicine_alert_id>
        POST /provider/held/<uuid:held_id>
        """,
        NOT_FOR_YOU,
        strangers=COORDINATORS,
    ),
    Group(
        frozenset({"provider-coordinator"}),
        "POST /delegations/alerts/<uuid:alert_id>",
        NOT_FOR_YOU,
        strangers=COORDINATORS | NURSES,
    ),
    Group(COORDINATORS | NURSES, "GET /delegations/incidents", NOT_FOR_YOU),
    Group(COORDINATORS | SOCIAL_WORKERS | THERAPISTS, "GET /referrals", NOT_FOR_YOU),
    Group(
        frozenset({"provider-coordinator", "nurse"}),
        "POST /delegations/stops/<uuid:stop_id>",
        NOT_FOR_YOU,
        strangers=COORDINATORS | NURSES,
    ),
    Group(
        COORDINATORS | NURSES | CARE_WORKERS,
        """
        GET /delegations
        GET /delegations/competence
        """,
        NOT_FOR_YOU,
    ),
    Group(
        NURSES,
        """
        GET /delegations/new
        POST /delegations/new
        """,
        NOT_FOR_YOU,
    ),
    Group(
        EVERYBODY - FAMILY - {"other-citizen", "other-representative", "other-carer", "auditor", "privacy-officer"},
        """
        GET /organisations
        GET /api/v1/organisations
        """,
        NOT_FOR_YOU,
    ),
    Group(frozenset({"team-manager"}), "GET /authorise", NOT_FOR_YOU),
    Group(SOCIAL_WORKERS | {"team-manager"}, "GET /reviews", NOT_FOR_YOU),
    Group(
        frozenset({"commissioner", "broker"}),
        """
        GET /commissioning
        GET /commissioning/hours
        GET /commissioning/hours.csv
        GET /commissioning/outcomes
        GET /commissioning/outcomes.csv
        """,
        NOT_FOR_YOU,
    ),
    Group(
        frozenset({"commissioner", "finance-officer"}),
        """
        POST /api/v1/payments/quote
        GET /pay
        GET /pay/<uuid:pay_run_id>
        GET /pay/<uuid:pay_run_id>/lines.csv
        GET /pay/<uuid:pay_run_id>/recharges.csv
        GET /pay/lines/<uuid:pay_line_id>
        GET /pay/contracts
        GET /pay/contracts/<uuid:contract_id>
        GET /commissioning/payments
        GET /commissioning/payments/models.csv
        """,
        NOT_FOR_YOU,
    ),
    Group(
        frozenset({"finance-officer"}),
        """
        GET /charges
        GET /charges/<uuid:charge_run_id>
        GET /charges/<uuid:charge_run_id>/lines.csv
        GET /charges/<uuid:charge_run_id>/<uuid:person_id>.pdf
        GET /contributions
        GET /contributions/<uuid:person_id>
        POST /pay
        POST /pay/<uuid:pay_run_id>/release
        POST /pay/lines/<uuid:pay_line_id>/hold
        POST /pay/lines/<uuid:pay_line_id>/let-go
        GET /pay/contracts/new
        POST /pay/contracts/new
        POST /pay/contracts/<uuid:contract_id>/rates
        GET /pay/contracts/<uuid:contract_id>/terms
        POST /pay/contracts/<uuid:contract_id>/terms
        GET /pay/contracts/<uuid:contract_id>/levels
        POST /pay/contracts/<uuid:contract_id>/levels
        POST /charges
        POST /charges/<uuid:charge_run_id>/send
        POST /contributions/<uuid:person_id>
        POST /contributions/<uuid:person_id>/free
        """,
        NOT_FOR_YOU,
    ),
    Group(COORDINATORS, "GET /provider/pay", NOT_FOR_YOU),
    Group(
        frozenset({"provider-coordinator"}),
        """
        GET /provider/pay/<uuid:pay_run_id>
        GET /provider/pay/<uuid:pay_run_id>/lines.csv
        GET /provider/pay/lines/<uuid:pay_line_id>
        """,
        NOT_FOR_YOU,
        strangers=frozenset({"other-provider-coordinator"}),
    ),
    Group(frozenset({"auditor", "privacy-officer"}), "GET /admin/audit", NOT_FOR_YOU),
    Group(
        frozenset({"admin"}),
        """
        GET /admin/messages
        GET /admin/visit-rules
        POST /admin/visit-rules
        """,
        NOT_FOR_YOU,
    ),
    Group(frozenset({"admin"}), "POST /admin/messages/<uuid:message_id>/again", NOT_FOR_YOU),
)


def addresses(application: Flask) -> dict[str, Rule]:
    """Every method of every rule of the application, as these groups name it."""
    return {
        f"{method} {rule.rule}": rule
        for rule in application.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }


BY_ADDRESS: dict[str, Group] = {line: group for group in GROUPS for line in group.lines}
OPEN_TO_ALL = frozenset(line.strip() for line in PUBLIC.strip().splitlines())
WITH_A_TOKEN = frozenset(line.strip() for line in OF_SYSTEMS.strip().splitlines())
