// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import HDF5

/// A fault of a file against its definitions, and where it stands.
public struct NXFinding: Sendable {
    public let fault: NXFault
    /// Places in the order of their paths.
    public let places: [Place]
    /// How many cases it stands for.
    public let count: Int
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

/// Collects findings of one file: once for each fault, object and concept, gathered where one finding has many places.
struct FindingCollector {
    private struct Key: Hashable {
        let kind: NXFault.Kind
        let file: Int
        let object: Int
        let attribute: String?
        let concept: String
    }

    private struct Draft {
        let fault: NXFault
        var places: PlaceList
    }

    /// Places in the order they were met, each once; thousands of hard links may lead to one object.
    private struct PlaceList {
        private(set) var all: [Place]
        private var known: Set<Place> = []
        /// Up to so many places are compared one by one.
        private static let few = 8

        init(_ places: [Place] = []) { all = places }

        /// - Returns: False if it was there already.
        mutating func add(_ place: Place) -> Bool {
            if all.count < Self.few {
                if all.contains(place) { return false }
            } else {
                if known.isEmpty { known = Set(all) }
                guard known.insert(place).inserted else { return false }
            }
            all.append(place)
            return true
        }
    }

    /// What is told once for a scope.
    enum Gathering: Hashable {
        case attributes, recommended, classAsArray, undocumented, steps, passedOver, foreignClass, ownClass
        case withoutZone
        case names(NameFault)
    }

    /// Places and names that become one finding.
    private struct Cases {
        var places = PlaceList()
        var names: [String] = []
        var notes: [String] = []
        var subject = ""

        mutating func add(_ name: String, _ note: String?, at place: Place) {
            guard places.add(place) else { return }
            names.append(name)
            if let note { notes.append(note) }
        }
    }

    private var drafts: [Draft] = []
    private var known: [Key: Int] = [:]
    private var gathered: [Gathering: [String: Cases]] = [:]
    /// Paths at which something that is required is absent, and those above them.
    private var holders: Set<String> = []

    /// What was collected; nothing is left here, so that its next owner changes it in place. A copy for each entry
    /// would cost the square of them.
    mutating func handedOn() -> FindingCollector {
        var all = FindingCollector()
        swap(&all, &self)
        return all
    }

    /// Adds a fault of an object, or of its attribute.
    ///
    /// - Parameter concept: What it was compared with; the same object at another place is then the same fault.
    mutating func add(_ fault: NXFault, at node: Node, attribute: String? = nil, concept: String = "") {
        let key = Key(kind: fault.kind, file: node.file, object: node.id.index, attribute: attribute, concept: concept)
        let place = Place.object(path: node.path, attribute: attribute)
        noteAbsence(fault, [place])
        if let index = known[key] {
            _ = drafts[index].places.add(place)
            return
        }
        known[key] = drafts.count
        drafts.append(Draft(fault: fault, places: PlaceList([place])))
    }

    /// Adds a fault at a place where nothing stands.
    mutating func add(_ fault: NXFault, absent path: String, attribute: String? = nil) {
        add(fault, places: [.object(path: path, attribute: attribute)])
    }

    /// Adds a fault with all its places.
    mutating func add(_ fault: NXFault, places: [Place]) {
        noteAbsence(fault, places)
        drafts.append(Draft(fault: fault, places: PlaceList(places)))
    }

    /// Adds a case to a finding that is told once for a scope.
    mutating func gather(
        _ gathering: Gathering, in scope: String = "", subject: String = "", name: String, note: String? = nil,
        at place: Place
    ) {
        // Changed in place: a copy of all cases for each would cost the square of them.
        if gathering == .attributes { hold([place]) }
        gathered[gathering, default: [:]][scope, default: Cases(subject: subject)].add(name, note, at: place)
    }

    /// Whether something that is required is absent from a group, or from what stands in it.
    func tellsAbsence(below path: String) -> Bool { holders.contains(path) }

    private mutating func noteAbsence(_ fault: NXFault, _ places: [Place]) {
        switch fault {
        case .absentGroup, .absentField, .absentAttribute, .noAlternative: hold(places)
        default: break
        }
    }

    private mutating func hold(_ places: [Place]) {
        for place in places {
            guard case .object(var path, _) = place.spot else { continue }
            // What stands above a path that is held is held, too.
            while !path.isEmpty, holders.insert(path).inserted {
                path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            }
        }
    }

    /// All findings; those of one place in no order.
    func finished() -> [NXFinding] {
        var result = drafts.map {
            NXFinding(fault: $0.fault, places: $0.places.all.sorted(by: Self.precedes), count: $0.places.all.count)
        }
        for (gathering, scopes) in gathered {
            for (_, one) in scopes {
                let cases = NXFault.Gathered(subject: one.subject, names: one.names, notes: one.notes)
                result.append(
                    NXFinding(
                        fault: Self.fault(gathering, cases), places: one.places.all.sorted(by: Self.precedes),
                        count: one.places.all.count))
            }
        }
        return result.sorted { left, right in
            guard let one = left.places.first, let other = right.places.first else { return false }
            return Self.precedes(one, other)
        }
    }

    private static func fault(_ gathering: Gathering, _ cases: NXFault.Gathered) -> NXFault {
        switch gathering {
        case .attributes: .absentAttribute(.missing(cases))
        case .recommended: .absentRecommended(cases)
        case .classAsArray: .lenientForm(.classAsArray(cases))
        case .undocumented: .undocumented(cases)
        case .steps: .undefinedAxis(.steps(cases))
        case .passedOver: .passedOver(cases)
        case .foreignClass: .foreignClass(cases)
        case .ownClass: .ownClass(cases)
        case .withoutZone: .timeWithoutZone(cases)
        case .names(let fault): .oddName(.items(cases, fault))
        }
    }

    private static func precedes(_ left: Place, _ right: Place) -> Bool {
        guard case .object(let one, let first) = left.spot, case .object(let other, let second) = right.spot else {
            return false
        }
        return one == other ? (first ?? "") < (second ?? "") : one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
