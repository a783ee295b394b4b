// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names an object of a snapshot.
public struct ObjectID: Sendable, Hashable {
    /// Index into `Snapshot.objects`.
    public let index: Int

    public init(index: Int) { self.index = index }
}

/// A group, a dataset or a named type; once in a snapshot, whatever the number of its hard links.
public final class Object: Sendable, Hashable {
    /// What an object is.
    public enum Kind: Sendable, Hashable {
        case group
        case dataset
        case namedType
        case unreadable(String)
    }

    /// Identifies it within its snapshot.
    public let id: ObjectID
    /// Group, dataset, or something else.
    public let kind: Kind
    /// Address in the file.
    public let address: UInt64
    /// Sorted by the bytes of their names.
    public let attributes: [Attribute]
    /// Links of a group, sorted by the bytes of their names.
    public let links: [Link]
    /// Type, extent, storage and small value of a dataset; nil for a group.
    public let dataset: Dataset?
    /// False for groups beyond a limit and those that the policy closes: links are listed, targets not read but for
    /// `ValuePolicy.openMembers`.
    public let isEntered: Bool

    init(
        id: ObjectID, kind: Kind, address: UInt64, attributes: [Attribute], links: [Link], dataset: Dataset?,
        isEntered: Bool
    ) {
        self.id = id
        self.kind = kind
        self.address = address
        self.attributes = attributes
        self.links = links
        self.dataset = dataset
        self.isEntered = isEntered
    }

    public static func == (a: Object, b: Object) -> Bool {
        a === b
            || a.id == b.id && a.kind == b.kind && a.address == b.address && a.attributes == b.attributes
                && a.links == b.links && a.dataset == b.dataset && a.isEntered == b.isEntered
    }

    /// By what tells objects of one file apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(address)
    }

    /// The same dataset with the value that was read later.
    func with(_ value: Value) -> Object {
        guard let dataset else { return self }
        let whole = Dataset(
            type: dataset.type, shape: dataset.shape, maxShape: dataset.maxShape, layout: dataset.layout,
            filters: dataset.filters, storedBytes: dataset.storedBytes, value: value, fillValue: dataset.fillValue)
        return Object(
            id: id, kind: kind, address: address, attributes: attributes, links: links, dataset: whole,
            isEntered: isEntered)
    }

    /// The attribute of a name; nil without one.
    public func attribute(_ name: String) -> Attribute? {
        attributes.first { $0.name == name && $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The link of a name; nil without one.
    public func link(_ name: String) -> Link? { linkNumber(name).map { links[$0] } }

    /// Where the link of a name stands among `links`; nil without one.
    func linkNumber(_ name: some StringProtocol) -> Int? {
        var low = 0
        var high = links.count
        while low < high {
            let middle = low &+ (high &- low) / 2
            if links[middle].name.utf8.lexicographicallyPrecedes(name.utf8) { low = middle &+ 1 } else { high = middle }
        }
        guard low < links.count, links[low].name.utf8.elementsEqual(name.utf8) else { return nil }
        return low
    }
}

/// A named way from a group to something.
public struct Link: Sendable, Hashable {
    /// Where a link leads.
    public enum Target: Sendable, Hashable {
        case hard(ObjectID)
        case soft(String)
        /// Kept apart, so that the others are small.
        indirect case external(file: String, path: String)
        /// Number of the link class.
        case userDefined(Int)
        case unreadable(String)
        /// An object that was not read: a limit, or a member of a closed group.
        case notEntered(address: UInt64)
    }

    /// Bytes that are not UTF-8 are shown as `\xNN`.
    public let name: String
    /// Where it leads.
    public let target: Target
}

/// An attribute with its value.
public final class Attribute: Sendable, Hashable {
    /// Name of the attribute.
    public let name: String
    /// Type in the file.
    public let type: DataType
    /// Extent by dimension; [] for a scalar, nil for a null dataspace.
    public let shape: [Int]?
    /// The value, or why it was not read.
    public let value: Value

    init(name: String, type: DataType, shape: [Int]?, value: Value) {
        self.name = name
        self.type = type
        self.shape = shape
        self.value = value
    }

    public static func == (a: Attribute, b: Attribute) -> Bool {
        a === b || a.name == b.name && a.type == b.type && a.shape == b.shape && a.value == b.value
    }

    /// By name and extent; values are compared where these are alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(shape)
    }
}

/// What is known of a dataset without its bulk.
public final class Dataset: Sendable, Hashable {
    /// Type of an element in the file.
    public let type: DataType
    /// Extent by dimension; [] for a scalar, nil for a null dataspace.
    public let shape: [Int]?
    /// Largest extent; nil for an unlimited dimension.
    public let maxShape: [Int?]?
    /// How the elements are stored.
    public let layout: Layout
    /// The filters that chunks pass, in the order of writing.
    public let filters: [Filter]
    /// Bytes allocated in the file; nil if unknown.
    public let storedBytes: UInt64?
    /// The value, where it is small and wanted, or why it was not read.
    public let value: Value
    /// Fill value of a virtual dataset of numbers, if its writer set one; not looked up for others.
    public let fillValue: Double?

    init(
        type: DataType, shape: [Int]?, maxShape: [Int?]?, layout: Layout, filters: [Filter], storedBytes: UInt64?,
        value: Value, fillValue: Double?
    ) {
        self.type = type
        self.shape = shape
        self.maxShape = maxShape
        self.layout = layout
        self.filters = filters
        self.storedBytes = storedBytes
        self.value = value
        self.fillValue = fillValue
    }

    public static func == (a: Dataset, b: Dataset) -> Bool {
        a === b
            || a.type == b.type && a.shape == b.shape && a.maxShape == b.maxShape && a.layout == b.layout
                && a.filters == b.filters && a.storedBytes == b.storedBytes && a.value == b.value
                && a.fillValue == b.fillValue
    }

    /// By extent and size; values are compared where these are alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(shape)
        hasher.combine(storedBytes)
    }

    /// Number of elements; nil for a null dataspace or if it does not fit.
    public var elements: Int? { shape.flatMap(product) }

    /// Some elements were read and others were not.
    public var isTruncated: Bool { value.count > 0 && value.count != elements }
}

/// The product, or nil if it does not fit.
func product(_ factors: [Int]) -> Int? {
    var result = 1
    for factor in factors {
        let (next, overflow) = result.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        result = next
    }
    return result
}
