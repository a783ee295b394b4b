// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import SQLite
import Transport

/// What the store keeps of a report beside its words.
struct EntryFlags: OptionSet {
    let rawValue: Int64

    static let failing = EntryFlags(rawValue: 1)
    static let incomplete = EntryFlags(rawValue: 2)
    static let unread = EntryFlags(rawValue: 4)
    /// It describes nothing, so that another file may describe it.
    static let undescribed = EntryFlags(rawValue: 8)
    static let dataPart = EntryFlags(rawValue: 16)
    static let metaPart = EntryFlags(rawValue: 32)
    /// It is no diffraction data, or was not to be looked at.
    static let passedOver = EntryFlags(rawValue: 64)
    /// It is checked through a master of the audit.
    static let hasMaster = EntryFlags(rawValue: 128)
    /// It is still to be checked, and its digest was taken while the frames in it were read for another file.
    static let digested = EntryFlags(rawValue: 256)

    init(rawValue: Int64) { self.rawValue = rawValue }

    init(_ report: FileReport) {
        var flags: EntryFlags = []
        if report.isFailing { flags.insert(.failing) }
        if report.isIncomplete { flags.insert(.incomplete) }
        if report.isUnread { flags.insert(.unread) }
        if report.kinship.isUndescribed { flags.insert(.undescribed) }
        if let part = report.kinship.part { flags.insert(part.role == .data ? .dataPart : .metaPart) }
        if report.hasMasterInRun { flags.insert(.hasMaster) }
        self = flags
    }
}

/// What is taken down of one file that was checked.
struct CheckedEntry {
    let entry: Int64
    let report: FileReport
    /// Why it is passed over.
    let passedOver: String?
    /// Where its links and its frames lead.
    var leads: [(kind: String, key: Identity.Key)] = []
    /// As it was when the check began.
    let state: FileState?
    /// Bytes that are done with it.
    var bytes = 0
}

/// The digest of a file that is still to be checked, and the state of the file in which it was taken.
struct KnownDigest: Sendable {
    let sha256: [UInt8]
    let size: Int
    let modified: Int64
    let device, inode: Int64

    func isOf(_ state: FileState) -> Bool {
        state.size == size && state.modified == modified && state.device == UInt64(bitPattern: device)
            && state.inode == UInt64(bitPattern: inode)
    }
}

// What came of rows.

extension AuditStore {
    /// Takes down what came of a file.
    func record(_ checked: CheckedEntry, run: Int64, basis: Int64) throws(Failure) {
        if let state = checked.state {
            try database.run(
                "UPDATE entry SET size=?, modified=?, changed=?, device=?, inode=?, permissions=?, owner=? WHERE id=?",
                [
                    Cell(state.size), .integer(state.modified), .integer(state.changed),
                    .integer(Int64(bitPattern: state.device)), .integer(Int64(bitPattern: state.inode)),
                    Cell(state.permissions), Cell(state.owner), .integer(checked.entry),
                ])
        }
        try record(checked.entry, checked.report, passedOver: checked.passedOver, run: run, basis: basis)
        try database.run("DELETE FROM lead WHERE entry=?", [.integer(checked.entry)])
        for (number, lead) in checked.leads.enumerated() {
            try database.run(
                "INSERT INTO lead VALUES(?,?,?,?,?)",
                [
                    .integer(checked.entry), .text(lead.kind), Cell(number),
                    .integer(Int64(bitPattern: lead.key.device)), .integer(Int64(bitPattern: lead.key.inode)),
                ])
        }
        for digest in checked.report.kinship.digests { try note(digest) }
        if let origin = checked.report.origin { try record(origin, of: checked.entry) }
        guard let facts = checked.report.seriesFacts else { return }
        var json = JSONWriter(.compact)
        json.value(facts)
        try database.run(
            "INSERT OR REPLACE INTO image VALUES(?,?)",
            [.integer(checked.entry), .text(String(decoding: json.finishValue(), as: UTF8.self))])
    }

    /// Takes down the digest of a file that is still to be checked; of one that is another one now, or that is checked, not.
    private func note(_ digest: Kinship.Digest) throws(Failure) {
        guard let sha256 = Self.bytes(hexadecimal: digest.sha256) else { return }
        for place in try places(of: Name(digest.path)) {
            try database.run(
                "UPDATE entry SET sha256=?, flags=? WHERE folder=(SELECT id FROM folder WHERE root=? AND path=?) AND name=? "
                    + "AND state=0 AND kind='file' AND size=? AND modified=? AND device=? AND inode=?",
                [
                    .bytes(sha256), .integer(EntryFlags.digested.rawValue), .integer(place.root.id), Cell(place.folder),
                    Cell(place.name), Cell(digest.size), .integer(digest.modified),
                    .integer(Int64(bitPattern: digest.device)), .integer(Int64(bitPattern: digest.inode)),
                ])
        }
    }

    /// The digest of a row that is handed out, if it was taken while frames in the file were read.
    func knownDigest(of entry: Int64) throws(Failure) -> KnownDigest? {
        try database.first(
            "SELECT sha256, size, modified, device, inode FROM entry WHERE id=? AND flags=?",
            [.integer(entry), .integer(EntryFlags.digested.rawValue)]
        ) { row in
            KnownDigest(
                sha256: row.bytes(0), size: row.int(1), modified: row.integer(2), device: row.integer(3),
                inode: row.integer(4))
        }
    }

    private func record(_ origin: StatedOrigin, of entry: Int64) throws(Failure) {
        var json = JSONWriter(.compact)
        json.object { origin.write(into: &$0) }
        try database.run(
            "INSERT OR REPLACE INTO origin VALUES(?,?,?)",
            [.integer(entry), Cell(origin.date), .text(String(decoding: json.finishValue(), as: UTF8.self))])
    }

    /// Takes down a report on a row.
    func record(_ entry: Int64, _ report: FileReport, passedOver: String? = nil, run: Int64, basis: Int64)
        throws(Failure)
    {
        for table in ["own", "image", "origin", "elsewhere"] {
            try database.run("DELETE FROM \(table) WHERE entry=?", [.integer(entry)])
        }
        var flags = EntryFlags(report)
        if passedOver != nil { flags.insert(.passedOver) }
        let digest = report.sha256.flatMap(Self.bytes(hexadecimal:))
        try write(entry, report, flags, reason: passedOver ?? Self.reason(report))
        try database.run(
            "UPDATE entry SET state=2, run=?, basis=?, sha256=? WHERE id=?",
            [.integer(run), .integer(basis), digest.map { .bytes($0) } ?? .null, .integer(entry)])
    }

    /// A name that is not looked at.
    func pass(over entry: Int64, _ why: String, run: Int64) throws(Failure) {
        for table in ["own", "image", "origin", "elsewhere", "lead"] {
            try database.run("DELETE FROM \(table) WHERE entry=?", [.integer(entry)])
        }
        try database.run(
            "UPDATE entry SET state=2, run=?, basis=NULL, status='skipped', flags=?, reason=?, format=NULL, outline=NULL, "
                + "a=NULL, b=NULL, c=NULL, g=NULL, sha256=NULL, front=NULL, findings=NULL, unchecked=NULL, failures=NULL, "
                + "part_of=NULL WHERE id=?",
            [
                .integer(run), .integer(EntryFlags.passedOver.rawValue),
                try number(of: why).map { .integer($0) } ?? .null, .integer(entry),
            ])
    }

    /// Writes a verdict over the row.
    func write(_ entry: Int64, _ report: FileReport, _ flags: EntryFlags, reason: String, partOf: Int64? = nil)
        throws(Failure)
    {
        let pieces = ReportPieces(report)
        let counts = report.counts
        func cell(_ body: [UInt8]) throws(Failure) -> Cell {
            guard body.count > 2 else { return .null }
            return try number(of: body).map { .integer($0) } ?? .null
        }
        let found: Cell =
            report.findings.isEmpty
            ? .null
            : try number(of: pieces.findings) { [database] (number) throws(Failure) in
                for (index, finding) in report.findings.enumerated() {
                    try database.run(
                        "INSERT OR REPLACE INTO finding VALUES(?,?,?,?,?)",
                        [
                            .integer(number), Cell(index), .text(finding.rule.description),
                            .text(finding.level.rawValue), Cell(finding.count),
                        ])
                }
            }.map { .integer($0) } ?? .null
        try database.run(
            "UPDATE entry SET status=?, flags=?, format=?, outline=?, reason=?, a=?, b=?, c=?, g=?, front=?, findings=?, "
                + "unchecked=?, failures=?, part_of=? WHERE id=?",
            [
                .text(report.status.text), .integer(flags.rawValue), .text(report.kind.rawValue),
                try number(of: report.outline).map { .integer($0) } ?? .null,
                try number(of: reason).map { .integer($0) } ?? .null,
                Cell(counts[.A]), Cell(counts[.B]), Cell(counts[.C]), Cell(counts[.G]), try cell(pieces.front), found,
                try cell(pieces.notChecked), try cell(pieces.failures), partOf.map { .integer($0) } ?? .null,
                .integer(entry),
            ])
    }

    /// Why a file did not pass, in one sentence; empty for one that did.
    static func reason(_ report: FileReport) -> String {
        switch report.status {
        case .pass: return ""
        case .fail:
            guard let worst = report.findings.min(by: { $0.level.rank < $1.level.rank }) else { return "" }
            return "\(worst.rule) \(worst.message)"
        default:
            if let failure = report.failures.first { return failure.line(in: report.path) }
            if let unread = report.notChecked.first(where: { $0.reason.word.isUnread }) {
                return "\(unread.rule) not checked: \(unread.because)"
            }
            return report.findings.first.map { "\($0.rule) \($0.message)" } ?? ""
        }
    }

    static func bytes(hexadecimal text: String) -> [UInt8]? {
        let nibbles = text.compactMap(\.hexDigitValue)
        guard nibbles.count == text.utf8.count, nibbles.count % 2 == 0 else { return nil }
        return stride(from: 0, to: nibbles.count, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) }
    }
}
