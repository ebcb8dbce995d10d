"""One line for each request, and nothing in it that a person said or is called."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careplan.web import logs


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a process would write to its log."""
    kept_handlers, kept_level = logging.getLogger().handlers[:], logging.getLogger().level
    ours = logging.getLogger("careplan").level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    logs.configure(level="info")
    yield stream
    logging.getLogger().handlers[:] = kept_handlers
    logging.getLogger().setLevel(kept_level)
    logging.getLogger("careplan").setLevel(ours)


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


class TestARequest:
    def test_is_one_line_with_the_rule_and_not_the_path(self, client: FlaskClient, written: io.StringIO) -> None:
        answer = client.get("/sign-in?next=/people/9990000018-MARGARET")
        (line,) = lines(written)

        assert line["route"] == "/sign-in"
        assert (line["method"], line["status"], line["account_id"]) == ("GET", 200, None)
        assert line["correlation_id"] == answer.headers["X-Correlation-Id"]
        assert "MARGARET" not in written.getvalue()

    def test_of_an_unknown_address_says_only_that(self, client: FlaskClient, written: io.StringIO) -> None:
        client.get("/MARGARET-ELLIS")

        assert lines(written)[-1]["route"] == "?"
        assert "MARGARET" not in written.getvalue()

    def test_of_a_probe_is_not_written(self, client: FlaskClient, written: io.StringIO) -> None:
        client.get("/healthz")

        assert lines(written) == []


class TestOtherLogs:
    def test_of_libraries_say_where_and_not_what(self, app: Flask, written: io.StringIO) -> None:
        logging.getLogger("some.library").error("Margaret could not be stored")

        assert "Margaret" not in written.getvalue()
        assert lines(written)[0]["logger"] == "some.library"

    def test_of_a_failure_name_its_kind_only(self, app: Flask, written: io.StringIO) -> None:
        try:
            raise ValueError("Margaret")
        except ValueError:
            logging.getLogger("careplan.jobs").exception("a job failed", extra={"secret": "Ellis", "job": 7})
        (line,) = lines(written)

        assert (line["event"], line["error"], line["job"]) == ("a job failed", "ValueError", 7)
        assert "Margaret" not in written.getvalue()
        assert "Ellis" not in written.getvalue()


class TestNumbers:
    def test_count_by_rule(self, client: FlaskClient) -> None:
        def counted() -> float:
            return sum(
                sample.value
                for metric in logs.SECONDS.collect()
                for sample in metric.samples
                if sample.name.endswith("_count") and sample.labels["route"] == "/sign-in"
            )

        before = counted()
        client.get("/sign-in")

        assert counted() == before + 1
