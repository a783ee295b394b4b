// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Glibc
import Listening
import Report
import Transport

/// `imprimatur serve`: checks files for other programs and for people, as long as they ask.
enum ServeVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            switch (call.has(.lines), call[.http]) {
            case (true, nil):
                let checks = try WarmChecks(call, format: JSONLinesReport.self)
                return LineService(checks, workers: call[.workers] ?? PlainThreads.processors).run()
            case (false, let place?): return try listen(at: place, call)
            default:
                throw Failure(
                    usage: "it is not said how requests come",
                    remedy: "add --lines for one request a line on standard input, or --http ADDRESS for a page")
            }
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func listen(at place: ListeningPlace, _ call: Invocation) throws(Failure) -> ExitCode {
        var limits = PageDialogue.Limits()
        limits.seconds = call[.maxSeconds] ?? limits.seconds
        // What a page holds is far away: pixels are not read unless somebody asks for them.
        let page = try WarmCheck(call, format: JSONReport.self, takesDigests: false, unsaidFrames: "none")
        let body = try WarmCheck(call, format: JSONReport.self)
        let workers = call[.workers] ?? PlainThreads.processors
        let sessions = PageSessions(page, most: call[.maxSessions] ?? 8, limits: limits)
        var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]", PageService.withoutPort(place.shown)]
        for host in call[all: .host] { hosts.insert(host.lowercased()) }
        let settings = PageService.Settings(
            hosts: hosts, mostUpload: call[.maxUpload] ?? 64 << 20, workers: workers)
        let service = PageService(settings, sessions, body)
        StopSignal.install()
        let listener = try HTTPListener(place.address, port: place.port, HTTPListener.Limits(), by: service)
        StandardStream.report(
            "listening at http://\(place.address.contains(":") ? "[\(place.address)]" : place.address):\(listener.port)/\n"
        )
        while StopSignal.number == 0 { usleep(100_000) }
        // Those at work are waited for, half a minute at most.
        service.close()
        for _ in 0..<300 where sessions.active > 0 { usleep(100_000) }
        sessions.end()
        listener.end()
        return StopSignal.number == SIGINT ? .interrupted : .terminated
    }
}

/// An address and a port of this machine.
struct ListeningPlace: Sendable {
    /// An IP address as text.
    let address: String
    /// 0: one that is free.
    let port: Int

    /// As a browser names the address.
    var shown: String { address.contains(":") ? "[\(address)]" : address }

    /// "8080", "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; loopback where no address is told.
    init?(_ text: String) {
        let digits: Substring
        if let colon = text.lastIndex(of: ":") {
            let front = text[..<colon]
            digits = text[text.index(after: colon)...]
            if front.hasPrefix("["), front.hasSuffix("]") {
                address = String(front.dropFirst().dropLast())
            } else {
                guard !front.contains(":") else { return nil }
                address = front.isEmpty || front == "localhost" ? "127.0.0.1" : String(front)
            }
        } else {
            address = "127.0.0.1"
            digits = text[...]
        }
        guard let port = Int(digits), (0...65_535).contains(port), digits.allSatisfy(\.isNumber),
            address.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) || $0 == 0x2E || $0 == 0x3A
            })
        else { return nil }
        self.port = port
    }
}
