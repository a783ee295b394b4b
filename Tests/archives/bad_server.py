# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""A web server on the loopback interface that cuts, stalls and lies: bad_server.py FILE PORT [CERTIFICATE-AND-KEY].

With a certificate that nobody has signed it speaks https.
"""
import http.server
import os
import ssl
import sys
import time

FILE = sys.argv[1]
SIZE = os.path.getsize(FILE)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        fault = self.path.split("/")[1]
        self.close_connection = True
        text = self.headers.get("Range", "")
        first, last = (text.removeprefix("bytes=").split("-") + [""])[:2] if text else ("0", "")
        start, end = (max(0, SIZE - int(last)), SIZE) if first == "" else (int(first), int(last or SIZE - 1) + 1)
        end = min(end, SIZE)
        with open(FILE, "rb") as file:
            file.seek(start)
            body = file.read(end - start)
        if fault == "many":
            self.send_response(302)
            self.send_header("Location", f"/many/{os.urandom(4).hex()}.zip")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if fault == "to-local-file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if fault == "empty":
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        tag = f'"{os.urandom(4).hex()}"' if fault == "changing" else '"a"'
        self.send_response(206)
        self.send_header("Content-Type", "application/zip")
        self.send_header("ETag", tag)
        shift = 100 if fault == "other-part" and start >= 100 else 0
        self.send_header("Content-Range", f"bytes {start - shift}-{end - 1 - shift}/{SIZE}")
        length = len(body) + (5000 if fault == "lying" else 0)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if fault in ("cut", "lying"):
            self.wfile.write(body[: len(body) // 2 if fault == "cut" else None])
        elif fault == "half" and start < SIZE - 70000:
            # Good at the end, cut in the middle of the file.
            self.wfile.write(body[: len(body) // 2])
        elif fault in ("stall", "silent"):
            self.wfile.write(body[: 1000 if fault == "stall" else 0])
            self.wfile.flush()
            time.sleep(60)
        elif fault == "drip":
            for byte in body[:100]:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.5)
        else:
            self.wfile.write(body)

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass


server = Server(("127.0.0.1", int(sys.argv[2])), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
