"""The list of what Regiowijzer is made of."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from service import cli
from service.sbom import ROOT, bill_of_materials


def test_it_holds_what_the_lock_pins() -> None:
    """Each package of the list stands in the lock with the same version."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s+]+)", lock, flags=re.MULTILINE))
    listed = {
        one["name"]: one["version"].partition("+")[0]
        for one in bill_of_materials()["components"]
        if one["type"] == "library"
    }
    assert {"fastapi", "faiss-cpu", "pypdf", "torch", "safetensors"} <= set(listed)
    cuda = (ROOT / "requirements-cuda.lock").read_text(encoding="utf-8")
    assert {name: version for name, version in listed.items() if pinned.get(name) != version and name not in cuda} == {}


def test_it_holds_the_model_and_the_words() -> None:
    """The encoder's files and the thesaurus are there with the digest of what lies on disk."""
    files = {one["name"]: one["hashes"][0]["content"] for one in bill_of_materials()["components"] if "hashes" in one}
    assert any(name.startswith("index/thesaurus/") for name in files)
    weights = [name for name in files if name.endswith(".safetensors")]
    assert weights
    assert files[weights[0]] == hashlib.sha256((ROOT / weights[0]).read_bytes()).hexdigest()


def test_every_reference_leads_to_a_component() -> None:
    """What depends on what points only at what is listed, and no name comes twice."""
    bill = bill_of_materials()
    known = [one["bom-ref"] for one in bill["components"]] + [bill["metadata"]["component"]["bom-ref"]]
    assert len(known) == len(set(known))
    assert {part for one in bill["dependencies"] for part in [one["ref"], *one["dependsOn"]]} <= set(known)


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is CycloneDX JSON and nothing else."""
    assert cli.main(["sbom"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["bomFormat"], body["specVersion"]) == ("CycloneDX", "1.6")
    assert Path(ROOT / "requirements.lock").exists()


def test_every_pin_has_a_hash() -> None:
    """Each package of each lock is pinned to a version and to SHA-256 digests of its files."""
    for lock in sorted(ROOT.glob("requirements*.lock")):
        text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r"))]
        assert lines
        assert [line for line in lines if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
