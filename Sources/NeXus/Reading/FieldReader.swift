// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import HDF5

/// A thing that the reader looked for and could not use; the model has nil in its place.
public struct ReadingFault: Sendable, Hashable {
    public var place: Place
    /// What is so, such as "units 'furlong' are not a length".
    public var what: String

    public init(place: Place, what: String) {
        self.place = place
        self.what = what
    }
}

/// Reads single fields and attributes of a tree as text, numbers and quantities, and notes what is unusable.
struct FieldReader {
    let tree: NeXusTree
    private(set) var faults: [ReadingFault] = []
    /// Fields whose values were wanted and not read, by name.
    private(set) var unread: [String: UnreadItem] = [:]

    init(_ tree: NeXusTree) { self.tree = tree }

    mutating func note(_ what: String, at path: String, attribute: String? = nil) {
        let fault = ReadingFault(place: .object(path: path, attribute: attribute), what: what)
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// Keeps that a field is there and its value is not known.
    mutating func leave(_ name: String, at path: String, _ why: String, isLost: Bool = false) {
        if unread[name] == nil { unread[name] = UnreadItem(path, why, isLost: isLost) }
    }

    /// Whether the value of a dataset is not at hand, which is kept.
    private mutating func isUnseen(_ name: String, _ node: Node, _ dataset: Dataset) -> Bool {
        guard let reason = dataset.value.unseen(of: dataset.shape ?? [], dataset.type) else { return false }
        leave(name, at: node.path, reason)
        return true
    }

    /// The dataset of this name in a group, nil when absent or not a dataset; behind a link that leads nowhere it is
    /// there and not read.
    mutating func field(_ name: String, in group: Node) -> (node: Node, dataset: Dataset)? {
        guard let node = tree.child(name, of: group) else {
            switch tree.member(name, of: group)?.target {
            case .absent:
                // The rules on links look at those of the main file.
                leave(
                    name, at: group.path(of: name), "behind a link that leads nowhere", isLost: group.file == 0)
            case .notRead: leave(name, at: group.path(of: name), "behind a link that was not followed")
            case .group, .field, .other, nil: break
            }
            return nil
        }
        guard let dataset = tree.dataset(node) else { return nil }
        return (node, dataset)
    }

    /// A text; nil when the field is absent, blank or not text.
    mutating func text(_ name: String, in group: Node) -> Sourced<String>? {
        guard let (node, dataset) = field(name, in: group) else { return nil }
        guard let text = dataset.value.firstString.map(trimmed) else {
            if isUnseen(name, node, dataset) { return nil }
            note("'\(name)' is \(dataset.type.words), not text", at: node.path)
            return nil
        }
        return text.isEmpty ? nil : Sourced(text, .stated(.object(path: node.path, attribute: nil)))
    }

    /// Numbers as they stand; nil when the field is absent, empty, not numeric, of more dimensions or was not read.
    ///
    /// - Parameter rank: Dimensions of the item; more of them leave open which number is meant.
    mutating func numbers(_ name: String, in group: Node, rank: Int = 1) -> Sourced<[Double]>? {
        guard let (node, dataset) = field(name, in: group) else { return nil }
        if dataset.type.isNumeric, let shape = dataset.shape {
            if shape.contains(0) {
                leave(name, at: node.path, "without a value")
                return nil
            }
            if shape.count > rank, shape.contains(where: { $0 != 1 }) {
                leave(name, at: node.path, "\(Self.words(of: shape)), where fewer dimensions are read")
                return nil
            }
        }
        guard let numbers = dataset.value.doubles else {
            if isUnseen(name, node, dataset) { return nil }
            note("'\(name)' is \(dataset.type.words) and gives no numbers", at: node.path)
            return nil
        }
        return numbers.isEmpty ? nil : Sourced(numbers, .stated(.object(path: node.path, attribute: nil)))
    }

    mutating func number(_ name: String, in group: Node) -> Sourced<Double>? {
        guard let numbers = numbers(name, in: group), let first = numbers.value.first else { return nil }
        return Sourced(first, numbers.origin)
    }

    /// Whole numbers; nil when one is not whole or beyond the range of the model.
    mutating func integers(_ name: String, in group: Node) -> Sourced<[Int]>? {
        guard let numbers = numbers(name, in: group) else { return nil }
        let whole = numbers.value.compactMap { Int(exactly: $0) }
        guard whole.count == numbers.value.count else {
            note("'\(name)' has values that are not whole numbers", at: group.path(of: name))
            return nil
        }
        return Sourced(whole, numbers.origin)
    }

    /// Whole numbers of one dimension; another shape is not what the item is read as.
    mutating func list(_ name: String, in group: Node) -> Sourced<[Int]>? {
        guard let (node, dataset) = field(name, in: group) else { return nil }
        guard dataset.type.isNumeric, let shape = dataset.shape, shape.count != 1, !shape.contains(0) else {
            return integers(name, in: group)
        }
        leave(name, at: node.path, "\(Self.words(of: shape)), where a list is read")
        return nil
    }

    private static func words(of shape: [Int]) -> String {
        shape.isEmpty ? "one number" : shape.map(String.init).joined(separator: " x ")
    }

    /// The text of the `units` attribute; nil when absent, blank or not text.
    func units(of node: Node) -> String? {
        guard let text = tree.attribute("units", of: node)?.value.firstString.map(trimmed), !text.isEmpty
        else { return nil }
        return text
    }

    /// Numbers in the unit of the model.
    ///
    /// - Parameter takenWithoutUnits: The numbers stand for the unit of the model when the field states none.
    mutating func quantity(
        _ name: String, in group: Node, as quantity: Quantity, takenWithoutUnits: Bool = false, rank: Int = 1
    ) -> Sourced<[Double]>? {
        guard let numbers = numbers(name, in: group, rank: rank), let (node, _) = field(name, in: group) else {
            return nil
        }
        guard let units = units(of: node) else {
            note("'\(name)' has no units", at: node.path, attribute: "units")
            return takenWithoutUnits ? numbers : nil
        }
        guard let convert = quantity.conversion(from: units) else {
            note("units '\(units)' do not convert to \(quantity.unit)", at: node.path, attribute: "units")
            return nil
        }
        return numbers.map { $0.map { convert($0) } }
    }

    /// The first of the numbers that `quantity` gives.
    mutating func single(_ name: String, in group: Node, as quantity: Quantity) -> Sourced<Double>? {
        guard let numbers = self.quantity(name, in: group, as: quantity), let first = numbers.value.first
        else { return nil }
        return Sourced(first, numbers.origin)
    }
}
