#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Servers behind `?source=` that are good, slow, and lie, and addresses that are not public.

sources.py PROGRAM RULES FILE: FILE takes more than one request of 64 KiB; by root, for the servers have public addresses, in a network that reaches this machine alone.
"""
import http.client
import http.server
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PUBLIC, NAMED, INNER = "8.8.4.4", "1.1.1.1", "10.11.12.13"
BELIEVED = "/etc/ssl/certs/ca-certificates.crt"
if "APART" not in os.environ:
    told = subprocess.run(["unshare", "-n", "-m", "true"], capture_output=True)
    if told.returncode:
        print("sources: skipped, a network of its own takes root")
        sys.exit()
    os.execvpe("unshare", ["unshare", "-n", "-m", sys.executable, *sys.argv], dict(os.environ, APART="1"))

PROGRAM, RULES, FILE = (os.path.abspath(name) for name in sys.argv[1:4])
BYTES = Path(FILE).read_bytes()
SIZE = len(BYTES)
OURS = {"X-Imprimatur": "1"}
bad = 0


def expect(name, isSo, seen=""):
    global bad
    bad += not isSo
    print(("   " if isSo else "NOT"), name, "" if isSo else seen, flush=True)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = []

    def do_GET(self):
        self.close_connection = True
        fault = self.path.split("/")[1]
        Handler.asked.append(f"{self.client_address[0]} {self.path}")
        getattr(self, fault.replace("-", "_"))()

    def begin(self, status, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def range(self):
        text = self.headers.get("Range", "bytes=0-").removeprefix("bytes=")
        first, last = text.split("-")
        if not first:
            return max(0, SIZE - int(last)), SIZE
        return int(first), min(SIZE, int(last or SIZE - 1) + 1)

    def part(self, body=None, shift=0, size=SIZE, more=0, tag='"a"'):
        start, end = self.range()
        body = BYTES[start:end] if body is None else body
        self.begin(206, Content_Range=f"bytes {start + shift}-{end - 1 + shift}/{size}", Content_Length=end - start + more, ETag=tag)
        return body

    def good(self): self.wfile.write(self.part())
    def whole(self):
        self.begin(200, Content_Length=SIZE)
        self.wfile.write(BYTES)

    # Lengths that are none.
    def longer(self): self.wfile.write(self.part(more=5000))
    def shorter(self): self.wfile.write(self.part()[:-100])
    def elsewhere(self): self.wfile.write(self.part(shift=100))
    def other_size(self): self.wfile.write(self.part(size=SIZE * 3))
    def vast(self): self.wfile.write(self.part(size=1 << 62))
    def negative(self):
        self.begin(206, Content_Range="bytes 0--5/-1", Content_Length=10)
        self.wfile.write(b"x" * 10)
    def changing(self): self.wfile.write(self.part(tag=f'"{os.urandom(4).hex()}"'))
    def swapped(self):
        # Other bytes of the same length, from the second request on.
        start, end = self.range()
        self.wfile.write(self.part(None if start == 0 else os.urandom(end - start)))
    def nonsense(self): self.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    def page(self):
        self.begin(200, Content_Type="text/html", Content_Length=30)
        self.wfile.write(b"<html><title>Log in</title>   ")
    def empty(self): self.begin(200, Content_Length=0)
    def missing(self): self.begin(404, Content_Length=0)

    # What never ends.
    def endless(self):
        self.begin(200)
        try:
            while True:
                self.wfile.write(b"\x89HDF\r\n\x1a\n" + bytes(1 << 20))
        except OSError:
            pass
    def endless_header(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while True:
                self.wfile.write(b"X-More: " + b"y" * 1000 + b"\r\n")
        except OSError:
            pass
    def silent(self): time.sleep(600)
    def stalls(self):
        self.wfile.write(self.part()[:1000])
        self.wfile.flush()
        time.sleep(600)
    def stalls_later(self):
        if self.range()[0] > 0:
            time.sleep(600)
        self.wfile.write(self.part()[: SIZE])
    def drips(self):
        try:
            for byte in self.part():
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.5)
        except OSError:
            pass

    # Ways that lead elsewhere.
    def to(self, place): self.begin(302, Location=place, Content_Length=0)
    def loop(self): self.to(self.path)
    def many(self): self.to(f"/many/{os.urandom(4).hex()}.nxs")
    def to_loopback(self): self.to(f"https://127.0.0.1:{TRAP}/a.nxs")
    def to_six(self): self.to(f"https://[::1]:{TRAP}/a.nxs")
    def to_mapped(self): self.to(f"https://[::ffff:127.0.0.1]:{TRAP}/a.nxs")
    def to_number(self): self.to(f"https://2130706433:{TRAP}/a.nxs")
    def to_inner(self): self.to(f"https://{INNER}:{TRAP}/a.nxs")
    def to_cloud(self): self.to(f"https://169.254.169.254:{TRAP}/latest/meta-data")
    def to_rebound(self): self.to(f"https://rebound.example:{TRAP}/a.nxs")
    def to_plain(self): self.to(f"http://127.0.0.1:{TRAP}/a.nxs")
    def to_file(self): self.to("file:///etc/passwd")
    def to_gopher(self): self.to(f"gopher://{PUBLIC}:{TRAP}/good")
    def to_public(self): self.to(f"https://{NAMED}:{TRAP}/a.nxs")
    def to_other_path(self): self.to("/good/b.nxs")

    def log_message(self, *words): pass


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, address): pass


class Trap:
    """Counts who connects, and answers nobody."""

    def __init__(self):
        self.came = 0
        self.socket = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            peer, _ = self.socket.accept()
            self.came += 1
            peer.close()


class Server:
    def __init__(self, *more):
        self.process = subprocess.Popen([PROGRAM, "serve", "--http", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True, env=dict(os.environ, IMPRIMATUR_RULES=RULES))
        self.port = int(self.process.stdout.readline().split()[-1].rstrip("/").rsplit(":", 1)[1])

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, OURS)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, json.loads(data)

    def begin(self, source):
        return self.ask("POST", "/session", json.dumps({"source": source}))[1].get("session")

    def source(self, source, seconds=180):
        """Status and words of the end, the report, and how long it took."""
        begun = time.time()
        name = self.begin(source)
        while time.time() - begun < seconds:
            status, told = self.ask("POST", f"/session/{name}/next", b"")
            if status != 200:
                return status, told.get("refused", ""), {}, time.time() - begun
            if told.get("done"):
                report = self.ask("GET", f"/session/{name}/report")[1]["files"][0]
                return status, " ".join(one["cause"] for one in report["failures"]), report, time.time() - begun
        return None, "", {}, time.time() - begun

    def rss(self):
        return int(next(line.split()[1] for line in open(f"/proc/{self.process.pid}/status") if line.startswith("VmRSS")))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def main(folder):
    global PORT, TRAP
    for words in (["link", "set", "lo", "up"], *(["address", "add", f"{one}/32", "dev", "lo"] for one in (PUBLIC, NAMED, INNER, "169.254.169.254"))):
        subprocess.run(["ip", *words], check=True)
    names = folder / "hosts"
    names.write_text(f"127.0.0.1 localhost rebound.example\n{PUBLIC} data.example\n")
    subprocess.run(["mount", "--bind", names, "/etc/hosts"], check=True)
    listener = Listener(("0.0.0.0", 0), Handler)
    PORT = listener.server_address[1]
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    trap = Trap()
    TRAP = trap.port
    # A server whose certificate this network believes.
    pair = folder / "pair.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=data.example", "-addext",
         f"subjectAltName=DNS:data.example,IP:{PUBLIC}", "-keyout", folder / "key", "-out", folder / "certificate"],
        capture_output=True)
    if made.returncode or not Path(BELIEVED).is_file():
        print(f"sources: skipped, it takes openssl and '{BELIEVED}'")
        return
    pair.write_bytes((folder / "key").read_bytes() + (folder / "certificate").read_bytes())
    subprocess.run(["mount", "--bind", folder / "certificate", BELIEVED], check=True)
    secure = Listener(("0.0.0.0", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    threading.Thread(target=secure.serve_forever, daemon=True).start()
    place, safe = f"http://{PUBLIC}:{PORT}", f"https://data.example:{secure.server_address[1]}"
    server = Server()
    print("servers that do as they should")
    told = subprocess.run([PROGRAM, "check", "--no-config", "-f", "json", "--frames", "none", "--no-digest", "--isolate", FILE],
                          capture_output=True, text=True, env=dict(os.environ, IMPRIMATUR_RULES=RULES)).stdout
    local = json.loads(told)["files"][0]
    for road in ("good", "whole", "to-other-path"):
        status, words, report, took = server.source(f"{place}/{road}/a.nxs")
        expect(f"{road}: the report of the command line, {took:.1f} s", status == 200 and report["status"] == local["status"]
               and [f["message"] for f in report["findings"]] == [f["message"] for f in local["findings"]], (status, words))
    status, words, report, took = server.source(f"{safe}/good/a.nxs")
    expect("by a name and over https as well", status == 200 and report["status"] == local["status"], (status, words))

    print("addresses that are not public, at once and behind a redirect")
    for host in ("127.0.0.1", INNER, "[::1]", "rebound.example", "2130706433", "0x7f.1", "[::ffff:10.11.12.13]", "169.254.169.254"):
        status, words, report, took = server.source(f"http://{host}:{TRAP}/a.nxs")
        expect(f"{host}: refused, not asked: {words[-60:]}", status in (400, 422) and words and not trap.came, (status, words, trap.came))
    for road in ("to-loopback", "to-six", "to-mapped", "to-number", "to-inner", "to-cloud", "to-rebound", "to-plain", "to-file",
                 "to-gopher", "loop", "many"):
        status, words, report, took = server.source(f"{safe}/{road}/a.nxs")
        expect(f"{road}: refused, {took:.1f} s: {words[-60:]}", status == 422 and words and not trap.came, (status, words, trap.came))
    status, words, report, took = server.source(f"{safe}/to-public/a.nxs")
    expect(f"another public address is asked, over https: {words[-60:]}", status == 422 and trap.came, (status, words, trap.came))

    print("servers that lie")
    for road in ("longer", "shorter", "elsewhere", "other-size", "vast", "negative", "changing", "swapped", "nonsense", "page", "empty",
                 "missing"):
        status, words, report, took = server.source(f"{place}/{road}/a.nxs")
        isTold = status == 422 or status == 200 and report["status"] != "pass"
        expect(f"{road}: {status}, {report.get('status', 'no report')}, {took:.1f} s: {words[-60:]}", isTold and (words or report),
               (status, words, report.get("status")))

    print("servers that are slow, or never end")
    before = server.rss()
    for road in ("endless", "endless-header", "silent", "stalls", "drips"):
        status, words, report, took = server.source(f"{place}/{road}/a.nxs")
        expect(f"{road}: {status}, {took:.0f} s: {words[:90]}", status == 422 and words and took < 120, (status, words))
    status, words, report, took = server.source(f"{place}/stalls-later/a.nxs", 400)
    expect(f"stalls-later: {status}, {report.get('status')}, {took:.0f} s: {words[-60:]}",
           status == 200 and report["status"] not in ("pass", "fail") and took < 180, (status, words, report.get("status")))
    expect(f"memory stays: {before // 1024} to {server.rss() // 1024} MiB", server.rss() < before + 100_000)

    print("pages that vanish while a server is slow")
    taken = [server.begin(f"{place}/drips/{number}.nxs") for number in range(8)]
    expect("eight sessions", all(taken))
    begun = time.time()
    while server.ask("GET", "/health")[1]["sessions"] and time.time() - begun < 180:
        time.sleep(1)
    expect(f"end by themselves ({time.time() - begun:.0f} s)", server.ask("GET", "/health")[1]["sessions"] == 0)
    status, words, report, took = server.source(f"{place}/good/b.nxs")
    expect("and the server answers others", status == 200 and report["status"] == local["status"], (status, words))
    begun = time.time()
    server.begin(f"{place}/drips/c.nxs")
    expect(f"SIGTERM ends it with 143 ({time.time() - begun:.0f} s)", server.end() == 143)


with tempfile.TemporaryDirectory() as scratch:
    main(Path(scratch))
print(f"{bad} wrong")
sys.exit(bad > 0)
