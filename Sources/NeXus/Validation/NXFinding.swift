// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import HDF5

/// A fault of a file against its definitions, before a rule of the catalogue tells it.
public struct NXFinding: Sendable {
    /// A value that stands beside the message.
    public indirect enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int)
        case list([String])
        case records([[Field]])
    }

    /// One named value of a record.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: Value

        init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// Id of the rule, such as `NX-006`.
    public let rule: String
    public let message: String
    /// Places in the order of their paths.
    public let places: [Place]
    /// How many cases it stands for.
    public let count: Int
    public let values: [(name: String, value: Value)]
    /// What to write in this case, imperative; nil: what the rule says.
    public let fix: String?
}

/// A definition that was applied to a part of a file.
public struct AppliedNXDL: Sendable, Hashable {
    /// Path of the entry or subentry.
    public let path: String
    /// Name of the definition; nil where only base classes were applied.
    public let definition: String?
    /// The set of definitions, such as `v2026.01`.
    public let release: String
    /// Why this release.
    public let because: String
}

/// Collects findings of one file: once for each rule, object and concept, gathered where one finding has many places.
struct FindingCollector {
    private struct Key: Hashable {
        let rule: String
        let file: Int
        let object: Int
        let attribute: String?
        let concept: String
    }

    private struct Draft {
        var rule: String
        var message: String
        var places: [Place]
        var values: [(name: String, value: NXFinding.Value)]
        var fix: String?
    }

    /// Places and names that become one finding.
    struct Gathered {
        var places: [Place] = []
        var names: [String] = []
        var notes: [String] = []
        var subject = ""
    }

    private var drafts: [Draft] = []
    private var known: [Key: Int] = [:]
    private(set) var gathered: [String: [String: Gathered]] = [:]

    /// Adds a fault of an object, or of its attribute.
    ///
    /// - Parameter concept: What it was compared with; the same object at another place is then the same fault.
    mutating func add(
        _ rule: String, _ message: String, at node: Node, attribute: String? = nil, concept: String = "",
        values: [(name: String, value: NXFinding.Value)] = [], fix: String? = nil
    ) {
        let key = Key(rule: rule, file: node.file, object: node.id.index, attribute: attribute, concept: concept)
        let place = Place.object(path: node.path, attribute: attribute)
        if let index = known[key] {
            if !drafts[index].places.contains(place) { drafts[index].places.append(place) }
            return
        }
        known[key] = drafts.count
        drafts.append(Draft(rule: rule, message: message, places: [place], values: values, fix: fix))
    }

    /// Adds a fault at a place where nothing stands.
    mutating func add(
        _ rule: String, _ message: String, absent path: String, attribute: String? = nil,
        values: [(name: String, value: NXFinding.Value)] = [], fix: String? = nil
    ) {
        drafts.append(
            Draft(
                rule: rule, message: message, places: [.object(path: path, attribute: attribute)], values: values,
                fix: fix))
    }

    /// Adds a fault with all its places.
    mutating func add(
        _ rule: String, _ message: String, places: [Place],
        values: [(name: String, value: NXFinding.Value)] = []
    ) {
        drafts.append(Draft(rule: rule, message: message, places: places, values: values, fix: nil))
    }

    /// Adds a case to a finding that is told once for a scope.
    mutating func gather(
        _ rule: String, in scope: String, subject: String = "", name: String, note: String? = nil, at place: Place
    ) {
        var one = gathered[rule, default: [:]][scope] ?? Gathered(subject: subject)
        if one.places.contains(place) { return }
        one.places.append(place)
        one.names.append(name)
        if let note { one.notes.append(note) }
        gathered[rule, default: [:]][scope] = one
    }

    /// Whether something that is required is absent from a group, or from what stands in it.
    func tellsAbsence(below path: String) -> Bool {
        let attributes = gathered["NX-007"]?.values.flatMap(\.places) ?? []
        if attributes.contains(where: { Self.stands($0, below: path) }) { return true }
        return drafts.contains { draft in
            ["NX-005", "NX-006", "NX-007", "NX-021"].contains(draft.rule)
                && draft.places.contains { Self.stands($0, below: path) }
        }
    }

    private static func stands(_ place: Place, below path: String) -> Bool {
        guard case .object(let found, _) = place.spot else { return false }
        return found == path || found.hasPrefix(path + "/")
    }

    /// All findings by place and rule.
    func finished(_ message: (String, Gathered) -> String) -> [NXFinding] {
        var result = drafts.map {
            NXFinding(
                rule: $0.rule, message: $0.message, places: $0.places.sorted(by: Self.precedes),
                count: $0.places.count, values: $0.values, fix: $0.fix)
        }
        for (rule, scopes) in gathered {
            for (_, one) in scopes {
                result.append(
                    NXFinding(
                        rule: rule, message: message(rule, one), places: one.places.sorted(by: Self.precedes),
                        count: one.places.count, values: [("items", .list(one.names.sorted()))], fix: nil))
            }
        }
        return result.sorted { left, right in
            guard let one = left.places.first, let other = right.places.first, one != other else {
                return (left.rule, left.message) < (right.rule, right.message)
            }
            return Self.precedes(one, other)
        }
    }

    static func precedes(_ left: Place, _ right: Place) -> Bool {
        guard case .object(let one, let first) = left.spot, case .object(let other, let second) = right.spot else {
            return false
        }
        return one == other ? (first ?? "") < (second ?? "") : one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
