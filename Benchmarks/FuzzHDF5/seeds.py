#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Writes small sound HDF5 files for fuzzing and for comparison: every pair of library bounds with every form of storage.

usage: seeds.py FOLDER [FILE...]     needs h5py 3.16 or later; FILE is written again with each bound.
"""

import ctypes
import os
import sys

import h5py
import numpy

import forms
from forms import library

BOUNDS = ["earliest", "v108", "v110", "v112", "v114", "v200"]


def low(file, name, layout, shape=(4,), kind="i4", early=False):
    """A dataset of a layout that h5py does not offer."""
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if layout == "compact":
        plan.set_layout(h5py.h5d.COMPACT)
    elif layout == "implicit":
        plan.set_chunk((4,))
        plan.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    elif layout == "scale":
        plan.set_chunk((4,))
        plan.set_scaleoffset(h5py.h5z.SO_INT, 0)
    elif layout == "nbit":
        plan.set_chunk((4,))
        plan.set_filter(h5py.h5z.FILTER_NBIT, 0)
    elif layout == "undefined":
        plan.set_chunk((4,))
        plan.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    elif layout == "filled":
        plan.set_chunk((4,))
        plan.set_fill_value(numpy.array(7, dtype=kind))
    space = h5py.h5s.create_simple(shape)
    data = h5py.h5d.create(file.id, name.encode(), h5py.h5t.py_create(numpy.dtype(kind)), space, plan)
    if layout != "filled":
        data.write(h5py.h5s.ALL, h5py.h5s.ALL, numpy.arange(shape[0], dtype=kind))


def plain(file):
    file["number"] = 1.5
    file["text"] = "abc"
    file["bytes"] = numpy.bytes_(b"fixed")
    file["null"] = h5py.Empty("f4")
    file["field"] = numpy.arange(20.0).reshape(4, 5)
    file["field"].attrs["units"] = "mm"
    file["field"].attrs["vector"] = numpy.array([0, 0, 1], "i2")
    file["words"] = numpy.array(["x", "yy", ""], dtype=h5py.string_dtype())
    file["big"] = numpy.arange(3, dtype=">i8")
    file["half"] = numpy.array([1.5, -2], "f2")
    file["flag"] = numpy.array([True, False])
    low(file, "compact", "compact")
    group = file.create_group("group")
    group.attrs["NX_class"] = "NXcollection"
    group["link"] = file["number"]
    group["soft"] = h5py.SoftLink("/number")
    group["external"] = h5py.ExternalLink("other.h5", "/x")


def chunks(file):
    numbers = numpy.arange(3000, dtype="i4").reshape(50, 60)
    file.create_dataset("fixed", data=numbers, chunks=(7, 9))
    file.create_dataset("edge", data=numbers[:25, :20], chunks=(10, 20))
    file.create_dataset("one", data=numbers[:9, :9], chunks=(9, 9))
    file.create_dataset("growing", data=numbers[:, :6], chunks=(3, 2), maxshape=(None, 6))
    file.create_dataset("second", data=numbers[:6, :40], chunks=(2, 3), maxshape=(6, None))
    file.create_dataset("both", data=numbers[:20, :20], chunks=(3, 4), maxshape=(None, None))
    file.create_dataset("holes", (400,), "u2", chunks=(4,), fillvalue=9)[80:88] = 1
    low(file, "implicit", "implicit", (40,))
    low(file, "filled", "filled", (10,))
    low(file, "undefined", "undefined", (8,))


def filters(file):
    numbers = numpy.arange(600, dtype="u2").reshape(20, 30)
    for name, words in {
        "deflate": dict(compression="gzip"),
        "shuffled": dict(compression="gzip", shuffle=True),
        "summed": dict(fletcher32=True),
        "all": dict(compression="gzip", shuffle=True, fletcher32=True),
    }.items():
        file.create_dataset(name, data=numbers, chunks=(7, 8), **words)
        file.create_dataset(name + "_growing", data=numbers, chunks=(7, 8), maxshape=(None, 30), **words)
        file.create_dataset(name + "_both", data=numbers, chunks=(7, 8), maxshape=(None, None), **words)
        file.create_dataset(name + "_one", data=numbers, chunks=(20, 30), **words)
    low(file, "scale", "scale", (12,))
    low(file, "nbit", "nbit", (12,))


def types(file):
    file["complex"] = numpy.array([1 + 2j])
    file["pair"] = numpy.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    file.create_dataset("array", (2,), dtype=numpy.dtype(("i4", (3,))))
    file["opaque"] = numpy.array([b"ab"], dtype="V2")
    file.create_dataset("sequence", (2,), dtype=h5py.vlen_dtype("i4"))[0] = numpy.arange(3, dtype="i4")
    file["reference"] = file["pair"].ref
    colours = h5py.enum_dtype({"RED": 0, "GREEN": 7}, basetype="i2")
    file.create_dataset("colour", data=numpy.array([0, 7], "i2"), dtype=colours)
    file["type"] = numpy.dtype("i4")
    file["type"].attrs["x"] = 1
    file.create_dataset("typed", data=numpy.arange(3, dtype="i4"), dtype=file["type"])
    file["typed"].attrs.create("typed", 3, dtype=file["type"])


def virtual(file):
    layout = h5py.VirtualLayout((4, 10), "i4")
    for index in range(4):
        layout[index] = h5py.VirtualSource(f"source{index}.h5", "data", (10,))
    file.create_virtual_dataset("stack", layout)
    layout = h5py.VirtualLayout((8, 10), "i4")
    layout[::2] = h5py.VirtualSource("other.h5", "data", (4, 10))
    layout[1::2] = h5py.VirtualSource("other.h5", "more", (4, 10))
    file.create_virtual_dataset("woven", layout, fillvalue=-1)
    file.create_dataset("outside", (6,), "i2", external=[("raw.bin", 0, 12)])


def many(file):
    group = file.create_group("many")
    for index in range(40):
        group.create_group(f"group{index}")
        group.attrs[f"attribute{index}"] = index
    ordered = file.create_group("ordered", track_order=True)
    for index in range(12):
        ordered[f"z{20 - index}"] = index
    group = file.create_group("long")
    group.attrs["long"] = numpy.arange(4000, dtype="i4")


KINDS = [plain, chunks, filters, types, virtual, many]


def shared(path, bounds):
    """Messages in a heap that objects share, and bounds of trees of their own: superblock version 1 or an extension."""
    calls = library()
    if calls is None:
        return
    plan = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    number = ctypes.c_int64(plan.id)
    calls.H5Pset_shared_mesg_nindexes(number, ctypes.c_uint(1))
    calls.H5Pset_shared_mesg_index(number, ctypes.c_uint(0), ctypes.c_uint(0x1F), ctypes.c_uint(1))
    write(path + "-shared.h5", plan, bounds, [plain, many])
    plan = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    number = ctypes.c_int64(plan.id)
    calls.H5Pset_istore_k(number, ctypes.c_uint(3))
    calls.H5Pset_sym_k(number, ctypes.c_uint(2), ctypes.c_uint(2))
    write(path + "-trees.h5", plan, bounds, [chunks, many])


def write(path, plan, bounds, kinds):
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    words = {
        "earliest": h5py.h5f.LIBVER_EARLIEST, "v108": h5py.h5f.LIBVER_V18, "v110": h5py.h5f.LIBVER_V110,
        "v112": h5py.h5f.LIBVER_V112, "v114": h5py.h5f.LIBVER_V114, "v200": h5py.h5f.LIBVER_V200,
    }
    access.set_libver_bounds(words[bounds[0]], words[bounds[1]])
    with h5py.File(h5py.h5f.create(path.encode(), h5py.h5f.ACC_TRUNC, plan, access)) as file:
        for kind in kinds:
            kind(file)


def main(folder, files):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    for first, least in enumerate(BOUNDS):
        for most in BOUNDS[max(first, 1):]:
            for kind in KINDS:
                # Virtual datasets came with release 1.10.
                if kind is virtual and most == "v108":
                    continue
                with h5py.File(f"{least}-{most}-{kind.__name__}.h5", "w", libver=(least, most)) as file:
                    kind(file)
            if least == most or (least, most) == ("earliest", "v108"):
                shared(f"{least}-{most}", (least, most))
    for strategy in ("fsm", "page", "aggregate", "none"):
        with h5py.File(f"space-{strategy}.h5", "w", fs_strategy=strategy, fs_persist=strategy in ("fsm", "page")) as file:
            plain(file)
            many(file)
    with h5py.File("block.h5", "w", userblock_size=512) as file:
        plain(file)
        chunks(file)
    with h5py.File("ordered.h5", "w", libver="v110", track_order=True) as file:
        plain(file)
        many(file)
    forms.main(".")
    for path in files:
        for bound in BOUNDS:
            name = os.path.splitext(os.path.basename(path))[0]
            versions = ("earliest", "v108") if bound == "earliest" else (bound, bound)
            with h5py.File(path, "r") as source, h5py.File(f"again-{name}-{bound}.nxs", "w", libver=versions) as file:
                for member in source:
                    source.copy(member, file, expand_soft=False, expand_external=False)
                for attribute, value in source.attrs.items():
                    file.attrs[attribute] = value


if __name__ == "__main__":
    main(sys.argv[1], [os.path.abspath(path) for path in sys.argv[2:]])
