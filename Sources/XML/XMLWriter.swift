// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Writes an XML document as it comes: UTF-8, two blanks of indent, line feeds, the same bytes for the same calls.
///
/// Elements with a text stand on one line. What XML 1.0 cannot hold becomes U+FFFD; see ``holds(_:)``.
/// - Source: XML 1.0 (fifth edition), 2.2 and 2.4.
public struct XMLWriter: ~Copyable {
    /// An attribute, left out when its value is nil.
    public typealias Attribute = (name: String, value: String?)

    private var bytes: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    private var depth = 0

    public init() {}

    /// The document.
    public consuming func finish() -> [UInt8] { bytes }

    /// An element that holds others; with none of them it is empty.
    public mutating func element(_ name: String, _ attributes: [Attribute] = [], _ body: (inout XMLWriter) -> Void) {
        open(name, attributes)
        let mark = bytes.count
        bytes += ">\n".utf8
        let start = bytes.count
        depth += 1
        body(&self)
        depth -= 1
        if bytes.count == start {
            bytes.removeSubrange(mark...)
            bytes += "/>\n".utf8
        } else {
            indent()
            bytes += "</\(name)>\n".utf8
        }
    }

    /// An element that holds a text.
    ///
    /// - Parameter lineBreak: Name of the empty element that stands for a line feed; nil: it is written as it is.
    public mutating func element(
        _ name: String, _ attributes: [Attribute] = [], text: String, lineBreak: String? = nil
    ) {
        open(name, attributes)
        bytes.append(UInt8(ascii: ">"))
        for scalar in text.unicodeScalars {
            if scalar == "\n", let lineBreak {
                bytes += "<\(lineBreak)/>".utf8
            } else {
                write(scalar, isAttribute: false)
            }
        }
        bytes += "</\(name)>\n".utf8
    }

    /// Whether XML 1.0 can hold the text: no control characters but tab and line ends, no noncharacters.
    public static func holds(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isCharacter) }

    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private mutating func open(_ name: String, _ attributes: [Attribute]) {
        indent()
        bytes += "<\(name)".utf8
        for (name, value) in attributes {
            guard let value else { continue }
            bytes += " \(name)=\"".utf8
            for scalar in value.unicodeScalars { write(scalar, isAttribute: true) }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func indent() {
        for _ in 0..<depth { bytes += "  ".utf8 }
    }

    private mutating func write(_ scalar: Unicode.Scalar, isAttribute: Bool) {
        switch scalar {
        case "&": bytes += "&amp;".utf8
        case "<": bytes += "&lt;".utf8
        case ">": bytes += "&gt;".utf8
        case "\"" where isAttribute: bytes += "&quot;".utf8
        case "\n" where isAttribute: bytes += "&#10;".utf8
        case "\t" where isAttribute: bytes += "&#9;".utf8
        case "\r": bytes += "&#13;".utf8
        default: bytes += String(Character(Self.isCharacter(scalar) ? scalar : "\u{FFFD}")).utf8
        }
    }
}
