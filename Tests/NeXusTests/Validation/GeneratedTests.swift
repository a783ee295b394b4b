// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import TestSupport
import Testing

@testable import NeXus

/// Oracle: a law. A file made from what a definition requires passes, and without one of these items it fails with
/// exactly that item.
@Suite struct GeneratedTests {
    static let names = (try? Judged.library.set(["v2026.01"]).applicationNames) ?? []

    @Test func `all application definitions of the release are there`() {
        #expect(Self.names.count == 85)
    }

    @Test("a file made from a definition passes, and without one required item it lacks exactly that", arguments: names)
    func generated(name: String) throws {
        let set = try Judged.library.set(["v2026.01"])
        let file = try #require(GeneratedFile(name, in: set))
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = folder.appendingPathComponent("whole.nxs").path
        try file.write(to: whole)
        #expect(try faults(of: whole) == [], "\(name)")
        // Without the field that names it, the definition is not applied.
        let required = file.required.filter { $0.path != "/entry/definition" }
        let every = ProcessInfo.processInfo.environment["IMPRIMATUR_ALL_ITEMS"] != nil ? 1 : max(1, required.count / 3)
        for (index, node) in required.enumerated() where index % every == 0 {
            let path = folder.appendingPathComponent("without-\(index).nxs").path
            try file.write(to: path, without: node.path)
            // An axis that another one depends on breaks its chain as well.
            let found = try faults(of: path).filter { !$0.hasPrefix("AXIS-001") || !$0.contains("'\(node.name)'") }
            #expect(
                found.count == 1 && found.allSatisfy { isAbsence(of: node, $0) },
                "\(name) without \(node.path): \(found)")
        }
    }

    private func faults(of path: String) throws -> [String] {
        var request = Validation.Request()
        request.hasSubjectRules = false
        request.definitions = ["v2026.01"]
        let mild: Set<String> = ["NX-008", "NX-009", "NX-018", "NX-023", "NX-024", "NX-030"]
        let validation = try Validation(
            of: try FileSet.read(path, policy: .nexus), library: Judged.library, request: request)
        // NXcxi_ptycho asks numbers of two fields whose class lists words: nothing can be written there.
        func isImpossible(_ finding: NXFinding) -> Bool {
            finding.rule == "NX-006" && finding.message.contains("an array of 0")
        }
        return validation.findings.filter { !mild.contains($0.rule) && !isImpossible($0) }.map {
            "\($0.told) \($0.message)"
        }
    }

    /// The item is named by its place; a name that is free is in brackets.
    private func isAbsence(of node: GeneratedFile.Node, _ told: String) -> Bool {
        let parts = told.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count > 1, let concept = node.concept else { return false }
        let separator = node.isAttribute ? "@" : "/"
        let parent = String(node.path.dropLast(node.name.count + 1))
        let rules = node.isAttribute ? ["NX-007"] : ["NX-002", "NX-005", "NX-006", "NX-021"]
        let label = node.isAttribute && concept.item.match != .specified ? "(\(concept.name ?? ""))" : concept.label
        return rules.contains(parts[0]) && parts[1] == parent + separator + label
    }
}
