"""What a wheel holds, and that our common package names are really ours."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel the way an installer does."""
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(out),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def tracked(package: str) -> set[str]:
    """The files of a package that git knows."""
    done = subprocess.run(["git", "ls-files", package], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.splitlines() if (ROOT / name).exists()}


@pytest.mark.parametrize("package", ["ingest", "index", "service"])
def test_the_wheel_holds_every_file_of_a_package(wheel: zipfile.ZipFile, package: str) -> None:
    """Modules, data files, the model, templates and styles all travel."""
    files = tracked(package)
    if not files:
        pytest.skip("not a git checkout: nothing to compare with")
    assert files <= set(wheel.namelist())


def test_the_wheel_holds_no_tests_and_no_plans(wheel: zipfile.ZipFile) -> None:
    """Tests and PDFs stay out of the wheel."""
    assert not [name for name in wheel.namelist() if name.startswith("tests/") or name.endswith(".pdf")]


@pytest.mark.parametrize("package", ["ingest", "index", "service"])
def test_the_packages_are_ours(tmp_path: Path, package: str) -> None:
    """From any folder, `import index` gives this project's package and not another's."""
    code = f"import {package}; print({package}.__file__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert Path(done.stdout.strip()) == ROOT / package / "__init__.py"


def test_the_command_starts(tmp_path: Path) -> None:
    """The installed command answers to --help, in Dutch."""
    command = Path(sys.executable).with_name("regiowijzer")
    done = subprocess.run([str(command), "--help"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0
    assert "regioplannen" in done.stdout
