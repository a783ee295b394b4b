// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import NeXus

/// `imprimatur definitions list`, `show`, `diff` and `import`.
enum DefinitionsVerb {
    static func list(_ call: Invocation) -> ExitCode {
        guard !call.operands.isEmpty else {
            StandardStream.report(Release.shipped.map { $0.tag + "\n" }.joined())
            return .fine
        }
        return told { () throws(DefinitionFailure) in try set(call.operands, call).list() }
    }

    static func show(_ call: Invocation) -> ExitCode {
        let address = call.operands.first ?? ""
        return told { () throws(DefinitionFailure) in
            let set = try set(call.all("definitions"), call)
            guard let text = set.show(address) else {
                throw DefinitionFailure(
                    attempt: "show", subject: address, cause: "there is no such item in \(set.name)",
                    remedy: "see 'imprimatur definitions list \(set.name)'")
            }
            return text
        }
    }

    static func difference(_ call: Invocation) -> ExitCode {
        told { () throws(DefinitionFailure) in
            let sets = [try set([call.operands[0]], call), try set([call.operands[1]], call)]
            guard let text = sets[0].difference(to: sets[1], of: call.operands[2]) else {
                throw DefinitionFailure(
                    attempt: "compare", subject: call.operands[2], cause: "neither release has it",
                    remedy: "see 'imprimatur definitions list \(sets[1].name)'")
            }
            return text
        }
    }

    static func compile(_ call: Invocation) -> ExitCode {
        told { () throws(DefinitionFailure) in
            let folder = call.operands[0]
            guard !call.has("check") else { return try compare(folder, call) }
            let result = try DefinitionImport(
                folder: folder, release: call.value("release"), date: call.value("date"))
            for fault in result.faults { StandardStream.complain(fault.description) }
            guard let path = call.value("output") else { return result.facts }
            do {
                try OutputFile.write(Array(result.facts.utf8), to: path)
            } catch {
                throw DefinitionFailure(attempt: "write", subject: path, cause: error.line, remedy: "")
            }
            return result.census.rows.map { "\($0.count)  \($0.name)\n" }.joined()
        }
    }

    private static func compare(_ folder: String, _ call: Invocation) throws(DefinitionFailure) -> String {
        let release = call.value("release") ?? DefinitionLibrary.defaultRelease
        let path = DefinitionLibrary.path(of: release, in: try library(call).folder)
        guard let bytes = FileBytes.read(path) else {
            throw DefinitionFailure(
                attempt: "read the facts of", subject: release, cause: "'\(path)' is not there",
                remedy: "see 'imprimatur definitions list'")
        }
        let differences = try DefinitionImport.differences(facts: try FactsFile(bytes, path: path), folder: folder)
        guard differences.isEmpty else {
            throw DefinitionFailure(
                attempt: "confirm the facts of", subject: release, cause: differences.joined(separator: "; "),
                remedy: "compile them again with 'imprimatur definitions import'")
        }
        return "the facts of \(release) are those of '\(folder)'\n"
    }

    private static func library(_ call: Invocation) throws(DefinitionFailure) -> DefinitionLibrary {
        do {
            return DefinitionLibrary(folder: try RulesFolder.find(option: call.value("rules")).path + "/nexus")
        } catch {
            throw DefinitionFailure(
                attempt: "find", subject: "the folder of rules", cause: error.problem, remedy: error.remedy)
        }
    }

    private static func set(_ names: [String], _ call: Invocation) throws(DefinitionFailure) -> DefinitionSet {
        try library(call).set(names)
    }

    /// Prints a text, or says why there is none.
    private static func told(_ text: () throws(DefinitionFailure) -> String) -> ExitCode {
        do {
            StandardStream.report(try text())
            return .fine
        } catch {
            return Complaint.usage(error.description, error.remedy)
        }
    }
}
