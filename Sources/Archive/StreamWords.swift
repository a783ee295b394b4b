// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a compressed stream, in words that name the stream and not the library that read it.
enum StreamWords {
    /// - Parameter message: Of libarchive, ended by a zero or by the end of its room.
    static func words(_ message: [CChar]) -> String {
        let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // What we read ourselves is in our words already.
        guard !text.hasPrefix("the ") else { return text }
        let lower = text.lowercased()
        let streams = [("lzma", "xz"), ("xz", "xz"), ("bzip", "bzip2"), ("gzip", "gzip"), ("zstd", "zstd")]
        guard let stream = streams.first(where: { lower.contains($0.0) })?.1 else { return text }
        if lower.contains("truncated") || lower.contains("no progress") {
            return "the \(stream) stream ends before its end"
        }
        if lower.contains("memory") { return "the \(stream) stream asks for more memory than there is" }
        if lower.contains("option") || lower.contains("format not recognized") {
            return "the \(stream) stream is of a form that is not read here"
        }
        return "the \(stream) stream is damaged"
    }
}
