// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import JSON

/// Instruments as their published descriptions have them, for comparison with what a data set says.
///
/// - Source: `rules/facilities/instruments.json5`, and `goniometer-axes.json5` for rotations by serial number.
public struct InstrumentLibrary: Sendable {
    /// One detector with its goniometer, for a time. Directions in one frame, whose Z points to the source.
    public struct Entry: Sendable {
        /// The name of the entry for a sentence.
        public var id: String
        /// Names of the facility.
        public var facilities: [String] = []
        public var beamline: String?
        /// `_diffrn_source.make` of laboratory instruments.
        public var make: String?
        /// Serial number of the detector.
        public var serial: String?
        /// First day on which the entry holds, and the first on which it does no longer; YYYY-MM-DD.
        public var from: String?
        public var until: String?
        /// Pixels along fast and slow; nil where the entry holds for any.
        public var pixels: FastSlow<Int>?
        /// Direction of the positive rotation that carries the others.
        public var rotation: Vector3
        /// Directions of the pixels at zero swing.
        public var fast: Vector3
        public var slow: Vector3
        public var swing: Vector3?
        public var gravity: Vector3?
        /// The pixel directions were looked at; else they are the frame in which the rotation is given.
        public var hasDetector: Bool
    }

    /// What is known of an instrument that is looked up.
    public struct Sight: Sendable {
        /// Texts that may hold the serial number of the detector.
        public var texts: [String]
        public var facility: String?
        public var beamline: String?
        public var make: String?
        /// When data were taken, as written.
        public var date: String?
        public var pixels: FastSlow<Int>?

        public init(
            texts: [String], facility: String?, beamline: String?, make: String?, date: String?, pixels: FastSlow<Int>?
        ) {
            self.texts = texts
            self.facility = facility
            self.beamline = beamline
            self.make = make
            self.date = date
            self.pixels = pixels
        }
    }

    /// Why a text is no such library.
    public enum Fault: Error, Sendable, Hashable {
        case json(JSONFault)
        /// Entry from 0, and the member that is absent or of another form.
        case entry(Int, member: String)
        case noEntries
    }

    public let entries: [Entry]

    /// - Parameters:
    ///   - bytes: JSON5 with a member `instruments`.
    ///   - goniometers: Rotations by serial number; they come first.
    public init(_ bytes: [UInt8], goniometers: GoniometerTable?) throws(Fault) {
        let root: JSONValue
        do {
            root = try JSONReader.read(bytes, .json5)
        } catch {
            throw .json(error)
        }
        guard let list = root["instruments"]?.elements else { throw .noEntries }
        var entries = (goniometers?.entries ?? []).compactMap(Self.entry)
        for (index, value) in list.enumerated() {
            guard let id = value["id"]?.string else { throw .entry(index, member: "id") }
            func direction(_ member: String) throws(Fault) -> Vector3? {
                guard let stated = value[member] else { return nil }
                guard let unit = DIALSReader.vector(stated)?.normalised else { throw .entry(index, member: member) }
                return unit
            }
            guard let rotation = try direction("rotation") else { throw .entry(index, member: "rotation") }
            guard let fast = try direction("fast") else { throw .entry(index, member: "fast") }
            guard let slow = try direction("slow") else { throw .entry(index, member: "slow") }
            let pixels = value["pixels"]?.elements?.compactMap(\.integer) ?? []
            guard pixels.count == 2 else { throw .entry(index, member: "pixels") }
            let entry = Entry(
                id: id, facilities: value["facilities"]?.elements?.compactMap(\.string) ?? [],
                beamline: value["beamline"]?.string, make: value["make"]?.string, from: value["from"]?.string,
                until: value["until"]?.string, pixels: FastSlow(fast: pixels[0], slow: pixels[1]), rotation: rotation,
                fast: fast, slow: slow, swing: try direction("swing"), gravity: try direction("gravity"),
                hasDetector: true)
            guard entry.make != nil || entry.beamline != nil && !entry.facilities.isEmpty else {
                throw .entry(index, member: "beamline")
            }
            entries.append(entry)
        }
        self.entries = entries
    }

    /// A rotation by serial number, in the image frame: fast +X, slow -Y.
    private static func entry(_ goniometer: GoniometerTable.Entry) -> Entry? {
        // Another mode of the same goniometer, which only a word of the header tells.
        guard goniometer.oscillation == nil, goniometer.refusal == nil else { return nil }
        return Entry(
            id: goniometer.place + ", detector " + goniometer.serial, serial: goniometer.serial, from: goniometer.from,
            until: goniometer.until, rotation: goniometer.axis, fast: .unitX, slow: -.unitY, hasDetector: false)
    }

    /// The entry for an instrument: by the serial number of the detector, then by facility and beamline or make.
    ///
    /// An entry with limits of time fits no data set without a date.
    public func entry(for sight: Sight) -> Entry? {
        let words = Set(sight.texts.flatMap { $0.split { " ,;/".contains($0) } }.map(String.init))
        let day = sight.date.flatMap(HeaderDate.day)
        func holds(_ entry: Entry) -> Bool {
            if let from = entry.from { guard let day, day >= from else { return false } }
            if let until = entry.until { guard let day, day < until else { return false } }
            guard let pixels = entry.pixels else { return true }
            return pixels == sight.pixels
        }
        if let own = entries.first(where: { $0.serial.map(words.contains) ?? false && holds($0) }) { return own }
        func isSame(_ one: String?, _ other: String?) -> Bool {
            guard let one = one.map(Self.plain), let other = other.map(Self.plain) else { return false }
            return !one.isEmpty && one == other
        }
        return entries.first { entry in
            guard entry.serial == nil, holds(entry) else { return false }
            if entry.make != nil { return isSame(entry.make, sight.make) }
            return isSame(entry.beamline, sight.beamline)
                && entry.facilities.contains { isSame($0, sight.facility) }
        }
    }

    /// Letters and digits alone, in lower case.
    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
