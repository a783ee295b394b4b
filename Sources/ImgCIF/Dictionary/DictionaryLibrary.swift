// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import Transport

/// The dictionaries that ship with the program, or one of the user, read when first needed and then kept.
public final class DictionaryLibrary: Sendable {
    /// The folder that holds one folder for each version of cif_img.
    public let folder: String
    /// A `.dic` file, or facts, to use instead of those that ship.
    public let file: String?
    private let known = Mutex<Result<DictionaryCheck, Failure>?>(nil)

    /// The version of cif_img whose facts ship.
    public static let shippedVersion = "1.8.9"

    /// - Parameters:
    ///   - folder: `imgcif` in the folder of rules.
    ///   - file: A `.dic` file (--dictionary); nil takes the facts that ship.
    public init(folder: String, file: String? = nil) {
        self.folder = folder
        self.file = file
    }

    /// The check against these dictionaries.
    ///
    /// - Throws: When the file is absent, or is no dictionary.
    public func check() throws(Failure) -> DictionaryCheck {
        let result = known.withLock { known in
            if let known { return known }
            let read: Result<DictionaryCheck, Failure>
            do throws(Failure) {
                read = .success(DictionaryCheck(try facts()))
            } catch {
                read = .failure(error)
            }
            known = read
            return read
        }
        return try result.get()
    }

    private func facts() throws(Failure) -> DictionaryFacts {
        guard let file else { return try DictionaryFactsFile.read("\(folder)/\(Self.shippedVersion)/facts.cif") }
        return try DictionaryReader.facts(of: file)
    }
}
