// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CCurl
import CSQLite
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Workers

/// Oracle: the process table, and /proc as the worker sees it.
@Suite(.serialized) struct WorkerPoolTests {
    private func pool(size: Int = 1, seconds: Int = 20) -> WorkerPool {
        var limits = WorkerLimits()
        limits.seconds = seconds
        limits.processorSeconds = 1
        return WorkerPool(size: size, limits: limits, launch: Launch(program: BuiltFile.url("worker-under-test").path))
    }

    private func request(_ words: String, descriptors: [Int32] = []) -> Request {
        Request(task: [1], body: Array(words.utf8), descriptors: descriptors)
    }

    private func text(_ outcome: Outcome) -> String {
        switch outcome {
        case .answer(let bytes): String(decoding: bytes, as: UTF8.self)
        case .ended(let end): "ended: \(end.words)"
        }
    }

    /// How many requests; `make test-workers` asks for ten thousand.
    private static let requests = ProcessInfo.processInfo.environment["REQUESTS"].flatMap { Int($0) } ?? 2_000

    @Test func `each of thousands of requests is answered once, whatever is killed`() throws {
        let count = Self.requests
        let pool = pool(size: 2)
        let answers = Mutex<[Int: [Outcome]]>([:])
        let isDone = Mutex(false)
        let kills = Mutex(0)
        let killer = Thread {
            var generator = SystemRandomNumberGenerator()
            var next = 0
            while !isDone.withLock({ $0 }) {
                usleep(200)
                guard answers.withLock({ $0.count }) >= next, let process = pool.processesAtWork.randomElement() else {
                    continue
                }
                kill(process, SIGKILL)
                kills.withLock { $0 += 1 }
                next = answers.withLock { $0.count } + Int.random(in: 1...200, using: &generator)
            }
        }
        killer.start()
        DispatchQueue.concurrentPerform(iterations: 4) { part in
            for number in stride(from: part, to: count, by: 4) {
                let outcome = pool.ask(request("echo \(number)"))
                answers.withLock { $0[number, default: []].append(outcome) }
            }
        }
        isDone.withLock { $0 = true }
        let all = answers.withLock { $0 }
        #expect(all.count == count)
        #expect(kills.withLock { $0 } > count / 500)
        #expect(all.values.allSatisfy { $0.count == 1 })
        // Killed four times over one request: said, and never another answer than its own.
        let wrong = all.filter {
            $0.value != [.answer(Array("\($0.key)".utf8))] && $0.value != [.ended(.signal(SIGKILL))]
        }
        #expect(wrong.isEmpty)
        #expect(all.values.count { $0 == [.ended(.signal(SIGKILL))] } < 100)
    }

    @Test(arguments: [
        ("signal 11", "signal 11, Segmentation fault"), ("exit 7", "exit 7"),
        ("nonsense", "its answer could not be read"),
        ("spin", "no answer within 1 s of processor time"), ("long 70000000", "its answer was longer than 64 MiB"),
        ("ask anything", "its answer could not be read"),
    ])
    func `what a worker does wrong is said, and the next request is answered`(deed: String, words: String) {
        let pool = pool()
        #expect(text(pool.ask(request(deed))) == "ended: \(words)")
        #expect(text(pool.ask(request("echo next"))) == "next")
    }

    @Test func `a worker that does not answer in time is ended`() {
        let pool = pool(seconds: 1)
        #expect(text(pool.ask(request("sleep 60"))) == "ended: no answer within 1 s")
        #expect(text(pool.ask(request("echo next"))) == "next")
    }

    @Test func `a request is cancelled from another thread`() {
        let pool = pool()
        let cancelling = Thread {
            while pool.processesAtWork.isEmpty { usleep(1000) }
            usleep(50_000)
            pool.cancel(17)
        }
        cancelling.start()
        #expect(text(pool.ask(request("sleep 60"), id: 17)) == "ended: it was cancelled")
        #expect(text(pool.ask(request("echo next"), id: 17)) == "next")
    }

    @Test func `long answers and long requests pass each other`() {
        let long = String(repeating: "x", count: 3_000_000)
        #expect(text(pool().ask(request("echo " + long))) == long)
        #expect(text(pool().ask(request("long 20000000"))).utf8.count == 20_000_000)
    }

    @Test func `a parent with threads, an HTTP handle and a database starts workers that inherit nothing`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let handle = ccurl_open()
        defer { ccurl_close(handle) }
        var database: OpaquePointer?
        #expect(sqlite3_open(folder.appendingPathComponent("a.sqlite").path, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        #expect(sqlite3_exec(database, "create table t (a); insert into t values (1)", nil, nil, nil) == SQLITE_OK)
        setenv("MARKER_OF_A_TEST", "secret", 1)
        let isDone = Mutex(false)
        for _ in 0..<4 { Thread { while !isDone.withLock({ $0 }) { usleep(100) } }.start() }
        defer { isDone.withLock { $0 = true } }
        let pool = pool()
        #expect(text(pool.ask(request("descriptors"))) == "0 1 2 3")
        #expect(text(pool.ask(request("environment"))) == "SWIFT_BACKTRACE=enable=no")
    }

    @Test func `descriptors are handed over and read`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.txt")
        try Data("of the file".utf8).write(to: file)
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let pool = pool()
        for _ in 0..<300 {
            #expect(text(pool.ask(request("content", descriptors: [descriptor]))) == "[11] of the file")
        }
        #expect(text(pool.ask(request("descriptors"))) == "0 1 2 3")
    }

    @Test func `a worker opens, writes and calls nothing where the kernel knows the layers`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.txt")
        try Data("of the file".utf8).write(to: file)
        let pool = pool()
        let layers = try #require(pool.layersInForce(of: [1]))
        if layers.contains(.landlock) {
            #expect(text(pool.ask(request("open \(file.path)"))) == "refused")
            #expect(text(pool.ask(request("write \(folder.path)/b.txt"))) == "refused")
        }
        if layers.contains(.systemCalls) { #expect(text(pool.ask(request("socket"))) == "refused") }
        #expect(layers.contains(.limits))
    }

    @Test func `the program answers what a worker asks`() {
        let outcome = pool().ask(request("ask how far")) { question in Reply(question.body.reversed()) }
        #expect(text(outcome) == "raf woh")
    }

    @Test func `a program that is not there is said`() {
        let pool = WorkerPool(launch: Launch(program: "/nowhere"))
        #expect(text(pool.ask(request("echo"))) == "ended: no process could be started: No such file or directory")
    }
}
