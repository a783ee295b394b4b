// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Testing

/// Oracle: gemmi 0.7.5 and cod-tools 3.7.0; the line each of them names first for these texts, recorded once.
@Suite("Places of other readers") struct OracleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var kind: Fault.Kind
        var gemmi: Int?
        var codTools: Int?
        var testDescription: String { name }
        init(_ name: String, _ kind: Fault.Kind, gemmi: Int?, codTools: Int?, _ text: String) {
            (self.name, self.kind, self.gemmi, self.codTools, self.text) = (name, kind, gemmi, codTools, text)
        }
    }

    static let cases: [Case] = [
        Case(
            "blank in a value", .irregularLoop, gemmi: 2, codTools: 2,
            "data_x\nloop_\n_a\n_b\n1 2\n3 4 5\n6 7\n"),
        Case("open string", .unterminatedString, gemmi: 3, codTools: 3, "data_x\n_a 1\n_b 'never closed\n_c 2\n"),
        // gemmi names the end of the file.
        Case(
            "open text field", .unterminatedText, gemmi: nil, codTools: 4,
            "data_x\n_a 1\n_b\n;never closed\n\n_c 2\n"),
        // cod-tools names the next token.
        Case("no value", .nameWithoutValue, gemmi: 3, codTools: nil, "data_x\n_a 1\n_b\n_c 2\n"),
        Case("no name", .valueWithoutName, gemmi: 2, codTools: 2, "data_x\n_a 1 stray\n_c 2\n"),
        Case("name again", .duplicateName, gemmi: 4, codTools: 4, "data_x\n_a 1\n_b 1\n_A 2\n"),
        // gemmi and cod-tools name the first value.
        Case("loop without names", .loopWithoutNames, gemmi: nil, codTools: nil, "data_x\n_a 1\nloop_\n1 2\n"),
        Case("before a block", .missingBlock, gemmi: 2, codTools: nil, "\n_a 1\ndata_x\n_b 1\n"),
    ]

    @Test("are ours", arguments: cases) func places(example: Case) throws {
        let document = parsed(example.text)
        let fault = try #require(document.faults.first)
        #expect(fault.kind == example.kind)
        let line = document.position(of: fault.offset).line
        for other in [example.gemmi, example.codTools] where other != nil { #expect(line == other) }
    }
}
