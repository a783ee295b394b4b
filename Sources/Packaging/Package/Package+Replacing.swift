// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
public import Transport

extension Package {
    /// Puts documents in the place of those of the same names, and makes the lists of digests anew.
    ///
    /// Files with data and the tables of members stay. When it is interrupted the lists do not fit the documents, which
    /// `PackageVerification` tells; the same call again mends that.
    ///
    /// - Parameter signer: Signs the list of digests anew.
    /// - Throws: Before anything is written, when the package is signed, its list changes and nothing signs it.
    public func replace(
        _ documents: [PackageDocument], signer: PackageSigner? = nil
    ) throws(Failure) -> Package {
        let names = Set(documents.map(\.name))
        var entries = files.filter { !names.contains($0.name) && !Self.unlisted.contains($0.name) }.map { file in
            Manifest.Entry(
                file.name, size: file.size,
                digests: [Manifest.Stated(.sha256, file.sha256), Manifest.Stated(.md5, file.md5)])
        }
        for document in documents {
            let digests = Digests.of(document.bytes, [.md5, .sha256])
            entries.append(
                Manifest.Entry(
                    document.name, size: document.bytes.count,
                    digests: digests.algorithms.compactMap { algorithm in
                        digests[algorithm].map { Manifest.Stated(algorithm, $0) }
                    }))
        }
        entries.sort { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
        let manifest = Manifest(entries)
        let sums = ManifestForm.lines(.sha256).bytes(manifest, program: "")
        if isSigned, signer == nil, try Self.bytes(deposit.appending(Self.sums.sha256)) != sums {
            throw Failure(
                attempt: "write again the documents of", subject: folder.text, code: .refused("signed"),
                words: "the package is signed, and its list of digests changes",
                remedy: "name the key that signs it anew with --key FILE")
        }
        for document in documents { try Self.write(document.bytes, to: deposit.appending(document.name)) }
        try Self.write(sums, to: deposit.appending(Self.sums.sha256))
        try Self.write(ManifestForm.lines(.md5).bytes(manifest, program: ""), to: deposit.appending(Self.sums.md5))
        let package = try Package(folder)
        return try signer?(package) ?? package
    }

    static func write(_ bytes: [UInt8], to path: Name) throws(Failure) {
        let file = try OutputFile(path, isOwn: true)
        try file.write(bytes)
        try file.commit()
    }
}
