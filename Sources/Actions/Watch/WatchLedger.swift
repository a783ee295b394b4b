// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import SQLite
public import Transport

/// The states of files that were checked, so that a watch which is started again does not check them again.
///
/// One thread at a time uses it.
public final class WatchLedger {
    private let database: Database
    private let basis: String

    /// "IMWL".
    private static let application = 0x494D_574C
    private static let version = 1

    /// Opens a ledger, and makes it where nothing is there.
    ///
    /// - Parameter basis: What verdicts depend on beside the files; a verdict of another basis does not count.
    public init(_ name: Name, basis: String) throws(Failure) {
        database = try Database(name, .create)
        self.basis = basis
        let application = try database.first("PRAGMA application_id") { $0.int(0) } ?? 0
        let version = try database.first("PRAGMA user_version") { $0.int(0) } ?? 0
        let tables = try database.first("SELECT count(*) FROM sqlite_master") { $0.int(0) } ?? 0
        guard tables == 0 || application == Self.application && version == Self.version else {
            throw Failure(
                attempt: "use the ledger", subject: name.text, code: .usage,
                words: "it is another database, or of another release", remedy: "name another file with --ledger")
        }
        let mode = Folder.isOnNetwork(name.folder) ? "TRUNCATE" : "WAL"
        try database.execute("PRAGMA journal_mode=\(mode); PRAGMA synchronous=NORMAL")
        guard tables == 0 else { return }
        try database.together { () throws(Failure) in
            try database.execute(
                """
                CREATE TABLE checked(path NOT NULL, state TEXT NOT NULL, linked TEXT NOT NULL, basis TEXT NOT NULL, \
                status TEXT NOT NULL, PRIMARY KEY(path, basis)) WITHOUT ROWID;
                PRAGMA user_version=\(Self.version); PRAGMA application_id=\(Self.application)
                """)
        }
    }

    /// What was known of a file when it was checked last: its state, and the states of the files it links to; nil if it
    /// was not.
    func state(of path: Name) throws(Failure) -> (own: String, linked: String)? {
        try database.first(
            "SELECT state, linked FROM checked WHERE path=? AND basis=?", [Cell(path), .text(basis)]
        ) { ($0.text(0), $0.text(1)) }
    }

    /// Takes a verdict down.
    func set(_ path: Name, state: String, linked: String, status: String) throws(Failure) {
        try database.run(
            "INSERT OR REPLACE INTO checked VALUES(?,?,?,?,?)",
            [Cell(path), .text(state), .text(linked), .text(basis), .text(status)])
    }
}
