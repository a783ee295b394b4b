# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Makes what remote.sh serves: a stored ZIP of CBF and HDF5 files of 4 GB each (sparse), and descriptions of them.

make_remote.py TEMPLATE WWW OUT PORT PORT_OF_BAD PORT_OF_UNSIGNED: TEMPLATE is a description of four CBF frames in an archive.
"""
import os
import struct
import sys
import zlib

SLOW, FAST, FRAMES = 1000, 640, 1600
PIXELS = SLOW * FAST * 4


def frame():
    """A CBF of 32-bit counts without compression, mostly zeros; as two ends and the zeros between them."""
    counts = b"".join(struct.pack("<i", n % 97 + 1) for n in range(FAST))
    head = (
        "###CBF: VERSION 1.5\ndata_img\n_array_data.header_convention \"PILATUS_1.2\"\n_array_data.data\n;\n"
        "--CIF-BINARY-FORMAT-SECTION--\nContent-Type: application/octet-stream;\n"
        "Content-Transfer-Encoding: BINARY\n"
        f"X-Binary-Size: {PIXELS}\nX-Binary-ID: 1\nX-Binary-Element-Type: \"signed 32-bit integer\"\n"
        f"X-Binary-Element-Byte-Order: LITTLE_ENDIAN\nX-Binary-Number-of-Elements: {SLOW * FAST}\n"
        f"X-Binary-Size-Fastest-Dimension: {FAST}\nX-Binary-Size-Second-Dimension: {SLOW}\n"
        "X-Binary-Size-Padding: 0\n\n"
    ).replace("\n", "\r\n").encode() + b"\x0c\x1a\x04\xd5" + counts
    tail = b"\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n"
    return head, PIXELS - len(counts), tail


def make_zip(path, frames):
    head, zeros, tail = frame()
    size = len(head) + zeros + len(tail)
    crc = zlib.crc32(tail, zlib.crc32(bytes(zeros), zlib.crc32(head)))
    directory = b""
    with open(path, "wb") as file:
        for number in range(1, frames + 1):
            name = f"run/img_{number:05d}.cbf".encode()
            at = file.tell()
            file.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 0, 0, 0x21, crc, size, size, len(name), 0) + name)
            file.write(head)
            file.seek(zeros, 1)
            file.write(tail)
            extra = struct.pack("<HHQ", 1, 8, at) if at >= 0xFFFFFFFF else b""
            directory += struct.pack(
                "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 0, 0, 0x21, crc, size, size, len(name), len(extra), 0, 0, 0,
                0, min(at, 0xFFFFFFFF)) + name + extra
        start = file.tell()
        file.write(directory)
        end = file.tell()
        file.write(struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, frames, frames, len(directory), start))
        file.write(struct.pack("<IIQI", 0x07064B50, 0, end, 1))
        file.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, frames, frames, len(directory), 0xFFFFFFFF, 0))


def make_hdf5(path, version):
    try:
        import h5py
        import numpy
    except ImportError:
        return False
    with h5py.File(path, "w", libver=version) as file:
        space = h5py.h5s.create_simple((1, SLOW, FAST), (h5py.h5s.UNLIMITED, SLOW, FAST))
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_chunk((1, SLOW, FAST))
        plan.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        plan.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        group = file.require_group("entry/data")
        data = h5py.Dataset(h5py.h5d.create(group.id, b"data", h5py.h5t.STD_I32LE, space, plan))
        # Frame by frame, as a detector writes: the index grows between the chunks.
        for count in range(2, FRAMES + 1):
            data.resize(count, axis=0)
        for frame, most in ((0, 97), (800, 89), (FRAMES - 1, 83)):
            data[frame] = numpy.arange(SLOW * FAST, dtype="i4").reshape(SLOW, FAST) % most
    return True


def main():
    template, www, out, port, bad, unsigned = sys.argv[1:]
    text = open(template).read()
    text = text.replace("image  1  1  400  increasing", f"image  1  1  {FAST}  increasing")
    text = text.replace("image  2  2  300  increasing", f"image  2  2  {SLOW}  increasing")
    front = text[: text.rindex("loop_")]
    make_zip(f"{www}/run.zip", FRAMES)
    make_zip(f"{www}/small.zip", 4)
    here, there = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bad}"

    def archive(name, url):
        rows = "".join(f"        e{n}  CBF  {url}  ZIP  run/img_{n:05d}.cbf\n" for n in range(1, 5))
        items = "".join(f"    _array_data_external_data.{i}\n" for i in ("id", "format", "uri", "archive_format", "archive_path"))
        open(f"{out}/{name}.cif", "w").write(front + "loop_\n" + items + rows)

    def container(name, url, first):
        rows = "".join(f"        e{n}  HDF5  {url}  /entry/data/data  {first + n - 1}\n" for n in range(1, 5))
        items = "".join(f"    _array_data_external_data.{i}\n" for i in ("id", "format", "uri", "path", "frame"))
        open(f"{out}/{name}.cif", "w").write(front + "loop_\n" + items + rows)

    archive("large-zip", f"{here}/run.zip")
    archive("small-zip", f"{here}/small.zip")
    for road in ("whole", "slow", "moved", "far", "loop", "forbidden", "broken", "busy", "login"):
        archive(road, f"{here}/{road}/small.zip")
    archive("whole-large", f"{here}/whole/run.zip")
    archive("missing", f"{here}/none.zip")
    archive("no-host", f"http://archive.invalid/small.zip")
    archive("certificate", f"https://127.0.0.1:{unsigned}/good/small.zip")
    archive("no-listener", "http://127.0.0.1:9/small.zip")
    for fault in ("cut", "stall", "silent", "drip", "changing", "other-part", "lying", "empty", "many", "half", "to-local-file"):
        archive(fault, f"{there}/{fault}/small.zip")
    for version in ("earliest", "latest"):
        if make_hdf5(f"{www}/run-{version}.h5", version):
            container(f"large-hdf5-{version}", f"{here}/run-{version}.h5", 1)
            container(f"middle-hdf5-{version}", f"{here}/run-{version}.h5", 801)


main()
