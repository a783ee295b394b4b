#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Requests in all shapes to `serve --lines`, with workers that are killed, and a stub of a broker.

served.py PROGRAM RULES MASTER [REQUESTS]
"""
import json
import os
import queue
import random
import signal
import statistics
import subprocess
import sys
import threading
import time

PROGRAM, RULES, MASTER = (os.path.abspath(name) for name in sys.argv[1:4])
REQUESTS = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000
ENVIRONMENT = dict(os.environ, IMPRIMATUR_RULES=RULES)
bad = 0


def expect(name, isSo, seen=""):
    global bad
    bad += not isSo
    print(("   " if isSo else "NOT"), name, "" if isSo else seen, flush=True)


def start(*more):
    return subprocess.Popen([PROGRAM, "serve", "--lines", "--frames", "none", *more], env=ENVIRONMENT, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


ANSWERS = ("answer", "refused", "held", "passed")


def shapes(number):
    """A request, the kind of its answer, and a member that has to come back."""
    kind = number % 9
    if kind == 0:
        return MASTER, "answer", {}
    if kind == 1:
        return json.dumps({"path": MASTER, "id": f"own-{number}", "profile": "beamline-ci"}), "answer", {"id": f"own-{number}"}
    if kind == 2:
        return json.dumps({"service_id": "filewriter", "job_id": f"job-{number}", "file_name": MASTER, "error_encountered": False,
                           "message": "", "metadata": "{}"}), "answer", {"job_id": f"job-{number}"}
    if kind == 3:
        return json.dumps(["stream_resource", {"uid": f"res-{number}", "run_start": f"run-{number}", "uri": f"file://localhost{MASTER}",
                                               "mimetype": "application/x-hdf5", "data_key": "d", "parameters": {}}]), "held", \
            {"uid": f"res-{number}"}
    if kind == 4:
        return json.dumps({"name": "stop", "doc": {"uid": f"stop-{number}", "run_start": f"run-{number - 1}", "exit_status": "success",
                                                   "time": 1}}), "answer", {"uid": f"stop-{number}"}
    if kind == 5:
        return json.dumps({"recipes": ["per-image"], "parameters": {"ispyb_dcid": number, "filename": MASTER}}), "answer", \
            {"ispyb_dcid": number}
    if kind == 6:
        return '{"path": ', "refused", {}
    if kind == 7:
        return json.dumps({"unknown": number, "id": number}), "refused", {"id": number}
    return json.dumps(["event", {"uid": f"event-{number}", "data": {}}]), "passed", {"uid": f"event-{number}"}


def children(process):
    try:
        return [int(word) for word in open(f"/proc/{process}/task/{process}/children").read().split()] + [
            int(word) for task in os.listdir(f"/proc/{process}/task")
            for word in open(f"/proc/{process}/task/{task}/children").read().split()]
    except OSError:
        return []


def many():
    print(f"{REQUESTS} requests in all shapes while workers are killed")
    service = start("-j", "2")
    wanted = [shapes(number) for number in range(REQUESTS)]
    lines = [one[0].encode() + b"\n" for one in wanted]
    vast = b'{"path": "' + b"x" * 100_000_000 + b'"}\n'
    lines.insert(REQUESTS // 2, vast)
    wanted.insert(REQUESTS // 2, ("", "refused", {}))

    def write():
        for line in lines:
            service.stdin.write(line)
        service.stdin.close()

    threading.Thread(target=write, daemon=True).start()
    isOver = threading.Event()
    killed = 0

    def kill():
        nonlocal killed
        while not isOver.wait(0.2):
            some = children(service.pid)
            if some:
                try:
                    os.kill(random.choice(some), signal.SIGKILL)
                    killed += 1
                except OSError:
                    pass

    threading.Thread(target=kill, daemon=True).start()
    begun = time.time()
    answers, ids, ended = [], [], []
    for line in service.stdout:
        event = json.loads(line)
        if event["event"] in ANSWERS:
            answers.append(event)
        elif event["event"] == "fileEnd":
            ended.append((event["request"], event["status"]))
        last = event
    isOver.set()
    code = service.wait()
    expect(f"each answered once, in order ({len(answers)} in {time.time() - begun:.0f} s, {killed} workers killed)",
           [one["request"] for one in answers] == list(range(1, len(wanted) + 1)), len(answers))
    wrong = [(want, have) for want, have in zip(wanted, answers)
             if have["event"] != want[1] or any(have.get(key) != value for key, value in want[2].items())]
    expect("each by the event of its shape, with its identifiers", not wrong, wrong[:2])
    states = {}
    for _, status in ended:
        states[status] = states.get(status, 0) + 1
    print("    files by status:", states)
    expect("no file of a request is missing", len(ended) == sum(one["files"] for one in answers if one["event"] == "answer"))
    expect("the run ends", last["event"] == "runEnd" and code == 0, (last["event"], code))


def latency():
    print("latency of one request after the other")
    service = start("-j", "1", "--no-digest")
    times = []
    service.stdout.readline()
    for number in range(300):
        begun = time.perf_counter()
        service.stdin.write(MASTER.encode() + b"\n")
        service.stdin.flush()
        while json.loads(service.stdout.readline())["event"] != "answer":
            pass
        times.append(time.perf_counter() - begun)
    warm = times[50:]
    print(f"    median {statistics.median(warm) * 1e3:.2f} ms, least {min(warm) * 1e3:.2f} ms")
    expect("at most 5 ms", statistics.median(warm) <= 0.005 or os.environ.get("BUSY"), statistics.median(warm))
    service.stdin.write(MASTER.encode() + b"\n")
    service.stdin.flush()
    time.sleep(0.02)
    service.send_signal(signal.SIGTERM)
    rest = [json.loads(line)["event"] for line in service.stdout]
    expect("SIGTERM lets it answer what it read, and ends it with 143",
           service.wait() == 143 and rest[-1] == "runEnd" and rest.count("file") == rest.count("answer"), (service.returncode, rest))


def broker():
    print("a stub of a broker, one round trip of each shape")
    inbox, outbox = queue.Queue(), queue.Queue()
    service = start("-j", "1")

    # The bridge: what comes from the broker goes in, what comes out goes to the broker; it knows nothing of diffraction.
    def into():
        while (message := inbox.get()) is not None:
            service.stdin.write(json.dumps(message).encode() + b"\n")
            service.stdin.flush()
        service.stdin.close()

    def out():
        for line in service.stdout:
            outbox.put(json.loads(line))
        outbox.put(None)

    for part in (into, out):
        threading.Thread(target=part, daemon=True).start()
    sent = [json.loads(shapes(number)[0]) for number in (1, 2, 3, 4, 5)] + [MASTER]
    for message in sent:
        inbox.put(message)
    inbox.put(None)
    came = []
    while (event := outbox.get()) is not None:
        came.append(event)
    answers = [one["event"] for one in came if one["event"] in ANSWERS]
    expect("each shape comes back", answers == ["answer", "answer", "held", "answer", "answer", "answer"], answers)
    expect("with its name in each event of its file",
           all(one.get("job_id") == "job-2" for one in came if one.get("request") == 2), came[:1])
    service.wait()


def closed():
    print("streams that close")
    service = start()
    service.stdout.close()
    service.stdin.write(MASTER.encode() + b"\n")
    try:
        service.stdin.flush()
        time.sleep(1)
        service.stdin.write(MASTER.encode() + b"\n")
        service.stdin.flush()
    except BrokenPipeError:
        pass
    try:
        code = service.wait(20)
    except subprocess.TimeoutExpired:
        service.kill()
        code = None
    expect("nobody takes answers: it ends with 3", code == 3, code)
    service = start("-j", "1")
    os.set_blocking(service.stdin.fileno(), False)
    lines = MASTER.encode() + b"\n"
    end = time.time() + 20
    while time.time() < end:
        try:
            os.write(service.stdin.fileno(), lines)
        except BlockingIOError:
            time.sleep(0.05)
    service.send_signal(signal.SIGTERM)
    begun = time.time()
    try:
        code = service.wait(60)
    except subprocess.TimeoutExpired:
        service.kill()
        code = None
    expect(f"nobody reads answers: SIGTERM ends it with 143 after {time.time() - begun:.1f} s", code == 143, code)


latency()
many()
broker()
closed()
print(f"{bad} wrong")
sys.exit(bad > 0)
