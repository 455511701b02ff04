"""The container and the systemd unit: unprivileged, and nothing of the system writable."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from service.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "regiowijzer.service").read_text(encoding="utf-8")


def test_the_container_runs_as_nobody_in_particular() -> None:
    """The last user is a number that is not root's, so that orchestrators can check it."""
    users = re.findall(r"^USER (\S+)", DOCKERFILE, flags=re.MULTILINE)
    assert users[-1] == "10001:10001"


def test_the_container_installs_what_is_pinned() -> None:
    """Every install of pip takes hashes, but that of our own source, which takes nothing from elsewhere."""
    installs = re.findall(r"pip install ((?:\\\n|[^\n&])*)", DOCKERFILE)
    assert len(installs) == 3
    for words in installs:
        assert "--no-deps" in words
        assert ("--require-hashes" in words) != ("--no-build-isolation ." in words)


def test_what_the_container_copies_exists() -> None:
    """Each source of a COPY is in the repository and let through by the ignore file."""
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    for names in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, flags=re.MULTILINE):
        for name in names.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}" in ignored or name.startswith("requirements"), name


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT], ids=["Dockerfile", "unit"])
def test_settings_that_are_named_exist(text: str) -> None:
    """No setting is misspelled: one that does not exist would silently do nothing."""
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", text))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(
    "line",
    ["User=regiowijzer", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "PrivateTmp=yes"],
)
def test_the_unit_closes_the_system(line: str) -> None:
    """An unprivileged user, a read-only system, and no way to more rights."""
    assert line in UNIT.splitlines()


def test_the_unit_lets_the_reader_of_pdfs_give_up_its_network() -> None:
    """Of namespaces those of users and networks can be made, which `ingest.confine` needs, and no others."""
    assert [line for line in UNIT.splitlines() if line.startswith("RestrictNamespaces")] == [
        "RestrictNamespaces=user net"
    ]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
def test_systemd_finds_little_exposed() -> None:
    """Out of ten, systemd counts less than two points of exposure."""
    command = ["systemd-analyze", "security", "--offline=yes", str(ROOT / "deploy" / "regiowijzer.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    if found is None:
        pytest.skip(f"this systemd-analyze cannot judge a file: {done.stderr[:100]}")
    assert float(found[1]) < 2.0
