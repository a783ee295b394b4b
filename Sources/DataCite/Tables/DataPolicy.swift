// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import JSON

/// What a data policy says of licence and embargo, from `rules/policies`.
public struct DataPolicy: Sendable {
    /// As the author file names it.
    public var name: String
    /// SPDX identifier.
    public var licence: Leaf?
    /// Years for which files are closed; nil: no embargo.
    public var embargoYears: Sourced<Int>?
    /// "collected" or "deposited".
    public var embargoFrom: Leaf?
    /// Text that a paper is asked to carry.
    public var acknowledgement: Leaf?
    /// The DOI of the session is to be cited.
    public var asksForSession = false

    /// Reads a policy; nil where the text is no JSON5 object with a name.
    ///
    /// - Parameter source: The number of the file in the list of the reading.
    public static func read(_ bytes: [UInt8], in source: SourceID) -> DataPolicy? {
        guard let root = try? PlacedJSON.read(bytes, .json5), let name = root["name"]?.value.string else { return nil }
        func origin(_ value: PlacedJSON, _ item: String) -> Origin {
            .stated(.text(offset: value.offset, item: item, row: nil, in: source))
        }
        func leaf(_ value: PlacedJSON?, _ item: String) -> Leaf? {
            value.flatMap { value in value.value.string.map { Leaf($0, origin(value, item)) } }
        }
        var policy = DataPolicy(name: name)
        policy.licence = leaf(root["licence"], "licence")
        policy.acknowledgement = leaf(root["acknowledgement"], "acknowledgement")
        policy.asksForSession = root["session"]?.value.string == "cited"
        if let embargo = root["embargo"], let years = embargo["years"], let count = years.value.integer, count > 0 {
            policy.embargoYears = Sourced(count, origin(years, "embargo.years"))
            policy.embargoFrom = leaf(embargo["from"], "embargo.from")
        }
        return policy
    }
}
