// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CorpusRecipes
import Foundation
import Frames
import ImgCIF
import NeXus
import RuleCatalog
import RuleEngine
import TestSupport

/// Checks corpus files with the default profile; recipes are made into files of a folder of its own first.
final class Bench: Sendable {
    static let shared = Bench()

    private let check: FileCheck
    private let built: URL
    /// The report on every file of the corpora, by its name.
    let reports: [String: FileReport]

    /// The default profile with the definitions and dictionaries of this checkout.
    static let settings: FileCheck.Settings = {
        var reading = ReadingSettings()
        reading.frames = .ends
        reading.library = DefinitionLibrary(folder: Folder.checkout.appendingPathComponent("rules/nexus").path)
        reading.dictionaries = DictionaryLibrary(
            folder: Folder.checkout.appendingPathComponent("rules/imgcif").path)
        let rules = try! RulesFolder.find(option: Folder.checkout.appendingPathComponent("rules").path)
        reading.record = RecordSettings(rules: rules, today: "2026-11-30")
        reading.instruments = InstrumentShelf(rules)
        return FileCheck.Settings(profile: Profile(name: "default"), reading: reading)
    }()

    private init() {
        var settings = Self.settings
        settings.parts = [.experiments, .digests, .compatibility]
        check = FileCheck(settings)
        built = FileManager.default.temporaryDirectory.appendingPathComponent("imprimatur-corpora-\(UUID().uuidString)")
        var reports: [String: FileReport] = [:]
        // Spots are compared between more frames than the ends of a scan.
        settings.reading.frames = .all
        let whole = FileCheck(settings)
        for file in CorpusFile.all {
            let check = file.folder == "IMAGE-012" ? whole : check
            reports[file.name] = check.check(Self.path(of: file, in: built))
        }
        self.reports = reports
        try? FileManager.default.removeItem(at: built)
    }

    /// The path of a corpus file; of a recipe, that of the file it makes.
    private static func path(of file: CorpusFile, in folder: URL) -> String {
        let source = CorpusFile.root.path + "/" + file.name
        guard Corpora.isRecipe(file.name) else { return source }
        let place = folder.appendingPathComponent(file.folder)
        let output = place.appendingPathComponent(String(file.name.dropFirst(file.folder.count + 1).dropLast(5))).path
        try? FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try? Corpora.build(source, at: output)
        return output
    }

    /// The report on a file of the corpora that belongs to no rule.
    func report(on file: CorpusFile) throws -> FileReport {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        return check.check(Self.path(of: file, in: folder))
    }

    /// The report on a text that stands in no corpus.
    func report(on text: Data) throws -> FileReport {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("changed.cif")
        try text.write(to: path)
        return check.check(path.path)
    }
}

extension FileReport {
    /// Findings that say a fault: levels A to C.
    var faults: [Finding] { findings.filter { $0.level != .G } }
}
