// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CArchive
import CCBF
import CCurl
import CSQLite
import Testing

/// Oracle: the libraries' own version calls, held against the headers that were compiled in.
@Suite("C libraries")
struct SystemLibraryTests {
    @Test("libarchive answers with the version of its header")
    func archive() {
        #expect(carchive_version() == carchive_header_version())
    }

    @Test("libcurl speaks HTTPS")
    func curl() throws {
        let words = try #require(ccurl_version().map { String(cString: $0) })
        #expect(words.contains("SSL") || words.contains("GnuTLS"))
    }

    @Test("SQLite keeps what it is told")
    func sqlite() throws {
        var database: OpaquePointer?
        #expect(sqlite3_open(":memory:", &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        #expect(sqlite3_exec(database, "create table t(x); insert into t values (42)", nil, nil, nil) == SQLITE_OK)
        var statement: OpaquePointer?
        #expect(sqlite3_prepare_v2(database, "select x from t", -1, &statement, nil) == SQLITE_OK)
        defer { sqlite3_finalize(statement) }
        #expect(sqlite3_step(statement) == SQLITE_ROW)
        #expect(sqlite3_column_int(statement, 0) == 42)
    }

    @Test("libcbf names its version")
    func cbf() {
        #expect(String(cString: imprimatur_cbf_version()).hasPrefix("CBFlib v0."))
    }
}
