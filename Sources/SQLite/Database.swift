// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CSQLite
public import Transport

/// A database in one file, by SQLite; the only door to that library.
///
/// One thread at a time uses it. Statements are compiled once and kept.
/// - SeeAlso: sqlite3_open_v2.
public final class Database {
    /// How a database is opened.
    public enum Mode: Sendable {
        case read
        case write
        /// Made if it is not there.
        case create
    }

    /// The file it was opened by.
    public let name: Name
    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]

    /// Opens a file; nothing of it is read before the first statement.
    public init(_ name: Name, _ mode: Mode) throws(Failure) {
        // Of a device the library would ask for locks and leave a journal beside it.
        if let kind = Folder.working.kind(behind: name), ![.file, .folder].contains(kind) {
            throw Failure(
                attempt: "use", subject: name.text, code: .notRegular, words: "it is no regular file",
                remedy: "name a file")
        }
        self.name = name
        var handle: OpaquePointer?
        let flags =
            switch mode {
            case .read: SQLITE_OPEN_READONLY
            case .write: SQLITE_OPEN_READWRITE
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        let code = (name.bytes + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                sqlite3_open_v2($0.baseAddress, &handle, flags | SQLITE_OPEN_FULLMUTEX, nil)
            }
        }
        guard code == SQLITE_OK, let handle else {
            let failure = Self.failure(code, handle, name, "open")
            sqlite3_close_v2(handle)
            throw failure
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 10_000)
    }

    deinit {
        statements = [:]
        sqlite3_close_v2(handle)
    }

    /// Runs statements that give nothing back, one after the other.
    public func execute(_ sql: String) throws(Failure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Runs one statement, which may give rows back that nobody asks for.
    public func run(_ sql: String, _ values: [Cell] = []) throws(Failure) {
        try rows(sql, values) { (_) throws(Failure) in }
    }

    /// Hands over the rows of a statement, one after the other.
    public func rows(_ sql: String, _ values: [Cell] = [], _ take: (Row) throws(Failure) -> Void) throws(Failure) {
        let statement = try statement(sql)
        defer {
            statement.reset()
            statements[sql] = statement
        }
        for (index, value) in values.enumerated() {
            let code = statement.bind(value, at: index + 1)
            guard code == SQLITE_OK else { throw failure(code) }
        }
        while true {
            switch sqlite3_step(statement.pointer) {
            case SQLITE_ROW: try take(Row(statement: statement.pointer))
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    /// The first row of a statement; nil if there is none.
    public func first<Answer>(_ sql: String, _ values: [Cell] = [], _ read: (Row) -> Answer) throws(Failure) -> Answer?
    {
        var found: Answer?
        try rows(sql, values) { (row) throws(Failure) in
            if found == nil { found = read(row) }
        }
        return found
    }

    /// Does several things as one: all of them, or none.
    public func together<Answer>(_ body: () throws(Failure) -> Answer) throws(Failure) -> Answer {
        try execute("BEGIN IMMEDIATE")
        do throws(Failure) {
            let answer = try body()
            try execute("COMMIT")
            return answer
        } catch {
            // Some errors roll back by themselves.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Number of the row that was put in last.
    public var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Rows that the last statement changed.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Version of the library.
    public static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    private func statement(_ sql: String) throws(Failure) -> Statement {
        // Taken away while it runs, so that what it hands over may ask the same again.
        if let known = statements.removeValue(forKey: sql) { return known }
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw failure(code) }
        return Statement(pointer)
    }

    private func failure(_ code: Int32) -> Failure { Self.failure(code, handle, name, "use") }

    private static func failure(_ code: Int32, _ handle: OpaquePointer?, _ name: Name, _ attempt: String) -> Failure {
        let system = handle.map { sqlite3_system_errno($0) } ?? 0
        var words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
        if system != 0 { words += " (\(Failure.systemWords(system, isWriting: true)))" }
        let (kind, remedy): (Failure.Code, String) =
            switch code & 0xFF {
            case SQLITE_FULL: (.full, "make room on the disk; what was stored before stays, and the run can be resumed")
            case SQLITE_BUSY, SQLITE_LOCKED: (.locked, "wait for the other program that uses it")
            case SQLITE_READONLY, SQLITE_PERM: (.permission, "name a store that may be written to")
            case SQLITE_NOTADB: (.foreign, "name a store that this program wrote")
            case SQLITE_CORRUPT: (.damaged, "take a copy of an earlier day")
            case SQLITE_CANTOPEN:
                (system == 0 ? .absent : .init(system: system), "check its folder, and whether it may be read")
            case SQLITE_IOERR:
                (
                    system == 0 ? .library("sqlite") : .init(system: system),
                    "look at the disk; what was stored before stays, and the run can be resumed"
                )
            default: (.library("sqlite"), "")
            }
        return Failure(attempt: attempt, subject: name.text, code: kind, words: words, remedy: remedy)
    }
}

/// One compiled statement.
final class Statement {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { sqlite3_finalize(pointer) }

    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    func bind(_ value: Cell, at place: Int) -> Int32 {
        let place = Int32(clamping: place)
        switch value {
        case .null: return sqlite3_bind_null(pointer, place)
        case .integer(let number): return sqlite3_bind_int64(pointer, place, number)
        case .real(let number): return sqlite3_bind_double(pointer, place, number)
        case .text(var text):
            return text.withUTF8 { csqlite_bind_text(pointer, place, $0.baseAddress, Int32(clamping: $0.count)) }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes {
                csqlite_bind_blob(pointer, place, $0.baseAddress, Int32(clamping: $0.count))
            }
        }
    }
}

/// One row, while it is handed over.
public struct Row {
    let statement: OpaquePointer

    /// A whole number; 0 for nothing.
    public func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(clamping: column)) }

    /// A whole number.
    public func int(_ column: Int) -> Int { Int(clamping: integer(column)) }

    /// A real number; 0 for nothing.
    public func real(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(clamping: column)) }

    /// The column holds nothing.
    public func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, Int32(clamping: column)) == SQLITE_NULL
    }

    /// The bytes of a text, or of bytes.
    public func bytes(_ column: Int) -> [UInt8] {
        let column = Int32(clamping: column)
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// A text; what is no UTF-8 in it is replaced.
    public func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// A text; nil for nothing.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// The bytes of a name of a file.
    public func name(_ column: Int) -> Name { Name(bytes: bytes(column)) }
}
