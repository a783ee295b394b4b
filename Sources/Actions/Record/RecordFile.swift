// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
public import Diffraction
public import Transport
import XML

/// DataCite XML by its path.
public enum RecordFile {
    /// The record of a file; nil where its bytes are no DataCite XML.
    public static func xml(_ path: String) throws(Failure) -> (record: PublicationRecord, sources: SourceList)? {
        let source = try Source.open(Name(path))
        let head = try source.bytes(at: 0, count: min(source.size, 4096))
        guard FileReading.isRecord(head), source.size <= 32 << 20 else { return nil }
        let bytes = try source.bytes(at: 0, count: source.size)
        do throws(XMLFault) {
            let starts = bytes.withUnsafeBytes { LineStarts(of: $0, limit: bytes.count) }
            return (
                try PublicationRecord(xml: bytes, named: path),
                SourceList([SourceList.Entry(name: path, role: .main, lines: .starts(starts))])
            )
        } catch {
            throw Failure(
                attempt: "read the record", subject: path, code: .damaged,
                words: (error.line > 0 ? "line \(error.line): " : "") + error.cause, remedy: error.remedy)
        }
    }
}
