#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""The page of `serve --http` in Chromium, what goes wrong between page and server, and bodies while workers are killed.

pages.py PROGRAM RULES MASTER SHARED: SHARED may be a folder with real files (corpus/real). CHROMIUM names the browser.
"""
import concurrent.futures
import gzip
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import h5py
from playwright.sync_api import sync_playwright

PROGRAM, RULES, MASTER = (os.path.abspath(name) for name in sys.argv[1:4])
SHARED = Path(sys.argv[4]) if len(sys.argv) > 4 else Path("absent")
ENVIRONMENT = dict(os.environ, IMPRIMATUR_RULES=RULES)
OURS = {"X-Imprimatur": "1"}
bad = 0


def expect(name, isSo, seen=""):
    global bad
    bad += not isSo
    print(("   " if isSo else "NOT"), name, "" if isSo else seen, flush=True)


class Server:
    def __init__(self, *more):
        self.process = subprocess.Popen([PROGRAM, "serve", "--http", "0", *more], env=ENVIRONMENT, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])

    def ask(self, method, path, body=None, fields={}):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data

    def json(self, method, path, body=None, fields=OURS):
        status, data = self.ask(method, path, body, fields)
        return status, json.loads(data)

    def metric(self, name):
        lines = self.ask("GET", "/metrics")[1].decode().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(f"imprimatur_{name} ")))

    def rss(self):
        return int(next(line.split()[1] for line in open(f"/proc/{self.process.pid}/status") if line.startswith("VmRSS")))

    def workers(self):
        found = []
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            try:
                found += [int(word) for word in open(f"/proc/{self.process.pid}/task/{task}/children").read().split()]
            except OSError:
                pass
        return found

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def alone(path, folder):
    """A copy with nothing beside it, changed long ago."""
    place = Path(tempfile.mkdtemp(dir=folder))
    shutil.copy(path, place)
    os.utime(place / Path(path).name, (1_700_000_000, 1_700_000_000))
    return place / Path(path).name


def line(path, *more, folder=None):
    run = subprocess.run([PROGRAM, "check", "--no-config", "-f", "json", "--frames", "none", "--no-digest", "--isolate", *more,
                          path if folder else Path(path).name],
                         cwd=folder or Path(path).parent, env=ENVIRONMENT, capture_output=True)
    return run.stdout


class Page:
    def __init__(self, browser, server):
        self.said = []
        self.page = browser.new_context().new_page()
        self.page.on("console", lambda one: self.said.append(one.text))
        self.page.on("pageerror", lambda one: self.said.append(str(one)))
        self.page.goto(server.url)

    def begin(self, box, files):
        self.page.evaluate("document.getElementById('state').textContent = ''")
        self.page.set_input_files(box, files)

    def end(self, seconds=60):
        # The policy of the page lets nobody evaluate texts, so that it is asked again and again.
        until = time.time() + seconds
        while time.time() < until and not self.page.inner_text("#state").startswith(("Done", "Not checked")):
            time.sleep(0.05)
        return self.page.inner_text("#state")

    def json(self):
        return self.page.evaluate("fetch(document.getElementById('json').href).then(one => one.text())").encode()

    def text(self):
        return self.page.inner_text("#report")


def pages(folder):
    server = Server()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        page = Page(browser, server)
        print("files dropped on the page")
        good = alone(MASTER, folder)
        page.begin("#files", [str(good)])
        said = page.end()
        expect("a good file: done, 1 pass", said.startswith("Done: 1 pass"), said)
        expect("its report is that of the command line, byte for byte", page.json() == line(good))
        name = "<script>alert(1)<.nxs"
        ill = Path(tempfile.mkdtemp(dir=folder)) / name
        ill.write_bytes(Path(MASTER).read_bytes()[:20_000])
        os.utime(ill, (1_700_000_000, 1_700_000_000))
        page.begin("#files", [str(ill)])
        said = page.end()
        expect("a bad file with a hostile name fails, and the name is inert",
               said.startswith("Done: 1 fail") and name in page.text() and page.page.locator("#report script").count() == 0, said)
        expect("its report is that of the command line", page.json() == line(ill))
        bomb = Path(tempfile.mkdtemp(dir=folder)) / "bomb.cif.gz"
        with gzip.open(bomb, "wb") as out:
            for _ in range(600):
                out.write(bytes(1 << 20))
        os.utime(bomb, (1_700_000_000, 1_700_000_000))
        page.begin("#files", [str(bomb)])
        said = page.end(120)
        expect("a bomb is told, and no pass", said.startswith("Done:") and "pass" not in said, said)

        print("a master with a data file of 10 GB")
        place = Path(tempfile.mkdtemp(dir=folder))
        with h5py.File(place / "scan_data_000001.h5", "w") as data:
            plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            plist.set_chunk((1, 2167, 2070))
            plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
            plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
            space = h5py.h5s.create_simple((560, 2167, 2070))
            h5py.h5d.create(data.id, b"data", h5py.h5t.STD_U32LE, space, plist)
        shutil.copy(MASTER, place / "scan_master.nxs")
        with h5py.File(place / "scan_master.nxs", "r+") as master:
            del master["/entry/data/data"]
            master["/entry/data/data"] = h5py.ExternalLink("scan_data_000001.h5", "/data")
        size = (place / "scan_data_000001.h5").stat().st_size
        for path in place.iterdir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
        before = server.metric("session_bytes_total")
        begun = time.time()
        page.begin("#files", sorted(str(path) for path in place.iterdir()))
        said = page.end()
        moved = server.metric("session_bytes_total") - before
        expect(f"{size / 1e9:.1f} GB announced, {moved / 1e6:.2f} MB moved in {time.time() - begun:.1f} s", moved < 2_000_000 and size > 10e9,
               moved)
        expect("the frames of the data file are known", "560 frames" in page.text(), page.text()[:300])
        told = line("scan_master.nxs", "scan_data_000001.h5", folder=place)
        ours = json.loads(page.json())
        theirs = json.loads(told)
        expect("its findings are those of the command line",
               {one["path"]: [f["message"] for f in one["findings"]] for one in ours["files"]}
               == {one["path"]: [f["message"] for f in one["findings"]] for one in theirs["files"]}, (ours["files"][0]["path"]))

        print("a folder of 2 000 files, and two pages at once")
        visit = Path(tempfile.mkdtemp(dir=folder)) / "visit"
        visit.mkdir()
        for number in range(2_000):
            shutil.copy(MASTER, visit / f"{number:04}.nxs")
        os.utime(visit / "0000.nxs", (1_700_000_000, 1_700_000_000))
        other = Page(browser, server)
        begun = time.time()
        page.begin("#folder", str(visit))
        other.begin("#files", [str(good)])
        said = other.end(60)
        expect("another page is answered meanwhile", said.startswith("Done: 1 pass"), said)
        said = page.end(600)
        expect(f"2 000 files in {time.time() - begun:.0f} s", said.startswith("Done: 2000 pass"), said)

        if (SHARED / "corpus/real").is_dir():
            files = sorted(path for path in (SHARED / "corpus/real").rglob("*") if path.is_file() and path.stat().st_size > 0)
            print(f"{len(files)} real files")
            unlike = []
            for path in files:
                own = alone(path, folder)
                page.begin("#files", [str(own)])
                page.end(120)
                ours = page.json()
                if ours != line(own):
                    unlike.append(str(path))
            expect("each report is that of the command line, byte for byte", not unlike, (len(unlike), unlike[:5]))
        expect("no page said anything on its console", not page.said + other.said, (page.said + other.said)[:3])
        page.page.set_viewport_size({"width": 400, "height": 800})
        expect("nothing is wider than a narrow window", page.page.evaluate("document.documentElement.scrollWidth") <= 400)
        browser.close()
    expect("SIGTERM ends the server with 143", server.end() == 143)


def hostile():
    print("what pages do wrong")
    server = Server("--max-sessions", "2", "--max-upload", "100000")
    data = Path(MASTER).read_bytes()
    files = json.dumps({"files": [{"name": "a.nxs", "size": len(data)}]})

    def begin():
        return server.json("POST", "/session", files)[1].get("session")

    name = begin()
    told = server.json("POST", f"/session/{name}/next", b"")[1]
    steps = 0
    while "read" in told and steps < 200:
        one = told["read"]
        # Fewer bytes than were asked for.
        told = server.json("POST", f"/session/{name}/next?n={one['n']}", data[one["from"]:one["from"] + one["count"] - 1])[1]
        steps += 1
        while told.get("wait"):
            told = server.json("POST", f"/session/{name}/next", b"")[1]
    status, report = server.ask("GET", f"/session/{name}/report")
    file = json.loads(report)["files"][0]
    expect("other bytes than announced: not read, no pass", file["status"] == "incomplete" and "in the place of" in report.decode(),
           file["status"])
    name = begin()
    told = server.json("POST", f"/session/{name}/next", b"")[1]
    one = told["read"]
    server.json("POST", f"/session/{name}/next?n={one['n'] + 7}", b"x" * 10)
    told = server.json("POST", f"/session/{name}/next?n={one['n']}", data[one["from"]:one["from"] + one["count"]])[1]
    expect("ranges that nobody asked for are dropped, the right one goes on", "read" in told or told.get("done") or told.get("wait"), told)
    other = begin()
    status, told = server.json("POST", "/session", files)
    expect("a third session of two is refused for a while", status == 503, (status, told))
    # The page vanishes: nothing comes any more.
    begun = time.time()
    while server.json("GET", "/health")[1]["sessions"] and time.time() - begun < 90:
        time.sleep(1)
    expect(f"pages that vanish end their sessions ({time.time() - begun:.0f} s)", server.json("GET", "/health")[1]["sessions"] == 0)
    for what, body in [("no JSON", "{"), ("no files", "{}"), ("a climbing name", '{"files":[{"name":"../a","size":1}]}'),
                       ("a size below 0", '{"files":[{"name":"a","size":-1}]}'),
                       ("too many", json.dumps({"files": [{"name": f"{n}", "size": 1} for n in range(5001)]})),
                       ("one name twice", '{"files":[{"name":"a","size":1},{"name":"a","size":1}]}'),
                       ("no address", '{"source":"file:///etc/passwd"}')]:
        status, told = server.json("POST", "/session", body)
        expect(f"{what}: refused", status == 400 and "refused" in told, (status, told))
    for source in ("http://127.0.0.1:1/a.cif", "http://[::1]/a", "http://169.254.169.254/latest", "http://10.0.0.1/a", "http://localhost/a"):
        status, told = server.json("POST", "/session", json.dumps({"source": source}))
        name = told.get("session")
        for _ in range(20):
            status, told = server.json("POST", f"/session/{name}/next", b"")
            if not told.get("wait"):
                break
            time.sleep(0.2)
        expect(f"{source}: refused", status == 422 and "refused" in told, (status, told))
    expect("a body that is too large: 413", server.ask("POST", "/check", b"x" * 200_000)[0] == 413)
    expect("an empty body: 400", server.ask("POST", "/check", b"")[0] == 400)
    expect("a page of another site: 403", server.ask("POST", "/check", data, {"Sec-Fetch-Site": "cross-site"})[0] == 403)
    expect("another name: 403", server.ask("GET", "/", None, {"Host": "other.example"})[0] == 403)
    expect("a session without our mark: 403", server.ask("POST", "/session", files)[0] == 403)
    expect("another method: 405", server.ask("PUT", "/check", b"x")[0] == 405)
    expect("no such page: 404", server.ask("GET", "/%2e%2e/etc/passwd")[0] == 404)
    expect("it still answers", server.json("GET", "/health")[1]["status"] == "ok")
    server.end()


class Killer:
    """Ends workers of a server at random, one every so often."""

    def __init__(self, server, seconds):
        self.isOver = threading.Event()
        self.killed = 0
        self.thread = threading.Thread(target=self.run, args=(server, seconds), daemon=True)
        self.thread.start()

    def run(self, server, seconds):
        while not self.isOver.wait(seconds):
            some = server.workers()
            if some:
                try:
                    os.kill(random.choice(some), signal.SIGKILL)
                    self.killed += 1
                except OSError:
                    pass

    def end(self):
        self.isOver.set()
        self.thread.join()
        return self.killed


WRK = """
local file = assert(io.open("%s", "rb"))
wrk.method, wrk.body = "POST", file:read("*a")
wrk.headers["Content-Type"] = "application/octet-stream"
wrk.path = "/check?name=a.nxs"
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() good, ill = 0, 0 end
function response(status, headers, body)
    if status == 200 and body:find('"files"', 1, true) then good = good + 1 else ill = ill + 1 end
end
function done(summary)
    local all, bad = 0, 0
    for _, thread in ipairs(threads) do all = all + thread:get("good"); bad = bad + thread:get("ill") end
    local e = summary.errors
    print(string.format("told %%d %%d %%d", all, bad, e.connect + e.read + e.write + e.timeout))
end
"""


def wrk(folder):
    """Another client, which waits for no answer of its own before it sends on other connections."""
    if not shutil.which("wrk"):
        print("wrk: skipped, it is not installed (apt-get install wrk)")
        return
    server = Server("-j", "2")
    count = int(os.environ.get("FLOOD", "2000"))
    script = folder / "post.lua"
    script.write_text(WRK % MASTER)
    print(f"wrk: at least {count} bodies while workers are killed")
    killer = Killer(server, 0.5)
    good = ill = lost = 0
    sizes = []
    begun = time.time()
    while good < count and time.time() - begun < 300:
        told = subprocess.run(["wrk", "-t2", "-c16", "-d5s", "--timeout", "60s", "-s", str(script), server.url], capture_output=True,
                              text=True)
        counts = next((line.split()[1:] for line in told.stdout.splitlines() if line.startswith("told ")), None)
        if not counts:
            expect("wrk runs", False, (told.stdout + told.stderr)[-300:])
            break
        good, ill, lost = good + int(counts[0]), ill + int(counts[1]), lost + int(counts[2])
        sizes.append(server.rss())
    killed = killer.end()
    expect(f"{good} answered in {time.time() - begun:.0f} s, {killed} workers killed: none lost", good >= count and ill == lost == 0,
           (good, ill, lost))
    expect(f"memory is flat: {sizes[0] // 1024} to {sizes[-1] // 1024} MiB", sizes[-1] < sizes[0] * 1.3 + 20_000, sizes)
    server.end()


def flood():
    server = Server("-j", "2")
    data = Path(MASTER).read_bytes()
    expected = server.ask("POST", "/check?name=a.nxs", data)[1]
    count = int(os.environ.get("FLOOD", "2000"))
    print(f"{count} bodies while workers are killed")
    killer = Killer(server, 0.5)
    begun = time.time()
    sizes = []

    def one(number):
        if number % 200 == 0:
            sizes.append(server.rss())
        return server.ask("POST", "/check?name=a.nxs", data)

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(count)))
    killed = killer.end()
    alike = sum(body == expected for _, body in answers)
    expect(f"none lost in {time.time() - begun:.0f} s, {killed} workers killed, {alike} alike",
           all(status == 200 and json.loads(body)["files"] for status, body in answers),
           [status for status, _ in answers if status != 200][:3])
    expect(f"memory is flat: {sizes[1] // 1024} to {sizes[-1] // 1024} MiB", sizes[-1] < sizes[1] * 1.3 + 20_000, sizes)
    server.end()


PARTS = os.environ.get("PARTS", "hostile flood wrk pages").split()
with tempfile.TemporaryDirectory() as scratch:
    if "hostile" in PARTS:
        hostile()
    if "flood" in PARTS:
        flood()
    if "wrk" in PARTS:
        wrk(Path(scratch))
    if "pages" in PARTS:
        pages(Path(scratch))
print(f"{bad} wrong")
sys.exit(bad > 0)
