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
                return AnsweredLines(checks, workers: call[.workers] ?? PlainThreads.processors).run()
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
        var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]", AnsweredPages.withoutPort(place.shown)]
        for host in call[all: .host] { hosts.insert(host.lowercased()) }
        let settings = AnsweredPages.Settings(
            hosts: hosts, mostUpload: call[.maxUpload] ?? 64 << 20, workers: workers)
        let service = AnsweredPages(settings, sessions, body)
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
