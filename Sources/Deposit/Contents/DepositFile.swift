// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// One file that is to be deposited.
public struct DepositFile: Sendable {
    /// Its name in the record.
    public let key: String
    /// Bytes.
    public let size: Int
    /// Hexadecimal, as the package states it; nil where nobody has.
    public let md5: String?
    private let opening: @Sendable () throws(Failure) -> Source

    /// - Parameter opening: Opens the bytes, wherever they come from.
    public init(key: String, size: Int, md5: String?, opening: @escaping @Sendable () throws(Failure) -> Source) {
        self.key = key
        self.size = size
        self.md5 = md5
        self.opening = opening
    }

    /// Opens the bytes in the state that was planned.
    ///
    /// - Throws: When they cannot be opened, or are more or fewer than they were.
    func open() throws(Failure) -> Source {
        let source = try opening()
        guard source.size == size else {
            throw Failure(
                attempt: "deposit", subject: source.name.text, code: .changed,
                words: "it has \(source.size) bytes, and had \(size)",
                remedy: "build the package anew, and 'imprimatur deposit resume'")
        }
        return source
    }
}
