// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Transport

/// Lists of digests as GNU coreutils write and read them, and with the name in brackets as BSD does.
///
/// - Source: GNU coreutils manual, md5sum invocation: forms of a line, names with `\` or a line feed.
enum SumLines {
    // MARK: Writing

    static func bytes(_ manifest: Manifest, _ algorithms: [DigestAlgorithm], isTagged: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in manifest.entries {
            let escaped = escaped(entry.name)
            for stated in entry.digests where algorithms.contains(stated.algorithm) {
                if escaped != entry.name.bytes { bytes.append(Self.backslash) }
                if isTagged {
                    bytes += Array("\(stated.algorithm.tag) (".utf8) + escaped + Array(") = \(stated.digest)\n".utf8)
                } else {
                    bytes += Array("\(stated.digest)  ".utf8) + escaped + [Self.lineFeed]
                }
            }
        }
        return bytes
    }

    /// The name with what would break the line as two characters; the line then begins with `\`.
    private static func escaped(_ name: Name) -> [UInt8] {
        name.bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case backslash: [backslash, backslash]
            case lineFeed: [backslash, UInt8(ascii: "n")]
            case carriageReturn: [backslash, UInt8(ascii: "r")]
            default: [byte]
            }
        }
    }

    // MARK: Reading

    static func read(_ bytes: [UInt8]) -> Manifest {
        var entries: [Manifest.Entry] = []
        var faults: [Manifest.Fault] = []
        var places: [Name: Int] = [:]
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var lines = rest.split(separator: lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        // Written on Windows, unless it is the names that end so.
        let hasReturns = !lines.isEmpty && lines.allSatisfy { $0.last == carriageReturn }
        for (index, line) in lines.enumerated() {
            let line = hasReturns ? line.dropLast() : line
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            switch entry(line) {
            case .success(let (name, stated)):
                if let place = places[name] {
                    if !entries[place].digests.contains(stated) { entries[place].digests.append(stated) }
                } else {
                    places[name] = entries.count
                    entries.append(Manifest.Entry(name, digests: [stated]))
                }
            case .failure(let fault): faults.append(Manifest.Fault(index + 1, fault.words))
            }
        }
        var manifest = Manifest(entries)
        manifest.faults = faults
        return manifest
    }

    private struct LineFault: Error { let words: String }

    private static func entry(_ line: ArraySlice<UInt8>) -> Result<(Name, Manifest.Stated), LineFault> {
        let isEscaped = line.first == backslash
        let line = isEscaped ? line.dropFirst() : line
        guard let (name, digest, tag) = tagged(line) ?? plain(line) else {
            return .failure(LineFault(words: "the line is no digest with a name"))
        }
        let text = String(decoding: digest, as: UTF8.self).lowercased()
        guard let algorithm = algorithm(tag, digits: digest.count) else {
            return .failure(
                LineFault(
                    words: tag.map { "digests of the kind '\(Escaping.line($0))' are not known here" }
                        ?? "no digest that is known here has \(digest.count) digits"))
        }
        guard algorithm.digits == digest.count else {
            return .failure(LineFault(words: "\(algorithm.tag) has \(algorithm.digits) digits, not \(digest.count)"))
        }
        guard let bytes = isEscaped ? unescaped(name) : Array(name), !bytes.isEmpty, !bytes.contains(0) else {
            return .failure(LineFault(words: "the name of the line cannot be told"))
        }
        return .success((Name(bytes: bytes), Manifest.Stated(algorithm, text)))
    }

    private typealias Parts = (name: ArraySlice<UInt8>, digest: ArraySlice<UInt8>, tag: String?)

    /// `SHA256 (name) = digest`, also without blanks as openssl writes it.
    private static func tagged(_ line: ArraySlice<UInt8>) -> Parts? {
        guard let open = line.firstIndex(of: UInt8(ascii: "(")),
            let close = line.lastIndex(of: UInt8(ascii: ")")), open < close
        else { return nil }
        var tag = line[..<open]
        if tag.last == blank { tag = tag.dropLast() }
        var digest = line[(close + 1)...]
        if digest.first == blank { digest = digest.dropFirst() }
        guard digest.first == UInt8(ascii: "=") else { return nil }
        digest = digest.dropFirst()
        if digest.first == blank { digest = digest.dropFirst() }
        guard !tag.isEmpty, !tag.contains(blank), !digest.isEmpty, digest.allSatisfy(isHexadecimal) else { return nil }
        return (line[(open + 1)..<close], digest, String(decoding: tag, as: UTF8.self))
    }

    /// `digest  name` or `digest *name`; with one blank alone as older BSD has it.
    private static func plain(_ line: ArraySlice<UInt8>) -> Parts? {
        let digest = line.prefix(while: isHexadecimal)
        var name = line[digest.endIndex...]
        guard digest.count >= 8, name.first == blank else { return nil }
        name = name.dropFirst()
        if name.first == blank || name.first == UInt8(ascii: "*") { name = name.dropFirst() }
        return (name, digest, nil)
    }

    private static func algorithm(_ tag: String?, digits: Int) -> DigestAlgorithm? {
        guard let tag else { return DigestAlgorithm.allCases.first { $0.digits == digits } }
        let word = tag.lowercased().replacing("sha2-", with: "sha").replacing("-", with: "")
        return DigestAlgorithm(rawValue: word)
    }

    private static func unescaped(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = name
        while let byte = rest.popFirst() {
            guard byte == backslash else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): bytes.append(lineFeed)
            case UInt8(ascii: "r"): bytes.append(carriageReturn)
            case backslash: bytes.append(backslash)
            default: return nil
            }
        }
        return bytes
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static let backslash = UInt8(ascii: "\\")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let blank: UInt8 = 0x20
}
