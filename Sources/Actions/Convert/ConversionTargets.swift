// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import FrameWriting
import HDF5
import Transport

/// Where the files of a conversion go.
///
/// - Source: docs/guide/convert.md.
struct ConversionTargets {
    private let output: String?
    /// The files get names of their own in a folder.
    let isFolder: Bool
    private let isTogether: Bool
    private let replaces: Bool
    private let isDryRun: Bool
    private let inputs: Set<Transport.Identity.Key>

    /// Looks at what the command line says, before anything is read.
    ///
    /// - Throws: Wrong usage, where the named file is there already or is an input.
    init(_ request: ConversionRequest, inputs: [[String]]) throws(Failure) {
        output = request.output
        isTogether = request.scans == .together
        isDryRun = request.isDryRun
        replaces = request.replaces || request.resumes || isDryRun
        self.inputs = Set(inputs.compactMap { Transport.Identity.of(Name($0.first ?? ""))?.key })
        isFolder = output.map { $0.hasSuffix("/") || Folder.working.kind(behind: Name($0)) == .folder } ?? true
        if let output, isFolder {
            switch Folder.working.kind(behind: Name(output)) {
            case .folder, nil: break
            case .some: throw Failure(usage: "'\(output)' is no folder", remedy: "name another with -o")
            }
        } else if let output {
            try look(at: output)
        }
    }

    /// Makes the folder, and those around it, where they are not there; only when something is to be written into it.
    static func makeFolder(of file: Name) throws(Failure) {
        var bytes = file.folder.bytes
        while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
        let folder = Name(bytes: bytes)
        guard !bytes.isEmpty, Folder.working.kind(behind: folder) == nil else { return }
        try makeFolder(of: folder)
        try NewFolder.make(folder)
    }

    /// The identities of the inputs, none of which is written.
    var inputKeys: Set<Transport.Identity.Key> { inputs }

    /// The path of the output of each scan.
    ///
    /// - Throws: Wrong usage, where one name is given for several scans, or a file is there already.
    func paths(_ scans: [ScanToConvert]) throws(Failure) -> [String] {
        if let output, !isFolder {
            guard scans.count <= 1 || isTogether else {
                let names = scans.prefix(6).map { "\($0.name) (\($0.frames.count))" }.joined(separator: ", ")
                let more = scans.count > 6 ? " and \(scans.count - 6) more" : ""
                throw Failure(
                    usage: "-o names one file, and the inputs are \(scans.count) scans: \(names)\(more)",
                    remedy: "name a folder with -o DIR/, or give --scans together")
            }
            return scans.map { _ in output }
        }
        let folder = output.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        let names = isTogether ? scans.map { _ in scans.first?.name ?? "" } : scans.map(\.name)
        let paths = names.map { folder + $0 + ".nxs" }
        for path in Set(paths).sorted() { try look(at: path) }
        return paths
    }

    private func look(at path: String) throws(Failure) {
        guard let key = Transport.Identity.of(Name(path))?.key else { return }
        if inputs.contains(key) {
            throw Failure(usage: "output '\(path)' is an input of this run", remedy: "name another file with -o")
        }
        guard replaces else {
            throw Failure(usage: "'\(path)' is there already", remedy: "give --force, or name another file with -o")
        }
        guard !isDryRun, let source = try? Source.open(Name(path), isInput: false), let why = Self.worth(source) else {
            return
        }
        throw Failure(
            attempt: "write", subject: path, code: .usage, words: why + " that 'convert' did not write",
            remedy: "name another file with -o")
    }

    /// Why a file is never replaced, whatever was asked: it holds diffraction data, and no conversion wrote it.
    @Sendable static func worth(_ source: Source) -> String? {
        guard let why = RawData.words(on: source) else { return nil }
        guard let snapshot = try? Snapshot.read(source) else { return why }
        if let own = KeptHeader.fingerprints(in: snapshot), !own.isEmpty { return nil }
        let creator = snapshot[snapshot.root].attributes.first { $0.name == "creator" }
        return creator?.value.firstString == BlockFiles.creator ? nil : why
    }
}
