// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine
import Transport

extension Rule {
    static let file013 = Rule(
        "FILE-013", .G, "file is being written", applies: .anyNeXus,
        parameters: [
            Parameter(
                "age", "Time without a change after which no writer is expected", 60, unit: "s", limits: 1...86400)
        ],
        what: """
            Whether a writer is at work: a process of this machine holds the file, or one that it links to, locked for \
            writing; or the file changed while it was read; or within the age of the last change one of them is marked \
            as open for writing, or data files of the master are not there yet. The frames that are there are counted \
            against those that extents and lists of settings announce. What a writer at work has not finished yet is \
            told by no other rule; once the age is over it belongs to FILE-003 and FILE-004. A file that ends too early \
            without any of these signs is FILE-002 at once.
            """,
        why: "What is checked now is not what will be published: frames, times and sizes are still to come.",
        fix: "Check again when the writer has closed the file; 'imprimatur watch' waits for that.",
        references: ["HDF5 single-writer/multiple-reader", "HDF5 File Format Specification, file consistency flags"],
        needs: ["FILE-001"],
        checks: [.file(writerAtWork)])
}

private func writerAtWork(_ material: Material, _ verdicts: inout Verdicts) {
    guard let view = material.tree, material.kind == .nexus || material.kind == .hdf5 else { return }
    let age = view.writer.age
    let limit = verdicts.number("age")
    let isFresh = age.map { $0 <= limit } ?? false
    guard let state = WritingState(view, isChanged: material.failures.contains { $0.code == .changed }, isFresh) else {
        return
    }
    let frames = FramesThere(material)
    var words = "file is \(state.words)"
    var values: [NamedDatum] = [("state", .text(state.word))]
    if let frames {
        words += "; \(frames.there) of \(frames.announced) frames are there"
        values += [("frames", .integer(frames.there)), ("announced", .integer(frames.announced))]
    }
    if let age {
        words += ", last change \(WritingState.words(on: age)) ago"
        values.append(("age", .number(age.rounded())))
    }
    verdicts.report(words, at: [.file], values: values, subjects: [.file])
}

/// How a writer is seen to be at work, the surest sign first.
private enum WritingState {
    case changed
    case locked(String?)
    case swmr(String?)
    case open(String?)
    case late(String, count: Int)

    /// - Parameter isFresh: The last change is so young that a writer is expected.
    init?(_ view: TreeView, isChanged: Bool, _ isFresh: Bool) {
        let superblock = view.superblock
        let isTruncated = superblock?.statedEnd.map { $0 > UInt64(max(0, view.size)) } ?? false
        let files = view.files?.files.dropFirst() ?? []
        if isChanged {
            self = .changed
        } else if let file = view.writer.locked.first {
            self = .locked(file == view.name || file == view.files?.files.first?.name ? nil : file)
        } else if isFresh, superblock?.isOpenForSWMR == true {
            self = .swmr(nil)
        } else if isFresh, superblock?.isOpenForWriting == true {
            self = .open(nil)
        } else if isFresh, let file = files.first(where: { $0.snapshot?.superblock.isOpenForSWMR == true }) {
            self = .swmr(file.name)
        } else if isFresh, let file = files.first(where: { $0.snapshot?.superblock.isOpenForWriting == true }) {
            self = .open(file.name)
        } else if isFresh, !isTruncated, case let names = view.missingFiles, let first = names.first {
            self = .late(first, count: names.count)
        } else {
            return nil
        }
    }

    /// For programs.
    var word: String {
        switch self {
        case .changed: "changed"
        case .locked: "locked"
        case .swmr: "swmr"
        case .open: "open"
        case .late: "late"
        }
    }

    var words: String {
        func file(_ name: String?) -> String { name.map { " ('\(Wording.excerpt($0, limit: 80))')" } ?? "" }
        switch self {
        case .changed: return "being written: it changed while it was read"
        case .locked(let name): return "locked by a writer\(file(name))"
        case .swmr(let name): return "marked as open for SWMR writing\(file(name))"
        case .open(let name): return "marked as open for writing\(file(name))"
        case .late(let name, let count):
            let more = count > 1 ? " and \(count - 1) more" : ""
            return "waiting for '\(Wording.excerpt(name, limit: 80))'\(more), which it links to"
        }
    }

    /// "3 s", "12 min".
    static func words(on age: Double) -> String {
        age < 120 ? "\(Int(age)) s" : age < 7_200 ? "\(Int(age / 60)) min" : "\(Int(min(age, 1e12) / 3_600)) h"
    }
}
