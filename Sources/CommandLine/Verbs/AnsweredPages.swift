// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import JSON
import Listening
import Report
import Synchronization
import Transport
import Workers

/// Answers browsers and portals: a page, the talk with it, files that come as a body, health and metrics.
final class AnsweredPages: HTTPAnswering {
    /// What is served.
    struct Settings: Sendable {
        /// Names by which the server may be called, without port, beside addresses of this machine.
        var hosts: Set<String>
        /// Bytes of a file that comes as a body.
        var mostUpload: Int
        /// Workers for such files.
        var workers: Int
    }

    private let settings: Settings
    private let sessions: PageSessions
    private let check: WarmCheck
    private let pool: WorkerPool
    private let counts = Mutex((requests: 0, refused: 0, checks: 0))
    private let isEnding = Mutex(false)

    init(_ settings: Settings, _ sessions: PageSessions, _ check: WarmCheck) {
        self.settings = settings
        self.sessions = sessions
        self.check = check
        pool = WorkerPool(size: settings.workers, limits: check.limits)
    }

    /// Takes no new work.
    func close() { isEnding.withLock { $0 = true } }

    // MARK: What may be asked

    func room(for request: HTTPRequest, announced: Int?) -> Result<Int, HTTPRefusal> {
        counts.withLock { $0.requests += 1 }
        guard isOfThisServer(request) else { return .failure(HTTPRefusal(403)) }
        switch (request.method, Self.parts(request.path)) {
        case ("GET", _), ("HEAD", _): return .success(0)
        case ("POST", ["check"]): return .success(settings.mostUpload)
        case ("POST", ["session"]): return .success(8 << 20)
        case ("POST", let parts) where parts.count == 3 && parts[0] == "session" && parts[2] == "next":
            return .success(8 << 20)
        default: return .failure(HTTPRefusal(405))
        }
    }

    /// The server is called by a name of its own, so that no other page reaches it by one that it gave to this address; and
    /// what changes something comes from our page or from no page.
    private func isOfThisServer(_ request: HTTPRequest) -> Bool {
        guard let host = request.field("Host") else { return false }
        let name = Self.withoutPort(host)
        guard settings.hosts.contains(name) else { return false }
        if request.method == "POST" {
            if let site = request.field("Sec-Fetch-Site"), site != "same-origin", site != "none" { return false }
            if Self.parts(request.path).first == "session", request.field("X-Imprimatur") == nil { return false }
        }
        return true
    }

    static func withoutPort(_ host: String) -> String {
        if let end = host.lastIndex(of: "]") { return host[...end].lowercased() }
        return host.prefix { $0 != ":" }.lowercased()
    }

    private static func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    // MARK: Answers

    func refusal(_ request: HTTPRequest, status: Int) -> HTTPAnswer {
        counts.withLock { $0.refused += 1 }
        let words =
            switch status {
            case 403: "the request does not come from a page of this server, or calls it by another name"
            case 405: "this server answers GET, and POST to /check"
            case 413: "the body is larger than \(settings.mostUpload) bytes"
            default: "the request is not answered"
            }
        return Self.refused(status, words)
    }

    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        let parts = Self.parts(request.path)
        switch (request.method, parts) {
        case ("POST", ["check"]): return checked(request)
        case ("POST", ["session"]): return begun(request)
        case ("POST", _): return came(request, session: parts[1])
        case (_, []): return Self.asset(ServedPage.html, "text/html; charset=utf-8")
        case (_, ["page.js"]): return Self.asset(ServedPage.script, "text/javascript; charset=utf-8")
        case (_, ["page.css"]): return Self.asset(ServedPage.style, "text/css; charset=utf-8")
        case (_, ["health"]): return health()
        case (_, ["metrics"]): return Self.told(200, Array(metrics().utf8), "text/plain; version=0.0.4; charset=utf-8")
        case (_, let parts) where parts.count == 3 && parts[0] == "session" && parts[2] == "report":
            return report(request, session: parts[1])
        default: return Self.refused(404, "there is no such page")
        }
    }

    /// A file as the body of a request.
    private func checked(_ request: HTTPRequest) -> HTTPAnswer {
        guard !isEnding.withLock({ $0 }) else { return Self.busy() }
        let wantsPage = request.field("Accept")?.hasPrefix("text/html") == true
        guard let form = HeldRun.form(request.argument("format") ?? (wantsPage ? "html" : "json")) ?? HeldRun.form(nil)
        else { return Self.refused(400, "there is no such form of report") }
        let name = request.argument("name") ?? "body"
        guard !name.isEmpty, name.utf8.count <= 1_024, !name.hasPrefix("/"), !name.split(separator: "/").contains("..")
        else { return Self.refused(400, "the name of the file is none") }
        let body = request.body
        guard !body.isEmpty else { return Self.refused(400, "the body is empty: send the file") }
        let run = HeldRun([Input(name)], in: HeldFiles(body, name: name), by: check, pool: pool)
        counts.withLock { $0.checks += 1 }
        return Self.told(200, run.report(as: form.format), form.type, isPage: form.format.row.name == "html")
    }

    /// A page begins.
    private func begun(_ request: HTTPRequest) -> HTTPAnswer {
        guard !isEnding.withLock({ $0 }) else { return Self.busy() }
        do throws(Failure) {
            guard let name = try sessions.begin(request.body) else { return Self.busy() }
            return Self.json(201) { $0.member("session", name) }
        } catch {
            return Self.refused(400, error.line)
        }
    }

    /// A page comes for what is wanted next.
    private func came(_ request: HTTPRequest, session name: String) -> HTTPAnswer {
        guard let session = sessions.session(name) else {
            return Self.refused(404, "there is no such session any more")
        }
        let brought: PageDialogue.Brought
        if let number = request.argument("n").flatMap({ Int($0) }) {
            brought =
                request.argument("gone") == nil ? .bytes(request.body, number: number) : .gone(number: number)
        } else {
            brought = .nothing
        }
        let told = session.dialogue.come(with: brought, waiting: 15) { file in
            Name(session.files.indices.contains(file) ? session.files[file] : "")
        }
        switch told {
        case .wait: return Self.json(200) { $0.member("wait", true) }
        case .read(let wanted):
            return Self.json(200) { json in
                json.object("read") { json in
                    json.member("n", wanted.number)
                    json.member("file", wanted.file)
                    json.member("from", wanted.range.lowerBound)
                    json.member("count", wanted.range.count)
                }
            }
        case .done:
            let now = sessions.session(name)
            if let failure = now?.failure { return Self.refused(422, failure.line) }
            guard let run = now?.run else { return Self.json(200) { $0.member("wait", true) } }
            return Self.json(200) { json in
                json.member("done", true)
                json.member("bytes", session.dialogue.bytesMoved)
                json.object("summary") { json in
                    for status in FileStatus.all { json.member(status.text, run.summary[status]) }
                }
                json.member("html", HeldRun.form("html") != nil)
            }
        }
    }

    private func report(_ request: HTTPRequest, session name: String) -> HTTPAnswer {
        guard let run = sessions.session(name)?.run else {
            return Self.refused(404, "there is no such report any more")
        }
        guard let form = HeldRun.form(request.argument("format")) else {
            return Self.refused(400, "there is no such form of report")
        }
        return Self.told(200, run.report(as: form.format), form.type, isPage: form.format.row.name == "html")
    }

    private func health() -> HTTPAnswer {
        Self.json(200) { json in
            json.member("status", "ok")
            json.member("version", Program.version)
            json.member("sessions", sessions.active)
        }
    }

    private func metrics() -> String {
        let own = counts.withLock { $0 }
        let pages = sessions.counted
        var text = ""
        func add(_ name: String, _ kind: String, _ value: Int) {
            text += "# TYPE imprimatur_\(name) \(kind)\nimprimatur_\(name) \(value)\n"
        }
        add("requests_total", "counter", own.requests)
        add("requests_refused_total", "counter", own.refused)
        add("checks_total", "counter", own.checks)
        add("sessions_total", "counter", pages.begun)
        add("sessions_refused_total", "counter", pages.refused)
        add("sessions", "gauge", sessions.active)
        add("session_bytes_total", "counter", pages.bytes)
        text += "# TYPE imprimatur_session_files_total counter\n"
        for status in FileStatus.all {
            text += "imprimatur_session_files_total{status=\"\(status.text)\"} \(pages.statuses[status] ?? 0)\n"
        }
        return text
    }

    // MARK: Forms of answers

    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'"

    /// - Parameter isPage: A report, which has its own styles and pictures, and scripts under its own policy.
    private static func told(_ status: Int, _ body: [UInt8], _ type: String, isPage: Bool = false) -> HTTPAnswer {
        HTTPAnswer(
            status, body,
            fields: [
                ("Content-Type", type), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                ("Cache-Control", "no-store"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
                (
                    "Content-Security-Policy",
                    // A report that was made from files of strangers is a world of its own.
                    isPage ? "sandbox allow-scripts allow-downloads; frame-ancestors 'none'" : policy
                ),
            ])
    }

    private static func asset(_ text: String, _ type: String) -> HTTPAnswer { told(200, Array(text.utf8), type) }

    private static func json(_ status: Int, _ body: (inout JSONWriter) -> Void) -> HTTPAnswer {
        var json = JSONWriter(.compact)
        json.object(body)
        return told(status, json.finish(), "application/json")
    }

    private static func refused(_ status: Int, _ words: String) -> HTTPAnswer {
        json(status) { $0.member("refused", words) }
    }

    private static func busy() -> HTTPAnswer {
        var answer = refused(503, "as many checks are going on as may; try again in a moment")
        answer.fields.append(("Retry-After", "5"))
        return answer
    }
}
