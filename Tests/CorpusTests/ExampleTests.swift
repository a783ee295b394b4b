// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Testing

/// The golden file and the examples against all rules. Oracle: the file itself, by the findings it declares.
@Suite struct ExampleTests {
    @Test(arguments: [
        "golden/nxmx.nxs.json", "golden/eiger-writer.nxs.json", "golden/pilatus-kappa.nxs.json",
        "golden/modules.nxs.json", "examples/i04-eiger.cif", "examples/i04-eiger-faulty.cif",
        "examples/i04-eiger.nxs.json", "examples/i04-eiger-faulty.nxs.json",
    ]) func `each yields exactly what it declares`(name: String) throws {
        let file = CorpusFile(name)
        #expect(file.fault == nil)
        let report = try Bench.shared.report(on: file)
        let said = report.faults.map { "\($0.rule) \($0.message)" }
        #expect(Set(report.faults.map(\.rule.description)) == Set(file.expected.map(\.rule)), "\(said)")
        for expectation in file.expected {
            guard let place = expectation.place else { continue }
            let places = report.faults.filter { $0.rule.description == expectation.rule }.flatMap(\.places)
            #expect(places.contains { $0.local.hasPrefix(place) }, "\(expectation)")
        }
    }
}
