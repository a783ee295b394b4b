// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import Transport

/// Places as SARIF writes them: a physical one always, a logical one inside HDF5.
enum SARIFPlace {
    /// Writes the members of a location.
    ///
    /// - Parameter style: How files are named.
    static func write(_ place: ResolvedPlace, _ path: String, _ style: ReportStyle, into json: inout JSONWriter) {
        json.object("physicalLocation") { json in
            json.object("artifactLocation") { $0.member("uri", uri(style.served(place.file(from: path)))) }
            json.object("region") { json in
                guard case .text(let line, let column, _, _) = place.kind else {
                    return json.member("startLine", 1)
                }
                json.member("startLine", max(1, line))
                json.member("startColumn", max(1, column))
            }
        }
        guard let name = logicalName(place) else { return }
        json.array("logicalLocations") { json in
            json.object { json in
                json.member("fullyQualifiedName", name.text)
                json.member("kind", name.kind)
            }
        }
    }

    private static func logicalName(_ place: ResolvedPlace) -> (text: String, kind: String)? {
        switch place.kind {
        case .file: nil
        case .text(_, _, let item, let row): item.map { ($0 + (row.map { " row \($0)" } ?? ""), "item") }
        case .object(let path, let attribute):
            (attribute.map { "\(path)@\($0)" } ?? path, attribute == nil ? "object" : "attribute")
        case .frames(let scan, _): ("\(scan): \(place.local)", "frames")
        }
    }

    /// The bytes of a name as a reference: unreserved signs and '/' as they are, others as %NN.
    ///
    /// - Source: RFC 3986; RFC 8089 for names from the root.
    static func uri(_ path: String) -> String {
        let bytes = Name(path).bytes
        var text = Name(path).isAbsolute ? "file://" : ""
        // A colon in the first part would make a scheme of it.
        if !Name(path).isAbsolute, bytes.prefix(while: { $0 != 0x2F }).contains(UInt8(ascii: ":")) { text = "./" }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return text
    }
}

extension Level {
    /// The level as SARIF and annotations have it.
    var sarif: String {
        switch self {
        case .A: "error"
        case .B: "warning"
        case .C, .G: "note"
        }
    }
}
