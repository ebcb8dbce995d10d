"""Reading a file of visits: each row by itself, each fault by its row, its column and what would be accepted."""

from datetime import date, time

import pytest

from careplan.kernel.clock import at_local
from careplan.visits.domain.importing import Fault, ImportRow, NotAFile, read_file, read_rows, reference_of
from careplan.visits.domain.visit import Result

HEAD = "reference,nhs_number,date,start,end,worker,result,note"
DAY = date(2026, 11, 21)


def row(**said):
    usual = {
        "reference": "A1", "nhs_number": "999 000 0018", "date": "2026-11-21", "start": "08:00", "end": "08:45",
        "worker": "Joy Mensah", "result": "", "note": "",
    }  # fmt: skip
    return ",".join({**usual, **said}.values())


def read(*lines, head=HEAD):
    return list(read_rows("\n".join([head, *lines])))


class TestReadRows:
    def test_reads_what_a_spreadsheet_saves(self):
        (found,) = read(row(note='"Ate well, slept"'))

        assert isinstance(found, ImportRow)
        assert (found.row, found.nhs_number, found.result, found.note) == (
            2, "9990000018", Result.COMPLETED, "Ate well, slept",
        )  # fmt: skip
        assert (found.start, found.end) == (at_local(DAY, time(8)), at_local(DAY, time(8, 45)))

    @pytest.mark.parametrize(("day", "clock"), [("21/11/2026", "0800"), ("2026-11-21", "8:00:00")])
    def test_takes_dates_and_times_as_people_write_them(self, day, clock):
        (found,) = read(row(date=day, start=clock))

        assert found.start == at_local(DAY, time(8))

    def test_an_end_before_the_start_is_the_next_day(self):
        (found,) = read(row(start="22:00", end="07:00"))

        assert found.end == at_local(date(2026, 11, 22), time(7))

    @pytest.mark.parametrize(
        ("said", "column", "words"),
        [
            ({"date": "31/11/2026"}, "date", "“31/11/2026” is not a date. Write it as 2026-11-21 or 21/11/2026"),
            ({"date": "yesterday"}, "date", "“yesterday” is not a date. Write it as 2026-11-21 or 21/11/2026"),
            ({"start": "25:00"}, "start", "“25:00” is not a time. Write it by the 24 hour clock, as 08:04"),
            ({"reference": ""}, "reference", "fill this in"),
            ({"result": "fine"}, "result", "“fine” is not known. Write completed, no_reply, refused or in_hospital,"),
            ({"nhs_number": "9990000019"}, "nhs_number", "This NHS number is not right"),
        ],
    )
    def test_names_the_row_the_column_and_what_would_be_accepted(self, said, column, words):
        found = read(*[row(reference=str(n)) for n in range(5)], row(**said))[5]

        assert [(f.row, f.column) for f in found] == [(7, column)]
        assert words in found[0].message
        assert found[0].words.startswith(f"Row 7, {column}: ")

    def test_names_all_that_is_wrong_in_a_row(self):
        (found,) = read(row(date="", start="x", worker=""))

        assert [f.column for f in found] == ["worker", "date", "start"]
        assert all(isinstance(f, Fault) for f in found)

    def test_leaves_out_empty_rows_and_does_not_mind_how_columns_are_written(self):
        head = "Reference,NHS number,Date,Start,End,Worker,Result,Note"

        assert [r.row for r in read("", row(), ",,,,,,,", row(reference="B"), head=head)] == [2, 4]

    def test_says_which_columns_are_missing(self):
        with pytest.raises(NotAFile, match="Missing: start and worker"):
            read("x", head="reference,nhs_number,date,end")


def test_a_file_is_known_by_its_content():
    assert reference_of("a") == reference_of("a") != reference_of("b")


def test_reads_files_of_old_spreadsheets_and_refuses_pictures():
    assert read_file("é".encode("cp1252")) == read_file("\ufeffé".encode()) == "é"
    with pytest.raises(NotAFile):
        read_file(b"\x89PNG\x00\x01")
