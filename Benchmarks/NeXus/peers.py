# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

"""Imprimatur and other validators of NeXus files, in turn on the same files: what each finds and what it costs.

usage: peers.py MEASURE SCRATCH ROUNDS GOLDEN CASES NAME=COMMAND...

CASES is a text file, "FILE<tab>bad|good" a line: bad files have one fault each, good ones are other complete files.
The golden file is complete. A finding is a line of a program's report that tells a warning or an error; a fault is
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

Run = collections.namedtuple("Run", "status milliseconds kibibytes output")


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
    status, milliseconds, kibibytes = line.stdout.split()
    with open(output, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    return Run(int(status), float(milliseconds), int(kibibytes), text)


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


class Program:
    def __init__(self, name, command, golden, measured):
        self.name = name
        self.command = command
        self.read = FINDINGS.get(name, every_line)
        self.objects = OBJECTIONS.get(name, self.read)
        self.asked = command + ["--format", "json"] if name == "imprimatur" else command
        result = measured(self.asked, golden)
        self.golden = normalised(self.read(result.output), golden)
        self.objections = normalised(self.objects(result.output), golden)
        self.golden_output = normalised(every_line(result.output), golden)
        self.crashes = [golden] if is_crash(result) else []
        self.found, self.differing, self.alarms, self.missed = 0, 0, 0, []

    def look(self, file, is_bad, measured):
        result = measured(self.asked, file)
        is_new = bool(normalised(self.read(result.output), file) - self.golden)
        is_crashed = is_crash(result)
        if is_crashed:
            self.crashes.append(file)
        if not is_bad:
            self.alarms += bool(normalised(self.objects(result.output), file) - self.objections)
            return
        is_failure = self.name == "imprimatur" and result.status == 3
        self.found += (is_new or is_failure) and not is_crashed
        self.differing += normalised(every_line(result.output), file) != self.golden_output
        if not (is_new or is_failure):
            self.missed.append(os.path.basename(file))


def main():
    measure, scratch, rounds, golden, cases, *named = sys.argv[1:]

    def measured(command, file):
        return run(measure, scratch, command, file)

    with open(cases, encoding="utf-8") as stream:
        files = [line.rstrip("\n").split("\t") for line in stream]
    programs = []
    for pair in named:
        name, command = pair.split("=", 1)
        programs.append(Program(name, command.split(), golden, measured))

    for file, kind in files:
        for program in programs:
            program.look(file, kind == "bad", measured)

    bad = [file for file, kind in files if kind == "bad"]
    good = len(files) - len(bad)
    timed = [golden] + bad[:: max(1, len(bad) // (TIMED - 1))][: TIMED - 1]
    least, peak = collections.defaultdict(list), collections.defaultdict(int)
    for file in timed:
        taken = collections.defaultdict(list)
        for _ in range(int(rounds)):
            for program in programs:
                result = measured(program.command, file)
                taken[program.name].append(result.milliseconds)
                peak[program.name] = max(peak[program.name], result.kibibytes)
        for program in programs:
            least[program.name].append(min(taken[program.name]))

    ours = programs[0].name
    print(f"{len(bad)} files with a fault, {good} other complete files, 1 golden file; processor time: mean over "
          f"{len(timed)} files of the least of {rounds} runs; load {os.getloadavg()[0]:.1f}")
    print(f"{'program':12} {'crashes':>7} {'on golden':>9} {'faults found':>12} {'output differs':>14} "
          f"{'complete files told off':>23} {'ms':>8} {'MB':>7} {'time':>8} {'memory':>7}")
    for program in programs:
        milliseconds = sum(least[program.name]) / len(timed)
        base = sum(least[ours]) / len(timed)
        print(f"{program.name:12} {len(program.crashes):7} {program.objections.total():9} "
              f"{program.found:6} of {len(bad):2} {program.differing:8} of {len(bad):2} "
              f"{program.alarms:17} of {good:2} {milliseconds:8.1f} {peak[program.name] / 1024:7.1f} {milliseconds / base:7.1f}x "
              f"{peak[program.name] / peak[ours]:6.1f}x")
    for program in programs:
        print(f"\n{program.name}: {' '.join(program.command)}")
        print("  on the golden file:", "; ".join(sorted(program.objections)[:6]) or "nothing")
        print("  crashes:", ", ".join(map(os.path.basename, program.crashes)) or "none")
        print("  not found:", ", ".join(program.missed) or "none")


main()
