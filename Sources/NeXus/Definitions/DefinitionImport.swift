// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Facts written from a folder of NXDL files.
public struct DefinitionImport: Sendable {
    /// The text of the facts file; the same bytes for the same folder.
    public let facts: String
    public let provenance: Provenance
    public let census: Census
    public let faults: [NXDLReader.Fault]

    /// - Parameters:
    ///   - folder: A folder that holds `base_classes`, `applications` and `contributed_definitions`, or NXDL files.
    ///   - release: The tag; nil takes the name of the folder if it is one.
    ///   - date: The day of the release, `YYYY-MM-DD`, if it is known.
    /// - Throws: When the folder cannot be read or holds no NXDL file that can.
    public init(folder: String, release: String? = nil, date: String? = nil) throws(Failure) {
        let read = try NXDLFolder(reading: folder, release: release)
        guard !read.definitions.isEmpty else {
            let first = read.faults.first.map { " (first \($0))" } ?? ""
            throw Failure(
                attempt: "import definitions from", subject: folder, code: .damaged,
                words: "none of its files could be read" + first,
                remedy: "mend the files, or name a checkout of nexusformat/definitions")
        }
        var provenance = read.provenance
        provenance.date = date
        var faults = read.faults
        let names = Set(read.definitions.map(\.name))
        for definition in read.definitions {
            if let parent = definition.parent, names.contains("NXobject"), !names.contains(parent) {
                faults.append(.init(file: definition.file, line: 1, what: "extends '\(parent)', which is not there"))
            }
        }
        faults += Self.circles(read.definitions)
        facts = FactsWriter.text(of: read.definitions, provenance)
        self.provenance = provenance
        self.census = read.census
        self.faults = faults
    }

    private static func circles(_ definitions: [Definition]) -> [NXDLReader.Fault] {
        let parents = Dictionary(definitions.map { ($0.name, $0.parent) }, uniquingKeysWith: { first, _ in first })
        return definitions.compactMap { definition in
            var passed: Set<String> = []
            var next: String? = definition.name
            while let name = next {
                guard passed.insert(name).inserted else {
                    return .init(file: definition.file, line: 1, what: "extends itself by way of '\(name)'")
                }
                next = parents[name] ?? nil
            }
            return nil
        }
    }

    /// Compares the digests of a facts file with the files of a folder.
    ///
    /// - Returns: One sentence for each file that differs, is absent or is new; none when all agree.
    public static func differences(facts: FactsFile, folder: String) throws(Failure) -> [String] {
        let read = try NXDLFolder(reading: folder)
        let stated = Dictionary(facts.files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        let found = Dictionary(read.provenance.files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { $1 })
        return Set(stated.keys).union(found.keys).sorted().compactMap { path in
            switch (stated[path], found[path]) {
            case (let one?, let other?): one == other ? nil : "\(path) differs"
            case (nil, _): "\(path) is not among the facts"
            case (_, nil): "\(path) is not in the folder"
            }
        }
    }
}
