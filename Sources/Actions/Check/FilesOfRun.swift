// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import RuleEngine
public import Transport

/// The files of one run as data sets: which are checked through others, and which describe the same frames.
///
/// What may be part of another file, or describes frames that another file describes, is held until the end; all else
/// is told as it comes.
/// - Source: docs/decisions/0202-the-folder-as-a-unit.md.
public struct FilesOfRun: Sendable {
    /// What becomes of the report on a file.
    public enum Fate: Sendable {
        case told(FileReport)
        /// A file of this kind, met in a folder.
        case passedOver(String)
    }

    private struct Held {
        var report: FileReport
        let isFound: Bool
    }

    private let check: FileCheck
    /// One named file has no others.
    private let isAlone: Bool
    /// What tells a file from others, by its path.
    private let identity: @Sendable (String) -> Identity.Key?
    private var held: [Held] = []
    /// The files that link to a file, in the order of the run.
    private var masters: [Identity.Key: [String]] = [:]
    /// The descriptions that lead to the frames of a file.
    private var descriptions: [Identity.Key: [String]] = [:]
    /// The descriptions that name an image, by what names it.
    private var namings: [String: [String]] = [:]
    /// Rules on links that speak of a file, for what of it others need not say again.
    private var rulesOnLinks: [String: Set<RuleID>] = [:]

    /// - Parameter identity: What tells a file from others; without it, what the file system says.
    public init(
        _ check: FileCheck, inputs: Int,
        identity: @escaping @Sendable (String) -> Identity.Key? = { Identity.of(Name($0))?.key }
    ) {
        self.identity = identity
        self.check = check
        isAlone = inputs < 2
    }

    /// Takes the report on one file; nothing while it is held.
    ///
    /// - Parameter isFound: It was met in a folder, not named.
    public mutating func take(_ report: FileReport, isFound: Bool) -> Fate? {
        if isFound, let words = Self.passedOver(report) {
            // Links of a file that is passed over count for no other.
            return .passedOver(words)
        }
        guard !isAlone else { return .told(report) }
        for path in report.kinship.linked {
            if let key = identity(path) { masters[key, default: []].append(report.path) }
        }
        let onLinks = Set(report.findings.map(\.rule)).intersection(FileCheck.rulesOnLinks)
        if !onLinks.isEmpty { rulesOnLinks[report.path] = onLinks }
        guard Self.mayBePart(report) || describesMore(report) else { return .told(report) }
        held.append(Held(report: report, isFound: isFound))
        return nil
    }

    /// What becomes of the files that were held.
    public mutating func finish() -> [Fate] {
        let undecided = Set(held.map(\.report).filter(Self.mayBePart).map(\.path))
        var parts = Set<String>()
        for index in held.indices {
            let path = held[index].report.path
            guard undecided.contains(path), let key = identity(path) else { continue }
            let known = (masters[key] ?? []).filter { $0 != path && !parts.contains($0) }
            guard let master = known.first(where: { !undecided.contains($0) }) ?? known.first else { continue }
            parts.insert(path)
            held[index].report = check.asPart(of: master, held[index].report, told: rulesOnLinks[master] ?? [])
        }
        for report in held.map(\.report) where undecided.contains(report.path) && report.kinship.part == nil {
            _ = describesMore(report)
        }
        tellSharedFrames()
        return held.map { one in
            guard one.isFound, one.report.status == .skipped else { return .told(one.report) }
            return .passedOver(
                one.report.hasMasterInRun ? "checked through a master" : "written for a master that is not here")
        }
    }

    static func mayBePart(_ report: FileReport) -> Bool {
        report.kinship.part != nil || report.kinship.isUndescribed
    }

    /// Notes the frames that a description leads to; true when another one leads to them too.
    private mutating func describesMore(_ report: FileReport) -> Bool {
        var isShared = false
        for path in report.kinship.frames {
            guard let key = identity(path) else { continue }
            let last = descriptions[key]?.last
            if last != nil { isShared = true }
            if last != report.path { descriptions[key, default: []].append(report.path) }
        }
        for name in Set(report.kinship.images) {
            let last = namings[name]?.last
            if last != nil, last != report.path { isShared = true }
            if last != report.path { namings[name, default: []].append(report.path) }
        }
        return isShared
    }

    /// Gives each set of descriptions one finding, at the last of them.
    private mutating func tellSharedFrames() {
        var told = Set<[String]>()
        for index in held.indices.reversed() {
            let report = held[index].report
            for path in report.kinship.frames {
                guard let key = identity(path), let list = descriptions[key], list.count > 1,
                    list.last == report.path, told.insert(list).inserted
                else { continue }
                let files = report.kinship.frames.filter {
                    identity($0).map { descriptions[$0] == list } ?? false
                }
                held[index].report = check.sharing(files, list, held[index].report)
            }
            for name in report.kinship.images {
                guard let list = namings[name], list.count > 1, list.last == report.path, told.insert(list).inserted
                else { continue }
                let images = report.kinship.images.filter { namings[$0] == list }
                held[index].report = check.sharing(images, list, held[index].report)
            }
        }
    }

    /// Why a file that was met in a folder is passed over; nil for one that is told.
    static func passedOver(_ report: FileReport) -> String? {
        if let words = report.kinship.foreignWords, report.kinship.part == nil,
            // Nobody knows what a damaged or unfinished file would hold.
            !report.findings.contains(where: { $0.rule == "FILE-002" || $0.rule == "FILE-003" })
        {
            return words
        }
        guard report.status == .skipped, report.kinship.part == nil else { return nil }
        return report.kind == .unknown ? "of other kinds" : report.kind.rawValue
    }
}
