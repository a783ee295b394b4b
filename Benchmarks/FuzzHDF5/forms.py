#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Writes one small HDF5 file for each form that h5py has no word for: the library that h5py brings is called itself.

usage: forms.py FOLDER     needs h5py 3.16 or later (HDF5 2.0)
"""

import ctypes
import glob
import os
import struct
import sys

import h5py
import numpy


def library():
    """The library that h5py itself uses, for calls that h5py does not have; None if it cannot be found."""
    folder = os.path.join(os.path.dirname(os.path.dirname(h5py.__file__)), "h5py.libs")
    found = [name for name in glob.glob(folder + "/libhdf5-*") if "_hl" not in name]
    return ctypes.CDLL(found[0]) if found else None


def number(identifier):
    return ctypes.c_int64(identifier.id)


def shared_messages(calls):
    """Datatypes and attributes of several objects, each once in a heap of the file."""
    plan = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    calls.H5Pset_shared_mesg_nindexes(number(plan), ctypes.c_uint(1))
    calls.H5Pset_shared_mesg_index(number(plan), ctypes.c_uint(0), ctypes.c_uint(0x1F), ctypes.c_uint(1))
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(h5py.h5f.LIBVER_V18, h5py.h5f.LIBVER_V110)
    with h5py.File(h5py.h5f.create(b"shared-messages.h5", h5py.h5f.ACC_TRUNC, plan, access)) as file:
        for name in ("one", "two"):
            file[name] = numpy.array([1, 2, 3], "i4")
            file[name].attrs["units"] = "mm"


def numbered_sources():
    """A virtual dataset whose sources have a number in their names, and no end."""
    with h5py.File("numbered-sources.h5", "w", libver=("v110", "v110")) as file:
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        space = h5py.h5s.create_simple((4, 3), (h5py.h5s.UNLIMITED, 3))
        space.select_hyperslab((0, 0), (h5py.h5s.UNLIMITED, 1), stride=(1, 3), block=(1, 3))
        plan.set_virtual(space, b"source-%b.h5", b"data", h5py.h5s.create_simple((1, 3)))
        whole = h5py.h5s.create_simple((4, 3), (h5py.h5s.UNLIMITED, 3))
        h5py.h5d.create(file.id, b"stack", h5py.h5t.STD_I32LE, whole, plan)


def array_member():
    """A compound of version 1 with a member of three numbers, as HDF5 1.2 wrote one."""
    with h5py.File("array-member.h5", "w", libver=("earliest", "v108")) as file:
        kind = h5py.h5t.create(h5py.h5t.COMPOUND, 16)
        kind.insert(b"vector", 0, h5py.h5t.STD_I32LE)
        kind.insert(b"last", 12, h5py.h5t.STD_I32LE)
        data = h5py.h5d.create(file.id, b"rows", kind, h5py.h5s.create_simple((2,)))
        rows = numpy.zeros(2, dtype={"names": ["vector", "last"], "formats": ["i4", "i4"], "offsets": [0, 12], "itemsize": 16})
        rows["vector"] = [1, 5]
        rows["last"] = [4, 8]
        data.write(h5py.h5s.ALL, h5py.h5s.ALL, rows)
        place = data.get_offset()
    with open("array-member.h5", "r+b") as file:
        content = bytearray(file.read())
        member = content.index(b"vector\0\0")
        # Behind the name of eight bytes and the offset: dimensions, permutation, four sizes.
        content[member + 12] = 1
        struct.pack_into("<I", content, member + 24, 3)
        struct.pack_into("<8i", content, place, 1, 2, 3, 4, 5, 6, 7, 8)
        file.seek(0)
        file.write(content)


def whole_edges(calls):
    """Chunks that reach over the extent are stored without filters."""
    with h5py.File("whole-edges.h5", "w", libver=("v110", "v110")) as file:
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_chunk((4, 4))
        plan.set_deflate(6)
        calls.H5Pset_chunk_opts(number(plan), ctypes.c_uint(2))
        data = h5py.h5d.create(file.id, b"field", h5py.h5t.STD_I32LE, h5py.h5s.create_simple((6, 6)), plan)
        data.write(h5py.h5s.ALL, h5py.h5s.ALL, numpy.arange(36, dtype="i4").reshape(6, 6))


def huge_attribute():
    """An attribute too large for the blocks of its heap."""
    with h5py.File("huge-attribute.h5", "w", libver=("v110", "v110")) as file:
        file.attrs["huge"] = numpy.concatenate([numpy.zeros(17_000, "i4"), numpy.array([7], "i4")])


def new_references(calls):
    """References of HDF5 1.12 to an object, a region and an attribute."""
    with h5py.File("new-references.h5", "w", libver=("v112", "v112")) as file:
        file["target"] = numpy.arange(4, dtype="i4")
        file["target"].attrs["units"] = "mm"
        element = (ctypes.c_ubyte * 64)
        kind = ctypes.c_int64.in_dll(calls, "H5T_STD_REF_g")
        calls.H5Screate_simple.restype = calls.H5Dcreate2.restype = ctypes.c_int64
        references = (element * 3)()
        space = h5py.h5s.create_simple((4,))
        space.select_hyperslab((1,), (2,))
        zero = ctypes.c_int64(0)
        for index, made in enumerate([
            calls.H5Rcreate_object(number(file.id), b"target", zero, ctypes.byref(references[0])),
            calls.H5Rcreate_region(number(file.id), b"target", number(space), zero, ctypes.byref(references[1])),
            calls.H5Rcreate_attr(number(file.id), b"target", b"units", zero, ctypes.byref(references[2])),
        ]):
            if made < 0:
                raise RuntimeError(f"reference {index} was not made")
        extent = (ctypes.c_uint64 * 1)(3)
        whole = ctypes.c_int64(calls.H5Screate_simple(1, extent, None))
        data = ctypes.c_int64(calls.H5Dcreate2(number(file.id), b"references", kind, whole, zero, zero, zero))
        if calls.H5Dwrite(data, kind, zero, zero, zero, ctypes.byref(references)) < 0:
            raise RuntimeError("the references were not written")
        calls.H5Dclose(data)
        calls.H5Sclose(whole)


def ordered_growing():
    """Links with an index by order of creation, and chunks in an array that grows."""
    with h5py.File("ordered-growing.h5", "w", libver=("v110", "v110"), track_order=True) as file:
        file.create_dataset("growing", data=numpy.arange(5, dtype="i2"), chunks=(2,), maxshape=(None,))
        for name in "jihgfedcb":
            file[name] = h5py.SoftLink("/growing")


def main(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    numbered_sources()
    array_member()
    huge_attribute()
    ordered_growing()
    calls = library()
    if calls is None:
        print("forms.py: the library of h5py was not found; four forms are left out", file=sys.stderr)
        return
    shared_messages(calls)
    whole_edges(calls)
    new_references(calls)


if __name__ == "__main__":
    main(sys.argv[1])
