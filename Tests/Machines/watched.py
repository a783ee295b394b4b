#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Writers in other processes, and what check and watch say of their files.

watched.py PROGRAM RULES MASTER [LINKED-MASTER]: MASTER is a closed NXmx file with its frames in /entry/data/data; LINKED-MASTER has
its frames in files beside it.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import h5py

PROGRAM, RULES, MASTER = (os.path.abspath(name) for name in sys.argv[1:4])
LINKED = os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 else None
ENVIRONMENT = dict(os.environ, IMPRIMATUR_RULES=RULES)
WRITER = """
import sys, time, h5py
source, target, mode = sys.argv[1:4]
s = h5py.File(source, "r")
f = h5py.File(target, "w", libver="earliest" if mode == "lock" else "latest")
for name, value in s.attrs.items(): f.attrs[name] = value
def copy(group, into):
    for name in group:
        link = group.get(name, getlink=True)
        if isinstance(link, h5py.SoftLink): into[name] = h5py.SoftLink(link.path); continue
        item = group[name]
        if isinstance(item, h5py.Group):
            new = into.create_group(name)
            copy(item, new)
        elif item.name == "/entry/data/data":
            new = into.create_dataset(name, (1,) + item.shape[1:], item.dtype, maxshape=(None,) + item.shape[1:],
                                      chunks=(1,) + item.shape[1:])
            new[0] = item[0]
        else:
            new = into.create_dataset(name, data=item[()], dtype=item.dtype)
        for key, value in item.attrs.items(): new.attrs[key] = value
copy(s, f)
frames = s["/entry/data/data"]
data = f["/entry/data/data"]
def grow(count):
    data.resize(count, axis=0)
    data[count - 1] = frames[count - 1]
    data.flush()
if mode in ("latest", "lock"):
    for count in range(2, frames.shape[0] + 1): grow(count)
    f.close()
    if mode == "latest": sys.exit()
    f = h5py.File(target, "r+"); f.flush()
elif mode == "swmr": f.swmr_mode = True
else: f.flush()
print("ready", flush=True)
for line in sys.stdin:
    word = line.strip()
    if word == "close": f.close()
    elif word: grow(int(word))
    print("done", flush=True)
"""
PARTS = os.environ.get("PARTS", "states watching unmounted terminated unread").split()
bad = 0


def expect(name, isSo, seen=""):
    global bad
    bad += not isSo
    print(("   " if isSo else "NOT"), name, "" if isSo else seen, flush=True)


class Writer:
    def __init__(self, target, mode):
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, MASTER, target, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if mode != "latest":
            assert self.process.stdout.readline().strip() == "ready"

    def do(self, word):
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def check(path):
    run = subprocess.run([PROGRAM, "check", "-f", "json", "--no-config", path], env=ENVIRONMENT, capture_output=True, text=True)
    file = json.loads(run.stdout)["files"][0]
    return run.returncode, file["status"], {one["rule"]: one for one in file["findings"]}


def age(path, seconds=7200):
    then = time.time() - seconds
    os.utime(path, (then, then))


def states(folder):
    print("states told by check")
    swmr, dead, locked, ill, cut, latest = (str(folder / f"{name}.nxs") for name in
                                            ("swmr", "dead", "locked", "ill", "cut", "latest"))
    one = Writer(swmr, "swmr")
    one.do(2)
    code, status, found = check(swmr)
    told = found.get("FILE-013", {})
    expect("SWMR alive: incomplete, 4, 2 of 5 frames", (code, status) == (4, "incomplete")
           and told.get("values", {}).get("state") == "swmr" and told["values"]["frames"] == 2
           and told["values"]["announced"] == 5, (code, status, told))
    one.do(3)
    expect("it grows: 3 of 5", check(swmr)[2]["FILE-013"]["values"]["frames"] == 3)
    other = Writer(dead, "swmr")
    other.do(2)
    other.process.send_signal(signal.SIGKILL)
    other.process.wait()
    age(dead)
    code, status, found = check(dead)
    expect("killed with -9, long ago: FILE-003, SWMR, no pass", "FILE-003" in found and "SWMR" in found["FILE-003"]["message"]
           and status != "pass" and code != 0, (code, status, list(found)))
    three = Writer(ill, "open")
    three.process.send_signal(signal.SIGKILL)
    three.process.wait()
    code, status, found = check(ill)
    expect("closed badly, young: FILE-013 open, 4", (code, found.get("FILE-013", {}).get("values", {}).get("state")) == (4, "open"),
           (code, status, list(found)))
    age(ill)
    code, status, found = check(ill)
    expect("closed badly, old: FILE-003 without SWMR", "FILE-003" in found and "SWMR" not in found["FILE-003"]["message"],
           (code, list(found)))
    four = Writer(locked, "lock")
    age(locked)
    code, status, found = check(locked)
    expect("locked with r+, at any age: FILE-013 locked, 4",
           (code, found.get("FILE-013", {}).get("values", {}).get("state")) == (4, "locked"), (code, status, list(found)))
    four.end()
    expect("let go of: pass, 0", check(locked)[:2] == (0, "pass"), check(locked)[:2])
    Writer(latest, "latest").process.wait()
    code, status, found = check(latest)
    expect(f"HDF5 {h5py.version.hdf5_version} latest, closed: not being written",
           "FILE-013" not in found and "FILE-003" not in found and status == "pass", (code, status, list(found)))
    data = Path(MASTER).read_bytes()
    Path(cut).write_bytes(data[: len(data) * 2 // 3])
    code, status, found = check(cut)
    expect("truncated, young: FILE-002 at once", "FILE-002" in found and "FILE-013" not in found and code in (1, 3),
           (code, status, list(found)))
    if LINKED:
        late = folder / "late.nxs"
        shutil.copy(LINKED, late)
        os.utime(late)
        code, status, found = check(str(late))
        expect("data files late: FILE-013 late, 4",
               (code, found.get("FILE-013", {}).get("values", {}).get("state")) == (4, "late"), (code, status, list(found)))
        for path in Path(LINKED).parent.glob(Path(LINKED).stem + "_*"):
            shutil.copy(path, folder)
        code, status, found = check(str(late))
        expect("data files there: pass", (code, status) == (0, "pass"), (code, status, list(found)))
    one.do("close")
    one.end()
    expect("SWMR closed: not being written", "FILE-013" not in check(swmr)[2])


class Watch:
    def __init__(self, folder, ledger, *more):
        self.lines = []
        self.times = []
        self.process = subprocess.Popen(
            [PROGRAM, "watch", "--ledger", str(ledger), "--settle", "1", "--format", "jsonl", "--no-digest", "--frames", "none",
             *more, str(folder)], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.rest = ""

    def take(self):
        while True:
            piece = self.process.stdout.read(1 << 20)
            if not piece:
                return
            self.rest += piece
            *whole, self.rest = self.rest.split("\n")
            for line in whole:
                self.lines.append(json.loads(line))
                self.times.append(time.time())

    def until(self, isSo, seconds):
        end = time.time() + seconds
        while time.time() < end:
            self.take()
            if isSo(self.lines):
                return True
            time.sleep(0.05)
        return False

    def ends(self):
        return [one["path"] for one in self.lines if one["event"] == "fileEnd"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        # What it still has to say has to find room.
        self.until(lambda _: self.process.poll() is not None, 30)
        self.process.wait(5)
        os.set_blocking(self.process.stdout.fileno(), True)
        self.take()
        return self.process.returncode


def watching(folder, more, name):
    print(f"watch {name}")
    yard, ledger = folder / "yard", folder / "seen.sqlite"
    yard.mkdir()
    shutil.copy(MASTER, yard / "before.nxs")
    watch = Watch(yard, ledger, *more)
    expect("what is there is checked", watch.until(lambda _: str(yard / "before.nxs") in watch.ends(), 15))
    swmr = str(yard / "swmr.nxs")
    writer = Writer(swmr, "swmr")
    expect("a growing file is waited for, with its frames",
           watch.until(lambda lines: any(one["event"] == "waiting" and one["path"] == swmr and one["values"]["state"] == "swmr"
                                         for one in lines), 15), watch.lines[-3:])
    for count in range(2, 6):
        writer.do(count)
        time.sleep(0.5)
    expect("and not checked meanwhile", swmr not in watch.ends())
    writer.do("close")
    closed = time.time()
    writer.end()
    expect("it is checked when it is closed", watch.until(lambda _: swmr in watch.ends(), 15))
    delay = next((at for one, at in zip(watch.lines, watch.times) if one["event"] == "fileEnd" and one["path"] == swmr), 0) - closed
    # It has to stand still for one second.
    expect(f"within 2 s of settling: {delay:.2f} s after it was closed, of which 1 s to stand still", delay < 3)
    if LINKED:
        master = yard / "late.nxs"
        shutil.copy(LINKED, master)
        os.utime(master)
        expect("a master waits for its data files",
               watch.until(lambda lines: any(one["event"] == "waiting" and one["path"] == str(master) for one in lines), 15))
        for path in Path(LINKED).parent.glob(Path(LINKED).stem + "_*"):
            shutil.copy(path, yard)
            os.utime(yard / path.name)
            came = time.time()
        expect("and is checked with them", watch.until(lambda _: str(master) in watch.ends(), 15), watch.lines[-3:])
        expect("after they stood still", time.time() - came > 0.9)
        end = next((one for one in watch.lines if one["event"] == "fileEnd" and one["path"] == str(master)), {})
        expect("it passes", end.get("status") == "pass", end.get("status"))
    names = [str(yard / f"many-{number:03}.nxs") for number in range(500)]
    start = time.time()
    for number, name in enumerate(names):
        shutil.copy(MASTER, name)
        time.sleep(max(0, start + number * 0.02 - time.time()))
    took = time.time() - start
    seen = watch.until(lambda _: set(names) <= set(watch.ends()), 180)
    expect(f"500 files in {took:.0f} s, none lost", seen, len(set(names) & set(watch.ends())))
    time.sleep(1.5)
    watch.take()
    ends = watch.ends()
    expect("each once", len(ends) == len(set(ends)), len(ends) - len(set(ends)))
    code = watch.stop()
    expect("SIGTERM ends it with 143 and the end of the run", code == 143 and watch.lines[-1]["event"] == "runEnd", code)
    again = Watch(yard, ledger, *more)
    time.sleep(4)
    again.take()
    expect("started again it checks nothing twice", again.ends() == [], again.ends()[:3])
    (yard / "before.nxs").write_bytes(Path(MASTER).read_bytes())
    os.utime(yard / "before.nxs")
    expect("but what has changed", again.until(lambda _: again.ends() == [str(yard / "before.nxs")], 15), again.ends()[:3])
    (yard / "vanishing.nxs").write_bytes(b"\x89HDF\r\n\x1a\n")
    (yard / "vanishing.nxs").unlink()
    inner = yard / "inner"
    inner.mkdir()
    shutil.copy(MASTER, inner / "a.nxs")
    expect("a new folder is entered", again.until(lambda _: str(inner / "a.nxs") in again.ends(), 15))
    inner.rename(yard / "other")
    expect("one that is renamed as well", again.until(lambda _: str(yard / "other" / "a.nxs") in again.ends(), 90))
    yard.rename(folder / "elsewhere")
    time.sleep(4)
    expect("a folder that is gone does not end it", again.process.poll() is None)
    (folder / "elsewhere").rename(yard)
    shutil.copy(MASTER, yard / "after.nxs")
    expect("and it goes on when it is back", again.until(lambda _: str(yard / "after.nxs") in again.ends(), 20))
    expect("nothing was said twice", len(again.ends()) == len(set(again.ends())), again.ends())
    expect("it ends with 143", again.stop() == 143)
    words = again.process.stderr.read()
    expect("and told of the folder", "not there any more" in words and "there again" in words, words)


def unmounted(folder):
    """A folder that is a mount of its own goes away and comes back."""
    yard, ledger = folder / "mount", folder / "mount.sqlite"
    yard.mkdir()

    def mount():
        return subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(yard)], capture_output=True).returncode == 0

    if not mount():
        print("watch of a mount: skipped, only root may mount")
        return
    print("watch of a mount that goes away")
    try:
        shutil.copy(MASTER, yard / "first.nxs")
        watch = Watch(yard, ledger)
        expect("what is there is checked", watch.until(lambda _: str(yard / "first.nxs") in watch.ends(), 20))
        # What holds a folder open keeps it from being unmounted for good, as it should not.
        expect("nothing keeps the folder from being unmounted", subprocess.run(["umount", str(yard)], capture_output=True).returncode == 0)
        time.sleep(4)
        expect("it goes on", watch.process.poll() is None)
        mount()
        shutil.copy(MASTER, yard / "second.nxs")
        expect("what comes on the mount that is back is checked",
               watch.until(lambda _: str(yard / "second.nxs") in watch.ends(), 90), watch.lines[-2:])
        expect("it ends with 143", watch.stop() == 143)
    finally:
        subprocess.run(["umount", "-l", str(yard)], capture_output=True)


def terminated(folder):
    print("SIGTERM at any moment, and started again")
    yard, ledger = folder / "ended", folder / "ended.sqlite"
    yard.mkdir()
    names = [str(yard / f"{number:03}.nxs") for number in range(200)]
    for name in names:
        shutil.copy(MASTER, name)
        age(name)
    ends, codes, torn = [], [], 0
    for turn in range(60):
        watch = Watch(yard, ledger, "-j", "1")
        time.sleep(turn * 0.02)
        codes.append(watch.stop())
        ends += watch.ends()
        torn += watch.rest != "" or bool(watch.lines) and watch.lines[-1]["event"] != "runEnd"
        if len(ends) >= len(names):
            break
    watch = Watch(yard, ledger)
    time.sleep(3)
    watch.stop()
    ends += watch.ends()
    expect(f"in {len(codes)} runs each file is told once", sorted(ends) == names, (len(ends), len(set(ends))))
    # Before it listens for the signal it ends as any program does.
    expect("each run ends by the signal", set(codes) <= {143, -15}, set(codes))
    expect("no run leaves half a line, or no end", torn == 0, torn)


def unread(folder):
    """Nobody reads what a watch says: the pipe is full, or closed."""
    print("a watch that nobody listens to")
    yard, ledger = folder / "unread", folder / "unread.sqlite"
    yard.mkdir()
    names = [str(yard / f"{number:03}.nxs") for number in range(60)]
    for name in names:
        shutil.copy(MASTER, name)
        age(name)

    def begin(out, errors=subprocess.PIPE):
        return subprocess.Popen([PROGRAM, "watch", "--ledger", str(ledger), "--settle", "1", "--format", "jsonl", "--no-digest",
                                 "--frames", "none", "-j", "2", str(yard)], env=ENVIRONMENT, stdout=out, stderr=errors)

    def told(data):
        return [one["path"] for one in map(json.loads, data.decode().rpartition("\n")[0].splitlines()) if one["event"] == "fileEnd"]

    reader, writer = os.pipe()
    watch = begin(writer)
    os.close(writer)
    time.sleep(8)
    watch.send_signal(signal.SIGTERM)
    begun = time.time()
    try:
        code = watch.wait(60)
    except subprocess.TimeoutExpired:
        watch.kill()
        code = None
    words = watch.stderr.read().decode()
    expect(f"a full pipe: SIGTERM ends it with 143 after {time.time() - begun:.1f} s", code == 143 and time.time() - begun < 15, code)
    expect("and it is said", "standard output" in words and len(words.splitlines()) < 6, words)
    with os.fdopen(reader, "rb") as rest:
        first = told(rest.read())
    expect(f"{len(first)} of {len(names)} came through", 0 < len(first) < len(names))
    reader, writer = os.pipe()
    watch = begin(writer)
    os.close(writer)
    os.close(reader)
    try:
        code = watch.wait(60)
    except subprocess.TimeoutExpired:
        watch.kill()
        code = None
    expect("a closed pipe ends it with 3", code == 3, code)
    watch = Watch(yard, ledger)
    isAll = watch.until(lambda _: set(names) <= set(first + watch.ends()), 60)
    watch.stop()
    again = set(first) & set(watch.ends())
    expect(f"what nobody took is told by the next one, {len(again)} twice", isAll and len(again) <= 2, (len(first), len(watch.ends())))


def vast(folder):
    print("watch of 100 000 files")
    yard = folder / "vast"
    yard.mkdir()
    for number in range(100_000):
        (yard / f"{number:06}.txt").touch()
    shutil.copy(MASTER, yard / "one.nxs")
    start = time.time()
    watch = Watch(yard, folder / "vast.sqlite")
    expect("the one file of data is found", watch.until(lambda _: str(yard / "one.nxs") in watch.ends(), 600))
    print(f"    in {time.time() - start:.0f} s")
    watch.stop()


with tempfile.TemporaryDirectory() as scratch:
    folder = Path(scratch)
    for name in ("states", "notices", "polling"):
        (folder / name).mkdir()
    if "states" in PARTS:
        states(folder / "states")
    if "watching" in PARTS:
        watching(folder / "notices", (), "by notices")
        watching(folder / "polling", ("--no-notices",), "by looking every few seconds")
    if "unmounted" in PARTS:
        unmounted(folder)
    if "terminated" in PARTS:
        terminated(folder)
    if "unread" in PARTS:
        unread(folder)
    if os.environ.get("VAST"):
        vast(folder)
print(f"{bad} wrong")
sys.exit(bad > 0)
