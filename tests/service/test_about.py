"""What the service says of itself stands in the index, the package and one file of figures."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from index.manifest import Manifest
from service import about
from service.about import Operator, read_figures, software_version, versions
from tests.service.fakes import fake_library

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
MANIFEST = Manifest(
    format=3, generation="20260131T090000Z-0a1b2c3d", built="2026-01-31T09:00:00+00:00", model="proefmodel",
    fingerprint="ab" * 32, dimension=8, analyser="7", ingest=4, documents={}, counts={}, files={},
)  # fmt: skip


def test_the_readme_states_the_same_figures() -> None:
    """Each figure of the page stands in the README's section of figures, so that neither grows stale alone."""
    section = README.partition("## Figures")[2].partition("\n## ")[0]
    stated = set(re.findall(r"(?<![\d.])[01]\.\d+(?!\d)", section))
    assert {f"{figure.value:g}" for figure in read_figures().figures} - stated == set()


def test_versions_are_those_of_the_index() -> None:
    """The model with its fingerprint, the analyser and ingest are what made the index, not what is installed."""
    told = dict(versions(replace(fake_library(), manifest=MANIFEST)))
    assert told["Taalmodel"] == "proefmodel"
    assert told["Vingerafdruk van het taalmodel (SHA-256)"] == "ab" * 32
    assert (told["Nederlandse woordanalyse"], told["Inlezen van documenten"]) == ("7", "4")
    assert told["Index"] == "20260131T090000Z-0a1b2c3d"


def test_what_is_unknown_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a manifest there is no model to name, and without an installed package no version."""

    def missing(name: str) -> str:
        raise about.PackageNotFoundError(name)

    monkeypatch.setattr(about, "version", missing)
    assert software_version() == ""
    assert {name for name, _ in versions(fake_library())} == {"API", "Inlezen van documenten",
                                                              "Nederlandse woordanalyse"}  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("", ""),
        ("loket@voorbeeld.nl", "mailto:loket@voorbeeld.nl"),
        ("https://voorbeeld.nl/contact", "https://voorbeeld.nl/contact"),
        ("bel 030 123 45 67", ""),
        ("javascript:alert(1)", ""),
        ("javascript:alert('@')//", "mailto:javascript:alert('@')//"),
    ],
)
def test_contact_becomes_a_link_only_when_it_is_an_address(contact: str, address: str) -> None:
    """Only a web address or an e-mail address is linked; nothing else can become a link that runs."""
    assert Operator("", contact).address == address
