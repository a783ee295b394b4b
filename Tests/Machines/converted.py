# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Conversions of the shared inputs, each held against what is known of it; `make test-convert`.

    converted.py IMPRIMATUR RULES SHARED

Prints a line a case, and a table at the end; the exit status is 1 when a case does not hold. The oracle of conversion and the
inputs lie in SHARED, which is no part of this project.
"""

import bz2
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import hdf5plugin  # noqa: F401  before h5py reads anything
import h5py

PROGRAM, RULES, SHARED = (os.path.abspath(path) for path in sys.argv[1:4])
CORPUS = os.path.join(SHARED, "corpus/convert")
ORACLES = os.path.join(SHARED, "oracles/convert")
ROOM = tempfile.mkdtemp(prefix="converted.")
ROWS = []


def files(pattern):
    return sorted(glob.glob(os.path.join(CORPUS, pattern)))


def convert(*words, env=None, verb="convert"):
    return subprocess.run(
        [PROGRAM, verb, "--rules", RULES, *words], capture_output=True, text=True, cwd=ROOM,
        env={**os.environ, **(env or {})},
    )  # fmt: skip


def judge(group, name, good, detail=""):
    ROWS.append((group, bool(good)))
    if not good or detail:
        print("%-4s %-12s %-42s %s" % ("ok" if good else "FAIL", group, name, detail))
    return good


def folder(name):
    path = os.path.join(ROOM, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def digest(path):
    with open(path, "rb") as handle:
        return hashlib.sha256(handle.read()).hexdigest()


def unpacked():
    path = folder("thaumatin")
    for name in files("thaumatin_grid/*.cbf.bz2"):
        with open(os.path.join(path, os.path.basename(name)[:-4]), "wb") as out:
            out.write(bz2.open(name).read())
    return sorted(glob.glob(path + "/*.cbf"))


def ended(made, code, rules=()):
    """The run ended with the code, and what it told at levels A and B are these rules, no more and no fewer."""
    told = set(re.findall(r"^  [AB] (\w+-\d+)", made.stdout, re.M))
    if made.returncode == code and told == set(rules):
        return True
    print("     exit %d, wanted %d; at A and B %s, wanted %s" % (made.returncode, code, sorted(told), sorted(rules)))
    return False


SENSOR = ["--sensor-material", "Si", "--sensor-thickness", "0.32"]


def five(thaumatin):
    """Name, inputs, options, inputs of the oracle, its options, and what is told at A and B, of the five sets.

    What is told is so: the header of thaumatin gives a polarisation without its plane, that of Rayonix an exposure of 0 s, and
    two of the eight synthetic sections overlap.
    """
    gonio = ["--gonio-axis", "0,1,0"]
    return [
        ("l-cyst_01", files("l_cysteine/l-cyst_01_*.cbf"), [], None, ["--pycbf", "--fabio"], []),
        ("l-cyst_02", files("l_cysteine/l-cyst_02_*.cbf"), [], None, ["--pycbf", "--fabio"], []),
        ("thau_3_2", files("thaumatin_grid/*.cbf.bz2"), gonio, thaumatin, gonio, ["BEAM-011"]),
        ("hit", files("rayonix340/*.cbf"), SENSOR, None, [], ["SCAN-013"]),
        ("sections", files("synthetic/geometry/*.cbf"), SENSOR, None, [], ["PIXEL-015"]),
    ]


def oracle(program, *words):
    return subprocess.run(
        [sys.executable, os.path.join(ORACLES, program), *words], capture_output=True, text=True, cwd=ROOM
    )


def verdicts(run):
    found = re.search(r"PASS (\d+) FAIL (\d+) MISS (\d+)", run.stdout)
    return found.groups() if found else None


def oracles(thaumatin):
    for origin in ("keep", "centre"):
        out = folder(origin)
        for name, inputs, options, judged, more, told in five(thaumatin):
            made = convert("-o", out + "/", "--pixel-origin", origin, *options, *inputs)
            path = os.path.join(out, name + ".nxs")
            if not judge("oracle", "%s %s is written" % (name, origin), os.path.exists(path) and made.returncode < 2,
                         "" if os.path.exists(path) else made.stdout + made.stderr):  # fmt: skip
                continue
            judge("codes", "%s %s" % (name, origin), ended(made, 1 if told else 0, told))
            run = oracle("oracle.py", path, *(judged or inputs), "--layout", "--nxmx", "--pixel-origin", origin, *more)
            count = verdicts(run)
            judge("oracle", "%s --pixel-origin %s" % (name, origin), count and count[1:] == ("0", "0"),
                  "PASS %s FAIL %s MISS %s" % count if count else run.stderr[-300:])  # fmt: skip


def round_trips(thaumatin):
    for name, *_ in five(thaumatin):
        source = os.path.join(ROOM, "keep", name + ".nxs")
        out = os.path.join(ROOM, name + ".cif")
        convert("--allow-findings", "--force", "--url", "./" + name + ".nxs", "-o", out, source, verb="describe")
        run = oracle("reverse.py", out, source)
        count = verdicts(run)
        judge("describe", name, count and count[1:] == ("0", "0"),
              "PASS %s FAIL %s MISS %s" % count if count else run.stderr[-300:])  # fmt: skip


def headers(thaumatin):
    sys.path.insert(0, ORACLES)
    import cbfmini

    for name, inputs, _, judged, *_ in five(thaumatin):
        wrong = 0
        for number, path in enumerate(judged or inputs, 1):
            kept = subprocess.run(
                [PROGRAM, "convert", "--restore-header", str(number), os.path.join(ROOM, "keep", name + ".nxs")],
                capture_output=True,
            )
            wrong += kept.stdout != cbfmini.split(path)[1]
        judge("headers", name, wrong == 0, "%d of %d byte for byte" % (len(inputs) - wrong, len(inputs)))


def series():
    with open(os.path.join(CORPUS, "synthetic/scans/expected.json")) as handle:
        expected = json.load(handle)
    for name, case in expected.items():
        out = folder("scans")
        inputs = files("synthetic/scans/%s/*.cbf" % name)
        made = convert("-o", out + "/", *SENSOR, *reversed(inputs))
        found = []
        for path in sorted(glob.glob(out + "/*.nxs")):
            with h5py.File(path, "r") as h:
                found.append([x.decode() for x in h["entry/imgCIF/source_file"][()]])
        judge("scans", name, sorted(found) == sorted(case["scans"]),
              "%d scans of %d" % (len(found), len(case["scans"])) if sorted(found) == sorted(case["scans"])
              else "%s; %s" % (found, made.stdout + made.stderr))  # fmt: skip
        told = {"distance": "SCAN-027", "wavelength": "SCAN-027", "gap": "DATA-014", "negative": "SCAN-021"}.get(name)
        judge("codes", name, ended(made, 1, ["AXIS-025"] + ([told] if told else [])))
    out = folder("filled")
    made = convert("-o", out + "/", "--missing", "fill", *SENSOR, *files("synthetic/scans/gap/*.cbf"))
    with h5py.File(glob.glob(out + "/*.nxs")[0], "r") as h:
        data = h["entry/data/data"][()]
        good = data.shape[0] == 5 and (data[2] == -1).all() and not (data[3] == -1).all()
        judge("scans", "gap, --missing fill", good, "%d frames, number 3 of -1" % data.shape[0])
    made = convert("-o", folder("refused") + "/", "--missing", "refuse", *files("synthetic/scans/gap/*.cbf"))
    judge("scans", "gap, --missing refuse", made.returncode == 1 and not os.listdir(ROOM + "/refused"), "exit 1")


def listed(slow, fast):
    """An experiment list for images without any header."""
    panel = dict(
        origin=[-4.0, 3.0, -100.0], fast_axis=[1, 0, 0], slow_axis=[0, -1, 0], pixel_size=[0.1, 0.1],
        image_size=[fast, slow], raw_image_offset=[0, 0], trusted_range=[0, 1e6], gain=1.0, name="", type="",
    )  # fmt: skip
    path = os.path.join(ROOM, "listed.expt")
    with open(path, "w") as out:
        json.dump({
            "__id__": "ExperimentList",
            "experiment": [{"__id__": "Experiment", "beam": 0, "detector": 0, "imageset": 0}],
            "beam": [{"direction": [0, 0, 1], "wavelength": 1.1}],
            "detector": [{"panels": [panel], "hierarchy": {"origin": [0, 0, 0], "fast_axis": [1, 0, 0], "slow_axis": [0, 1, 0], "children": [{"panel": 0}]}}],
            "imageset": [{"template": "x_####.cbf"}], "goniometer": [], "scan": [], "crystal": [], "profile": [],
        }, out)  # fmt: skip
    return path


def encodings():
    with open(os.path.join(CORPUS, "synthetic/encodings/pixels.tsv")) as handle:
        rows = [line.rstrip("\n").split("\t") for line in handle if line.strip()]
    for row in rows[1:] if not rows[0][0].endswith(".cbf") else rows:
        name, wanted = row[0], [x for x in row if re.fullmatch(r"[0-9a-f]{64}", x)][0]
        out = folder("encodings")
        made = convert("-o", out + "/", "--geometry", listed(61, 97), *SENSOR, os.path.join(CORPUS, "synthetic/encodings", name))
        paths = glob.glob(out + "/*.nxs")
        if not paths:
            judge("encodings", name, False, made.stdout + made.stderr)
            continue
        with h5py.File(paths[0], "r") as h:
            found = hashlib.sha256(h["entry/data/data"][0].astype("<i4").tobytes()).hexdigest()
        judge("encodings", name, found == wanted, found[:16])
        # Such images state neither date nor exposure, and a limit that 16 bits cannot reach.
        told = ["NX-006", "SCAN-013", "SCAN-016"] + (["COUNT-003"] if "uint16" in name else [])
        judge("codes", name, ended(made, 1, told))


def same_bytes():
    digests = []
    for jobs in ("1", "8"):
        out = folder("jobs" + jobs)
        convert("-o", out + "/", "--jobs", jobs, *files("l_cysteine/l-cyst_01_*.cbf"), env={"SOURCE_DATE_EPOCH": "0"})
        digests.append(digest(out + "/l-cyst_01.nxs"))
    judge("bytes", "--jobs 1 and --jobs 8", digests[0] == digests[1], digests[0][:16])
    return digests[0]


def kills(wanted, count):
    """kill -9 over the whole run, a third of them about the moment of the final name; then --resume."""
    import random

    random.seed(14)
    inputs = files("l_cysteine/l-cyst_01_*.cbf")
    environment = {"SOURCE_DATE_EPOCH": "0"}
    out = folder("killed")
    begin = time.monotonic()
    convert("-o", out + "/", *inputs, env=environment)
    length = time.monotonic() - begin
    path = out + "/l-cyst_01.nxs"
    os.remove(path)
    seen, whole, partial = 0, 0, 0
    for number in range(count):
        run = subprocess.Popen(
            [PROGRAM, "convert", "--rules", RULES, "--force", "-o", out + "/", *inputs],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment},
        )  # fmt: skip
        if number % 3:
            time.sleep(random.uniform(0, 1.1 * length))
        else:
            # Until the partial file is about to get its name: all frames are in it.
            while run.poll() is None and not any(
                os.path.getsize(x) > 3_500_000 for x in glob.glob(out + "/.l-cyst_01.nxs.partial-%d" % run.pid)
            ):
                time.sleep(0.001)
            time.sleep(random.uniform(0, 0.25 * length))
        run.send_signal(signal.SIGKILL)
        run.wait()
        partial += bool(glob.glob(out + "/.l-cyst_01.nxs.partial-*"))
        if os.path.exists(path):
            seen += 1
            whole += digest(path) == wanted
            os.remove(path)
        for left in glob.glob(out + "/.*.partial-*"):
            os.remove(left)
    convert("--resume", "-o", out + "/", *inputs, env=environment)
    end = digest(path) == wanted
    again = convert("--resume", "-o", out + "/", *inputs, env=environment)
    end = end and digest(path) == wanted and "is there already" in again.stdout
    judge("kills", "kill -9 at %d moments" % count, seen == whole and end,
          "%d files under the name, %d whole; %d times a partial one; then the same bytes" % (seen, whole, partial))  # fmt: skip


MINI = """###CBF: VERSION 1.5
data_x

_array_data.header_convention "PILATUS_1.2"
_array_data.header_contents
;
# Detector: PILATUS 300K, S/N %(serial)s
# 2016-03-05T09:01:45.613
# Pixel_size 172e-6 m x 172e-6 m
# Silicon sensor, thickness 0.000320 m
# Exposure_time 0.1 s
# Exposure_period 0.1 s
# Count_cutoff 1000 counts
%(lines)s# Start_angle %(start)s deg.
# Angle_increment 0.1 deg.
;

_array_data.data
;
--CIF-BINARY-FORMAT-SECTION--
Content-Type: application/octet-stream
Content-Transfer-Encoding: BINARY
X-Binary-Size: %(size)d
X-Binary-ID: 1
X-Binary-Element-Type: "%(type)s"
X-Binary-Element-Byte-Order: LITTLE_ENDIAN
X-Binary-Number-of-Elements: %(count)d
X-Binary-Size-Fastest-Dimension: %(fast)d
X-Binary-Size-Second-Dimension: %(slow)d

"""


def mini(path, serial="3-0100", lines=None, start="0.0", fast=16, slow=8, kind="signed 32-bit integer", pixels=None):
    lines = ["Wavelength 1.0 A", "Detector_distance 0.2 m", "Beam_xy (8, 4) pixels"] if lines is None else lines
    width = int(re.search(r"(\d+)-bit", kind).group(1)) // 8
    pixels = pixels if pixels is not None else bytes(fast * slow * width)
    text = MINI % dict(
        serial=serial, lines="".join("# %s\n" % x for x in lines), start=start, size=len(pixels), type=kind,
        count=fast * slow, fast=fast, slow=slow,
    )  # fmt: skip
    with open(path, "wb") as out:
        out.write(text.encode() + b"\x0c\x1a\x04\xd5" + pixels + b"\n--CIF-BINARY-FORMAT-SECTION----\n;\n")
    return path


def refusals():
    """Rows of what is refused: exit 1, no file, a sentence with an option or what to mend."""
    out = folder("refused")
    whole = ["Wavelength 1.0 A", "Detector_distance 0.2 m", "Beam_xy (8, 4) pixels"]
    full = open(files("l_cysteine/l-cyst_01_00001.cbf")[0], "rb").read()
    eight = open(files("synthetic/geometry/*.cbf")[0], "rb").read()

    def changed(name, data, *pairs):
        for old, new in pairs:
            assert old in data, old
            data = data.replace(old, new)
        path = os.path.join(ROOM, name)
        with open(path, "wb") as handle:
            handle.write(data)
        return path

    axes = re.findall(rb"^(?:\w+) +(?:rotation|translation|general) +(?:goniometer|detector|source|gravity)[^\r\n]*?(?= *\r?$)", full, re.M)
    system = [(row, row + (b" direct" if b"goniometer" in row else b" laboratory")) for row in axes]
    cases = [
        ("no wavelength", [mini(ROOM + "/w.cbf", lines=whole[1:])], [], "--wavelength"),
        ("no distance", [mini(ROOM + "/d.cbf", lines=[whole[0], whole[2]])], [], "--distance"),
        ("no beam centre", [mini(ROOM + "/b.cbf", lines=whole[:2])], [], "--beam-centre"),
        ("no axis set for an array", [changed("n.cbf", full, (b"increasing ELEMENT_X", b"increasing ."))], [], "loops"),
        ("spiral face", [changed("s.cbf", full, (b"ELEMENT_X  translation", b"ELEMENT_X  rotation   "))], [], ""),
        ("two rotations that move", [changed("r.cbf", full, (b"SCAN1 GON_PHI    0.0000 0.0000 0.0000", b"SCAN1 GON_PHI    0.0000 0.3000 0.3000"))], [], ""),
        ("vertical beam without --up", [changed("v.cbf", full, (b"gravity  .         0 -1 0", b"gravity  .         0 0 -1"))], [], "--up"),
        ("square root scale", [changed("q.cbf", full, (b"ARRAY1 1 linear 1.0", b"ARRAY1 1 sqrt_scaled 1.0"))], [], "linear scale"),
        ("mounting rotation with another dependency", [changed("m.cbf", eight, (b"180 TILT_B", b"180 ARM   "))], SENSOR, ""),
        ("axes in a crystal system", [changed("c.cbf", full, (b"_axis.offset[3]", b"_axis.offset[3] _axis.system"), *system)], [], ""),
        ("64-bit values that do not fit", [mini(ROOM + "/l.cbf", kind="signed 64-bit integer", pixels=(2**40).to_bytes(8, "little") * 128)], [], ""),
        ("goniometer axis against the table", [mini(ROOM + "/g.cbf", serial="60-0119")], [], "--gonio-axis"),
        ("barrel detector without geometry", [mini(ROOM + "/p.cbf", serial="120-0100")], [], "--geometry"),
        ("assumed under --strict", [mini(ROOM + "/a.cbf")], ["--strict"], "--strict"),
    ]  # fmt: skip
    for name, inputs, options, remedy in cases:
        made = convert("-o", out + "/", *options, *inputs)
        words = made.stdout + made.stderr
        good = made.returncode == 1 and not os.listdir(out) and "refused" in words and remedy in words
        judge("refusals", name, good, " ".join(words.split("refused", 1)[-1].split())[:150] if good else
              "exit %d %s %s" % (made.returncode, os.listdir(out), words[:400]))  # fmt: skip
        shutil.rmtree(out)
        os.makedirs(out)
    target = mini(out + "/there.nxs")
    before = digest(target)
    made = convert("-o", target, files("l_cysteine/l-cyst_01_00001.cbf")[0])
    judge("refusals", "target exists", made.returncode == 2 and digest(target) == before, "exit 2")
    two = files("l_cysteine/l-cyst_0*.cbf")
    made = convert("-o", out + "/new.nxs", *two)
    judge("refusals", "-o FILE for two scans", made.returncode == 2 and "l-cyst_02" in made.stderr
          and not os.path.exists(out + "/new.nxs"), "exit 2")  # fmt: skip
    own = mini(out + "/own.cbf")
    made = convert("--force", "-o", own, own)
    judge("refusals", "output is an input", made.returncode == 2, "exit 2")


def full_disk():
    room = folder("full")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", room], capture_output=True).returncode:
        return print("skip disk: mounting a tmpfs needs root")
    try:
        made = convert("-o", room + "/", "--compression", "none", *files("l_cysteine/l-cyst_01_*.cbf"))
        judge("disk", "full tmpfs of 20 MB", made.returncode == 3 and not os.listdir(room),
              "exit %d, %d files left; %s" % (made.returncode, len(os.listdir(room)), " ".join(made.stdout.split("failed")[-1].split())[:90]))  # fmt: skip
    finally:
        subprocess.run(["umount", room])


def vectors():
    """The worked examples as imgCIF files, through the oracle."""
    with open(os.path.join(SHARED, "design/testvectors.json")) as handle:
        cases = json.load(handle)["cases"]
    for number, case in enumerate(cases):
        path = vector_file(case, os.path.join(ROOM, "vector_%d_00001.cbf" % number))
        for origin in ("keep", "centre"):
            out = folder("vectors")
            made = convert("-o", out + "/", "--pixel-origin", origin, *SENSOR, path)
            paths = glob.glob(out + "/*.nxs")
            if not paths:
                judge("vectors", case["name"], False, (made.stdout + made.stderr)[:600])
                continue
            count = verdicts(oracle("oracle.py", paths[0], path, "--pixel-origin", origin, "--nxmx"))
            judge("vectors", "%s, %s" % (case["name"][:34], origin), count and count[1:] == ("0", "0"),
                  "PASS %s FAIL %s MISS %s" % count if count else "")  # fmt: skip


def vector_file(case, path):
    panel = case["panel"]
    fast, slow = (panel[k]["dimension"] for k in ("fast", "slow"))
    surface = {panel[k]["axis"] for k in ("fast", "slow")}
    rows = []
    for axis in case["axes"]:
        mount = axis.get("rotation") or "."
        rows.append(
            "%s %s %s %s %s %s %s %s" % (
                axis["id"], axis["type"], axis["equipment"], axis["depends_on"] or ".",
                " ".join(map(repr, axis["vector"])), " ".join(map(repr, axis["offset"])), mount,
                axis.get("rotation_axis") or ".",
            )
        )  # fmt: skip
    members = {
        kind: [a["id"] for a in case["axes"] if a["equipment"] == kind and a["type"] != "general" and a["id"] not in surface]
        for kind in ("goniometer", "detector")
    }
    kinds = {a["id"]: a["type"] for a in case["axes"]}
    settings = []
    for name in kinds:
        if name in surface or kinds[name] == "general":
            continue
        value, step = case["settings"].get(name, 0.0), case["increments"].get(name, 0.0)
        both = "%r %r %r 0 0 0" if kinds[name] == "rotation" else "0 0 0 %r %r %r"
        settings.append(("S1 %s " + both) % (name, value, step, step))
    lines = ["###CBF: VERSION 1.7", "data_vector", "_diffrn.id V", "_diffrn.crystal_id none",
             "_diffrn_source.diffrn_id V", "_diffrn_source.type 'a source'", "_diffrn_radiation.diffrn_id V",
             "_diffrn_radiation.wavelength_id W"]  # fmt: skip
    if "polarizn_source_ratio" in case:
        lines += ["_diffrn_radiation.polarizn_source_ratio %r" % case["polarizn_source_ratio"],
                  "_diffrn_radiation.polarizn_source_norm %r" % case["polarizn_source_norm"]]  # fmt: skip
    lines += ["_diffrn_radiation_wavelength.id W", "_diffrn_radiation_wavelength.wavelength %r" % case["wavelength_angstrom"],
              "_diffrn_detector.diffrn_id V", "_diffrn_detector.id D", "_diffrn_detector.type 'a detector'",
              "_diffrn_detector_element.id E", "_diffrn_detector_element.detector_id D",
              "_diffrn_data_frame.id F1", "_diffrn_data_frame.detector_element_id E", "_diffrn_data_frame.array_id A",
              "_diffrn_data_frame.binary_id 1", "_diffrn_scan.id S1", "_diffrn_scan.frame_id_start F1",
              "_diffrn_scan.frame_id_end F1", "_diffrn_scan.frames 1", "_diffrn_scan_frame.frame_id F1",
              "_diffrn_scan_frame.frame_number 1", "_diffrn_scan_frame.scan_id S1",
              "_diffrn_scan_frame.integration_time 0.1", "_diffrn_scan_frame.date 2026-01-01T12:00:00.000"]  # fmt: skip

    def loop(names, rows):
        return ["loop_"] + names + rows if rows else []

    if members["goniometer"]:
        lines += ["_diffrn_measurement.diffrn_id V", "_diffrn_measurement.id G"]
        lines += loop(["_diffrn_measurement_axis.measurement_id", "_diffrn_measurement_axis.axis_id"],
                      ["G " + x for x in members["goniometer"]])  # fmt: skip
    lines += loop(["_diffrn_detector_axis.detector_id", "_diffrn_detector_axis.axis_id"], ["D " + x for x in members["detector"]])
    lines += loop(["_diffrn_scan_axis." + x for x in ("scan_id", "axis_id", "angle_start", "angle_range", "angle_increment",
                   "displacement_start", "displacement_range", "displacement_increment")], settings)  # fmt: skip
    lines += loop(["_axis." + x for x in ("id", "type", "equipment", "depends_on", "vector[1]", "vector[2]", "vector[3]",
                   "offset[1]", "offset[2]", "offset[3]", "rotation", "rotation_axis")], rows)  # fmt: skip
    structure, sets = [], []
    for index, key in ((1, "fast"), (2, "slow")):
        p = panel[key]
        structure.append("A %d %d %d %s %s" % (index, p["dimension"], index, p["direction"], p["axis"]))
        sets.append("%s %s %r %r" % (p["axis"], p["axis"], p["displacement"], p["displacement_increment"]))
    lines += loop(["_array_structure_list." + x for x in ("array_id", "index", "dimension", "precedence", "direction", "axis_set_id")], structure)
    lines += loop(["_array_structure_list_axis." + x for x in ("axis_set_id", "axis_id", "displacement", "displacement_increment")], sets)
    lines += ["_array_intensities.array_id A", "_array_intensities.binary_id 1", "_array_intensities.linearity linear",
              "_array_intensities.overload 1001", "_array_intensities.undefined_value -1",
              "_array_data.array_id A", "_array_data.binary_id 1", "_array_data.data", ";", "--CIF-BINARY-FORMAT-SECTION--",
              "Content-Type: application/octet-stream;", '     conversions="x-CBF_BYTE_OFFSET"',
              "Content-Transfer-Encoding: BINARY", "X-Binary-Size: %d" % (fast * slow), "X-Binary-ID: 1",
              'X-Binary-Element-Type: "signed 32-bit integer"', "X-Binary-Element-Byte-Order: LITTLE_ENDIAN",
              "X-Binary-Number-of-Elements: %d" % (fast * slow), "X-Binary-Size-Fastest-Dimension: %d" % fast,
              "X-Binary-Size-Second-Dimension: %d" % slow, "", ""]  # fmt: skip
    with open(path, "wb") as out:
        out.write("\n".join(lines).encode() + b"\x0c\x1a\x04\xd5" + bytes(fast * slow) + b"\n--CIF-BINARY-FORMAT-SECTION----\n;\n")
    return path


def readers(thaumatin):
    for name, inputs, options, *_ in five(thaumatin):
        out = folder("none")
        made = convert("-o", out + "/", *options, *inputs, env={"HDF5_PLUGIN_PATH": "/nonexistent"})
        with h5py.File(out + "/%s.nxs" % name, "r") as h:
            plist = h["entry/data/data"].id.get_create_plist()
            values = plist.get_filter(0)[2]
        judge("filters", name, made.returncode < 2 and values == (0, 4, 4, 0, 2), "%s without plugins" % (values,))


def pixels_of(path):
    """The frames of a CBF of byte_offset, by a reader of another house."""
    import fabio

    return fabio.open(path).data


def bytes_read(thaumatin):
    """h5py and h5dump read the pixels, written with the plugins of the machine and without any."""
    inputs = files("l_cysteine/l-cyst_01_*.cbf")
    for name, environment in (("plugins of the machine", {}), ("no plugins", {"HDF5_PLUGIN_PATH": "/nonexistent"})):
        out = folder("read")
        convert("-o", out + "/", *inputs, env=environment)
        path = out + "/l-cyst_01.nxs"
        with h5py.File(path, "r") as h:
            data = h["entry/data/data"]
            good = all((data[number] == pixels_of(image)).all() for number, image in enumerate(inputs))
            values = data.id.get_create_plist().get_filter(0)[2]
        judge("readers", "h5py with hdf5plugin, written with " + name, good and values == (0, 4, 4, 0, 2),
              "%d frames, HDF5 %s, five values %s" % (len(inputs), h5py.version.hdf5_version, values))  # fmt: skip
        if not shutil.which("h5dump"):
            print("skip readers: no h5dump")
            continue
        dump = subprocess.run(["h5dump", "-d", "/entry/data/data", "-b", "LE", "-o", out + "/raw", path], capture_output=True, text=True)
        import numpy

        raw = numpy.fromfile(out + "/raw", "<i4") if os.path.exists(out + "/raw") else numpy.zeros(0)
        with h5py.File(path, "r") as h:
            good = raw.size and (raw == h["entry/data/data"][()].ravel()).all()
        judge("readers", "h5dump with the plugin of Debian, " + name, good, "%d pixels; %s" % (raw.size, dump.stderr[-100:]))


def validated(thaumatin):
    program = os.path.join(os.path.dirname(sys.executable), "nxvalidate")
    if not os.path.exists(program):
        return print("skip validate: no nxvalidate beside %s" % sys.executable)
    for name, inputs, options, *_ in five(thaumatin):
        out = folder("validate")
        convert("-o", out + "/", *options, *inputs)
        path = out + "/%s.nxs" % name
        run = subprocess.run([program, "-a", "NXmx", path], capture_output=True, text=True)
        if "rror" not in run.stdout + run.stderr:
            run = subprocess.run([program, path], capture_output=True, text=True)
        words = run.stdout + run.stderr
        found = re.search(r"(\d+) [eE]rrors?|[Ee]rrors?: *(\d+)", words)
        count = next((x for x in found.groups() if x), None) if found else None
        judge("validate", "%s, nxvalidate" % name, count == "0", "%s errors" % count if found else words[-300:])


def peers(thaumatin):
    """cbf2nexus beside ours on one sweep: all frames in one run, and frame by frame."""
    import resource

    if not shutil.which("cbf2nexus"):
        return print("skip peers: no cbf2nexus")
    inputs = files("l_cysteine/l-cyst_01_*.cbf")
    table = []

    def measured(words):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(words, capture_output=True, text=True, cwd=ROOM)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return run, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def row(name, commands, images):
        spent, sizes, converted, verdict, codes = 0.0, 0, 0, (0, 0, 0), set()
        for (words, target), judged in zip(commands, images):
            run, seconds = measured(words)
            spent += seconds
            codes.add(run.returncode)
            if not os.path.exists(target):
                continue
            sizes += os.path.getsize(target)
            try:
                with h5py.File(target, "r") as h:
                    found = []
                    h.visititems(lambda _, x: found.append(x.shape) if isinstance(x, h5py.Dataset) and len(x.shape) == 3 else None)
                    frames = max((shape[0] for shape in found), default=0)
            except (OSError, RuntimeError):
                frames = 0
            converted += min(frames, len(judged))
            if len(table) and frames and len(images) > 1 and verdict != (0, 0, 0):
                continue
            count = verdicts(oracle("oracle.py", target, *judged, "--nxmx"))
            verdict = tuple(int(x) for x in count) if count else verdict
        table.append((name, sorted(codes), converted, verdict, spent / len(inputs), sizes))
        return converted, verdict

    ours = folder("ours")
    program = [PROGRAM, "convert", "--rules", RULES, "--force"]
    results = [
        row("ours, all frames", [(program + ["-o", ours + "/all.nxs", *inputs], ours + "/all.nxs")], [inputs]),
        row("ours, gzip:1, all frames", [(program + ["--compression", "gzip:1", "-o", ours + "/gz.nxs", *inputs], ours + "/gz.nxs")], [inputs]),
        row("ours, none, all frames", [(program + ["--compression", "none", "-o", ours + "/no.nxs", *inputs], ours + "/no.nxs")], [inputs]),
        row("ours, frame by frame", [(program + ["-o", "%s/%d.nxs" % (ours, i), x], "%s/%d.nxs" % (ours, i)) for i, x in enumerate(inputs)],
            [[x] for x in inputs]),
    ]  # fmt: skip
    for kind in ("none", "zlib"):
        theirs = folder("theirs-" + kind)
        row("cbf2nexus -c %s, all frames" % kind,
            [(["cbf2nexus", "-c", kind, "-o", theirs + "/all.nxs", *inputs], theirs + "/all.nxs")], [inputs])  # fmt: skip
        row("cbf2nexus -c %s, frame by frame" % kind,
            [(["cbf2nexus", "-c", kind, "-o", "%s/%d.nxs" % (theirs, i), x], "%s/%d.nxs" % (theirs, i)) for i, x in enumerate(inputs)],
            [[x] for x in inputs])  # fmt: skip
    print("%-36s %-10s %-8s %-22s %-12s %s" % ("l-cyst_01, 15 frames", "exit", "frames", "oracle PASS/FAIL/MISS", "ms a frame", "bytes"))
    for name, codes, converted, verdict, seconds, size in table:
        print("%-36s %-10s %-8s %-22s %-12.1f %d" % (name, ",".join(map(str, codes)), converted, "%d/%d/%d" % verdict, 1000 * seconds, size))
    for (name, codes, *_), (converted, verdict) in zip(table, results):
        judge("peers", name, codes == [0] and converted == len(inputs) and verdict[0] and verdict[1:] == (0, 0), "%d frames, PASS %d" % (converted, verdict[0]))


def main():
    thaumatin = unpacked()
    groups = {
        "oracle": lambda: (oracles(thaumatin), round_trips(thaumatin), headers(thaumatin)),
        "scans": series,
        "encodings": encodings,
        "vectors": vectors,
        "refusals": refusals,
        "filters": lambda: readers(thaumatin),
        "readers": lambda: bytes_read(thaumatin),
        "validate": lambda: validated(thaumatin),
        "peers": lambda: peers(thaumatin),
        "kills": lambda: kills(same_bytes(), int(os.environ.get("KILLS", "50"))),
        "disk": full_disk,
    }
    for name in sys.argv[4:] or groups:
        groups[name]()
    shutil.rmtree(ROOM, ignore_errors=True)
    print()
    for group in dict.fromkeys(row[0] for row in ROWS):
        held = [good for name, good in ROWS if name == group]
        print("%-12s %d of %d" % (group, sum(held), len(held)))
    sys.exit(not all(good for _, good in ROWS))


main()
