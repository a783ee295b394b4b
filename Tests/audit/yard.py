# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of the audit share: running the program, reading stores, a count of what was held."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys

held = 0


def check(condition, words):
    """Holds a statement; ends the test when it is wrong."""
    global held
    if not condition:
        sys.exit(f"FAILED: {words}")
    held += 1


class Program:
    def __init__(self, path, user=None):
        self.path = os.path.abspath(path)
        self.user = user

    def words(self, *words):
        front = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if self.user else []
        return front + [self.path, "audit", *map(str, words)]

    def start(self, *words, **more):
        more.setdefault("stdout", subprocess.DEVNULL)
        more.setdefault("stderr", subprocess.DEVNULL)
        return subprocess.Popen(self.words(*words), **more)

    def run(self, *words, **more):
        done = subprocess.run(self.words(*words), capture_output=True, **more)
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def export(self, store, to):
        code, _, said = self.run("export", "--db", store, "-o", to)
        check(code == 0, f"export of {store} ends with {code}: {said}")
        with open(to, "rb") as file:
            return file.read()


def rows(store, sql, *values):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        database.text_factory = bytes
        return database.execute(sql, values).fetchall()


def verdicts(program, store):
    """Path to (status, reason) of every row, also of what is passed over."""
    code, said, complaint = program.run("list", "--db", store, "--all", "-f", "jsonl")
    check(code == 0, f"list ends with {code}: {complaint}")
    found = {}
    for line in said.splitlines():
        row = json.loads(line)
        found[row["path"]] = (row["status"], row["reason"])
    return found


def copies(source, folder, count, per_folder=500):
    """So many copies of a file, a few hundred in each folder."""
    names = []
    for number in range(count):
        inner = f"{folder}/run{number // per_folder:03}"
        os.makedirs(inner, exist_ok=True)
        names.append(shutil.copyfile(source, f"{inner}/scan{number:06}.nxs"))
    return names


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder
