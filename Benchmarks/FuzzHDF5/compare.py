#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Sets what our reader makes of HDF5 files beside h5py: members, attributes, shapes and values of what it calls sound.

usage: fuzz-hdf5 tree FILE... | compare.py [--all] [--h5dump]     needs h5py; ends with 1 when anything differs

Each object is opened by its path, so that libraries look for every name; all chunks are read. With --all files of which
something was left unread are compared too. h5py runs in a process of its own, which a file may end or keep for 20 s. With --h5dump
those that need no release behind 1.10 are printed in full by h5dump 1.10 too, which has to find no fault.
"""

import collections
import json
import os
import signal
import subprocess
import sys

import h5py
import numpy


PLAIN = (h5py.h5t.INTEGER, h5py.h5t.FLOAT, h5py.h5t.STRING, h5py.h5t.ENUM)


def shown(name):
    try:
        return name.decode()
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"\\x{byte:x}" for byte in name)


def text(value):
    """A string as our reader tells it: without padding and trailing blanks, bytes that are no UTF-8 as Latin-1."""
    value = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)
    try:
        return value.rstrip(b"\0 ").decode()
    except UnicodeDecodeError:
        return value.rstrip(b"\0 ").decode("latin-1")


def values(read, kind, space):
    """Elements by h5py's low calls, flat; texts as they are stored."""
    shape = space.get_simple_extent_dims()
    if kind.get_class() not in PLAIN or kind.get_size() > 1 << 24:
        return None
    found = numpy.empty(shape, dtype=kind.dtype)
    read(found)
    return found.reshape(-1).tolist() if found.dtype.kind != "V" else None


def same(ours, theirs):
    if isinstance(theirs, (bytes, str)):
        if isinstance(theirs, bytes):
            theirs = theirs.split(b"\0")[0] if text(theirs) != ours else theirs
        return text(theirs) == ours
    if isinstance(theirs, (float, numpy.floating)):
        theirs = float(theirs)
        if ours is None:
            return not numpy.isfinite(theirs)
        return float(ours) == theirs
    return ours == int(theirs)


def check_value(one, what, read, kind, space):
    shape = space.get_simple_extent_dims()
    shape = "null" if shape is None else list(shape)
    if shape != one["shape"]:
        return [f"{what}: shape {one['shape']}, h5py {shape}"]
    if shape == "null":
        return []
    theirs = values(read, kind, space)
    if theirs is None or "value" not in one:
        return []
    ours = one["value"]
    for index, (mine, other) in enumerate(zip(ours, theirs)):
        if not same(mine, other):
            return [f"{what}: element {index} is {mine!r}, h5py {other!r}"]
    if len(ours) != len(theirs):
        return [f"{what}: {len(ours)} elements, h5py {len(theirs)}"]
    return []


def check_mappings(there, one):
    kept = there.get_create_plist()
    ours = one.get("mappings")
    try:
        theirs = [
            f"{kept.get_virtual_filename(index)} {kept.get_virtual_dsetname(index)}"
            for index in range(kept.get_virtual_count())
        ]
    except UnicodeDecodeError:
        theirs = ours if kept.get_virtual_count() == len(ours) else None
    return [] if ours == theirs else [f"{one['path']}: sources {ours}, h5py {theirs}"]


def check_object(file, one):
    found = []
    path = one["path"]
    try:
        there = h5py.h5o.open(file.id, path.encode())
    except Exception as error:
        return [f"{path}: h5py does not open it: {str(error)[:150]}"]
    attributes = {}
    h5py.h5a.iterate(there, lambda name, *_: attributes.__setitem__(shown(name), name), index_type=h5py.h5.INDEX_NAME)
    mine = [each["name"] for each in one["attributes"]]
    if sorted(attributes) != sorted(mine):
        found.append(f"{path}: attributes {sorted(set(mine) ^ set(attributes))[:4]} differ")
    for each in one["attributes"]:
        name = attributes.get(each["name"])
        if name is None:
            continue
        what = f"{path}@{each['name']}"
        try:
            attribute = h5py.h5a.open(there, name)
            found += check_value(each, what, attribute.read, attribute.get_type(), attribute.get_space())
        except Exception as error:
            found.append(f"{what}: h5py: {str(error)[:150]}")
    kind = {h5py.h5g.GroupID: "group", h5py.h5d.DatasetID: "dataset"}.get(type(there), "namedType")
    if kind != one["kind"]:
        found.append(f"{path}: {one['kind']}, h5py {kind}")
    if kind == "group":
        links = {}
        there.links.iterate(lambda name: links.__setitem__(shown(name), name))
        mine = {each["name"]: each["target"] for each in one.get("links", [])}
        if sorted(links) != sorted(mine):
            found.append(f"{path}: links {sorted(set(mine) ^ set(links))[:4]} differ")
        for name in set(mine) & set(links):
            try:
                target = there.links.get_info(links[name])
                if (target.type == h5py.h5l.TYPE_HARD) != (mine[name] == "hard"):
                    found.append(f"{path}/{name}: {mine[name]}, h5py link type {target.type}")
                elif target.type != h5py.h5l.TYPE_HARD and target.type in (h5py.h5l.TYPE_SOFT, h5py.h5l.TYPE_EXTERNAL):
                    value = there.links.get_val(links[name])
                    words = (
                        "soft " + shown(value) if target.type == h5py.h5l.TYPE_SOFT
                        else "external " + " ".join(map(shown, value)))
                    if words != mine[name]:
                        found.append(f"{path}/{name}: {mine[name]!r}, h5py {words!r}")
            except Exception as error:
                found.append(f"{path}/{name}: h5py: {str(error)[:150]}")
    elif kind == "dataset" and one["layout"].startswith("virtual"):
        found += check_mappings(there, one)
    elif kind == "dataset" and one["layout"] != "external":
        try:
            if (one.get("unread") or "").startswith("filter"):
                return found
            kept = there.get_create_plist()
            if kept.get_layout() == h5py.h5d.CHUNKED and one["layout"] != f"chunked {there.get_num_chunks()}":
                found.append(f"{path}: {one['layout']}, h5py {there.get_num_chunks()} chunks")
            if there.get_type().get_class() not in PLAIN:
                h5py.Dataset(there)[()]
            found += check_value(
                one, path, lambda into: there.read(h5py.h5s.ALL, h5py.h5s.ALL, into), there.get_type(), there.get_space())
        except Exception as error:
            # Nothing is claimed of elements that were never written; without a fill value libraries read none.
            if one.get("unread") != "unwritten" or "no data can be read" not in str(error):
                found.append(f"{path}: h5py: {str(error)[:150]}")
    return [each for each in found if not any(words in each for words in LIMITS)]


def check(line):
    try:
        file = h5py.File(line["file"], "r")
    except Exception as error:
        return [f"/: h5py: {str(error)[:150]}"]
    found = []
    with file:
        for one in line["objects"]:
            if one["kind"].startswith("unreadable") or "\\x" in one["path"]:
                continue
            found += check_object(file, one)
    return found


# What h5py cannot hold, though the library reads it.
LIMITS = (
    "Unable to allocate", "Unknown reference type", "Insufficient precision in available types", "array is too big",
    "Maximum allowed dimension", "cannot override to smaller itemsize", "No NumPy equivalent",
    "codec can't decode",
)


def run(lines):
    """Differences of each line; a process that a file ends is started again behind it."""
    place = 0
    while place < len(lines):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            for index in range(place, len(lines)):
                signal.alarm(20)
                try:
                    found = check(lines[index])
                except Exception as error:
                    found = [f"compare: {error!r}"]
                os.write(writer, json.dumps(found[:20]).encode() + b"\n")
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as answers:
            for answer in answers:
                if answer.endswith(b"\n"):
                    yield lines[place], json.loads(answer)
                    place += 1
        status = os.waitpid(child, 0)[1]
        if place < len(lines):
            number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1
            yield lines[place], [f"h5py ends by signal {number}"]
            place += 1


def isDumped(line):
    """Whether h5dump 1.10 is asked: for files that need no newer release; raw storage outside and filters are not its."""
    return line["release"] in ("", "1.8", "1.10") and not any(
        one.get("layout") == "external" or (one.get("unread") or "").startswith("filter") for one in line["objects"]
    )


def dumped(line):
    """What h5dump 1.10 says against a file; None if it is not asked."""
    if not isDumped(line):
        return None
    try:
        done = subprocess.run(["h5dump", line["file"]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=20)
    except subprocess.TimeoutExpired:
        # A vast extent of fill values is printed to its end.
        vast = any(one.get("unread") == "large" for one in line["objects"])
        return None if vast else ["h5dump takes longer than 20 s"]
    lacks = any(one.get("unread") == "unwritten" for one in line["objects"])
    if lacks and done.stderr.strip() == b"h5dump error: unable to print data":
        return None
    return [] if done.returncode == 0 else [f"h5dump ends with {done.returncode}: {done.stderr.decode(errors='replace')[:150]!r}"]


def main():
    states = collections.Counter()
    refused = 0
    differing = 0
    wanted = []
    for line in sys.stdin:
        line = json.loads(line)
        states[line["state"]] += 1
        refused += line["state"] == "sound" and line["refused"]
        if line["state"] == "sound" and not line["refused"] or ("--all" in sys.argv and "objects" in line):
            wanted.append(line)
    for line, found in run(wanted):
        if found:
            differing += 1
            print(line["file"], "release", line["release"] or "-")
            for each in found[:5]:
                print("   ", each)
    if "--h5dump" in sys.argv:
        answers = [(line, dumped(line)) for line in wanted]
        failed = [(line, found) for line, found in answers if found]
        for line, found in failed:
            differing += 1
            print(line["file"], "release", line["release"] or "-", *found, sep="\n    ")
        print(f"{sum(found is not None for _, found in answers)} printed by h5dump, {len(failed)} with a fault")
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    print(f"{sum(states.values())} files: {told} ({refused} of a form that HDF5 2.0 refuses); {len(wanted)} compared, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
