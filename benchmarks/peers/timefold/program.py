"""Gets and compiles the Java program: Timefold's jars come inside its Python package."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from benchmarks.peers.found import PeerError

__all__ = ["VERSION", "classpath"]

VERSION = "1.24.0b0"
_SOURCES = Path(__file__).parent / "java"


def classpath() -> str:
    """Return the class path of the compiled program, with Timefold.

    Both are kept in a folder of the user's cache (``$XDG_CACHE_HOME/classplanner-benchmarks``) and made once.

    Raises
    ------
    PeerError
        There is no JDK 17 or newer, or the jars cannot be downloaded.
    """
    if shutil.which("javac") is None or shutil.which("java") is None:
        raise PeerError("Timefold needs a JDK: java and javac of version 17 or newer")
    jars = sorted(_jars().glob("*.jar"))
    jar_path = os.pathsep.join(map(str, jars))
    return f"{_compiled(jar_path)}{os.pathsep}{jar_path}"


def _cache() -> Path:
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = root / "classplanner-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _jars() -> Path:
    """Download the package, whose jars are all that is used of it."""
    folder = _cache() / f"timefold-{VERSION}"
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=_cache()) as scratch:
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                f"timefold=={VERSION}",
            ]
            done = subprocess.run([*command, "-d", scratch], capture_output=True, text=True, check=False)
            wheels = list(Path(scratch).glob("*.whl"))
            if done.returncode or not wheels:
                raise PeerError(f"the package timefold {VERSION} cannot be downloaded: {done.stderr.strip()}")
            jars = Path(scratch) / "jars"
            jars.mkdir()
            with zipfile.ZipFile(wheels[0]) as wheel:
                for name in wheel.namelist():
                    if name.startswith("timefold/solver/jars/") and name.endswith(".jar"):
                        (jars / Path(name).name).write_bytes(wheel.read(name))
            _keep(jars, folder)
    return folder


def _compiled(jar_path: str) -> Path:
    sources = sorted(_SOURCES.glob("*.java"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    folder = _cache() / f"classes-{digest}"
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=_cache()) as scratch:
            command = ["javac", "-cp", jar_path, "-d", f"{scratch}/classes", *map(str, sources)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise PeerError(f"javac: {done.stderr}")
            _keep(Path(scratch) / "classes", folder)
    return folder


def _keep(made: Path, folder: Path) -> None:
    """Move a folder into the cache, unless another process was faster."""
    try:
        made.rename(folder)
    except OSError:
        if not folder.exists():
            raise
