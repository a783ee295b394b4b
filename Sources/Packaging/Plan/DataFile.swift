// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// A file of the data in the state in which the plan met it.
public struct DataFile: Sendable, Hashable {
    /// Its name in the package: path of a member, or of a file that is deposited as it is.
    public let path: Name
    /// Where it lies.
    public let source: Name
    /// Bytes.
    public let size: Int
    /// When its bytes last changed.
    public let seconds: Int64
    public let nanoseconds: Int64

    public init(path: Name, source: Name, size: Int, seconds: Int64, nanoseconds: Int64) {
        self.path = path
        self.source = source
        self.size = size
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Looks at a file.
    ///
    /// - Throws: When nothing can be told of it.
    init(path: Name, source: Name) throws(Failure) {
        guard let identity = Identity.of(source) else { throw Folder.working.failure(toOpen: source) }
        self.init(
            path: path, source: source, size: Int(clamping: identity.size), seconds: identity.modified.seconds,
            nanoseconds: identity.modified.nanoseconds)
    }

    /// Opens the file in the state of the plan.
    ///
    /// - Throws: When it cannot be opened, or is not as the plan met it.
    public func open() throws(Failure) -> Source {
        let source = try Source.open(self.source)
        guard source.size == size, let modified = source.identity?.modified, modified.seconds == seconds,
            modified.nanoseconds == nanoseconds
        else { throw changed("it is not the file that was planned: size or time of change differ") }
        return source
    }

    /// Why what was read of the file is not used.
    func changed(_ words: String) -> Failure {
        Failure(
            attempt: "package", subject: source.text, code: .changed, words: words,
            remedy: "build the package again when nobody writes the file")
    }
}
