// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// What a server holds of a record beside what was sent.
enum RecordComparison {
    /// A place of the record where the two differ.
    struct Difference: Sendable, Hashable {
        /// Such as "metadata.creators.0.person_or_org.family_name".
        let place: String
        let sent: String
        let held: String
    }

    /// Where what was sent is not held. What the server adds, such as labels of its vocabularies, is no difference.
    static func differences(sent: JSONValue, held: JSONValue) -> [Difference] {
        var found: [Difference] = []
        for name in ["access", "metadata", "custom_fields"] {
            guard let value = sent[name] else { continue }
            compare(value, held[name], name, &found)
        }
        if let enabled = sent["files"]?["enabled"] {
            compare(enabled, held["files"]?["enabled"], "files.enabled", &found)
        }
        // A property that is there and was not sent would be published unasked.
        for member in held["metadata"]?.members ?? [] where sent["metadata"]?[member.name] == nil {
            guard !isEmpty(member.value), !isGiven(member.name) else { continue }
            found.append(Difference(place: "metadata.\(member.name)", sent: "nothing", held: words(member.value)))
        }
        return found
    }

    /// What a server fills in where nothing was sent.
    private static func isGiven(_ name: String) -> Bool { name == "publication_date" || name == "publisher" }

    private static func compare(_ sent: JSONValue, _ held: JSONValue?, _ place: String, _ found: inout [Difference]) {
        func differ() {
            found.append(Difference(place: place, sent: words(sent), held: held.map(words) ?? "nothing"))
        }
        switch sent {
        case .null: if let held, held != .null { differ() }
        case .object(let members):
            if members.isEmpty, held == nil || held == .null { return }
            guard let held, held.members != nil else { return differ() }
            for member in members { compare(member.value, held[member.name], place + "." + member.name, &found) }
        case .array(let elements):
            if elements.isEmpty, held == nil || held == .null { return }
            guard let others = held?.elements, others.count == elements.count else { return differ() }
            for (index, element) in elements.enumerated() {
                compare(element, others[index], "\(place).\(index)", &found)
            }
        case .integer, .number:
            if held?.double != sent.double { differ() }
        case .string(let text):
            guard let other = held?.string else { return differ() }
            if normalised(text) != normalised(other) { differ() }
        case .bool: if held != sent { differ() }
        }
    }

    /// Blanks around a text are taken off by servers, and line ends of HTML made their own.
    private static func normalised(_ text: String) -> String {
        let words = text.split { $0.isWhitespace }
        return words.joined(separator: " ")
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        case .string(let text): text.isEmpty
        default: false
        }
    }

    private static func words(_ value: JSONValue) -> String {
        if case .string(let text) = value { return "'\(text.prefix(120))'" }
        var writer = JSONWriter(.compact)
        writer.value(value)
        return String(String(decoding: writer.finishValue(), as: UTF8.self).prefix(160))
    }
}
