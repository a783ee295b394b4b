// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import CIF
import Digest
import Frames
import HDF5
import RuleEngine
import Transport

/// What the readers made of one input.
struct FileReading: Sendable {
    var material: Material
    /// Bytes; 0 when the file cannot be looked at.
    var size: Int { material.size }
    /// What could not be looked at.
    var failures: [Failure] { material.failures }

    /// The file that was read; nil when it could not be opened.
    var source: Source?
    /// What pictures are drawn from, of frames that were decoded; nil where none are wanted.
    var drawn: DrawnFrames?

    /// Opens a file and reads it.
    init(_ path: String, settings: ReadingSettings) { self.init([path], settings: settings) }

    /// Opens what the words of an input say, and reads it.
    init(_ words: [String], settings: ReadingSettings) {
        do throws(Failure) {
            self.init(try Input.open(words, by: settings.opener), settings: settings)
        } catch {
            self.init(unopened: error)
        }
    }

    /// Reads a file by what its bytes are.
    init(_ source: Source, settings: ReadingSettings) {
        do throws(Failure) {
            let head = try source.bytes(at: 0, count: min(source.size, 4096))
            let superblock = try Superblock.locate(in: source)
            self.init(source, head, superblock, settings: settings)
            // What stands in the place of content that is not here is not what the file is.
            if !failures.contains(where: { $0.code == .offline }) {
                self.source = source
                // Metadata lie anywhere; frames mostly follow one another.
                if settings.frames != .none, let most = settings.digestsUpTo, source.size <= most {
                    source.digestWhileRead([.sha256])
                }
                if settings.digestsFrameFiles { followFrameFiles() }
                readFrames(settings)
            }
        } catch {
            self.init(unopened: error, size: source.size)
            return
        }
        guard !failures.contains(where: { $0.code == .changed }) else { return }
        do throws(Failure) { try source.checkUnchanged() } catch { material.failures.append(error) }
    }

    private init(_ source: Source, _ head: [UInt8], _ superblock: Superblock?, settings: ReadingSettings) {
        switch ContentKind.of(head, hasSuperblock: superblock != nil) {
        case .hdf5: self.init(container: source, head: head, superblock: superblock, settings: settings)
        case .cif: self.init(text: source, settings: settings)
        case .smv: self.init(smv: source, settings: settings)
        case .tiff: self.init(tiff: source, head: head, settings: settings)
        case .pointer(let program, let remedy):
            self.init(
                unopened: Failure(
                    attempt: "open", subject: source.name.text, code: .offline,
                    words: "its content is not here: the file is a pointer of \(program)", remedy: remedy),
                size: source.size)
        case .empty, .other:
            if Self.isRecord(head) {
                self.init(record: source, settings: settings)
            } else if Self.isAuthorFile(source.name, head) {
                self.init(authorFile: source, settings: settings)
            } else if let wrapper = Wrapper.of(head) {
                self.init(wrapped: source, in: wrapper, settings: settings)
            } else if Self.isNamedAsCIF(source.name), let foreign = ForeignContent.of(head) {
                self.init(
                    material: Material(kind: .unknown, withoutExperiment: .kind(foreign.words)), size: source.size,
                    failures: [
                        Failure(
                            attempt: "read the file", subject: source.name.text, code: .foreign, words: foreign.words,
                            remedy: foreign.remedy)
                    ])
            } else if Self.isNamedAsCIF(source.name) {
                self.init(text: source, settings: settings)
            } else {
                self.init(source, passedOver: .unknown, head: head)
            }
        }
    }

    /// A file whose reader died or was ended; `end` says how, in words.
    init(_ path: String, endedBy end: String) {
        let source = try? Source.open(Name(path))
        let head = (try? source?.bytes(at: 0, count: 4096)) ?? []
        let kind = ContentKind.of(head, hasSuperblock: head.starts(with: [0x89, 0x48, 0x44, 0x46]))
        self.init(
            material: Material(
                kind: kind == .cif ? .imgcif : .hdf5, withoutExperiment: .unread("reading the file ended the reader"),
                readerEnd: end), size: source?.size ?? 0,
            failures: [
                Failure(
                    attempt: "read the file", subject: path, code: .ended(end),
                    words: "the process that read it ended (\(end))",
                    remedy: "take the file for damaged or hostile; write it again, or send it to the authors of this "
                        + "program")
            ])
    }

    init(material: Material, size: Int, failures: [Failure]) {
        self.material = material
        self.material.size = size
        self.material.failures = failures
        self.material.archive = ArchiveView()
    }

    /// A file that could not be looked at.
    init(unopened failure: Failure, size: Int = 0) {
        let isOther = failure.code == .notRegular
        self.init(
            material: Material(kind: .unknown, withoutExperiment: .unread("the file could not be read")), size: size,
            failures: [
                Failure(
                    attempt: failure.attempt == "open" ? "open the file" : failure.attempt, subject: failure.subject,
                    code: failure.code,
                    words: isOther ? "it is no regular file" : failure.cause,
                    remedy: isOther ? "name a file" : failure.remedy)
            ])
    }

    /// A file of a kind that no reader takes; its name may promise more, which FILE-001 tells.
    init(_ source: Source, passedOver kind: FileKind, head: [UInt8]) {
        let tree = TreeView(
            name: source.name.text, size: source.size, head: Array(head.prefix(64)), superblock: nil, files: nil,
            kind: kind)
        self.init(
            material: Material(
                kind: kind, tree: tree, withoutExperiment: .kind("files of kind \(kind.rawValue) are not read")),
            size: source.size, failures: [])
    }

    private static func isNamedAsCIF(_ name: Name) -> Bool {
        let name = name.text.lowercased()
        return [".cif", ".cbf", ".imgcif"].contains { name.hasSuffix($0) }
    }
}
