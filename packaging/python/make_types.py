# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Writes imprimatur/_report.py from docs/schema/report-1.json; with --check it only says whether that is stale."""

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "docs" / "schema" / "report-1.json"
TARGET = HERE / "imprimatur" / "_report.py"
# Definitions that become classes, with their names; others stay plain values.
CLASSES = {
    "answer": "Answer", "place": "Place", "finding": "Finding", "notChecked": "NotChecked", "failure": "Failure",
    "applied": "Applied", "definition": "Definition", "file": "FileReport",
}
ENUMS = {
    ("pass", "fail", "indeterminate", "incomplete", "skipped"): "Status",
    ("A", "B", "C", "G"): "Level",
    ("imgcif", "cbf", "minicbf", "nexus", "hdf5", "smv", "tiff", "manifest", "record", "unknown"): "Kind",
}


SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
# Lists whose elements have no name of their own in the schema.
INNER = {"notChecked": "NotChecked", "failures": "Failure", "applied": "Applied"}


# Classes of plain members, whose values are alike from file to file: equal ones are one object.
KEPT = {"NotChecked", "Applied", "Definition"}


def snake(name):
    return re.sub(r"([A-Z])", lambda match: "_" + match.group(1).lower(), name)


def type_of(schema, name, definitions):
    """The annotation, and a function from the text of an expression to the text that reads it."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        if name in CLASSES:
            return CLASSES[name], lambda value: f"{CLASSES[name]}._read({value})"
        return type_of(definitions[name], name, definitions)
    if "anyOf" in schema:
        kind, read = type_of(next(one for one in schema["anyOf"] if one.get("type") != "null"), name, definitions)
        if read("x") == "x":
            return f"Optional[{kind}]", read
        return f"Optional[{kind}]", lambda value: f"None if {value} is None else {read(value)}"
    if "enum" in schema and tuple(schema["enum"]) in ENUMS:
        kind = ENUMS[tuple(schema["enum"])]
        return kind, lambda value: f"{kind}._of({value})"
    kinds = schema.get("type")
    if isinstance(kinds, list):
        plain = [SCALARS.get(one, "Any") for one in kinds if one != "null"]
        kind = plain[0] if len(plain) == 1 else "Any"
        return (f"Optional[{kind}]" if "null" in kinds and kind != "Any" else kind), lambda value: value
    if kinds == "array":
        items = schema.get("items", {})
        if name in INNER:
            inner, read = INNER[name], lambda value: f"{INNER[name]}._read({value})"
        else:
            inner, read = type_of(items, name, definitions)
        if read("x") == "x":
            return f"Tuple[{inner}, ...]", lambda value: f"tuple({value})"
        return f"Tuple[{inner}, ...]", lambda value: f"tuple({read('one')} for one in {value})"
    if kinds == "object":
        return "Dict[str, Any]", lambda value: value
    return SCALARS.get(kinds, "str" if "enum" in schema else "Any"), lambda value: value


def class_text(name, schema, definitions):
    required = set(schema.get("required", []))
    members = [one for one in schema["properties"] if one != "pathBytes"]
    members.sort(key=lambda one: one not in required)
    lines = []
    is_failure = name == "Failure"
    lines.append("@dataclass(frozen=True)" if not is_failure else "@dataclass(eq=True)")
    lines.append(f"class {name}{'(Exception)' if is_failure else ''}:")
    lines.append(f'    """{DOCS[name]}"""')
    lines.append("")
    reads = []
    for member in members:
        kind, read = type_of(schema["properties"][member], member, definitions)
        source = f'json["{member}"]'
        if member == "path" and "pathBytes" in schema["properties"]:
            lines.append("    path: str")
            reads.append("            path=_path(json),")
            continue
        if member in required:
            lines.append(f"    {snake(member)}: {kind}")
            reads.append(f"            {snake(member)}={read(source)},")
        elif kind == "bool":
            lines.append(f"    {snake(member)}: bool = False")
            reads.append(f'            {snake(member)}=json.get("{member}", False),')
        else:
            kind = kind if kind == "Any" or kind.startswith("Optional") else f"Optional[{kind}]"
            lines.append(f"    {snake(member)}: {kind} = None")
            reads.append(
                f'            {snake(member)}=json.get("{member}"),' if read("x") == "x"
                else f'            {snake(member)}={read(source)} if "{member}" in json else None,')
        words = schema["properties"][member].get("description")
        if words:
            lines.append(f'    """{words}"""')
    if is_failure:
        lines += ["", "    def __str__(self) -> str:", '        words = f"cannot {self.attempt} \'{self.subject}\': " if self.attempt else ""',
                  '        return words + self.cause + (f" ({self.remedy})" if self.remedy else "")', "",
                  "    __hash__ = Exception.__hash__"]
    lines += ["", "    @classmethod", f'    def _read(cls, json: Dict[str, Any]) -> "{name}":']
    if name in KEPT:
        assert members == [one for one in members if one in required], f"a member of {name} may be absent"
        values = ", ".join(f'json["{member}"]' for member in members)
        lines += [f"        return _kept(cls, {values})", ""]
    else:
        lines += ["        return cls("] + reads + ["        )", ""]
    return "\n".join(lines) + "\n"


DOCS = {
    "Answer": "What a depositor says to a finding.",
    "Place": "Where a finding is: a line and column, a path, frames of a scan, or nothing of these: the file.",
    "Finding": "One fault of one file.",
    "NotChecked": "A rule that could not look, and why.",
    "Failure": "Something that could not be looked at; an exception, see FileReport.raise_for_failures.",
    "Applied": "A release of definitions that was applied to a part of a file, and why.",
    "Definition": "A release of definitions with the digest of its facts.",
    "FileReport": "Everything that a check says of one file.",
}


def main():
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    definitions = document["$defs"]
    file = definitions["file"]["properties"]
    schemas = {
        "Definition": definitions["definition"], "Applied": file["applied"]["items"], "Answer": definitions["answer"],
        "Place": definitions["place"], "Finding": definitions["finding"], "NotChecked": file["notChecked"]["items"],
        "Failure": file["failures"]["items"], "FileReport": definitions["file"],
    }
    text = '''# SPDX-FileCopyrightText: 2026 The Imprimatur authors
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


'''
    docs = {"Status": "How the check of a file ended.", "Level": "How much a finding weighs; A is the gravest.", "Kind": "What a file is, by its content."}
    for words, name in ENUMS.items():
        text += f'class {name}(str, enum.Enum):\n    """{docs[name]}"""\n\n'
        for word in words:
            text += f'    {word.upper()} = "{word}"\n'
        # A word of a later release is no pass; a level of one is not guessed at.
        other = {"Status": "INDETERMINATE", "Kind": "UNKNOWN"}.get(name)
        text += f'\n    @classmethod\n    def _of(cls, word: str) -> "{name}":\n'
        if other is None:
            text += "        return cls(word)\n\n\n"
        else:
            text += f"        try:\n            return cls(word)\n        except ValueError:\n            return cls.{other}\n\n\n"
    parts = [class_text(name, schema, definitions) for name, schema in schemas.items()]
    text += "\n".join(parts)
    text = text.rstrip("\n") + '''

    def raise_for_failures(self) -> None:
        """Raises the first failure, where something of the file could not be looked at."""
        if self.failures:
            raise self.failures[0]
'''
    if "--check" in sys.argv[1:]:
        stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
        print("stale: run packaging/python/make_types.py" if stale else "fresh")
        sys.exit(1 if stale else 0)
    TARGET.write_text(text, encoding="utf-8")


main()
