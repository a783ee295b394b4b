// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import RuleEngine

/// Words of a description by which frames without counts were meant, or are known: a dark run, a beam that was lost.
struct StatedDarkness {
    /// The line that says so.
    let line: String
    /// The item, the field or the attribute that holds it.
    let item: String
    /// From 1; nil: all, since the line names none.
    let frames: [ClosedRange<Int>]?

    func excuses(_ frame: Int) -> Bool { frames?.contains { $0.contains(frame) } ?? true }

    /// In lower case.
    private static let phrases = [
        "dark frame", "dark image", "dark run", "dark current", "darks", "beam dump", "beam was dumped", "beam lost",
        "beam was lost", "lost beam", "lost the beam", "beam loss", "no beam", "without beam", "beam off",
        "blank frame",
        "blank image", "empty frame", "empty image", "shutter closed", "closed shutter", "shutter was closed",
    ]

    /// - Parameter text: A value of a description.
    init?(_ text: String, item: String) {
        guard text.utf8.count >= 5, text.utf8.count < 1 << 16,
            let line = text.split(whereSeparator: \.isNewline).first(where: { Self.isTold(in: $0.lowercased()) })
        else { return nil }
        self.line = String(line)
        self.item = item
        frames = Self.frames(in: line.lowercased())
    }

    private static func isTold(in line: String) -> Bool {
        phrases.contains { phrase in
            var rest = line.utf8[...]
            while rest.count >= phrase.utf8.count {
                if rest.starts(with: phrase.utf8) {
                    // As in "no beamstop".
                    let next = rest.dropFirst(phrase.utf8.count).first ?? 0x20
                    if next == UInt8(ascii: "s") || !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next) {
                        return true
                    }
                }
                rest = rest.dropFirst()
            }
            return false
        }
    }

    /// The numbers behind the word for frames: "36 to 40", "36-40"; a single one is the first of the rest.
    private static func frames(in line: String) -> [ClosedRange<Int>]? {
        let words = line.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard let start = words.firstIndex(where: { $0.hasPrefix("frame") || $0.hasPrefix("image") }) else {
            return nil
        }
        let numbers = words[start...].dropFirst().filter { $0 != "to" && $0 != "through" && $0 != "until" }
            .prefix { Int($0) != nil }.compactMap { Int($0) }
        guard let first = numbers.first else { return nil }
        guard numbers.count > 1 else { return [first...max(first, Int.max)] }
        return stride(from: 0, to: numbers.count, by: 2).map { index in
            let end = index + 1 < numbers.count ? numbers[index + 1] : numbers[index]
            return min(numbers[index], end)...max(numbers[index], end)
        }
    }

    /// The first text of a description that says so; nil where none does.
    static func find(in view: FramesView, of part: FramesView.Part) -> StatedDarkness? {
        if let block = part.view.block { return find(in: block) }
        guard let files = view.tree?.files else { return nil }
        for object in files.main.objects {
            for attribute in object.attributes {
                guard let text = attribute.value.firstString else { continue }
                let item = "\(files.main.path(of: object.id))/@\(attribute.name)"
                if let told = StatedDarkness(text, item: item) { return told }
            }
            if let text = object.dataset?.value.firstString,
                let told = StatedDarkness(text, item: files.main.path(of: object.id))
            {
                return told
            }
        }
        return nil
    }

    private static func find(in block: Block) -> StatedDarkness? {
        for column in block.columns {
            for row in 0..<min(column.count, 1000) {
                switch column.kind(row) {
                case .quoted, .tripleQuoted, .text:
                    guard let text = column.text(row), let told = StatedDarkness(text, item: column.name) else {
                        continue
                    }
                    return told
                default: continue
                }
            }
        }
        return nil
    }
}
