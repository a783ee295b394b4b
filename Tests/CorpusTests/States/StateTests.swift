// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CorpusRecipes
import Findings
import Foundation
import Glibc
import NeXus
import Report
import RuleEngine
import TestSupport
import Testing
import Transport

/// Every state of a file, on every way there, of every object that an experiment needs.
///
/// Oracle: the same data set with the file whole, which passes; whatever else is so with the file, its data are not all
/// there, so that the data set does not pass and the report names what is amiss.
@Suite struct StateTests {
    private struct Case: Sendable {
        let object: NeededObject
        let way: StateWay
        let state: FileState
        let isLatest: Bool
        let folder: String
        /// Folder of the files that lead to the object.
        let leading: String

        var name: String {
            "\(object.path) of \(object.extent?.shape ?? []), \(way), \(state)\(isLatest ? ", latest format" : "")"
        }
    }

    private static let cases: [Case] = {
        var cases: [Case] = []
        for (number, object) in NeededObject.all.enumerated() {
            for way in StateWay.allCases where !way.isVirtual || object.extent != nil {
                for state in FileState.allCases {
                    for isLatest in state.hasFormats ? [false, true] : [state.isLatest || cases.count % 2 == 1] {
                        cases.append(
                            Case(
                                object: object, way: way, state: state, isLatest: isLatest, folder: "\(cases.count)",
                                leading: "way-\(number)-\(way)"))
                    }
                }
            }
        }
        return cases
    }()

    @Test func `no state of a file lets the data set pass, and each is named`() throws {
        let root = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: root) }
        // Another user has to come as far as the file that it may not open.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: root.path)
        let bench = Builder(root: root.path)
        let check = Self.check()
        let faults = Faults()
        let ways = Self.cases.filter { $0.state == .whole }
        DispatchQueue.concurrentPerform(iterations: ways.count) { number in
            let one = ways[number]
            do {
                try bench.buildWay(one.object, one.way, in: one.leading)
            } catch {
                faults.add("\(one.name): cannot be built: \(error)")
            }
        }
        DispatchQueue.concurrentPerform(iterations: Self.cases.count) { number in
            let one = Self.cases[number]
            do {
                let main = try bench.build(
                    one.object, one.state, isLatest: one.isLatest, way: one.leading, in: one.folder)
                let top = main.replacingOccurrences(of: "main.nxs", with: Builder.top)
                // Every fourth also through a file that holds nothing but a link to the entry.
                for path in number % 4 == 0 || one.state == .whole ? [main, top] : [main] {
                    let report = one.state == .noPermission ? Self.asNobody { check.check(path) } : check.check(path)
                    if let fault = Self.fault(report, one) { faults.add("\(path) \(one.name): \(fault)") }
                }
            } catch {
                faults.add("\(one.name): cannot be built: \(error)")
            }
        }
        // Behind a link to a whole group some sentences name the file and the damage alone; there shall not be more of them.
        let nameless = faults.sorted.filter { $0.contains("nothing names the object") }
        #expect(nameless.count <= 170, "\(nameless.count): \(nameless.prefix(20).joined(separator: "\n"))")
        let found = faults.sorted.filter { !$0.contains("nothing names the object") }
        #expect(found.isEmpty, "\(found.count) of \(Self.cases.count):\n\(found.prefix(4000).joined(separator: "\n"))")
        #expect(Self.cases.count >= 1_000)
    }

    private static func fault(_ report: FileReport, _ one: Case) -> String? {
        if one.state == .whole {
            let words = report.findings.filter { $0.level != .G }.map { "\($0.rule) \($0.message)" }
            return report.status == .pass ? nil : "\(report.status) \(words + texts(report))"
        }
        // A link that leads nowhere, to what no reader needs, is told and lets the rest pass.
        let isAbsent = one.object.isOptional && [.absent, .otherDataset].contains(one.state)
        if report.status == .pass, !isAbsent { return "passes" }
        let printed = printed(report)
        let lacks =
            (printed.contains("src.h5") ? [] : ["the file"])
            // While a writer may be at work it is the file that is waited for.
            + (printed.contains(one.object.path) || report.status == .incomplete ? [] : ["the object"])
        guard !lacks.isEmpty else { return nil }
        return "is \(report.status), and nothing names \(lacks.joined(separator: " and ")): \(printed.prefix(1_500))"
    }

    /// What a person reads of it.
    private static func printed(_ report: FileReport) -> String {
        let head = RunHead(version: "1", profileName: "default", profileDigest: "ab", failAt: .A)
        var text = TextReport(head, .plain(isComplete: false))
        var bytes: [UInt8] = []
        for event in [.run(head), .file(report)] as [ReportEvent] { text.take(event, &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func texts(_ report: FileReport) -> [String] {
        report.notChecked.filter { $0.reason.word.isUnread }.map(\.because) + report.failures.map(\.line)
    }

    private static func check() -> FileCheck {
        var reading = ReadingSettings()
        reading.library = DefinitionLibrary(folder: Folder.checkout.appendingPathComponent("rules/nexus").path)
        return FileCheck(FileCheck.Settings(profile: Profile(name: "default"), reading: reading))
    }

    /// Runs with the rights of nobody on files, for root may read everything; of this thread alone.
    private static func asNobody<Answer>(_ body: () -> Answer) -> Answer {
        guard geteuid() == 0 else { return body() }
        _ = setUserOfFiles(65_534)
        defer { _ = setUserOfFiles(0) }
        return body()
    }
}

/// `setfsuid` of Linux, which the module of the C library leaves out.
@_silgen_name("setfsuid") private func setUserOfFiles(_ user: UInt32) -> Int32

/// What is wrong, gathered from many threads.
private final class Faults: @unchecked Sendable {
    // Each use holds the lock.
    private let lock = NSLock()
    private var list: [String] = []

    func add(_ fault: String) { lock.withLock { list.append(fault) } }

    var sorted: [String] { lock.withLock { list.sorted() } }
}
