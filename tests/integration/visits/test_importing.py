"""Bringing visits in from another system: on trial, for good, twice, with bad rows."""

import csv
from io import BytesIO, StringIO

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from careplan.cli import careplan as command
from careplan.kernel.clock import local_time
from careplan.people.queries import get_person
from careplan.visits import service
from careplan.visits.models import VisitImportRow, VisitRecordRow
from careplan.visits.queries import get_visit
from careplan.visits.service import File, Importer
from tests.factories.rota import COLUMNS, import_some
from tests.factories.visits import make_visit
from tests.integration.visits.conftest import look_again
from tests.pages import token_on


@pytest.fixture
def line(care, earlier):
    """One row about Margaret, two hours ago."""
    number = get_person(person_id=care.person_id).nhs_number
    start = local_time(earlier)

    def written(reference, **said):
        usual = {
            "reference": reference, "nhs_number": number, "date": f"{start:%Y-%m-%d}", "start": f"{start:%H:%M}",
            "end": f"{start.replace(minute=59):%H:%M}", "worker": "Joy Mensah", "result": "", "note": "Fine.",
        }  # fmt: skip
        return ",".join({**usual, **said}.values()) + "\n"

    return written


def records(session):
    return session.scalar(select(func.count()).select_from(VisitRecordRow))


class TestImportVisits:
    def test_good_rows_land_and_a_bad_date_in_row_7_is_named(self, session, care, line, now):
        rows = [line(str(n)) for n in range(5)]

        report = import_some(care, now=now, text=COLUMNS + "".join([*rows, line("6", date="2026-02-30"), line("7")]))

        assert (report.good, report.bad, records(session)) == (6, 1, 6)
        (fault,) = report.faults
        assert fault.words == (
            "Row 7, date: “2026-02-30” is not a date. Write it as 2026-11-21 or 21/11/2026"
        )

    def test_the_same_file_twice_changes_nothing(self, session, care, line, now):
        text = COLUMNS + line("1") + line("2")
        first = import_some(care, now=now, text=text)
        second = import_some(care, now=now, text=text)

        assert (first.again, second.again, second.id) == (False, True, first.id)
        assert (records(session), session.scalar(select(func.count()).select_from(VisitImportRow))) == (2, 1)

    def test_a_row_counts_once_in_whichever_file_it_comes(self, session, care, line, now):
        import_some(care, now=now, text=COLUMNS + line("1"))

        second = import_some(care, now=now, text=COLUMNS + line("1") + line("2") + line("1", result="refused"))

        assert (second.good, second.known, records(session)) == (1, 1, 2)
        assert [(f.row, f.column) for f in second.faults] == [(4, "reference")]

    def test_finds_the_planned_visit_and_draws_its_minutes(self, care, line, now, earlier):
        visit = make_visit(care, start=earlier)

        import_some(care, now=now, text=COLUMNS + line("1"))

        assert [r.note for r in get_visit(visit_id=visit.id).records] == ["Fine."]

    @pytest.mark.parametrize(
        ("said", "column", "words"),
        [
            ({"worker": "Nobody Known"}, "worker", "no worker of yours is called “Nobody Known”"),
            ({"nhs_number": "9990003238"}, "nhs_number", "nobody with this NHS number is with you"),
        ],
    )
    def test_says_who_is_not_known(self, session, care, line, now, said, column, words):
        (fault,) = import_some(care, now=now, text=COLUMNS + line("1", **said)).faults

        assert fault.column == column
        assert words in fault.message
        assert records(session) == 0

    def test_a_dry_run_says_the_same_and_keeps_nothing(self, session, care, line, now):
        importer = Importer(care.around.provider.id, None, care.around.coordinator)
        file = File("visits.csv", COLUMNS + line("1") + line("2", date="x"))

        report = service.try_import(file=file, importer=importer, now=now)

        assert (report.good, report.bad, report.again) == (1, 1, False)
        assert records(session) == 0


def test_the_page_tries_a_file_then_takes_it_and_gives_the_errors_as_a_file(session, care, sign_in, line):
    text = COLUMNS + line("1") + line("2", date="31/02/2026")
    session.commit()
    browser, address = sign_in(care.around.coordinator), "/provider/visits/import"
    token = token_on(browser.get(address))

    def send(how):
        fields = {"csrf_token": token, "how": how, "file": (BytesIO(text.encode()), "visits.csv")}
        return browser.post(address, data=fields, content_type="multipart/form-data")

    tried = send("try")
    assert "This would come of it. Nothing is kept yet." in tried.text
    assert "“31/02/2026” is not a date" in tried.text
    look_again(session)
    assert records(session) == 0

    taken = send("take")
    assert "The visits are in." in taken.text
    look_again(session)
    assert records(session) == 1
    kept = session.scalars(select(VisitImportRow)).one()
    errors = browser.get(f"/provider/visits/imports/{kept.id}.csv").text.lstrip("\ufeff")
    assert list(csv.reader(StringIO(errors)))[1][:3] == ["3", "date", "31/02/2026"]


def test_the_command_writes_the_errors_beside_the_file(session, care, line, settings, monkeypatch, tmp_path):
    session.commit()
    monkeypatch.setattr("careplan.cli.visits.settings_of_command", lambda: settings)
    file = tmp_path / "visits.csv"
    file.write_text(COLUMNS + line("1") + line("2", date="x"))
    code = ["--provider", care.around.provider.ods_code]

    tried = CliRunner().invoke(command, ["visits", "import", str(file), "--dry-run", *code])
    taken = CliRunner().invoke(command, ["visits", "import", str(file), *code])

    assert (tried.exit_code, taken.exit_code) == (1, 1)
    assert "1 rows taken, 0 were there before, 1 not taken." in taken.output
    assert (tmp_path / "visits.csv.errors.csv").read_text().splitlines()[1].startswith("3,date,x,")
    look_again(session)
    assert records(session) == 1
