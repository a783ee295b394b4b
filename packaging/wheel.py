# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the wheel: the program with its rules, and the Python module over it.

usage: wheel.py STAGE FOLDER, where STAGE holds bin/ and share/ as `make install` lays them out.

The program goes where pip puts scripts and the rules where it puts data, which is beside it as in any other prefix; no
Python starts when `imprimatur` is typed. The same input gives the same bytes.
"""

import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
NAME = "imprimatur"


def tag(program):
    """The platform that the program needs, by the newest symbol of the C library that it asks for."""
    symbols = subprocess.run(["objdump", "-T", program], check=True, capture_output=True, text=True).stdout
    versions = {tuple(map(int, found)) for found in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols)}
    major, minor = max(max(versions), (2, 17))
    machine = subprocess.run(["uname", "-m"], check=True, capture_output=True, text=True).stdout.strip()
    return f"py3-none-manylinux_{major}_{minor}_{machine}"


def main(stage, folder):
    program = stage / "bin" / NAME
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    platform = tag(program)
    info, data = f"{NAME}-{version}.dist-info", f"{NAME}-{version}.data"
    files = []
    for path in sorted((HERE / "python" / NAME).iterdir()):
        if path.suffix == ".py" or path.name == "py.typed":
            files.append((f"{NAME}/{path.name}", path.read_bytes(), 0o644))
    files.append((f"{data}/scripts/{NAME}", program.read_bytes(), 0o755))
    for path in sorted((stage / "share").rglob("*")):
        if path.is_file():
            files.append((f"{data}/data/share/{path.relative_to(stage / 'share').as_posix()}", path.read_bytes(), 0o644))
    readme = (HERE / "python" / "README.md").read_text(encoding="utf-8")
    files.append((f"{info}/licenses/LICENSE", (HERE.parent / "LICENSE").read_bytes(), 0o644))
    metadata = (
        f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {version}\n"
        "Summary: Check raw diffraction data before they are published\nLicense-Expression: Apache-2.0\n"
        "License-File: LICENSE\nRequires-Python: >=3.8\nDescription-Content-Type: text/markdown\n"
        f"Classifier: Typing :: Typed\nClassifier: Operating System :: POSIX :: Linux\n\n{readme}")
    files.append((f"{info}/METADATA", metadata.encode(), 0o644))
    wheel = f"Wheel-Version: 1.0\nGenerator: imprimatur packaging/wheel.py\nRoot-Is-Purelib: false\nTag: {platform}\n"
    files.append((f"{info}/WHEEL", wheel.encode(), 0o644))
    record = ""
    for name, content, _ in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(content)}\n"
    files.append((f"{info}/RECORD", (record + f"{info}/RECORD,,\n").encode(), 0o644))
    target = folder / f"{NAME}-{version}-{platform}.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for name, content, mode in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    print(target)


main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
