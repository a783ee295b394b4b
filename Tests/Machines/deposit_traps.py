# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""What servers answer that is not so, met on a running InvenioRDM: a proxy between client and server loses, cuts and changes
single calls as it is told, and keeps a list of all of them. Oracle: what the server holds in the end.
"""
import hashlib
import http.client
import json
import re
import socketserver
import threading
import urllib.parse


class Proxy(socketserver.ThreadingTCPServer):
    """Passes calls on to the server; `rule` may take one over: it gets the call, and answers bytes or None."""
    allow_reuse_address, daemon_threads = True, True

    def __init__(self, base):
        self.server = urllib.parse.urlsplit(base)
        self.calls, self.answers, self.rule, self.lock = [], [], None, threading.Lock()
        super().__init__(("127.0.0.1", 0), Passing)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server_address[1]}"

    def clear(self, rule=None):
        self.calls, self.answers, self.rule = [], [], rule

    def count(self, method, ending):
        return sum(1 for m, p in self.calls if m == method and re.search(ending, p))


class Passing(socketserver.StreamRequestHandler):
    def handle(self):
        while self.one():
            pass

    def one(self):
        first = self.rfile.readline()
        if not first.strip():
            return False
        method, path, _ = first.decode("latin-1").split(" ", 2)
        headers = []
        while (line := self.rfile.readline()) not in (b"\r\n", b"\n", b""):
            name, value = line.decode("latin-1").rstrip("\r\n").split(":", 1)
            headers.append((name.strip(), value.strip()))
        known = {n.lower(): v for n, v in headers}
        if known.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.rfile.read(int(known.get("content-length") or 0))
        with self.server.lock:
            self.server.calls.append((method, path))
            taken = self.server.rule(method, path, body) if self.server.rule else None
        kept = {n: v for n, v in headers if n.lower() not in ("host", "expect", "connection", "content-length")}
        if taken is None:
            answer = self.passed(method, path, kept, body, len(body))
        elif isinstance(taken, int):
            # So many bytes alone of what was announced.
            answer = self.passed(method, path, kept, body[:taken], len(body))
        else:
            answer = taken
        self.wfile.write(answer)
        return False

    def passed(self, method, path, headers, body, length):
        connection = http.client.HTTPConnection(self.server.server.netloc, timeout=300)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {**headers, "Host": self.server.server.netloc, "Connection": "close"}.items():
            connection.putheader(name, value)
        if body or method in ("PUT", "POST"):
            connection.putheader("Content-Length", str(length))
        connection.endheaders(body if body else None)
        if len(body) < length:
            connection.sock.shutdown(1)
        answer = connection.getresponse()
        raw = answer.read()
        with self.server.lock:
            self.server.answers.append((method, path, answer.status, dict(answer.getheaders()), raw))
        return reply(answer.status, raw, [h for h in answer.getheaders() if h[0].lower() not in (
            "transfer-encoding", "connection", "content-length")])


def reply(status, raw, headers=()):
    lines = [f"HTTP/1.1 {status} x"] + [f"{n}: {v}" for n, v in headers] + [
        f"Content-Length: {len(raw)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + raw


def once(method, pattern, answer):
    """A rule for the first call of its kind; `answer` is what it is answered by, or makes that of the body."""
    seen = []

    def rule(m, path, body):
        if seen or m != method or not re.search(pattern, path):
            return None
        seen.append(path)
        return answer(path, body) if callable(answer) else answer
    return rule


def traps(folder, mark, kit):
    """Every trap of answers, files and drafts that a server can be brought to."""
    proxy = Proxy(kit.base)
    expect, call = kit.expect, kit.call

    def package(name, sizes, number=0, **metadata):
        made = kit.package(folder, f"trap-{name}", sizes, kit.record(f"trap {name} {mark} {number}", **metadata))
        return made

    def deposit(made, *words, code=0, target=None):
        return kit.run(*(words or (str(made.path),)), *(made.words() if words else made.words()[:2]), code=code,
                       target=target or proxy.base)

    def held(made):
        number = json.loads(kit.run("status", "--json", str(made.path), target=proxy.base).stdout)["id"]
        entries = call("GET", f"/api/records/{number}/draft/files")[1]["entries"]
        return number, {e["key"]: (e.get("checksum") or "")[4:] for e in entries if e["status"] == "completed"}

    content, commit = r"/files/[^/]+/content$", r"/files/[^/]+/commit$"

    made = package("cut", {"a.zip": 400_000})
    proxy.clear(once("PUT", r"a\.zip/content$", 150_000))
    deposit(made)
    cut = [json.loads(raw) for m, p, s, h, raw in proxy.answers if m == "PUT" and p.endswith("a.zip/content") and s == 200]
    expect("a 200 with errors is no upload", any("errors" in one for one in cut) and held(made)[1] == made.sums()
           and proxy.count("PUT", r"a\.zip/content$") >= 2, cut)
    waits = [h for m, p, s, h, raw in proxy.answers if s == 200 and any(n.lower() == "retry-after" for n in h)]
    expect("Retry-After on 200 is not obeyed", waits and not any("waiting" in o and "Retry-After" in o for o in kit.outputs[-2:]))
    puts = [json.loads(raw) for m, p, s, h, raw in proxy.answers if m == "PUT" and p.endswith("/draft")]
    fields = [[e["field"] for e in b.get("errors", [])] for b in puts]
    expect("files.enabled is expected once only", fields.count(["files.enabled"]) >= 1 and all(
        f in ([], ["files.enabled"]) for f in fields), fields)

    made = package("lost", {"a.zip": 300_000})
    proxy.clear(once("PUT", content, reply(200, b'{"key":"a.zip","status":"pending","size":300000}', [
        ("Content-Type", "application/json")])))
    deposit(made)
    statuses = [s for m, p, s, h, raw in proxy.answers if m == "POST" and p.endswith("/commit")]
    expect("a 500 on commit sends the content, not the commit", held(made)[1] == made.sums() and 500 in statuses
           and proxy.count("PUT", content) == 2, (statuses, proxy.calls))

    number, _ = held(made)
    call("DELETE", f"/api/records/{number}/draft/files/a.zip")
    call("POST", f"/api/records/{number}/draft/files", [{"key": "a.zip"}])
    kit.send(f"/api/records/{number}/draft/files/a.zip/content", b"other bytes")
    call("POST", f"/api/records/{number}/draft/files/a.zip/commit")
    proxy.clear()
    deposit(made, "resume")
    order = [(m, p.rsplit("/", 1)[-1]) for m, p in proxy.calls if "a.zip" in p and m != "GET"]
    expect("content is never sent to a committed entry", order[:1] == [("DELETE", "a.zip")] and
           held(made)[1] == made.sums(), order)
    doi = json.loads(kit.run("status", "--json", str(made.path), target=proxy.base).stdout)["doi"]
    made.write(kit.record(f"trap lost {mark} 1", version="1.1"))
    deposit(made, "resume")
    expect("PUT keeps pids", call("GET", f"/api/records/{number}/draft")[1]["pids"]["doi"]["identifier"] == doi)

    def meddle(path, body):
        other = json.loads(body)
        other["metadata"]["version"] = "somebody's"
        call("PUT", f"/api/records/{number}/draft", other)
    made.write(kit.record(f"trap lost {mark} 2", version="1.2"))
    proxy.clear(once("PUT", r"/draft$", meddle))
    done = deposit(made, "resume", code=1)
    expect("412 shows who changed what", "somebody's" in done.stderr and any(
        s == 412 for _, _, s, _, _ in proxy.answers), (done.stderr, [a[:3] for a in proxy.answers]))

    made = package("keys", {"a b%41+#Ü.zip": 1000, "'q\"&=?;.bin": 20})
    proxy.clear()
    deposit(made)
    expect("a key with blank, %, +, #, Ü survives", held(made)[1] == made.sums())

    made = package("many", {f"{n:03}.bin": 1 for n in range(101)})
    proxy.clear()
    done = deposit(made, target="test", code=1)
    expect("more than 100 files are refused by the plan, not by the server", "100" in done.stderr and not proxy.calls
           and not kit.drafts(made.title), done.stderr)
    proxy.shutdown()


def parts(folder, mark, kit):
    """Files in parts: 270 MB, so that there are two."""
    proxy = Proxy(kit.base)
    target = folder / "parts.json5"
    target.write_text(json.dumps({
        "id": "test", "name": "Test server", "api": f"{proxy.base}/api", "record": f"{proxy.base}/records/{{id}}",
        "file": f"{proxy.base}/api/records/{{id}}/files/{{key}}/content", "production": False, "doiPrefix": "10.5072",
        "publisher": "Test server", "limits": {}, "multipart": True, "token": "IMPRIMATUR_TOKEN"}))
    made = kit.package(folder, "trap-parts", {"a.zip": 10}, kit.record(f"trap parts {mark}"))
    block = hashlib.sha256(b"x").digest() * 32768
    with open(made.path / "deposit/a.zip", "wb") as out:
        for number in range(270):
            out.write(number.to_bytes(8, "little") + block[8:1_000_000])
    total = 0

    def deposit(rule, anew=()):
        nonlocal total
        total += 1
        proxy.clear(rule)
        kit.run(str(made.path), *made.words()[:2], *anew, target=str(target))
        state = json.loads(kit.run("status", "--json", str(made.path), target=str(target)).stdout)
        entry = call_entry(state["id"])
        return state, entry.get("checksum") == "md5:" + made.sums()["a.zip"]

    def call_entry(number):
        return kit.call("GET", f"/api/records/{number}/draft/files/a.zip")[1]
    bodies = []

    def watch(m, path, body):
        if m == "POST" and path.endswith("/files"):
            bodies.append(json.loads(body))
    _, good = deposit(watch)
    announced = bodies[0][0]
    kit.expect("no checksum is declared for multipart", good and announced["transfer"]["type"] == "M"
               and "checksum" not in announced and proxy.count("PUT", r"/content/\d+$") == 2, (bodies, proxy.calls))
    ok = reply(200, b"{}", [("Content-Type", "application/json")])
    _, good = deposit(once("PUT", r"/content/2$", ok), ["--anew"])
    kit.expect("a multipart commit with a missing part is caught", good and proxy.count("DELETE", "a.zip$") == 1,
               proxy.calls)
    _, good = deposit(once("PUT", r"/content/\d$", reply(403, b'{"message":"no"}', [
        ("Content-Type", "application/json")])), ["--anew"])
    kit.expect("403 on a part falls back to plain", good and proxy.count("PUT", "a.zip/content$") == 1, proxy.calls)
    proxy.shutdown()
