"""The wheel holds the program, its resources and its licence, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from house.tree import ROOT, files, name_of

import desktop


def test_wheel_holds_program_and_resources(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"emanifest_desk-{desktop.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        points = archive.read(f"emanifest_desk-{desktop.__version__}.dist-info/entry_points.txt").decode()
    wanted = {name_of(path) for path in files("desktop")}
    wanted |= {f"desktop/{name_of(path)}" for path in files("resources")}
    about = f"emanifest_desk-{desktop.__version__}.dist-info/"
    assert wanted - inside == set()
    assert {name for name in inside if not name.startswith(about)} == wanted
    assert f"{about}licenses/LICENSE" in inside
    assert "emanifest = desktop.cli:main" in points
    assert "emanifest-desk = desktop.__main__:main" in points
