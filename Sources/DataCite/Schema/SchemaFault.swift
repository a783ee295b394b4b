// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import XML

/// Where a record breaks the schema.
public struct SchemaBreach: Sendable, Hashable {
    /// Name of the element, empty where none is told.
    public var element: String
    /// What is so, in the words of libxml2 without addresses of namespaces.
    public var words: String
    /// The element in its file.
    public var place: Place
    /// The value is none of a controlled list.
    public var isVocabulary: Bool
}

extension SchemaFacts {
    /// Validates DataCite XML.
    ///
    /// - Parameters:
    ///   - bytes: The record.
    ///   - subject: Its name, for failures.
    ///   - source: Its number in the list of the reading.
    /// - Returns: Where it breaks the schema, one for each element, in the order of the text.
    /// - Throws: XMLFault when the document or the schema cannot be read, or libxml2 is not here.
    public func breaches(
        of bytes: [UInt8], named subject: String, in source: SourceID = .main
    ) throws(XMLFault) -> [SchemaBreach] {
        let imported = [SchemaImport(location: SchemaImport.xml, bytes: Array(XMLNamespace.schema.utf8))]
        let schema = XMLSchema(xsd, named: "DataCite \(version)", imports: imported)
        let starts = Self.lineStarts(bytes)
        var seen = Set<[String]>()
        var breaches: [SchemaBreach] = []
        for fault in try schema.faults(of: bytes, named: subject) {
            // One element that breaks a facet breaks its type as well: the first tells.
            guard seen.insert([fault.element, String(fault.line)]).inserted else { continue }
            let words = fault.words.replacing("{\(KernelFour.namespace)}", with: "")
            let offset = starts.indices.contains(fault.line - 1) ? starts[fault.line - 1] : 0
            let first = bytes[offset...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? offset
            breaches.append(
                SchemaBreach(
                    element: fault.element, words: words,
                    place: .text(
                        offset: first, item: fault.element.isEmpty ? nil : fault.element, row: nil, in: source),
                    isVocabulary: words.contains("facet 'enumeration'")))
        }
        return breaches
    }

    private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
        [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }
}
