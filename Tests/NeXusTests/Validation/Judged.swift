// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Diffraction
import Foundation
import HDF5
import NeXus
import RuleCatalog
import RuleEngine
import TestSupport

/// A file built from a recipe and checked against definitions.
struct Judged {
    let validation: Validation

    static let library = DefinitionLibrary(folder: Folder.checkout.appendingPathComponent("rules/nexus").path)

    /// - Parameters:
    ///   - recipe: The text of a recipe; `GOLDEN` in it stands for the path of the golden one.
    ///   - definitions: NXDL files by name, laid over the default release.
    init(_ recipe: String, definitions: [String: String] = [:], request: Validation.Request = .init()) throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let golden = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        let path = folder.appendingPathComponent("file.nxs.json").path
        try recipe.replacingOccurrences(of: "GOLDEN", with: golden).write(
            toFile: path, atomically: false, encoding: .utf8)
        let file = folder.appendingPathComponent("file.nxs").path
        try Recipe(reading: path).build(at: file)
        var request = request
        var library = Self.library
        if !definitions.isEmpty {
            let place = folder.appendingPathComponent("definitions")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (name, text) in definitions {
                try text.write(
                    to: place.appendingPathComponent(name + ".nxdl.xml"), atomically: false, encoding: .utf8)
            }
            request.definitions = [place.path]
            library = DefinitionLibrary(folder: Self.library.folder)
        }
        validation = try Validation(of: try FileSet.read(file, policy: .nexus), library: library, request: request)
    }

    /// Rule and first place of each finding, those for information left out unless they are asked for.
    func told(with information: Set<String> = []) -> [String] {
        validation.findings.compactMap { finding in
            if Self.informs.contains(finding.rule), !information.contains(finding.rule) { return nil }
            return finding.told
        }
    }

    static let informs: Set<String> = ["NX-009", "NX-018", "NX-024", "NX-030"]
}

/// What a rule of the catalogue makes of a finding.
extension NXFinding {
    var rule: String { fault.kind.rule.description }
    var message: String { deviation.message }
    var values: [NamedDatum] { deviation.values }

    /// Rule and first place.
    var told: String { rule + " " + (places.first.map(\.text) ?? "") }
}

extension Place {
    /// Path and attribute.
    var text: String {
        guard case .object(let path, let attribute) = spot else { return "?" }
        return path + (attribute.map { "@" + $0 } ?? "")
    }
}
