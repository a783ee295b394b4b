# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

"""Least processor time of writing frames, ours and that of peers, in turn in one run.

usage: compare.py PROGRAM PLAIN FOLDER ROUNDS [CBF...]

PROGRAM is benchmark-convert, PLAIN the plain loop in C. The CBF files are one scan of full headers: the first lends its
header to simulated frames of 4148 x 4362 pixels, mean 4 counts, Poisson. What is not installed is left out, and said.
"""

import base64
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

SHAPE = (4362, 4148)
MARK = b"\x0c\x1a\x04\xd5"


def simulated(folder, header_of, number):
    """A frame with the header of another, its sizes changed."""
    image = np.random.default_rng(20261130 + number).poisson(4, SHAPE).astype(np.int32)
    steps = np.diff(image.ravel().astype(np.int64), prepend=0)
    assert abs(steps).max() < 128
    stream = steps.astype(np.int8).tobytes()
    with open(header_of, "rb") as file:
        head, _ = file.read().split(MARK, 1)
    fast = re.search(rb"X-Binary-Size-Fastest-Dimension:\s*(\d+)", head).group(1)
    slow = re.search(rb"X-Binary-Size-Second-Dimension:\s*(\d+)", head).group(1)
    head = re.sub(rb"\b" + fast + rb"\b", b"%d" % SHAPE[1], head)
    head = re.sub(rb"\b" + slow + rb"\b", b"%d" % SHAPE[0], head)
    head = re.sub(rb"X-Binary-Size:\s*\d+", b"X-Binary-Size: %d" % len(stream), head)
    head = re.sub(rb"X-Binary-Number-of-Elements:\s*\d+", b"X-Binary-Number-of-Elements: %d" % image.size, head)
    sum_of = base64.b64encode(hashlib.md5(stream).digest())
    head = re.sub(rb"Content-MD5:\s*\S+", b"Content-MD5: " + sum_of, head)
    path = os.path.join(folder, f"simulated_{number:05d}.cbf")
    with open(path, "wb") as file:
        file.write(head + MARK + stream + bytes(4095))
        file.write(b"\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n")
    return path, image


def child(words, **more):
    """Milliseconds of processor and of the clock, and what was printed; nil where it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(words, capture_output=True, text=True, **more)
    wall = (time.monotonic() - start) * 1e3
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3
    return (spent, wall, done.stdout) if done.returncode == 0 else (None, wall, done.stderr)


def ours(program, out, frames, *, jobs=1, memory="-", md5=False, compression="bslz4"):
    spent, _, words = child([program, "convert", out, str(jobs), memory, "MD5" if md5 else "plain", compression, *frames])
    if spent is None:
        sys.exit(f"{program}: {words}")
    cpu, wall, resident, size = words.split()
    return float(cpu), float(wall), int(resident), int(size)


def parts(program, plain, path, image, rounds):
    best = [1e12] * 4
    packed = None
    try:
        import bitshuffle
    except ImportError:
        bitshuffle = None
        print("bitshuffle is not installed: left out")
    flat = image.ravel()
    peer = 1e12
    for _ in range(rounds):
        words = child([program, "parts", "3", path, str(image.size)])[2].split()
        best[:3] = [min(a, float(b)) for a, b in zip(best[:3], words)]
        loop = child([plain, "3", path, str(image.size)])[2].split()
        best[3] = min(best[3], float(loop[0]))
        if int(loop[1]) != int(words[4]):
            sys.exit("the sums of the pixels differ")
        if bitshuffle:
            start = time.process_time()
            packed = bitshuffle.compress_lz4(flat)
            peer = min(peer, (time.process_time() - start) * 1e3)
    decode, pack, write, loop = best
    print(f"decode: ours {decode:.2f} ms, plain C {loop:.2f}, ratio {decode / loop:.2f}, goal <= 1.15")
    if packed is not None:
        print(
            f"compress: ours {pack:.2f} ms, bitshuffle.compress_lz4 {peer:.2f}, ratio {pack / peer:.2f}, goal <= 1.10; "
            f"bytes {int(words[3]) - 12} and {packed.size}"
        )
    print(f"write: {write:.2f} ms")
    return decode + pack + write


def cbf2nexus(folder, frames, rounds):
    if not shutil.which("cbf2nexus"):
        return print("cbf2nexus (Debian cbflib-bin) is not installed: left out") or {}
    best = {}
    for kind in ("none", "zlib"):
        for number in range(rounds):
            out = os.path.join(folder, f"peer_{kind}.nxs")
            if os.path.exists(out):
                os.unlink(out)
            spent, _, words = child(["cbf2nexus", "-c", kind, "-o", out, frames[number % len(frames)]])
            if spent is None:
                print(f"cbf2nexus -c {kind} failed: {words.strip()[-200:]}")
                break
            best[kind] = min(best.get(kind, 1e12), spent)
    if len(frames) > 1:
        out = os.path.join(folder, "peer_all.nxs")
        spent, _, words = child(["cbf2nexus", "-c", "none", "-o", out, *frames])
        print(f"cbf2nexus with {len(frames)} frames: " + ("fails" if spent is None else f"{spent:.0f} ms"))
    return best


def scan(title, program, folder, frames, rounds, bare, peers):
    out = os.path.join(folder, "ours.h5")
    one, two, full = [1e12] * 2, [1e12] * 2, 1e12
    for _ in range(rounds):
        a = ours(program, out, frames)
        b = ours(program, out, frames, jobs=2)
        c = ours(program, out, frames, md5=True)
        one = [min(one[0], a[0]), min(one[1], a[1])]
        two = [min(two[0], b[0]), min(two[1], b[1])]
        full = min(full, c[0])
    n = len(frames)
    print(f"{title}, {n} frames: {one[0] / n:.2f} ms of processor a frame without digests, {full / n:.2f} with MD5 and SHA-256")
    if bare:
        print(f"  bare decode + compress + write {bare:.2f} ms: {bare * n / one[0]:.2f} of it, goal >= 0.8")
    print(f"  two threads: {one[1] / two[1]:.2f} x one by the clock, goal >= 1.8 (load {os.getloadavg()[0]:.1f})")
    for kind, goal in (("none", 1.7), ("zlib", 8)):
        if kind in peers:
            print(
                f"  cbf2nexus -c {kind} {peers[kind]:.1f} ms a frame: {peers[kind] * n / one[0]:.2f} x ours, "
                f"with digests {peers[kind] * n / full:.2f} x, goal >= {goal}"
            )
    return a


def memory(program, folder, frames, shape):
    file = max(map(os.path.getsize, frames))
    chunk = shape[0] * shape[1] * 4
    out = os.path.join(folder, "ours.h5")
    for tokens in (1, 2, 4):
        budget = (64 << 20) + tokens * (file + chunk * 11 // 10)
        resident = ours(program, out, frames, jobs=2, memory=str(budget))[2] << 10
        print(f"memory, {tokens} tokens: {resident / 2**20:.0f} MB of {budget / 2**20:.0f} allowed")


def main():
    program, plain, folder, rounds = sys.argv[1:5]
    rounds, real = int(rounds), sys.argv[5:]
    if not real:
        return print("no CBF files with full headers are named: left out")
    made = [simulated(folder, real[0], number) for number in range(3)]
    frames = [path for path, _ in made]
    bare = parts(program, plain, frames[0], made[0][1], rounds)
    many = frames * 4
    scan("simulated 4148 x 4362", program, folder, many, rounds, bare, cbf2nexus(folder, frames, rounds))
    memory(program, folder, many, SHAPE)
    scan("real frames", program, folder, real, rounds, None, cbf2nexus(folder, real, rounds))


main()
