# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

"""Imprimatur and other validators of NeXus files, in turn on the same files: what each finds and what it costs.

usage: peers.py MEASURE SCRATCH ROUNDS CASES NAME=COMMAND...

CASES is a text file, "SUITE<tab>golden|bad|good<tab>FILE" a line. The golden file of a suite comes first and is complete;
bad files are the golden one with one fault each, good ones are other complete files. A finding is a line of a program's report that tells a warning or an error; a fault is
found when the report has a finding that the report on the golden file has not, with the names of the files taken out.
Notes for information count as found, not as objections to a complete file. Beside it stands the most generous reading:
any line of the output that differs.
"""

import collections
import json
import os
import re
import subprocess
import sys

SECONDS = 120
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COLOURED = re.compile(r"\x1b\[(38;|3[1-7]|9[1-7])")
TIMED = 5

Run = collections.namedtuple("Run", "status milliseconds mebibytes output")


def json_findings(text):
    return list_of_findings(text, "ABCG")


def json_objections(text):
    """Findings above the level of information."""
    return list_of_findings(text, "ABC")


def list_of_findings(text, levels):
    start = text.find("{")
    if start < 0:
        return []
    try:
        report = json.JSONDecoder().raw_decode(text[start:])[0]
    except ValueError:
        return []
    told = []
    for file in report.get("files", []):
        for finding in file.get("findings", []):
            if finding["level"] in levels:
                places = sorted(place.get("path", "") for place in finding["places"])
                told.append(" ".join([finding["rule"], finding["message"], *places]))
        if file.get("status") == "fail" and not file.get("findings"):
            told.append("failure")
    return told


def coloured_lines(text):
    return [line for line in text.splitlines() if COLOURED.search(line) and "Total number" not in line]


def marked_lines(text):
    return [line for line in text.splitlines() if re.match(r"\s*(WARNING|ERROR|CRITICAL)\b", line)]


def table_rows(text):
    return [line for line in text.splitlines() if line.startswith("/") and re.search(r" (ERROR|WARN|NOTE) ", line)]


def every_line(text):
    return [line for line in text.splitlines() if line.strip()]


FINDINGS = {
    "imprimatur": json_findings,
    "nxvalidate": coloured_lines,
    "pynx": marked_lines,
    "punx": table_rows,
}
OBJECTIONS = {"imprimatur": json_objections}


def run(measure, scratch, command, file):
    output = os.path.join(scratch, "output")
    line = subprocess.run([measure, str(SECONDS), output, *command, file], capture_output=True, text=True, check=True)
    status, milliseconds, mebibytes = line.stdout.split()
    with open(output, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    return Run(int(status), float(milliseconds), float(mebibytes), text)


def normalised(lines, file):
    names = (file, os.path.basename(file), os.path.basename(file).rsplit(".", 1)[0])
    tidy = []
    for line in lines:
        for name in names:
            line = line.replace(name, "FILE")
        tidy.append(re.sub(r"\s+", " ", ESCAPE.sub("", line)).strip())
    return collections.Counter(tidy)


def is_crash(result):
    return result.status < 0 or "Traceback (most recent call last)" in result.output


class Tally:
    """What one program told of the files of one suite."""

    def __init__(self):
        self.golden, self.golden_output, self.objections = None, None, None
        self.bad, self.good, self.found, self.differing, self.told_off = 0, 0, 0, 0, 0


class Program:
    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.read = FINDINGS.get(name, every_line)
        self.objects = OBJECTIONS.get(name, self.read)
        self.asked = command + ["--format", "json"] if name == "imprimatur" else command
        self.tallies = {}
        self.crashes, self.missed, self.told_off = [], [], []

    def look(self, suite, kind, file, result):
        found = normalised(self.read(result.output), file)
        objections = normalised(self.objects(result.output), file)
        output = normalised(every_line(result.output), file)
        is_crashed = is_crash(result)
        if is_crashed:
            self.crashes.append(file)
        if kind == "golden":
            tally = self.tallies[suite] = Tally()
            tally.golden, tally.objections, tally.golden_output = found, objections, output
            return
        tally = self.tallies[suite]
        if kind == "good":
            tally.good += 1
            if objections - tally.objections:
                tally.told_off += 1
                self.told_off.append(os.path.basename(file))
            return
        is_told = bool(found - tally.golden) or (self.name == "imprimatur" and result.status == 3)
        tally.bad += 1
        tally.found += is_told and not is_crashed
        tally.differing += output != tally.golden_output
        if not is_told:
            self.missed.append(os.path.basename(file))

    def over_suites(self, words):
        return ", ".join(words(tally) for tally in self.tallies.values())


def costs(programs, files, rounds, measured):
    """Mean over files of the least processor time of some rounds, in milliseconds, and the peak of memory in MiB."""
    least, peak = collections.defaultdict(list), collections.defaultdict(float)
    for file in files:
        taken = collections.defaultdict(list)
        for _ in range(rounds):
            for program in programs:
                result = measured(program.command, file)
                taken[program.name].append(result.milliseconds)
                peak[program.name] = max(peak[program.name], result.mebibytes)
        for name, times in taken.items():
            least[name].append(min(times))
    return {name: sum(times) / len(times) for name, times in least.items()}, peak


def print_table(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]))


def main():
    measure, scratch, rounds, cases, *named = sys.argv[1:]

    def measured(command, file):
        return run(measure, scratch, command, file)

    with open(cases, encoding="utf-8") as stream:
        files = [line.rstrip("\n").split("\t") for line in stream]
    programs = []
    for pair in named:
        name, command = pair.split("=", 1)
        programs.append(Program(name, command.split()))
    for suite, kind, file in files:
        for program in programs:
            program.look(suite, kind, file, measured(program.asked, file))

    golden = [file for _, kind, file in files if kind == "golden"]
    bad = [file for _, kind, file in files if kind == "bad"]
    timed = golden + bad[:: max(1, len(bad) // TIMED)][:TIMED]
    before = os.getloadavg()[0]
    milliseconds, mebibytes = costs(programs, timed, int(rounds), measured)

    ours = programs[0].name
    suites = ", ".join(dict.fromkeys(suite for suite, _, _ in files))
    print(f"suites: {suites}; processor time: mean over {len(timed)} files of the least of {rounds} alternate runs; "
          f"load {before:.1f}, then {os.getloadavg()[0]:.1f}")
    rows = [["program", "crashes", "findings on golden", "faults found", "output differs", "complete files told off", "ms",
             "MiB", "time", "memory"]]
    for program in programs:
        name = program.name
        rows.append([
            name,
            str(len(program.crashes)),
            program.over_suites(lambda tally: str(tally.objections.total())),
            program.over_suites(lambda tally: f"{tally.found} of {tally.bad}"),
            program.over_suites(lambda tally: f"{tally.differing} of {tally.bad}"),
            program.over_suites(lambda tally: f"{tally.told_off} of {tally.good}"),
            f"{milliseconds[name]:.1f}",
            f"{mebibytes[name]:.1f}",
            f"{milliseconds[name] / milliseconds[ours]:.1f}x",
            f"{mebibytes[name] / mebibytes[ours]:.1f}x",
        ])
    print_table(rows)
    for program in programs:
        print(f"\n{program.name}: {' '.join(program.command)}")
        for suite, tally in program.tallies.items():
            print(f"  on golden of {suite}:", "; ".join(sorted(tally.objections)[:6]) or "nothing")
        print("  crashes:", ", ".join(map(os.path.basename, program.crashes)) or "none")
        print("  not found:", ", ".join(program.missed) or "none")
        print("  complete files told off:", ", ".join(program.told_off) or "none")


main()
