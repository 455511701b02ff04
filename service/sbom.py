"""What Regiowijzer is made of, as CycloneDX 1.6: every installed package, the encoder and the thesaurus."""

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SELF = "regiowijzer"
# Weights and words are no package, and yet what answers depend on most.
DATA = {
    "machine-learning-model": ROOT / "index" / "model",
    "data": ROOT / "index" / "thesaurus",
}

Json = dict[str, Any]


def bill_of_materials() -> Json:
    """The list as a CycloneDX document."""
    own = metadata.distribution(SELF)
    packages = [package(one) for one in runtime_distributions(own)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": package(own) | {"type": "application"},
        },
        "components": [*packages, *files()],
        "dependencies": [
            {"ref": reference(one), "dependsOn": sorted(reference(part) for part in direct(one))}
            for one in [own, *runtime_distributions(own)]
        ],
    }


def runtime_distributions(own: metadata.Distribution) -> list[metadata.Distribution]:
    """Every installed package that `own` needs, directly or not, by name."""
    found: dict[str, metadata.Distribution] = {}
    queue = [own]
    while queue:
        for part in direct(queue.pop()):
            if (key := normal(part.name)) not in found:
                found[key] = part
                queue.append(part)
    return [found[key] for key in sorted(found)]


def direct(one: metadata.Distribution) -> list[metadata.Distribution]:
    """The installed packages that one names as needed; those of extras that are not asked for left out."""
    found = []
    for line in one.requires or ():
        name, _, condition = line.partition(";")
        if "extra" in condition and "crypto" not in condition:
            continue
        try:
            found.append(metadata.distribution(re.split(r"[\s\[<>=!~(;]", name.strip())[0]))
        except metadata.PackageNotFoundError:
            continue
    return found


def package(one: metadata.Distribution) -> Json:
    """A package as a component."""
    licence = str(one.metadata.json.get("license_expression", ""))
    named = licence or licence_of(one)
    return {
        "type": "library",
        "bom-ref": reference(one),
        "name": normal(one.name),
        "version": one.version,
        "purl": reference(one),
    } | ({"licenses": [{"expression": named} if licence else {"license": {"name": named}}]} if named else {})


def licence_of(one: metadata.Distribution) -> str:
    """The name of a licence, from what older packages say of it."""
    classified = [line for line in one.metadata.get_all("Classifier") or () if line.startswith("License :: ")]
    told = str(one.metadata.json.get("license", "")).strip().splitlines()
    return classified[0].rpartition(" :: ")[2] if classified else (told[0][:80] if told else "")


def reference(one: metadata.Distribution) -> str:
    """The package URL, which is unique."""
    return f"pkg:pypi/{normal(one.name)}@{one.version}"


def normal(name: str) -> str:
    """A name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def files() -> Iterator[Json]:
    """The files that no package manager knows of, with their SHA-256."""
    for kind, folder in DATA.items():
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}):
            name = path.relative_to(ROOT).as_posix()
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            hashes = [{"alg": "SHA-256", "content": sha256}]
            yield {"type": kind, "bom-ref": name, "name": name, "hashes": hashes}


def write(bill: Json) -> str:
    """The document as text."""
    return json.dumps(bill, ensure_ascii=False, indent=1)
