// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// How the files of a set were reached: the first ones stay open, the others are opened again by the same policy.
struct FileWays: Sendable {
    private struct Way: Sendable {
        let folder: Folder
        let name: Name
        let identity: Identity?
        /// nil for a file that is opened again when somebody asks.
        let source: Source?
    }

    private var main: Source?
    private var follow = Folder.Follow.none
    private var ways: [Int: Way] = [:]
    private var open = 0

    init() {}

    init(_ main: Source, follow: Folder.Follow) {
        self.main = main
        self.follow = follow
    }

    /// - Parameters:
    ///   - number: Of the file in its set.
    ///   - keeping: So many files stay open.
    mutating func note(_ source: Source, _ number: Int, _ name: Name, in folder: Folder, keeping: Int) {
        let stays = open < keeping
        if stays {
            open &+= 1
            // Its descriptor stays, not its bytes.
            source.forget()
        }
        ways[number] = Way(folder: folder, name: name, identity: source.identity, source: stays ? source : nil)
    }

    func shared(_ number: Int) -> Source? { number == 0 ? main : ways[number]?.source }

    func source(_ number: Int) throws(Failure) -> Source? {
        if number == 0 { return main }
        guard let way = ways[number] else { return nil }
        if let source = way.source { return source }
        switch way.folder.reach(way.name, follow) {
        case .open(let source):
            guard source.identity?.key == way.identity?.key, Int(exactly: way.identity?.size ?? 0) == source.size else {
                throw Failure(
                    attempt: "read", subject: source.name.text, code: .changed,
                    words: "another file has taken its place while the data set was read",
                    remedy: "run again when its writer has closed it")
            }
            return source
        case .failed(let failure): throw failure
        case .absent, .refused:
            throw Failure(
                attempt: "open", subject: way.name.text, code: .changed,
                words: "the file went away while the data set was read")
        }
    }
}

extension FileSet {
    /// The bytes of a file of the set; nil for one that was not opened.
    ///
    /// - Throws: When it is not what it was when its metadata were read.
    public func source(of file: Int) throws(Failure) -> Source? { try ways.source(file) }

    /// The same, for a file that stays open and that all who read it share; nil for another one.
    public func sharedSource(of file: Int) -> Source? { ways.shared(file) }
}
