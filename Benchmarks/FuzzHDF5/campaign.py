#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""A long campaign over damaged HDF5 files, in pieces that begin where the last one ended.

usage: campaign.py FUZZ-HDF5 IMPRIMATUR RULES FIRST COUNT SEED KEPT SEEDFILE...     needs h5py 3.16 and h5dump 1.10

Cases FIRST to FIRST + COUNT of SEED are written, 5 000 at a time, to memory. Our reader looks at each, and what it calls sound is read
in full by h5py and, where no newer release is asked for, by h5dump (compare.py). IMPRIMATUR checks each piece twice, as JSON lines:
no signal, no hang, below 1 GiB, UTF-8, equal bytes, and what our reader calls damaged, disordered or cut does not pass. Files that differ are
copied to KEPT. SECONDS_AT_MOST ends the campaign early; the last line says where it ended. Ends with 1 when anything was wrong.
"""

import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import compare

PIECE = 5000
MOST_MEMORY = 1 << 20


def report(program, rules, names, count):
    """The report on files of a list, twice; what is wrong with it."""
    outs, wrong = [], []
    for _ in range(2):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                ["timeout", "-s", "KILL", "900", program, "check", "-f", "jsonl", "@" + names], stdout=out, stderr=complaints,
                env={"IMPRIMATUR_RULES": rules, "PATH": "/usr/bin:/bin"})
            # What it took, and its processes that it waited for: those of h5py and h5dump are not counted.
            status, used = os.wait4(process.pid, 0)[1:]
            process.returncode = os.waitstatus_to_exitcode(status)
            if used.ru_maxrss > MOST_MEMORY:
                wrong.append(f"check takes {used.ru_maxrss} KiB")
            for file in (out, complaints):
                file.seek(0)
            outs.append((process.returncode, out.read(), complaints.read()))
    if outs[0] != outs[1]:
        first, second = (out[1].splitlines() + out[2].splitlines() for out in outs)
        unlike = next((pair for pair in zip(first, second) if pair[0] != pair[1]), (len(first), len(second)))
        wrong.append(f"check says something else the second time: {str(unlike[0])[:300]}, {str(unlike[1])[:300]}")
    code, out, complaints = outs[0]
    if code not in (0, 1, 2, 3, 4):
        wrong.append(f"check ends with {code}: {complaints[-200:]!r}")
    if b"that read it ended (" in out + complaints:
        wrong.append("a process that read a file ended")
    files = []
    try:
        complaints.decode()
        for line in out.decode().splitlines():
            line = json.loads(line)
            if line.get("event") == "fileEnd":
                files.append(line)
    except ValueError as error:
        wrong.append(f"check prints what is no JSON lines in UTF-8: {error}")
    if len(files) != count:
        wrong.append(f"check told {len(files)} of {count} files")
    return files, wrong


def trees(fuzz, files):
    """Lines of our reader; a file that ends it by a signal is told and passed over."""
    place = 0
    while place < len(files):
        done = subprocess.run([fuzz, "tree"] + files[place:place + 250], capture_output=True)
        lines = [line for line in done.stdout.split(b"\n") if line]
        for line in lines:
            yield json.loads(line)
        place += len(lines) if done.returncode else 250
        if done.returncode:
            yield {"file": files[place], "state": f"our reader ends with {done.returncode}"}
            place += 1


def main():
    fuzz, program, rules, first, count, seed, kept = sys.argv[1:8]
    first, count = int(first), int(count)
    end = time.monotonic() + float(os.environ.get("SECONDS_AT_MOST", "inf"))
    states, statuses = collections.Counter(), collections.Counter()
    done = compared = dumped = bad = 0
    while done < count and time.monotonic() < end:
        room = tempfile.mkdtemp(prefix="campaign.", dir="/dev/shm")
        number = min(PIECE, count - done)
        subprocess.run([fuzz, "write", room, str(number), f"{seed}:{first + done}"] + sys.argv[8:], check=True, stdout=subprocess.DEVNULL)
        files = sorted(os.path.join(room, name) for name in os.listdir(room))
        # Young files count as being written, for some time.
        for path in files:
            os.utime(path, (1767225600, 1767225600))
        wanted, faulty = [], set()
        for line in trees(fuzz, files):
            states[line["state"]] += 1
            if line["state"] in ("damaged", "disordered", "cut"):
                faulty.add(line["file"])
            if line["state"] == "sound" and not line["refused"]:
                wanted.append(line)
            if line["state"].startswith("our"):
                bad += 1
                print(line["file"], line["state"], flush=True)
        compared += len(wanted)
        for line, found in compare.run(wanted):
            found += compare.dumped(line) or []
            dumped += compare.isDumped(line)
            if found:
                bad += 1
                name = f"{seed}-{os.path.basename(line['file'])}"
                shutil.copy(line["file"], os.path.join(kept, name))
                print(name, "release", line["release"] or "-", *found[:3], sep="\n    ", flush=True)
        with open(room + ".list", "w") as names:
            names.writelines(name + "\n" for name in files)
        told, wrong = report(program, rules, room + ".list", len(files))
        for one in told:
            statuses[one.get("status")] += 1
            path = one["path"]
            if one.get("status") == "pass" and path in faulty:
                wrong.append(f"{path} passes")
                shutil.copy(path, os.path.join(kept, f"{seed}-passes-{os.path.basename(path)}"))
        for each in wrong:
            bad += 1
            print(each, flush=True)
        done += len(files)
        os.remove(room + ".list")
        shutil.rmtree(room)
    print(f"cases {first} to {first + done} of seed {seed}: {dict(states)}; {compared} read by h5py, {dumped} by h5dump")
    print(f"check: {dict(statuses)}; {bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
