"""With CI=true a skipped test is a failure: what was not tried has not been shown."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tests that skip themselves, or are marked to."""
    report = yield
    return _insist(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Whole files that skip themselves."""
    report = yield
    return _insist(report)


def _insist(report: Report) -> Report:
    if os.environ.get("CI") == "true" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, which is a failure here: {report.longrepr}"
    return report
