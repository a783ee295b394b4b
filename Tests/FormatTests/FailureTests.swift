// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Transport

/// Oracle: the sentences that the reports of before gave, and strerror(3).
@Suite struct FailureTests {
    @Test("a failure is one sentence, with the causes behind it in their order")
    func sentence() {
        let inner = Failure(attempt: "open", subject: "a.h5", code: .damaged, words: "no magic number")
        let outer = Failure(
            attempt: "open", subject: "a.h5", code: .damaged, words: "unable to open file", remedy: "write it again",
            causes: [inner])
        #expect(outer.line == "cannot open 'a.h5': unable to open file: no magic number")
        #expect(outer.description == "cannot open 'a.h5': unable to open file: no magic number (write it again)")
        #expect(outer.innermost == "no magic number")
        #expect(Failure(usage: "'d' is a folder").line == "'d' is a folder")
    }

    @Test(
        "an error of the system has its code",
        arguments: [
            (ENOENT, Failure.Code.absent), (EACCES, .permission), (EISDIR, .notRegular), (ENOSPC, .full),
            (EIO, .system(EIO)),
        ])
    func system(number: Int32, code: Failure.Code) {
        let failure = Failure.system("read", "x", number)
        #expect(failure.code == code)
        #expect(failure.words == String(cString: strerror(number)))
        #expect(failure.remedy.isEmpty == false)
    }
}
