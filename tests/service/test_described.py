"""The whole API against its own description, by schemathesis; `tests/bench/api.py` does it at length."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.app import create_app
from service.library import LiveLibrary
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


@pytest.mark.filterwarnings("default")
@FAKED.parametrize()
@settings(
    max_examples=int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    """Whatever is asked, the status, headers and form of the answer stand in the description, and it is no crash."""
    case.call_and_validate(checks=CHECKS)
