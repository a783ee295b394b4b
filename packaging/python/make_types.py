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
    ("imgcif", "cbf", "minicbf", "nexus", "hdf5", "smv", "tiff", "manifest", "unknown"): "Kind",
}


def snake(name):
    return re.sub(r"([A-Z])", lambda match: "_" + match.group(1).lower(), name)


def type_of(schema, name, definitions):
    """The annotation, and an expression that reads `value`."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        if name in CLASSES:
            return CLASSES[name], f"{CLASSES[name]}._read(value)"
        return type_of(definitions[name], name, definitions)
    if "anyOf" in schema:
        others = [one for one in schema["anyOf"] if one.get("type") != "null"]
        kind, read = type_of(others[0], name, definitions)
        return f"Optional[{kind}]", read if read == "value" else f"None if value is None else {read}"
    if "enum" in schema:
        kind = ENUMS.get(tuple(schema["enum"]))
        return (kind, f"{kind}._of(value)") if kind else ("str", "value")
    kinds = schema.get("type")
    if isinstance(kinds, list):
        plain = [one for one in kinds if one != "null"]
        kind = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(plain[0], "Any")
        return (kind if len(plain) == 1 else "Any") if len(plain) == len(kinds) else (
            f"Optional[{kind}]" if len(plain) == 1 else "Any"), "value"
    if kinds == "array":
        items = schema.get("items", {})
        if items.get("type") == "object" and name in ("notChecked", "failures", "applied"):
            inner = {"notChecked": "NotChecked", "failures": "Failure", "applied": "Applied"}[name]
            read = f"{inner}._read(value)"
        else:
            inner, read = type_of(items, name, definitions)
        if read == "value":
            return f"Tuple[{inner}, ...]", "tuple(value)"
        return f"Tuple[{inner}, ...]", f"tuple({read} for value in value)"
    if kinds == "object":
        return "Dict[str, Any]", "value"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(kinds, "Any"), "value"


def empty(kind):
    if kind.startswith("Optional"):
        return "None"
    return {"bool": "False", "int": "0", "str": '""', "Any": "None"}.get(kind, "()" if kind.startswith("Tuple") else "None")


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
        if member not in required and not kind.startswith("Optional") and empty(kind) == "None" and kind != "Any":
            kind = f"Optional[{kind}]"
        default = "" if member in required else f" = {empty(kind)}"
        lines.append(f"    {snake(member)}: {kind}{default}")
        words = schema["properties"][member].get("description")
        if words:
            lines.append(f'    """{words}"""')
        if member == "path" and "pathBytes" in schema["properties"]:
            source, read = "_path(json)", "value"
        elif member in required:
            source = f'json["{member}"]'
        else:
            source = f'json.get("{member}")'
            if read != "value" and not read.startswith("None if"):
                read = f"{empty(kind)} if value is None else {read}"
            elif read == "value" and empty(kind) != "None":
                read = f"{empty(kind)} if value is None else value"
        if read == "value":
            reads.append(f"            {snake(member)}={source},")
        else:
            reads.append(f"            {snake(member)}=(lambda value: {read})({source}),")
    if is_failure:
        lines += ["", "    def __str__(self) -> str:", '        words = f"cannot {self.attempt} \'{self.subject}\': " if self.attempt else ""',
                  '        return words + self.cause + (f" ({self.remedy})" if self.remedy else "")', "",
                  "    __hash__ = Exception.__hash__"]
    lines += ["", "    @classmethod", f'    def _read(cls, json: Dict[str, Any]) -> "{name}":', "        return cls("]
    lines += reads + ["        )", ""]
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
import os
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple


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
        # A word of a later release is no pass.
        other = {"Status": "INDETERMINATE", "Level": "G", "Kind": "UNKNOWN"}[name]
        text += f'\n    @classmethod\n    def _of(cls, word: str) -> "{name}":\n'
        text += f"        try:\n            return cls(word)\n        except ValueError:\n            return cls.{other}\n\n\n"
    parts = [class_text(name, schema, definitions) for name, schema in schemas.items()]
    text += "\n\n".join(parts)
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
