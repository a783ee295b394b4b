// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import ImageCodecs

/// Why there are no pixels of a frame.
public enum FrameFault: Error, Sendable, Hashable {
    /// What is stored does not become the image; `codec` names the encoding.
    case damaged(codec: String, CodecFault)
    /// The image was stored with a checksum of other bytes; `kind` names it.
    case checksum(kind: String, stated: String, found: String)
    /// It leads to nothing: the rules on links and on what was written tell of it.
    case absent
    /// It was never written.
    case unwritten
    /// Nobody looked, by choice: it lies in files that this run does not open.
    case passedOver(String)
    /// It is there and was not read: a codec or a form that this program lacks, a file that went away.
    case unread(String)
    /// Beyond a limit of this program.
    case limit(String)

    /// The fault for people, without a subject and a full stop.
    public var words: String {
        switch self {
        case .damaged(let codec, let fault): "\(codec): \(fault)"
        case .checksum(let kind, let stated, let found): "\(kind) is \(stated), the data give \(found)"
        case .absent: "nothing is there"
        case .unwritten: "it was never written"
        case .passedOver(let why), .unread(let why): why
        case .limit(let what): "beyond a limit of this program: \(what)"
        }
    }

    /// What a codec says of a stream of an encoding.
    init(_ fault: CodecFault, of codec: String) {
        switch fault {
        case .unsupported(let what): self = .unread("\(what) is not decoded here")
        case .checksum(let stated, let found):
            self = .checksum(
                kind: "Fletcher-32", stated: String(stated, radix: 16),
                found: String(found, radix: 16))
        default: self = .damaged(codec: codec, fault)
        }
    }

    /// Bounds of what one frame may take.
    enum Limit {
        /// Bytes of a chunk or a frame that is decoded.
        static let bytes = 1 << 30
        /// Above `small` bytes no more than `ratio` times what is stored.
        static let small = 64 << 20
        static let ratio = 1000

        /// Whether so many stored bytes may become so many.
        static func holds(_ decoded: Int, from stored: Int) -> Bool {
            decoded <= bytes && (decoded <= small || decoded / ratio <= stored)
        }
    }
}

extension FrameFault {
    /// What is so, as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .damaged(let codec, let fault): "its data (\(codec)) are damaged: \(fault)"
        case .checksum(let kind, let stated, let found): "its \(kind) is \(stated), the data give \(found)"
        case .absent: "nothing that is there leads to its pixels"
        case .unwritten: "it was never written"
        case .passedOver(let words), .unread(let words): words
        case .limit(let words): "\(words) is beyond a limit of this program"
        }
    }
}
