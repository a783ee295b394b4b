// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
import Transport

/// A JSON5 text of settings, with the place of whatever in it is not understood.
public struct SettingsText: Sendable {
    public let value: JSONValue
    private let bytes: [UInt8]
    /// Name of the file, as people gave it.
    public let source: String

    public init(_ bytes: [UInt8], source: String) throws(ConfigurationFault) {
        self.bytes = bytes
        self.source = source
        do throws(JSONFault) {
            value = try JSONReader.read(bytes, .json5)
        } catch {
            throw ConfigurationFault(source: "\(source):\(error.line):\(error.column)", problem: error.reason)
        }
    }

    /// What is wrong at a place of the text.
    public func fault(at path: [JSONStep], _ problem: String, suggestion: String? = nil) -> ConfigurationFault {
        let place = JSONReader.position(of: path, in: bytes).map { ":\($0.line):\($0.column)" } ?? ""
        return ConfigurationFault(source: source + place, problem: problem, suggestion: suggestion)
    }

    /// Refuses names that are unknown or stand twice.
    ///
    /// - Parameters:
    ///   - members: Those of the object that the path leads to.
    ///   - owner: What has these members, in words.
    public func check(
        _ members: [JSONMember], at path: [JSONStep] = [], against known: [String], of owner: String
    ) throws(ConfigurationFault) {
        var seen = Set<String>()
        for member in members {
            guard known.contains(member.name) else {
                throw fault(
                    at: path + [.member(member.name)], "\(owner) has no '\(member.name)'",
                    suggestion: Spelling.nearest(to: member.name, among: known))
            }
            guard seen.insert(member.name).inserted else {
                throw fault(at: path + [.member(member.name, number: 1)], "'\(member.name)' is given twice")
            }
        }
    }

    /// A version that this release reads, where one is stated: what a later one means is not guessed at.
    public func checkVersion(_ newest: Int) throws(ConfigurationFault) {
        guard let version = value["schemaVersion"] else { return }
        guard let number = version.integer, number >= 1, number <= newest else {
            let stated = version.integer.map { "is \($0)" } ?? "is no whole number"
            throw fault(
                at: [.member("schemaVersion")],
                "schemaVersion \(stated), and this release reads up to \(newest); a later release wrote the file")
        }
    }

    /// A day as YYYY-MM-DD.
    public func day(_ text: String, at path: [JSONStep]) throws(ConfigurationFault) -> String {
        guard Day.isDay(text) else {
            throw fault(at: path, "'\(text)' is no day such as 2027-03-03")
        }
        return text
    }
}

/// Days of the calendar as ISO 8601 writes them.
public enum Day {
    /// The text is YYYY-MM-DD, and there is such a day.
    public static func isDay(_ text: String) -> Bool { number(text) != nil }

    /// Days since 1970-01-01; nil for a text that is no day.
    public static func number(_ text: String) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), year > 0
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
        let before = year - 1
        let days = before * 365 + before / 4 - before / 100 + before / 400
        return days + lengths[..<(month - 1)].reduce(0, +) + day - 719_163
    }
}
