# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

"""Holds what frame-digests decodes against fabio, tifffile and h5py with hdf5plugin.

usage: compare.py PROGRAM FOLDER...

Ends with 1 when a frame differs, or when we do not read what the other reader does for a reason that is not a filter or
an encoding which we name. Prints a line for each difference, and how many frames agree.
"""

import collections
import hashlib
import os
import subprocess
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
ENDINGS = (".cbf", ".img", ".smv", ".tif", ".tiff", ".h5", ".hdf5", ".hdf", ".nxs", ".nx5")


def files(folders):
    for folder in folders:
        for root, folders_below, names in os.walk(folder):
            folders_below.sort()
            for name in sorted(names):
                if name.lower().endswith(ENDINGS):
                    yield os.path.join(root, name)


def digest(array):
    array = np.ascontiguousarray(array)
    return hashlib.sha256(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()).hexdigest()


def of_hdf5(path, name, frame):
    import h5py
    import hdf5plugin  # noqa: F401

    with h5py.File(path, "r") as file:
        data = file[name]
        array = data[()] if data.ndim == 2 else data[frame]
        return array


def of_image(path, _name, _frame):
    if path.lower().endswith((".tif", ".tiff")):
        import tifffile

        with tifffile.TiffFile(path) as file:
            return file.pages[0].asarray()
    import fabio

    return fabio.open(path).data


class TooLate(Exception):
    pass


def other(path, name, frame):
    import signal

    def stop(*_):
        raise TooLate("30 s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    try:
        return (of_image if name == "-" else of_hdf5)(path, name, frame), None
    except BaseException as fault:  # whatever a reader dies of
        return None, f"{type(fault).__name__}: {fault}"[:100]
    finally:
        signal.alarm(0)


def main():
    program, *folders = sys.argv[1:]
    count = collections.Counter()
    reasons = collections.Counter()
    for path in files(folders):
        answer = subprocess.run([program, path], capture_output=True, text=True, errors="replace")
        if answer.returncode:
            print(f"DIED\t{path}\t{answer.returncode}")
            count["died"] += 1
            continue
        for line in answer.stdout.splitlines():
            _, name, frame, kind, *rest = line.split("\t")
            array, fault = other(path, name, int(frame))
            if array is None:
                count["no other reader" if kind != "unread" else "nobody"] += 1
                continue
            if kind == "unread":
                if array.dtype.kind not in "iuf" or array.dtype.itemsize == 16 or array.dtype == np.float16:
                    count["no numbers of an image"] += 1
                    continue
                count["unread here"] += 1
                reasons[rest[0][:90]] += 1
                continue
            if digest(array) == rest[1]:
                count["equal"] += 1
                continue
            # Some readers give every image another type: the same numbers, then.
            mine = np.dtype(kind)
            if np.can_cast(array.dtype, mine) or np.array_equal(array, array.astype(mine).astype(array.dtype)):
                if digest(array.astype(mine)) == rest[1]:
                    count["equal in another type"] += 1
                    continue
            count["DIFFERENT"] += 1
            print(f"DIFFERENT\t{path}\t{name}\t{frame}\t{kind} {rest[0]}\t{array.dtype} {array.shape}")
    for what, n in sorted(count.items()):
        print(f"{n}\t{what}")
    for what, n in reasons.most_common(12):
        print(f"\t{n}\tunread here: {what}")
    sys.exit(1 if count["DIFFERENT"] or count["died"] else 0)


main()
