// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
import Diffraction
import Transport
import XML

/// What is needed to make or check the record of a publication.
public struct RecordSettings: Sendable {
    /// The folder with facilities, vocabularies and schemas.
    public var rules: RulesFolder
    /// The day, ISO 8601.
    public var today: String
    /// Release of the DataCite schema: one of `SchemaFacts.versions`.
    public var version = "4.7"

    public init(rules: RulesFolder, today: String) {
        self.rules = rules
        self.today = today
    }

    /// The facts of the schema; nil where they cannot be read.
    public var schema: SchemaFacts? {
        guard let structure = FileBytes.read(rules.path + "/datacite/4.7/structure.tsv"),
            let vocabularies = FileBytes.read(rules.path + "/datacite/4.7/vocabularies.tsv")
        else { return nil }
        return SchemaFacts(structure: structure, vocabularies: vocabularies, version: version)
    }

    /// Facilities and vocabularies.
    ///
    /// - Parameter first: The number of the first file in the list of sources.
    public func tables(first: Int) -> RecordTables {
        let names = FolderWalk.names(under: rules.path + "/facilities").compactMap {
            $0.split(separator: "/").last.map(String.init)
        }
        return RecordTables(facilities: names.filter { $0.hasSuffix(".json5") }, first: first) {
            FileBytes.read(rules.path + "/" + $0)
        }
    }

    /// The policy that an author file names: one that ships, or a file of the author's own.
    func policy(_ name: String, beside folder: String, in source: SourceID) -> (policy: DataPolicy, path: String)? {
        let own = name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
        let path = name.hasSuffix(".json5") ? own : rules.path + "/policies/" + name + ".json5"
        return FileBytes.read(path).flatMap { DataPolicy.read($0, in: source) }.map { ($0, path) }
    }
}
