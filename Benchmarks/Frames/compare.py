# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

"""Least processor time of decoding a frame, ours and that of peers, in turn in one run.

usage: compare.py PROGRAM H5DREAD|- FOLDER ROUNDS [IMPRIMATUR]

PROGRAM is benchmark-frames, IMPRIMATUR the released program. Simulated frames of 4148 x 4362 pixels, mean 4 counts, Poisson, are written to FOLDER.
What is not installed is left out, and said.
"""

import io
import os
import subprocess
import sys
import time

import numpy as np

SHAPE = (4362, 4148)
FRAMES = 3


def frames():
    random = np.random.default_rng(20261130)
    for _ in range(FRAMES):
        yield random.poisson(4, SHAPE).astype(np.int32)


def byte_offset(image):
    flat = image.ravel().astype(np.int64)
    steps = np.diff(flat, prepend=0)
    assert abs(steps).max() < 128
    return steps.astype(np.int8).tobytes()


def write_cbf(path, image):
    stream = byte_offset(image)
    head = (
        "###CBF: VERSION 1.5\r\n\r\ndata_frame\r\n\r\n_array_data.data\r\n;\r\n--CIF-BINARY-FORMAT-SECTION--\r\n"
        'Content-Type: application/octet-stream;\r\n     conversions="x-CBF_BYTE_OFFSET"\r\n'
        f"Content-Transfer-Encoding: BINARY\r\nX-Binary-Size: {len(stream)}\r\nX-Binary-ID: 1\r\n"
        'X-Binary-Element-Type: "signed 32-bit integer"\r\nX-Binary-Element-Byte-Order: LITTLE_ENDIAN\r\n'
        f"X-Binary-Number-of-Elements: {image.size}\r\nX-Binary-Size-Fastest-Dimension: {image.shape[1]}\r\n"
        f"X-Binary-Size-Second-Dimension: {image.shape[0]}\r\nX-Binary-Size-Padding: 4095\r\n\r\n"
    )
    with open(path, "wb") as file:
        file.write(head.encode() + b"\x0c\x1a\x04\xd5" + stream + bytes(4095))
        file.write(b"\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n")


class Ours:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def decode(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if len(answer) != 2:
            sys.exit("benchmark-frames: " + " ".join(answer))
        return float(answer[0]), int(answer[1])


def clocked(body):
    start = time.process_time()
    result = body()
    return (time.process_time() - start) * 1e3, result


def total(array):
    return int(array.astype(np.uint32).sum(dtype=np.uint32))


def compare(title, ours, lines, peer, rounds, goal):
    """Both sides in turn; the least of each. Sums over the pixels are held against each other."""
    best = [1e12, 1e12]
    for _ in range(rounds):
        for number, line in enumerate(lines):
            taken, result = clocked(lambda: peer(number))
            mine, sum_of_ours = ours.decode(line)
            if total(result) != sum_of_ours:
                sys.exit(f"{title}: the sums of frame {number} differ")
            best = [min(best[0], mine), min(best[1], taken)]
    size = SHAPE[0] * SHAPE[1]
    print(
        f"{title}: ours {best[0]:.2f} ms ({size / best[0] / 1e6:.2f} Gpx/s), peer {best[1]:.2f}, "
        f"ratio {best[1] / best[0]:.2f}" + (f", goal {goal}" if goal else ""),
        flush=True,
    )
    return best[0]


def with_fabio(ours, folder, rounds):
    try:
        import fabio
    except ImportError:
        return print("fabio is not installed: left out")
    paths = [os.path.join(folder, f"{number}.cbf") for number in range(FRAMES)]
    lines = [f"cbf {path} {SHAPE[0] * SHAPE[1]}" for path in paths]
    compare("byte_offset, open + decode, beside fabio.open(f).data", ours, lines, lambda i: fabio.open(paths[i]).data,
            rounds, 5)


def with_libcbf(ours, folder, rounds):
    try:
        import pycbf
    except ImportError:
        return print("pycbf is not installed: left out")
    paths = [os.path.join(folder, f"{number}.cbf") for number in range(FRAMES)]

    def read(number):
        handle = pycbf.cbf_handle_struct()
        handle.read_file(paths[number].encode(), pycbf.MSG_NODIGEST)
        handle.rewind_datablock()
        handle.find_category(b"array_data")
        handle.find_column(b"data")
        handle.rewind_row()
        return np.frombuffer(handle.get_integerarray_as_string(), np.int32)

    lines = [f"cbf {path} {SHAPE[0] * SHAPE[1]}" for path in paths]
    compare("byte_offset, open + decode, beside pycbf without MD5", ours, lines, read, rounds, 5)


def with_h5py(ours, folder, rounds, h5dread):
    try:
        import h5py
        import hdf5plugin
    except ImportError:
        return print("h5py and hdf5plugin are not installed: left out")
    kinds = [
        ("bitshuffle + LZ4", dict(hdf5plugin.Bitshuffle(cname="lz4")), 1.9),
        ("bitshuffle + zstd", dict(hdf5plugin.Bitshuffle(cname="zstd")), None),
        ("LZ4", dict(hdf5plugin.LZ4()), None),
        ("gzip", dict(compression="gzip"), 3),
        ("shuffle + gzip", dict(shuffle=True, compression="gzip"), 6),
    ]
    for name, filters, goal in kinds:
        path = os.path.join(folder, "frames.h5")
        with h5py.File(path, "w") as file:
            data = file.create_dataset("d", (FRAMES, *SHAPE), np.uint32, chunks=(1, *SHAPE), **filters)
            for number, image in enumerate(frames()):
                data[number] = image
        with h5py.File(path) as file:
            data = file["d"]
            plist = data.id.get_create_plist()
            stages = [plist.get_filter(i) for i in range(plist.get_nfilters())]
            words = " ".join(",".join(str(x) for x in (stage[0], *stage[2])) for stage in stages)
            chunks = [data.id.get_chunk_info(i) for i in range(FRAMES)]
            lines = [f"chunk {path} {c.byte_offset} {c.size} {SHAPE[0] * SHAPE[1] * 4} 4 {words}" for c in chunks]
            best = compare(f"{name}, beside h5py dset[i]", ours, lines, lambda i: data[i], rounds, goal)
            again = np.empty(SHAPE, np.uint32)

            def into(number):
                data.read_direct(again, np.s_[number])
                return again

            compare(f"{name}, beside h5py into an array used again", ours, lines, into, rounds, None)
        if name == "bitshuffle + LZ4" and h5dread != "-":
            plugins = "/usr/lib/x86_64-linux-gnu/hdf5/serial/plugins:/usr/lib/x86_64-linux-gnu/hdf5/plugins"
            answer = subprocess.run([h5dread, path, str(rounds)], capture_output=True, text=True,
                                    env={**os.environ, "HDF5_PLUGIN_PATH": plugins.split(":")[0]})
            if answer.returncode == 0:
                theirs = float(answer.stdout)
                print(f"{name}, beside H5Dread with Debian's plugin: peer {theirs:.2f}, ratio {theirs / best:.2f}, goal 4.5")
            else:
                print("H5Dread has no plugin of bitshuffle (package bitshuffle): left out")
        os.remove(path)


def whole_check(ours, folder, rounds, imprimatur):
    """All frames of a file of 20: the processor time of the check beside that of decoding the same chunks and no more."""
    import h5py
    import hdf5plugin

    path = os.path.join(folder, "twenty.h5")
    with h5py.File(path, "w") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry["definition"] = "NXmx"
        group = entry.create_group("data")
        group.attrs["NX_class"], group.attrs["signal"] = "NXdata", "data"
        data = group.create_dataset("data", (20, *SHAPE), np.uint32, chunks=(1, *SHAPE), **hdf5plugin.Bitshuffle(cname="lz4"))
        random = np.random.default_rng(1)
        for number in range(20):
            data[number] = random.poisson(4, SHAPE)
        plist = data.id.get_create_plist()
        words = " ".join(",".join(str(x) for x in (plist.get_filter(i)[0], *plist.get_filter(i)[2]))
                         for i in range(plist.get_nfilters()))
        chunks = [data.id.get_chunk_info(i) for i in range(20)]
        lines = [f"chunk {path} {c.byte_offset} {c.size} {SHAPE[0] * SHAPE[1] * 4} 4 {words}" for c in chunks]

    def children(*options):
        before = os.times()
        subprocess.run([imprimatur, "check", *options, path], stdout=subprocess.DEVNULL)
        after = os.times()
        return (after.children_user - before.children_user + after.children_system - before.children_system) * 1e3

    bare, all_frames, none = [1e12] * 20, 1e12, 1e12
    for _ in range(rounds):
        bare = [min(best, ours.decode(line)[0]) for best, line in zip(bare, lines)]
        none = min(none, children("--frames", "none"))
        all_frames = min(all_frames, children("--frames", "all"))
    print(f"check --frames all of 20 frames: {all_frames:.0f} ms, without frames {none:.0f}, bare decode {sum(bare):.0f}, "
          f"ratio {all_frames / sum(bare):.2f}, goal at most 1.3", flush=True)
    os.remove(path)


def main():
    program, h5dread, folder = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    print("load", os.getloadavg()[0])
    for number, image in enumerate(frames()):
        write_cbf(os.path.join(folder, f"{number}.cbf"), image)
    ours = Ours(program)
    with_fabio(ours, folder, rounds)
    with_libcbf(ours, folder, rounds)
    with_h5py(ours, folder, rounds, h5dread)
    if len(sys.argv) > 5:
        whole_check(ours, folder, rounds, sys.argv[5])


main()
