// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CXML2

/// A schema document that another one imports, held in memory.
public struct SchemaImport: Sendable {
    /// The location by which the attributes of the namespace `xml` are imported.
    public static let xml = "imprimatur:xml.xsd"

    /// As `schemaLocation` has it; begins with "imprimatur:".
    public let location: String
    /// The schema.
    public let bytes: [UInt8]

    public init(location: String, bytes: [UInt8]) {
        self.location = location
        self.bytes = bytes
    }
}

/// An XML schema in memory, against which libxml2 validates documents; nothing is fetched.
public struct XMLSchema: Sendable {
    /// What of a document the schema does not allow.
    public struct Fault: Sendable, Hashable {
        /// From 1.
        public let line: Int
        /// Local name of the element; empty where none is told.
        public let element: String
        /// In the words of libxml2.
        public let words: String
    }

    private let bytes: [UInt8]
    private let name: String
    private let imports: [SchemaImport]

    /// - Parameter imports: What the schema imports; other locations are not read.
    public init(_ bytes: [UInt8], named name: String, imports: [SchemaImport] = []) {
        self.bytes = bytes
        self.name = name
        self.imports = imports
    }

    /// What of a document the schema does not allow, in the order of the document, 1 000 at most.
    ///
    /// - Parameter subject: The name of the document in failures.
    /// - Throws: When the schema or the document cannot be read, or libxml2 is not installed.
    public func faults(of document: [UInt8], named subject: String) throws(XMLFault) -> [Fault] {
        let collector = FaultCollector()
        var fault = cxml2_fault()
        let outcome = withExtendedLifetime(collector) {
            document.withUnsafeBytes { document in
                bytes.withUnsafeBytes { schema in
                    validate(document, schema, collector, &fault)
                }
            }
        }
        guard outcome == CXML2_READ else {
            let message = withUnsafeBytes(of: fault.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            let isSchema = outcome == CXML2_SCHEMA
            throw XMLFault(
                subject: isSchema ? name : subject, line: isSchema ? 0 : fault.line,
                cause: outcome == CXML2_NO_LIBRARY
                    ? "libxml2.so.2 is not installed" : message.isEmpty ? "libxml2 gave no reason" : message,
                remedy: outcome == CXML2_NO_LIBRARY
                    ? "install libxml2, on Debian the package libxml2" : "repair the file")
        }
        return collector.faults
    }

    private func validate(
        _ document: UnsafeRawBufferPointer, _ schema: UnsafeRawBufferPointer, _ collector: FaultCollector,
        _ fault: inout cxml2_fault
    ) -> cxml2_outcome {
        guard let documentBytes = document.baseAddress, let schemaBytes = schema.baseAddress else {
            return CXML2_MALFORMED
        }
        let context = Unmanaged.passUnretained(collector).toOpaque()
        let imported = imports.first
        return (imported?.bytes ?? [0]).withUnsafeBytes { held in
            (imported?.location ?? "").withCString { location in
                guard let heldBytes = held.baseAddress else { return CXML2_SCHEMA }
                return cxml2_validate(
                    documentBytes, document.count, schemaBytes, schema.count, location, heldBytes,
                    imported == nil ? 0 : held.count, context, addFault, &fault)
            }
        }
    }
}

/// Collects the faults of one document.
private final class FaultCollector {
    var faults: [XMLSchema.Fault] = []
}

private func addFault(
    _ context: UnsafeMutableRawPointer?, line: Int, element: UnsafePointer<CChar>, words: UnsafePointer<CChar>
) {
    guard let context else { return }
    let collector = Unmanaged<FaultCollector>.fromOpaque(context).takeUnretainedValue()
    guard collector.faults.count < 1_000 else { return }
    var text = String(cString: words)
    while let last = text.last, last.isWhitespace || last == "." { text.removeLast() }
    collector.faults.append(XMLSchema.Fault(line: line, element: String(cString: element), words: text))
}
