"""The whole API against its own description, by schemathesis; `tests/bench/api.py` does it at length."""

import os
import tempfile
import tomllib
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.app import create_app
from service.library import Library, LiveLibrary
from tests.bench.api import RULES
from tests.service.comparisons import comparing_library
from tests.service.fakes import fake_library

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
API = schemathesis.openapi.from_asgi("/v1/openapi.json", create_app(LiveLibrary(fake_library, lambda: "eerste"), 2))
# Comparisons, quotes and drawn pages need a real index, which the bench has.
FAKED = API.exclude(path_regex="compare|matrix|image|uploads|quotes|memos")


def small_library() -> Library:
    """A small index of made-up plans, made when it is first asked for."""
    with tempfile.TemporaryDirectory() as folder:
        return comparing_library(Path(folder))


SMALL = schemathesis.openapi.from_asgi("/v1/openapi.json", create_app(LiveLibrary(small_library, lambda: "eerste"), 2))
BRIEF = settings(
    max_examples=int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)


@pytest.mark.filterwarnings("default")
@FAKED.parametrize()
@BRIEF
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    """Whatever is asked, the status, headers and form of the answer stand in the description, and it is no crash."""
    case.call_and_validate(checks=CHECKS)


@pytest.mark.filterwarnings("default")
@SMALL.include(path_regex="differences").parametrize()
@BRIEF
def test_what_fits_the_description_of_differences_is_answered(case: schemathesis.Case) -> None:
    """The description tells which regions there are and how many, so that whatever fits it gets an answer."""
    case.call_and_validate(checks=[*CHECKS, positive_data_acceptance])


def test_rules_of_the_bench_are_for_what_exists() -> None:
    """Where the bench lets 422 pass, there is such an operation, and it tells of 422."""
    described = API.raw_schema["paths"]
    (lenient,) = tomllib.loads(RULES.read_text(encoding="utf-8"))["operations"]
    for path in lenient["include-path"]:
        assert all("422" in operation["responses"] for operation in described[path].values())
