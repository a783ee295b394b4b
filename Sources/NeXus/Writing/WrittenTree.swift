// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import HDF5
public import Transport

/// A value of a field or attribute that is to be written; texts become fixed strings with room for their null, ASCII.
///
/// - Source: docs/guide/convert.md.
public enum ValueToWrite: Sendable, Hashable {
    case text(String)
    case texts([String])
    /// Bytes of texts, whatever their encoding; a vector.
    case bytes([[UInt8]])
    case number(Double)
    /// Double precision, slowest dimension first.
    case numbers([Double], shape: [Int])
    /// A 32-bit integer where it fits, else one of 64 bits.
    case integer(Int)
    case integers([Int])
    /// Truth, as h5py writes it.
    case flag(Bool)
    /// Small numbers, stored with 32 bits.
    case unsigned32([UInt8], shape: [Int])
    case unsigned8([UInt8], shape: [Int])

    /// A vector of numbers.
    public static func vector(_ numbers: [Double]) -> ValueToWrite { .numbers(numbers, shape: [numbers.count]) }

    /// A text as it is written: its end is a byte of zero, so that one within it is shown as `\x00`.
    public static func written(_ text: String) -> String {
        text.utf8.contains(0)
            ? text.split(separator: "\0", omittingEmptySubsequences: false).joined(separator: "\\x00") : text
    }

    var content: Content {
        func strings(_ texts: [String], _ shape: [Int]) -> Content {
            let bytes = texts.map { Array(Self.written($0).utf8) }
            return Content.fixedStrings(
                bytes, shape: shape, padding: .nullTerminated, isUTF8: bytes.contains { $0.contains { $0 > 0x7F } })
        }
        switch self {
        case .text(let text): return strings([text], [])
        case .texts(let texts): return strings(texts, [texts.count])
        case .bytes(let texts):
            return Content.fixedStrings(texts, shape: [texts.count], padding: .nullTerminated, isUTF8: false)
        case .number(let number): return .scalar(number)
        case .numbers(let numbers, let shape): return .array(numbers, shape: shape)
        case .integer(let number):
            if let small = Int32(exactly: number) { return .scalar(small) }
            return .scalar(Int64(number))
        case .integers(let numbers):
            let small = numbers.compactMap { Int32(exactly: $0) }
            return small.count == numbers.count ? .array(small) : .array(numbers.map { Int64($0) })
        case .flag(let flag): return .boolean(flag)
        case .unsigned32(let numbers, let shape): return .widened(numbers, to: UInt32.self, shape: shape)
        case .unsigned8(let numbers, let shape): return .widened(numbers, to: UInt8.self, shape: shape)
        }
    }
}

/// An attribute that is to be written.
public struct AttributeToWrite: Sendable, Hashable {
    public let name: String
    public let value: ValueToWrite

    public init(_ name: String, _ value: ValueToWrite) {
        self.name = name
        self.value = value
    }
}

/// A field that is to be written, with how it is stored.
public struct FieldToWrite: Sendable, Hashable {
    /// How the elements lie in the file.
    public enum Layout: Sendable, Hashable {
        case contiguous
        /// Chunks of this extent, packed with deflate.
        case deflated(chunk: [Int])
    }

    public var value: ValueToWrite
    public var attributes: [AttributeToWrite]
    public var layout: Layout

    public init(_ value: ValueToWrite, units: String? = nil, attributes: [AttributeToWrite] = []) {
        self.value = value
        self.attributes = (units.map { [AttributeToWrite("units", .text($0))] } ?? []) + attributes
        layout = .contiguous
    }
}

/// What a group holds under a name.
public enum MemberToWrite: Sendable, Hashable {
    case group(GroupToWrite)
    case field(FieldToWrite)
    /// Another name of an object of the file, by its path.
    case hardLink(to: String)
    /// A path of the file that is looked up when it is followed.
    case softLink(to: String)
    /// A path of another file, named relative to this one.
    case externalLink(file: String, path: String)
}

/// A group that is to be written: plain values, no file.
public struct GroupToWrite: Sendable, Hashable {
    /// One member with its name.
    public struct Named: Sendable, Hashable {
        public let name: String
        public var member: MemberToWrite
    }

    public var attributes: [AttributeToWrite]
    /// In the order of writing.
    public private(set) var members: [Named] = []

    /// - Parameter nexusClass: The value of `NX_class`.
    public init(_ nexusClass: String, attributes: [AttributeToWrite] = []) {
        self.attributes = [AttributeToWrite("NX_class", .text(nexusClass))] + attributes
    }

    /// The member of a name; nil where there is none. Setting nil takes it away.
    public subscript(_ name: String) -> MemberToWrite? {
        get { members.first { $0.name == name }?.member }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let member?): members[index].member = member
            case (let index?, nil): members.remove(at: index)
            case (nil, let member?): members.append(Named(name: name, member: member))
            case (nil, nil): break
            }
        }
    }

    /// Puts a field into the group; nothing for nil.
    public mutating func put(_ name: String, _ value: ValueToWrite?, units: String? = nil) {
        guard let value else { return }
        self[name] = .field(FieldToWrite(value, units: units))
    }

    /// The value of the field of a name; nil where there is none.
    public func value(_ name: String) -> ValueToWrite? {
        if case .field(let field) = self[name] { return field.value }
        return nil
    }

    /// The group of a name; nil where there is none.
    public func group(_ name: String) -> GroupToWrite? {
        if case .group(let group) = self[name] { return group }
        return nil
    }
}

extension GroupToWrite {
    /// Writes the group as the root of a file: groups with what they hold, then all links.
    ///
    /// - Parameter existing: Paths of groups that are in the file already; their attributes are written.
    public func write(to writer: borrowing Writer, existing: Set<String> = []) throws(Failure) {
        var links: [(path: String, member: MemberToWrite)] = []
        try write(to: writer, at: "", existing, &links)
        for (path, member) in links {
            switch member {
            case .hardLink(let target): try writer.hardLink(path, to: target)
            case .softLink(let target): try writer.softLink(path, to: target)
            case .externalLink(let file, let target): try writer.externalLink(path, toFile: file, path: target)
            case .group, .field: break
            }
        }
    }

    private func write(
        to writer: borrowing Writer, at path: String, _ existing: Set<String>,
        _ links: inout [(path: String, member: MemberToWrite)]
    ) throws(Failure) {
        if !path.isEmpty, !existing.contains(path) { try writer.group(path) }
        try Self.write(attributes, of: path.isEmpty ? "/" : path, to: writer)
        for named in members {
            let place = "\(path)/\(named.name)"
            switch named.member {
            case .group(let group): try group.write(to: writer, at: place, existing, &links)
            case .field(let field):
                let storing: Storing =
                    switch field.layout {
                    case .contiguous: .contiguous
                    case .deflated(let chunk): .chunked(chunk, .gzip(4))
                    }
                try writer.dataset(place, field.value.content, storing)
                try Self.write(field.attributes, of: place, to: writer)
            case .hardLink, .softLink, .externalLink: links.append((place, named.member))
            }
        }
    }

    private static func write(
        _ attributes: [AttributeToWrite], of path: String, to writer: borrowing Writer
    ) throws(Failure) {
        for attribute in attributes { try writer.attribute(attribute.name, attribute.value.content, on: path) }
    }
}
