# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Reports as values; written by make_types.py from docs/schema/report-1.json."""

import enum
import functools
import os
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple


@functools.lru_cache(maxsize=4096)
def _kept(kind: Any, *values: Optional[str]) -> Any:
    """An object of plain members, the same for the same values."""
    return kind(*values)


def _path(json: Dict[str, Any]) -> str:
    """The name of a file as Python has it, whatever its bytes."""
    digits = json.get("pathBytes")
    return str(json["path"]) if digits is None else os.fsdecode(bytes.fromhex(digits))


class Status(str, enum.Enum):
    """How the check of a file ended."""

    PASS = "pass"
    FAIL = "fail"
    INDETERMINATE = "indeterminate"
    INCOMPLETE = "incomplete"
    SKIPPED = "skipped"

    @classmethod
    def _of(cls, word: str) -> "Status":
        try:
            return cls(word)
        except ValueError:
            return cls.INDETERMINATE


class Level(str, enum.Enum):
    """How much a finding weighs; A is the gravest."""

    A = "A"
    B = "B"
    C = "C"
    G = "G"

    @classmethod
    def _of(cls, word: str) -> "Level":
        return cls(word)


class Kind(str, enum.Enum):
    """What a file is, by its content."""

    IMGCIF = "imgcif"
    CBF = "cbf"
    MINICBF = "minicbf"
    NEXUS = "nexus"
    HDF5 = "hdf5"
    SMV = "smv"
    TIFF = "tiff"
    MANIFEST = "manifest"
    RECORD = "record"
    UNKNOWN = "unknown"

    @classmethod
    def _of(cls, word: str) -> "Kind":
        try:
            return cls(word)
        except ValueError:
            return cls.UNKNOWN


@dataclass(frozen=True)
class Definition:
    """A release of definitions with the digest of its facts."""

    standard: str
    release: str
    sha256: str

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "Definition":
        return _kept(cls, json["standard"], json["release"], json["sha256"])


@dataclass(frozen=True)
class Applied:
    """A release of definitions that was applied to a part of a file, and why."""

    path: str
    definition: Optional[str]
    release: str
    because: str

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "Applied":
        return _kept(cls, json["path"], json["definition"], json["release"], json["because"])


@dataclass(frozen=True)
class Answer:
    """What a depositor says to a finding."""

    rule: str
    place: Optional[str]
    answer: str
    author: Optional[str]
    date: Optional[str]
    expires: Optional[str]
    file: Optional[str] = None
    """A path or pattern of the files that are meant."""

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "Answer":
        return cls(
            rule=json["rule"],
            place=json["place"],
            answer=json["answer"],
            author=json["author"],
            date=json["date"],
            expires=json["expires"],
            file=json.get("file"),
        )


@dataclass(frozen=True)
class Place:
    """Where a finding is: a line and column, a path, frames of a scan, or nothing of these: the file."""

    file: Optional[str] = None
    """Another file of the set, as linked."""
    line: Optional[int] = None
    column: Optional[int] = None
    item: Optional[str] = None
    row: Optional[int] = None
    path: Optional[str] = None
    attribute: Optional[str] = None
    by_way_of: Optional[str] = None
    """Another file by way of which links lead to the object."""
    scan: Optional[str] = None
    frames: Optional[str] = None
    """From 1: 3-1800,1900."""

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "Place":
        return cls(
            file=json.get("file"),
            line=json.get("line"),
            column=json.get("column"),
            item=json.get("item"),
            row=json.get("row"),
            path=json.get("path"),
            attribute=json.get("attribute"),
            by_way_of=json.get("byWayOf"),
            scan=json.get("scan"),
            frames=json.get("frames"),
        )


@dataclass(frozen=True)
class Finding:
    """One fault of one file."""

    rule: str
    level: Level
    title: str
    message: str
    count: int
    """Cases that the finding stands for."""
    preview: bool
    """The rule is new and fails no run."""
    places: Tuple[Place, ...]
    values: Dict[str, Any]
    """The values of the message, by name: numbers, texts, lists of them, quantities {value, unit}, and lists of records. NX-009 has releases: [{release, required, absent}], absent the places that are not there."""
    why: str
    fix: str
    references: Tuple[str, ...]
    answer: Optional[Answer]
    known: bool = False
    """The baseline of the run holds the finding, so that it fails nothing; absent for others."""
    fingerprint: Optional[str] = None
    """What stays the same when the file is edited elsewhere; unique within the file."""

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "Finding":
        return cls(
            rule=json["rule"],
            level=Level._of(json["level"]),
            title=json["title"],
            message=json["message"],
            count=json["count"],
            preview=json["preview"],
            places=tuple(Place._read(one) for one in json["places"]),
            values=json["values"],
            why=json["why"],
            fix=json["fix"],
            references=tuple(json["references"]),
            answer=None if json["answer"] is None else Answer._read(json["answer"]),
            known=json.get("known", False),
            fingerprint=json.get("fingerprint"),
        )


@dataclass(frozen=True)
class NotChecked:
    """A rule that could not look, and why."""

    rule: str
    reason: str
    """unread, refused, limit, definition: it is there and was not looked at. A later release may add words, which count among these."""
    because: str

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "NotChecked":
        return _kept(cls, json["rule"], json["reason"], json["because"])


@dataclass(eq=True)
class Failure(Exception):
    """Something that could not be looked at; an exception, see FileReport.raise_for_failures."""

    code: str
    """The kind of cause: absent, permission, damaged, limit …, with what it is about behind a colon."""
    attempt: str
    subject: str
    cause: str
    remedy: str

    def __str__(self) -> str:
        words = f"cannot {self.attempt} '{self.subject}': " if self.attempt else ""
        return words + self.cause + (f" ({self.remedy})" if self.remedy else "")

    __hash__ = Exception.__hash__

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "Failure":
        return cls(
            code=json["code"],
            attempt=json["attempt"],
            subject=json["subject"],
            cause=json["cause"],
            remedy=json["remedy"],
        )


@dataclass(frozen=True)
class FileReport:
    """Everything that a check says of one file."""

    path: str
    size: int
    """Bytes."""
    sha256: Optional[str]
    """Of the bytes that were checked; null for files above 1 GiB, for what could not be opened, and with --no-digest."""
    kind: Kind
    definition: Optional[str]
    definitions: Tuple[Definition, ...]
    applied: Tuple[Applied, ...]
    """NeXus definitions, by entry, and why this release."""
    outline: str
    """Frames and wavelength, in words for people."""
    status: Status
    failing: bool
    """A finding is at or above the fail level."""
    incomplete: bool
    """The file is marked as being written."""
    unread: bool
    """Something that a rule had to look at is there and was not read."""
    counts: Dict[str, Any]
    findings: Tuple[Finding, ...]
    not_checked: Tuple[NotChecked, ...]
    failures: Tuple[Failure, ...]
    experiments: Tuple[Dict[str, Any], ...]
    """As inspect --json prints them; of a vast file the first, up to 5000 axes, scans, panels and views of panels."""
    experiments_unshown: Optional[int] = None
    """Experiments that are left out."""
    compatibility: Optional[Dict[str, Any]] = None
    """The verdicts of checkImgCIF beside ours, with --compat or beside a report in the form checkcif."""

    @classmethod
    def _read(cls, json: Dict[str, Any]) -> "FileReport":
        return cls(
            path=_path(json),
            size=json["size"],
            sha256=json["sha256"],
            kind=Kind._of(json["kind"]),
            definition=json["definition"],
            definitions=tuple(Definition._read(one) for one in json["definitions"]),
            applied=tuple(Applied._read(one) for one in json["applied"]),
            outline=json["outline"],
            status=Status._of(json["status"]),
            failing=json["failing"],
            incomplete=json["incomplete"],
            unread=json["unread"],
            counts=json["counts"],
            findings=tuple(Finding._read(one) for one in json["findings"]),
            not_checked=tuple(NotChecked._read(one) for one in json["notChecked"]),
            failures=tuple(Failure._read(one) for one in json["failures"]),
            experiments=tuple(json["experiments"]),
            experiments_unshown=json.get("experimentsUnshown"),
            compatibility=json.get("compatibility"),
        )

    def raise_for_failures(self) -> None:
        """Raises the first failure, where something of the file could not be looked at."""
        if self.failures:
            raise self.failures[0]
