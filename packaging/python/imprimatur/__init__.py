# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Check raw diffraction data from Python: a layer over the program, which does the work in processes of its own.

>>> import imprimatur
>>> for report in imprimatur.check(["scan.nxs"], profile="beamline-ci"):
...     print(report.path, report.status, [finding.rule for finding in report.findings])
"""

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Union

from ._report import (
    Answer, Applied, Definition, Failure, FileReport, Finding, Kind, Level, NotChecked, Place, Status,
)

__all__ = [
    "Answer", "Applied", "Definition", "Failure", "FileReport", "Finding", "ImprimaturError", "Incomplete", "Kind",
    "Level", "NotChecked", "Place", "ProgramMissing", "Status", "UsageError", "check", "iterate", "program", "version",
]

PathLike = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]

# Where what a finding says begins, behind the path of its file; in a path the quotes would be escaped.
_FINDING, _BODY = b'{"event":"finding"', b',"rule":"'
# Findings that are kept to be given again: most files of a beamline say the same.
_MOST_KEPT = 4096


class ImprimaturError(Exception):
    """The run as a whole failed; what could not be read of a file stands in its report."""


class ProgramMissing(ImprimaturError):
    """The program is not beside this module, not named by IMPRIMATUR and not on the path."""


class UsageError(ImprimaturError):
    """A profile, an option or a file of settings is wrong; nothing was checked."""


class Incomplete(ImprimaturError):
    """The program ended before its report did."""


def program() -> str:
    """The path of the program: that of the variable IMPRIMATUR, that of this installation, or the first on the path."""
    named = os.environ.get("IMPRIMATUR")
    if named:
        return named
    own = os.path.join(sysconfig.get_path("scripts"), "imprimatur")
    if os.access(own, os.X_OK):
        return own
    found = shutil.which("imprimatur")
    if found is None:
        raise ProgramMissing("the program 'imprimatur' is not installed; see docs/guide/installing.md")
    return found


def version() -> str:
    """The version of the program."""
    done = subprocess.run([program(), "--version"], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().split()[-1]


def check(
    paths: Iterable[PathLike], profile: Optional[str] = None, *, fail_at: Union[Level, str, None] = None,
    baseline: Optional[PathLike] = None, answers: Optional[PathLike] = None, recursive: bool = False,
    config: Union[PathLike, bool, None] = False, options: Sequence[str] = (),
) -> List[FileReport]:
    """The reports on files, in their order; see iterate."""
    return list(
        iterate(
            paths, profile, fail_at=fail_at, baseline=baseline, answers=answers, recursive=recursive, config=config,
            options=options))


def iterate(
    paths: Iterable[PathLike], profile: Optional[str] = None, *, fail_at: Union[Level, str, None] = None,
    baseline: Optional[PathLike] = None, answers: Optional[PathLike] = None, recursive: bool = False,
    config: Union[PathLike, bool, None] = False, options: Sequence[str] = (),
) -> Iterator[FileReport]:
    """Reports on files, each as soon as it is known.

    paths       files, and with recursive folders
    profile     the name of a profile that ships, or the path of one
    fail_at     the level at which a finding fails, instead of that of the profile
    baseline    a file of known findings
    answers     a file of answers to findings
    config      False: no imprimatur.json5 is looked for; True: the nearest one; a path: that one
    options     further words of the command line

    Equal findings of several files are one object, to be read and not to be changed.

    Raises UsageError where the program refuses the call, and Incomplete where it ends too early. What could not be read of
    a file is no exception: FileReport.failures holds it, and FileReport.raise_for_failures raises it.
    """
    names = [os.fsencode(path) for path in paths]
    if not names:
        return
    words: List[PathLike] = [program(), "check", "--format", "jsonl", "--from0"]
    if profile is not None:
        words += ["--profile", profile]
    if fail_at is not None:
        words += ["--fail-at", fail_at.value if isinstance(fail_at, Level) else fail_at]
    if baseline is not None:
        words += ["--baseline", baseline]
    if answers is not None:
        words += ["--answers", answers]
    if recursive:
        words.append("--recursive")
    if config is False:
        words.append("--no-config")
    elif config is not None and config is not True:
        words += ["--config", config]
    words += list(options)
    words.append("-")
    # Names go by a file: there are more of them than a command line takes, and no pipe has to be fed meanwhile.
    with tempfile.TemporaryFile() as listed, tempfile.TemporaryFile() as told:
        listed.write(b"\0".join(names) + b"\0")
        listed.seek(0)
        process = subprocess.Popen(words, stdin=listed, stdout=subprocess.PIPE, stderr=told)
        assert process.stdout is not None
        try:
            is_whole = False
            front: Dict[str, Any] = {}
            findings: List[Finding] = []
            kept: Dict[bytes, Finding] = {}
            for line in process.stdout:
                if line.startswith(_FINDING):
                    body = line[line.index(_BODY) + 1:]
                    finding = kept.get(body)
                    if finding is None:
                        if len(kept) >= _MOST_KEPT:
                            kept.clear()
                        finding = kept[body] = Finding._read(json.loads(b"{" + body))
                    findings.append(finding)
                    continue
                event = json.loads(line)
                kind = event["event"]
                if kind == "file":
                    front, findings = event, []
                elif kind == "fileEnd":
                    report = FileReport._read({**front, **event, "findings": ()})
                    # A frozen value is complete before anybody sees it.
                    object.__setattr__(report, "findings", tuple(findings))
                    yield report
                elif kind == "runEnd":
                    is_whole = "interrupted" not in event
            code = process.wait()
        finally:
            process.stdout.close()
            if process.poll() is None:
                process.terminate()
                process.wait()
        told.seek(0)
        words_told = told.read().decode(errors="replace").strip()
        if code == 2:
            raise UsageError(words_told)
        if not is_whole:
            raise Incomplete(words_told or f"the program ended with {code}")
