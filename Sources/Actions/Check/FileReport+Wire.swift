// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON
import RuleCatalog
import RuleEngine
public import Workers

extension FileReport: WireValue {
    /// The report for another process of this program.
    public var wire: [UInt8] {
        var json = JSONWriter(.compact)
        json.object { encode(.wire, into: &$0) }
        return json.finish()
    }

    /// Reads what another process of this program sent; nil if it makes no sense.
    public init?(wire: [UInt8]) {
        guard let value = try? JSONReader.read(wire),
            let report = try? FileReport.decode(value, texts: { RuleText(of: $0) })
        else { return nil }
        self = report
    }
}

extension RuleText {
    /// What the catalogue says of a rule; nil for one that it does not hold.
    public init?(of id: RuleID) {
        let index = Int(Self.places[id.slot])
        guard index >= 0, case let rule = catalogue[index], rule.id == id else { return nil }
        self.init(title: rule.title, why: rule.why, fix: rule.fix, references: rule.references)
    }

    /// Where a rule stands in the catalogue, by area and number; -1: nowhere.
    private static let places: [Int32] = {
        var places = [Int32](repeating: -1, count: RuleID.slots)
        for index in catalogue.indices { places[catalogue[index].id.slot] = Int32(index) }
        return places
    }()
}
