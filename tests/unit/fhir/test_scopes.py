"""What a token may do is never more than was asked for, and never more than was registered."""

import pytest

from careplan.fhir import scopes as smart


class TestGranted:
    @pytest.mark.parametrize(
        ("asked", "registered", "granted"),
        [
            ("system/*.rs", "system/*.rs", "system/*.rs"),
            ("system/Patient.rs", "system/*.rs", "system/Patient.rs"),
            ("system/*.rs", "system/Patient.r", "system/Patient.r"),
            ("system/*.cruds", "system/Patient.rs system/Goal.s", "system/Goal.s system/Patient.rs"),
            ("system/Patient.s system/Patient.r", "system/*.rs", "system/Patient.rs"),
            ("system/Patient.cud", "system/*.rs", ""),
            ("system/Goal.rs", "system/Patient.rs", ""),
            ("", "system/*.rs", ""),
        ],
    )
    def test_is_what_both_hold(self, asked, registered, granted):
        both = smart.granted(asked=smart.parse(asked), registered=smart.parse(registered))

        assert smart.written(both) == granted


class TestParse:
    @pytest.mark.parametrize(
        "unknown",
        [
            "user/Patient.rs", "system/Patient.sr", "system/Patient.", "system/patient.rs", "system/*.read", "openid",
            "system/Observation.rs?category=survey", "system/Patient.rs;system/Goal.rs",
        ],
    )  # fmt: skip
    def test_leaves_out_what_we_do_not_know(self, unknown):
        assert smart.parse(unknown) == ()


class TestAllows:
    def test_needs_the_type_and_the_action(self):
        scopes = smart.parse("system/Patient.r system/Goal.s")

        assert smart.allows(scopes, type_="Patient", action="r")
        assert not smart.allows(scopes, type_="Patient", action="s")
        assert not smart.allows(scopes, type_="Task", action="r")
