// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import ImgCIF
import NeXus
import Transport

/// `imprimatur definitions list`, `show`, `diff` and `import`.
enum DefinitionsVerb {
    static func list(_ call: Invocation) -> ExitCode {
        guard !call.operands.isEmpty else {
            StandardStream.report(Release.shipped.map { $0.tag + "\n" }.joined())
            return .fine
        }
        return told { try set(call.operands, call).list() }
    }

    static func show(_ call: Invocation) -> ExitCode {
        let address = call.operands.first ?? ""
        return told {
            let set = try set(call[all: .definitions], call)
            guard let text = set.show(address) else {
                throw Failure(
                    usage: "cannot show '\(address)': there is no such item in \(set.name)",
                    remedy: "see 'imprimatur definitions list \(set.name)'")
            }
            return text
        }
    }

    static func difference(_ call: Invocation) -> ExitCode {
        told {
            let sets = [try set([call.operands[0]], call), try set([call.operands[1]], call)]
            guard let text = sets[0].difference(to: sets[1], of: call.operands[2]) else {
                throw Failure(
                    usage: "cannot compare '\(call.operands[2])': neither release has it",
                    remedy: "see 'imprimatur definitions list \(sets[1].name)'")
            }
            return text
        }
    }

    static func compile(_ call: Invocation) -> ExitCode {
        told {
            let folder = call.operands[0]
            if folder.hasSuffix(".dic") { return try compile(dictionary: folder, call) }
            guard !call.has(.check) else { return try compare(folder, call) }
            let output = try output(call)
            let result = try DefinitionImport(
                folder: folder, release: call[.release], date: call[.date])
            for fault in result.faults { StandardStream.complain(fault.description) }
            guard case .file = output else { return result.facts }
            try output.write(Array(result.facts.utf8))
            try output.end()
            return result.census.rows.map { "\($0.count)  \($0.name)\n" }.joined()
        }
    }

    private static func compile(dictionary path: String, _ call: Invocation) throws -> String {
        let output = try output(call)
        let facts: DictionaryFacts
        do {
            facts = try DictionaryReader.facts(of: path)
        } catch {
            throw Failure(
                usage: "cannot compile '\(error.subject)': \(error.cause)",
                remedy: "name a dictionary in DDLm, such as cif_img.dic")
        }
        for missing in facts.missing {
            StandardStream.complain(
                "'\(missing.file)' is not beside the dictionary: \(missing.definitions) definitions lack what they import"
            )
        }
        let text = DictionaryFactsFile.text(of: facts)
        guard case .file = output else { return text }
        try output.write(Array(text.utf8))
        try output.end()
        return "\(facts.categories.count)  categories\n\(facts.items.count)  items\n"
    }

    private static func compare(_ folder: String, _ call: Invocation) throws -> String {
        let release = call[.release] ?? DefinitionLibrary.defaultRelease
        let path = DefinitionLibrary.path(of: release, in: try library(call).folder)
        guard let bytes = FileBytes.read(path) else {
            throw Failure(
                usage: "cannot read the facts of '\(release)': '\(path)' is not there",
                remedy: "see 'imprimatur definitions list'")
        }
        let differences = try DefinitionImport.differences(facts: try FactsFile(bytes, path: path), folder: folder)
        guard differences.isEmpty else {
            throw Failure(
                usage: "cannot confirm the facts of '\(release)': " + differences.joined(separator: "; "),
                remedy: "compile them again with 'imprimatur definitions import'")
        }
        return "the facts of \(release) are those of '\(folder)'\n"
    }

    /// The file to write, none of those that are read.
    private static func output(_ call: Invocation) throws(Failure) -> Output {
        let read = call.operands.flatMap { [$0] + FolderWalk.names(under: $0) }
        let keys = Set(read.compactMap { Identity.of(Name($0))?.key })
        return try Output(call[.facts], inputs: keys, replaces: call.has(.force))
    }

    private static func library(_ call: Invocation) throws -> DefinitionLibrary {
        DefinitionLibrary(folder: try RulesOptions(call).folder.path + "/nexus")
    }

    private static func set(_ names: [String], _ call: Invocation) throws -> DefinitionSet {
        try library(call).set(names)
    }

    /// Prints a text, or says why there is none.
    private static func told(_ text: () throws -> String) -> ExitCode {
        do {
            StandardStream.report(try text())
            return .fine
        } catch let failure as Failure {
            // Definitions that cannot be had are named by the command line; what cannot be written is not.
            return StandardStream.tell(failure.attempt == "write" ? failure : failure.with(code: .usage))
        } catch {
            return .defect
        }
    }
}
