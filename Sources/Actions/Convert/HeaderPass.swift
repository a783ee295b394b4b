// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine
import Transport

/// Reads the headers of all files, each once.
///
/// Of files whose names follow on, the first two, one in the middle and the last are read word by word; of the others only
/// what is not as in the first, where that is certain: see ``HeaderPattern``.
struct HeaderPass {
    private let files: [[String]]
    private let settings: ReadingSettings
    private let given: GivenFacts
    private let wavelength: Double?

    init(_ files: [[String]], settings: ReadingSettings, given: GivenFacts, wavelength: Double?) {
        (self.files, self.settings, self.given, self.wavelength) = (files, settings, given, wavelength)
    }

    typealias Read = Result<ConvertedImage, Failure>

    /// A file that was read word by word.
    static func whole(
        _ words: [String], settings: ReadingSettings, given: GivenFacts, wavelength: Double?
    ) throws(Failure) -> (image: ConvertedImage, reading: FileReading) {
        let reading = FileReading(words, settings: settings)
        if let failure = reading.failures.first { throw failure }
        var image = try ConvertedImage(words, reading)
        image.complete(given, wavelength: wavelength)
        return (image, reading)
    }

    private func whole(_ index: Int, keepsReading: Bool = false) -> Read {
        do throws(Failure) {
            var (image, reading) = try Self.whole(
                files[index], settings: settings, given: given, wavelength: wavelength)
            if keepsReading { image.reading = reading }
            return .success(image)
        } catch {
            return .failure(error)
        }
    }

    /// What the files are, in their order.
    func read() -> [Read] {
        var found = [Read?](repeating: nil, count: files.count)
        let runs = runs
        // What is asked of the first and the last of a scan once more stays open.
        let ends = Set(runs.count <= Self.mostOpen ? runs.flatMap { [$0.lowerBound, $0.upperBound - 1] } : [])
        for run in runs where run.count >= Self.shortest { readSeries(run, ends, &found) }
        let rest = found.indices.filter { found[$0] == nil }
        let read = FrameThreads.map(rest.count) { whole(rest[$0], keepsReading: ends.contains(rest[$0])) }
        for (index, read) in zip(rest, read) { found[index] = read }
        return found.compactMap { $0 }
    }

    /// Fewer files are not worth a pattern.
    private static let shortest = 8
    /// Series of which two files stay open each.
    private static let mostOpen = 32

    private func readSeries(_ run: Range<Int>, _ ends: Set<Int>, _ found: inout [Read?]) {
        guard settings.opener == nil else { return }
        var parts: [HeaderPattern.Whole?] = []
        for index in run.prefix(2) {
            do throws(Failure) {
                let (image, reading) = try Self.whole(
                    files[index], settings: settings, given: given, wavelength: wavelength)
                var kept = image
                if ends.contains(index) { kept.reading = reading }
                found[index] = .success(kept)
                parts.append(HeaderPattern.Whole(image, reading.material.text?.document))
            } catch {
                found[index] = .failure(error)
                return
            }
        }
        guard let one = parts[0], let other = parts[1], let pattern = HeaderPattern(one, other) else { return }
        // Two more are held against what the pattern makes of them.
        for proof in [run.lowerBound + run.count / 2, run.upperBound - 1] {
            let read = whole(proof, keepsReading: ends.contains(proof))
            found[proof] = read
            guard case .success(let image) = read else { return }
            if let filled = pattern.image(files[proof]), !HeaderSlots.isAlike(filled, image) { return }
        }
        let others = run.filter { found[$0] == nil }
        for (index, image) in zip(others, FrameThreads.map(others.count) { pattern.image(files[others[$0]]) }) {
            found[index] = image.map { .success($0) }
        }
    }

    /// Files that follow one another and whose names differ in digits alone.
    private var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for index in files.indices.dropFirst() where !Self.goOn(files[index - 1], files[index]) {
            runs.append(start..<index)
            start = index
        }
        if start < files.count { runs.append(start..<files.count) }
        return runs
    }

    private static func goOn(_ one: [String], _ other: [String]) -> Bool {
        guard one.count == other.count, one.dropFirst() == other.dropFirst(), let a = one.first?.utf8,
            let b = other.first?.utf8, a.count == b.count
        else { return false }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        return zip(a, b).allSatisfy { $0 == $1 || isDigit($0) && isDigit($1) }
    }
}
