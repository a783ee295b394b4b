// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// A data set as the catalogue of a facility takes it: the record, what was measured, and the files.
public struct CatalogueEntry: Sendable {
    /// A file of the data set.
    public struct File: Sendable {
        /// Relative to the folder of the data set.
        public var path: String
        public var size: Int
        /// W3CDTF with zone; nil where nobody looked.
        public var time: String?
        /// SHA-256, hexadecimal; nil where nobody took it.
        public var sha256: String?

        public init(path: String, size: Int, time: String? = nil, sha256: String? = nil) {
            self.path = path
            self.size = size
            self.time = time
            self.sha256 = sha256
        }
    }

    /// One measured value.
    struct Quantity {
        /// Our name for it, such as "wavelength".
        var key: String
        var value: Double
        /// "A", "deg", "s", "mm", "K", "%"; empty for counts.
        var unit: String
    }

    public var record: PublicationRecord
    public var facts: DataSetFacts
    /// The facility of the data; nil where no table has it.
    public var facility: Facility?
    /// The day, ISO 8601.
    public var today: String
    /// Folder of the data at the facility.
    public var folder: String
    public var files: [File]
    /// Who owns the entry in the catalogue; nil: the number of the proposal.
    public var owner: String?
    /// Name and version of this program.
    public var program: String

    public init(
        record: PublicationRecord, facts: DataSetFacts, facility: Facility?, today: String, folder: String,
        files: [File], owner: String? = nil, program: String
    ) {
        self.record = record
        self.facts = facts
        self.facility = facility
        self.today = today
        self.folder = folder
        self.files = files
        self.owner = owner
        self.program = program
    }

    /// What was measured, as far as it is known.
    var quantities: [Quantity] {
        var list: [Quantity] = []
        func add(_ key: String, _ value: Double?, _ unit: String) {
            guard let value, value.isFinite else { return }
            list.append(Quantity(key: key, value: value.cleared(to: 9), unit: unit))
        }
        if facts.wavelengths.count == 1 { add("wavelength", facts.wavelengths[0].value, "A") }
        add("detectorDistance", facts.distance?.value, "mm")
        add("numberOfImages", facts.frames.map { Double($0.value) }, "")
        add("increment", facts.increment?.value, "deg")
        add("range", facts.range?.value, "deg")
        add("exposureTime", facts.exposure?.value, "s")
        add("temperature", facts.temperature?.value, "K")
        add("transmission", facts.transmission.map { $0.value * 100 }, "%")
        if let size = facts.pixelSize?.value {
            add("pixelSizeFast", size.fast, "mm")
            add("pixelSizeSlow", size.slow, "mm")
        }
        return list
    }

    /// Start and end of the collection where both are times; days are none.
    var times: (start: String, end: String)? {
        guard let collected = record.date("Collected")?.value else { return nil }
        let parts = collected.split(separator: "/").map(String.init)
        guard let first = parts.first, let last = parts.last,
            [first, last].allSatisfy({ text in
                (try? W3CDate.read(text).get()).map { $0.seconds != nil && $0.zone != nil } ?? false
            })
        else { return nil }
        return (Self.whole(first), Self.whole(last))
    }

    /// A time with its seconds, which W3CDTF may leave out and dateTime may not.
    private static func whole(_ text: String) -> String {
        guard let t = text.firstIndex(of: "T") else { return text }
        let clock = text[text.index(after: t)...].prefix { $0.isNumber || $0 == ":" || $0 == "." }
        guard clock.filter({ $0 == ":" }).count == 1 else { return text }
        return String(text[..<clock.endIndex]) + ":00" + String(text[clock.endIndex...])
    }

    /// Terms of PaNET: id, label and address.
    var techniques: [(id: String, label: String, address: String)] {
        record.subjects.compactMap { subject in
            guard subject.scheme?.value == "PaNET", let address = subject.valueAddress?.value else { return nil }
            return (CheckDigits.bare(address), subject.text.value, address)
        }
    }

    /// Keywords without terms of PaNET.
    var keywords: [String] { record.subjects.filter { $0.scheme == nil }.map(\.text.value) }

    /// The number of the proposal; nil where nobody gave one.
    var proposal: String? {
        record.alternateIdentifiers.first { $0.type?.value.hasSuffix("proposal") == true }?.value.value
    }

    /// Name of the sample; nil where nobody gave one.
    var sample: String? { sampleLeaf?.value }

    private var sampleLeaf: Leaf? { facts.sample }

    /// Name of the beamline with its facility.
    var instrument: String? { facts.beamline?.value }
}
