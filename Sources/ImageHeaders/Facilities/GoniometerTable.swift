// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import JSON

/// Rotation axes of beamlines whose image headers do not give them, read from `rules/facilities/goniometer-axes.json5`.
///
/// - Source: conversion.md section 5.
public struct GoniometerTable: Sendable {
    /// One detector at one beamline, for a time.
    public struct Entry: Sendable, Hashable {
        /// Serial number of the detector.
        public var serial: String
        /// Positive direction in the image frame.
        public var axis: Vector3
        /// First day on which the entry holds, and the first on which it does no longer; YYYY-MM-DD.
        public var from: String?
        public var until: String?
        /// A word that `Oscillation_axis` holds.
        public var oscillation: String?
        public var place: String
        /// Facility and beamline where the detector stands; nil where it moves or the name is not certain.
        public var facility: String?
        public var beamline: String?
        /// Why images of this detector cannot be described from their headers.
        public var refusal: String?

        /// What stands behind the axis when it is used.
        public var origin: Origin {
            .assumed("the rotation axis is that of \(place), by serial number \(serial); the header does not give it")
        }
    }

    /// Why a text is no such table.
    public enum Fault: Error, Sendable, Hashable {
        case json(JSONFault)
        /// Entry from 0, and the member that is absent or of another form.
        case entry(Int, member: String)
        case noEntries
    }

    public let entries: [Entry]

    /// - Parameter bytes: JSON5 with a member `goniometers`.
    public init(_ bytes: [UInt8]) throws(Fault) {
        let root: JSONValue
        do {
            root = try JSONReader.read(bytes, .json5)
        } catch {
            throw .json(error)
        }
        guard let list = root["goniometers"]?.elements else { throw .noEntries }
        var entries: [Entry] = []
        for (index, value) in list.enumerated() {
            guard let serial = value["serial"]?.string, !serial.isEmpty else { throw .entry(index, member: "serial") }
            guard let axis = DIALSReader.vector(value["axis"])?.normalised else { throw .entry(index, member: "axis") }
            guard let place = value["where"]?.string else { throw .entry(index, member: "where") }
            entries.append(
                Entry(
                    serial: serial, axis: axis, from: value["from"]?.string, until: value["until"]?.string,
                    oscillation: value["oscillation"]?.string, place: place, facility: value["facility"]?.string,
                    beamline: value["beamline"]?.string, refusal: value["refused"]?.string))
        }
        self.entries = entries
    }

    /// The first entry that fits an image; nil when the table does not know it.
    ///
    /// - Parameters:
    ///   - detector: The text of `Detector:`, which holds the serial number.
    ///   - date: As the header writes it; an entry with limits of time fits no image without a date.
    ///   - oscillationAxis: `Oscillation_axis` as written.
    public func entry(detector: String, date: String?, oscillationAxis: String?) -> Entry? {
        let words = Set(detector.split { " ,;".contains($0) }.map(String.init))
        let day = date.flatMap(HeaderDate.day)
        return entries.first { entry in
            guard words.contains(entry.serial) else { return false }
            if let word = entry.oscillation, !(oscillationAxis ?? "").uppercased().contains(word.uppercased()) {
                return false
            }
            if let from = entry.from { guard let day, day >= from else { return false } }
            if let until = entry.until { guard let day, day < until else { return false } }
            return true
        }
    }
}

/// Dates of image headers.
enum HeaderDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The day of `2019-09-11T13:20:28`, `2010/Oct/21 15:13:38` or `2010-Dec-14T21:43:23` as YYYY-MM-DD.
    static func day(_ text: String) -> String? {
        let parts = text.split(maxSplits: 3) { "-/T ".contains($0) }
        guard parts.count >= 3, parts[0].count == 4, parts[2].count >= 1, parts[0].allSatisfy(\.isNumber) else {
            return nil
        }
        let word = parts[1].lowercased()
        guard let month = months.firstIndex(of: word).map({ $0 + 1 }) ?? Int(word), (1...12).contains(month),
            let day = Int(parts[2]), (1...31).contains(day)
        else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(parts[0])-\(two(month))-\(two(day))"
    }
}
