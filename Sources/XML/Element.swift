// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An element of an XML document with everything below it.
public struct Element: Sendable {
    /// An attribute; prefix and namespace are left out, declarations of namespaces are no attributes.
    public struct Attribute: Sendable, Hashable {
        /// The name without its prefix.
        public let name: String
        /// The text of the attribute, entities resolved.
        public let value: String
    }

    /// The local name, without prefix.
    public let name: String

    /// The address of the namespace, empty without one.
    public let namespace: String

    /// The line where the tag begins, from 1.
    public let line: Int

    /// The byte where the tag begins, from 0, in a document of UTF-8.
    public let offset: Int

    /// Attributes in the order of the document.
    public let attributes: [Attribute]

    /// Elements below, in the order of the document.
    public internal(set) var children: [Element] = []

    /// The text directly inside, of all pieces between the children, as it stands.
    public internal(set) var text = ""

    /// Bytes of the text of the element above that stand before this one.
    public let textBefore: Int

    /// The value of the attribute with this local name; nil where there is none.
    public func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }
}

/// Bounds on what is read from one document; libxml2's own (depth 256, 10 MB of one text) hold as well.
public struct Limits: Sendable {
    /// Bytes of the document.
    public var bytes = 32 << 20
    /// Elements of the document.
    public var elements = 1_000_000
    /// Whether the text between tags is kept.
    public var keepsText = true

    public init() {}

    /// What definitions of NeXus stay far below.
    public static let `default` = Limits()
}

/// Why a document could not be read.
public struct XMLFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was read, as the caller names it.
    public let subject: String
    /// The line, from 1; 0 where none applies.
    public let line: Int
    /// What is so.
    public let cause: String
    /// What helps.
    public let remedy: String

    public var description: String {
        "cannot read '\(subject)'\(line > 0 ? " at line \(line)" : ""): \(cause)"
    }
}
