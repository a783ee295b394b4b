// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import JSON

/// A synchrotron or neutron source, as `rules/facilities` describes it.
public struct Facility: Sendable {
    /// A beamline and what is done there.
    public struct Beamline: Sendable {
        /// The name of the facility for it.
        public var name: String
        /// PaNET ids.
        public var techniques: [Leaf]
        /// DOI or handle of the instrument.
        public var pid: Leaf?
    }

    /// How the facility names sessions, whose data are published as one.
    public struct Session: Sendable {
        /// Prefix of the DOIs.
        public var doiPrefix: String
        /// The suffix, with {n} for the number.
        public var pattern: String
        /// The relation of a data set to its session.
        public var relation: Leaf
    }

    /// Small letters, as in the author file.
    public var id: String
    /// The first is the short one.
    public var names: [Leaf]
    /// Name in the list of mmCIF.
    public var site: String?
    /// Bare; nil where no id was confirmed.
    public var ror: Leaf?
    /// The name of the ROR entry.
    public var rorName: Leaf?
    /// Town and country.
    public var town: Leaf?
    /// Degrees east.
    public var longitude: Leaf?
    /// Degrees north.
    public var latitude: Leaf?
    public var session: Session?
    /// Name of its data policy.
    public var policy: Leaf?
    public var beamlines: [Beamline]
    /// Names and units of parameters in its ICAT, by our names.
    public var icat: [String: (name: String, units: String)]
    /// The entry as a whole.
    public var place: Place

    /// Reads one file of the folder; nil for a file that describes no facility.
    ///
    /// - Throws: JSONFault where the text is no JSON5.
    static func read(_ bytes: [UInt8], in source: SourceID) throws(JSONFault) -> Facility? {
        let root = try PlacedJSON.read(bytes, .json5)
        guard let id = root["id"]?.value.string else { return nil }
        func leaf(_ value: PlacedJSON?, _ item: String) -> Leaf? {
            let origin = value.map { Origin.stated(.text(offset: $0.offset, item: item, row: nil, in: source)) }
            guard let value, let origin else { return nil }
            if let text = value.value.string { return Leaf(text, origin) }
            return value.value.double.map { Leaf(DecimalText.shortest($0), origin) }
        }
        var session: Session?
        if let entry = root["session"], let prefix = entry["doiPrefix"]?.value.string,
            let pattern = entry["pattern"]?.value.string, let relation = leaf(entry["relation"], "session.relation")
        {
            session = Session(doiPrefix: prefix, pattern: pattern, relation: relation)
        }
        var icat: [String: (name: String, units: String)] = [:]
        for member in root["icat"]?.members ?? [] {
            guard let name = member.value["name"]?.value.string, let units = member.value["units"]?.value.string else {
                continue
            }
            icat[member.name] = (name, units)
        }
        return Facility(
            id: id, names: (root["names"]?.elements ?? []).compactMap { leaf($0, "names") },
            site: root["pdbx_synchrotron_site"]?.value.string, ror: leaf(root["ror"], "ror"),
            rorName: leaf(root["rorName"], "rorName"), town: leaf(root["place"], "place"),
            longitude: leaf(root["longitude"], "longitude"), latitude: leaf(root["latitude"], "latitude"),
            session: session, policy: leaf(root["policy"], "policy"),
            beamlines: (root["beamlines"]?.members ?? []).map { member in
                Beamline(
                    name: member.name,
                    techniques: (member.value["techniques"]?.elements ?? []).compactMap { leaf($0, "techniques") },
                    pid: leaf(member.value["pid"], "pid"))
            }, icat: icat, place: .text(offset: root.offset, item: nil, row: nil, in: source))
    }

    /// Whether a text names this facility: its id, one of its names, or the name of mmCIF, without case.
    public func isNamed(_ text: String) -> Bool {
        let folded = Self.folded(text)
        return folded == Self.folded(id) || names.contains { Self.folded($0.value) == folded }
            || site.map { Self.folded($0) == folded } ?? false
            || rorName.map { Self.folded($0.value) == folded } ?? false
    }

    /// The beamline of a name, which may begin with that of the facility, without case.
    public func beamline(_ name: String) -> Beamline? {
        var folded = Self.folded(name)
        for known in names.map({ Self.folded($0.value) }) + ["beamline"] where folded.hasPrefix(known) {
            folded = String(folded.dropFirst(known.count))
        }
        if folded.hasPrefix("beamline") { folded = String(folded.dropFirst("beamline".count)) }
        return beamlines.first { Self.folded($0.name) == folded }
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." }
    }
}
