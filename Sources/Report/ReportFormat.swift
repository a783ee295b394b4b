// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// A form of report: events go in, bytes come out.
///
/// A new one is a file here, a row in the table of formats, and a golden file.
public protocol ReportFormat: Sendable {
    static var row: FormatRow { get }

    init(_ head: RunHead, _ style: ReportStyle)

    /// Appends what the report says of an event; some say it at the end.
    mutating func take(_ event: ReportEvent, _ out: inout [UInt8])
}

/// What the command line knows of a form of report.
public struct FormatRow: Sendable, Hashable {
    /// The word of `--format`.
    public let name: String
    /// Endings of file names that choose it, without the point.
    public let endings: [String]
    /// What it tells beside findings.
    public let parts: ReportParts
    /// The same for a run over files that are no one data set.
    public let partsOfMany: ReportParts
    /// What it is, in a few words.
    public let summary: String

    public init(
        _ name: String, endings: [String], parts: ReportParts = [], partsOfMany: ReportParts? = nil, _ summary: String
    ) {
        self.name = name
        self.endings = endings
        self.parts = parts
        self.partsOfMany = partsOfMany ?? parts
        self.summary = summary
    }
}

/// How a report for people is laid out; those for programs do not ask.
public struct ReportStyle: Sendable, Hashable {
    public var width: Int
    public var isColoured: Bool
    /// Every note with its reasons, every rule that could not look.
    public var isComplete: Bool
    /// The working folder from the root, with a slash at its end: services name files from there. Empty: names stay.
    public var folder: String

    public init(width: Int, isColoured: Bool, isComplete: Bool, folder: String = "") {
        self.folder = folder
        self.width = width
        self.isColoured = isColoured
        self.isComplete = isComplete
    }

    /// For files: 100 columns without colours.
    public static func plain(isComplete: Bool, folder: String = "") -> ReportStyle {
        ReportStyle(width: 100, isColoured: false, isComplete: isComplete, folder: folder)
    }

    /// A path as services take it: from the working folder, where it lies below that, and without "./" in front.
    func served(_ path: String) -> String {
        var rest = path[...]
        if !folder.isEmpty, path.hasPrefix(folder) { rest = rest.dropFirst(folder.count) }
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return rest.isEmpty ? path : String(rest)
    }
}
