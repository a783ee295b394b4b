// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
public import Digest
public import Transport

/// Signs lists of digests with one private key.
public final class PackageSigner {
    private let key: SignatureKey

    /// - Parameter path: The file of the key: Ed25519 in PEM, without a pass phrase.
    /// - Throws: When it holds no private key.
    public init(_ path: String) throws(Failure) {
        guard let bytes = FileBytes.read(path) else { throw Folder.working.failure(toOpen: Name(path)) }
        key = try SignatureKey(pem: bytes, path: path)
        guard key.isPrivate else {
            throw Failure(
                attempt: "sign with", subject: path, code: .usage, words: "it holds a public key",
                remedy: "name the private one, and keep it to yourself")
        }
    }

    /// Signs the list of digests of a package; a signature that is there is replaced.
    public func callAsFunction(_ package: Package) throws(Failure) -> Package { try package.signed(by: key) }
}

/// Whether the list of digests of a package is signed.
public enum PackageSignature: Sendable, Hashable {
    case absent
    /// By the key that was asked for, over the list as it is.
    case good
    /// By another key, or over another list.
    case wrong
}

extension Package {
    /// Ed25519 over the bytes of `SHA256SUMS`, 64 bytes as `openssl pkeyutl -rawin` reads them.
    static let signature = Name("manifest.sig")

    /// The package is signed, by whomever.
    public var isSigned: Bool { files.contains { $0.name == Self.signature } }

    fileprivate func signed(by key: borrowing SignatureKey) throws(Failure) -> Package {
        let list = try Self.bytes(deposit.appending(Self.sums.sha256))
        try Self.write(try key.signature(of: list), to: deposit.appending(Self.signature))
        return try Package(folder)
    }

    /// Holds the signature against a key, public or private.
    public func signature(of key: borrowing SignatureKey) throws(Failure) -> PackageSignature {
        guard isSigned else { return .absent }
        let list = try Self.bytes(deposit.appending(Self.sums.sha256))
        return key.confirms(try Self.bytes(deposit.appending(Self.signature)), of: list) ? .good : .wrong
    }
}
