// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CXML2

extension Element {
    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - bytes: The document, in any encoding libxml2 knows.
    ///   - subject: The name of the document in failures.
    ///   - limits: Bounds; beyond them the document is not read.
    /// - Throws: A failure when the document is not well-formed, has a document type declaration, passes a limit,
    ///   or when libxml2 is not installed.
    public init(parsing bytes: [UInt8], named subject: String, limits: Limits = .default) throws(XMLFault) {
        guard bytes.count <= limits.bytes else {
            throw XMLFault(
                subject: subject, line: 0, cause: "\(bytes.count) bytes, \(limits.bytes) are read at most",
                remedy: "name a file of NXDL or of metadata")
        }
        let builder = TreeBuilder(limits: limits)
        var fault = cxml2_fault()
        let outcome = bytes.withUnsafeBytes { raw -> cxml2_outcome in
            var empty: UInt8 = 0
            var walk = cxml2_walk(
                context: Unmanaged.passUnretained(builder).toOpaque(), start: startElement, end: endElement,
                text: addText)
            return withUnsafePointer(to: &empty) { none in
                cxml2_read(raw.baseAddress ?? UnsafeRawPointer(none), raw.count, &walk, &fault)
            }
        }
        if outcome == CXML2_READ, let root = builder.root {
            self = root
            return
        }
        throw Self.failure(outcome, fault: fault, subject: subject, limits: limits)
    }

    private static func failure(
        _ outcome: cxml2_outcome, fault: cxml2_fault, subject: String, limits: Limits
    ) -> XMLFault {
        let message = withUnsafeBytes(of: fault.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        switch outcome {
        case CXML2_NO_LIBRARY:
            return XMLFault(
                subject: subject, line: 0, cause: "libxml2.so.2 is not installed",
                remedy: "install libxml2, on Debian the package libxml2")
        case CXML2_DOCTYPE:
            return XMLFault(
                subject: subject, line: fault.line, cause: "it has a document type declaration",
                remedy: "remove the declaration; NXDL files have none")
        case CXML2_ENDED:
            return XMLFault(
                subject: subject, line: fault.line, cause: "more than \(limits.elements) elements",
                remedy: "name a file of NXDL or of metadata")
        case CXML2_NO_MEMORY:
            return XMLFault(subject: subject, line: 0, cause: "no memory is left", remedy: "read fewer files at once")
        default:
            return XMLFault(
                subject: subject, line: fault.line, cause: message.isEmpty ? "it is not well-formed XML" : message,
                remedy: "repair the file; `xmllint --noout FILE` shows the place")
        }
    }
}

/// Collects the elements of one document.
private final class TreeBuilder {
    let limits: Limits
    var open: [Element] = []
    var root: Element?
    var count = 0

    init(limits: Limits) { self.limits = limits }
}

private func builder(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
    context.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
}

private func string(_ text: cxml2_text) -> String {
    text.bytes.withMemoryRebound(to: UInt8.self, capacity: text.length) {
        String(decoding: UnsafeBufferPointer(start: $0, count: text.length), as: UTF8.self)
    }
}

private func startElement(
    _ context: UnsafeMutableRawPointer?, name: cxml2_text, namespace: cxml2_text, place: cxml2_place,
    attributes: UnsafePointer<cxml2_attribute>?, count: Int
) -> Int32 {
    guard let builder = builder(context) else { return 1 }
    builder.count += 1
    guard builder.count <= builder.limits.elements else { return 1 }
    let attributes = UnsafeBufferPointer(start: attributes, count: attributes == nil ? 0 : count)
    builder.open.append(
        Element(
            name: string(name), namespace: string(namespace), line: place.line, offset: place.offset,
            attributes: attributes.map { .init(name: string($0.name), value: string($0.value)) },
            textBefore: builder.open.last?.text.utf8.count ?? 0))
    return 0
}

private func endElement(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let builder = builder(context), let done = builder.open.popLast() else { return 1 }
    if builder.open.isEmpty {
        builder.root = done
    } else {
        builder.open[builder.open.count - 1].children.append(done)
    }
    return 0
}

private func addText(_ context: UnsafeMutableRawPointer?, text: cxml2_text) -> Int32 {
    guard let builder = builder(context) else { return 1 }
    if builder.limits.keepsText, !builder.open.isEmpty { builder.open[builder.open.count - 1].text += string(text) }
    return 0
}
