// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON

/// When and where a description says that it was measured, and which files it names; told by no report.
public struct StatedOrigin: Sendable, Hashable {
    /// ISO 8601 date of the last day of collection; nil where none is stated.
    public var date: String?
    /// Names of facility, beamline and instrument, as stated.
    public var instruments: [String]
    /// The last parts of the names of the files and members that it names, each once.
    public var files: [String]
    /// It names more files than are taken down.
    public var namesMore: Bool

    /// Names that are taken down of one description.
    public static let mostFiles = 200_000

    public init(date: String? = nil, instruments: [String] = [], files: [String] = [], namesMore: Bool = false) {
        self.date = date
        self.instruments = instruments
        self.files = files
        self.namesMore = namesMore
    }

    /// Reads what `write` wrote; nil if it makes no sense.
    public init?(_ value: JSONValue) {
        guard value.members != nil else { return nil }
        self.init(
            date: value["date"]?.string, instruments: value["instruments"]?.elements?.compactMap(\.string) ?? [],
            files: value["files"]?.elements?.compactMap(\.string) ?? [], namesMore: value["more"]?.bool ?? false)
    }

    /// Writes the members of the object that the writer is in.
    public func write(into json: inout JSONWriter) {
        json.member("date", date)
        json.array("instruments") { json in for name in instruments { json.string(name) } }
        json.array("files") { json in for name in files { json.string(name) } }
        json.member("more", namesMore)
    }
}
