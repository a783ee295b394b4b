// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import HDF5
internal import TestSupport
internal import Transport

/// Reads damaged HDF5 files with our own reader alone: no crash, no hang.
///
/// `fuzz-hdf5 COUNT SEED FILE...` prints the seed and what it met. A crash or more than 20 s in one case ends the program
/// with the number of the case, which `fuzz-hdf5 1 SEED:CASE FILE...` repeats. A debug build sees reads past the end.
@main enum FuzzHDF5 {
    static func main() throws {
        let words = CommandLine.arguments
        if words.count > 2, words[1] == "tell" {
            for path in words.dropFirst(2) { print(told(path)) }
            return
        }
        guard let cases = FuzzCases(CommandLine.arguments) else {
            print("usage: fuzz-hdf5 COUNT SEED[:CASE] FILE...\n       fuzz-hdf5 tell FILE...")
            exit(2)
        }
        let files = cases.paths.compactMap(DamagedFile.init)
        guard !files.isEmpty else {
            print("fuzz-hdf5: no file could be read")
            exit(2)
        }
        let path = "/dev/shm/imprimatur-fuzz-\(getpid()).h5"
        var read = 0
        var plain = 0
        var objects = 0
        var lost = 0
        cases.run(files: files.count) { _, numbers in
            let bytes = files[Int.random(in: 0..<files.count, using: &numbers)].damaged(&numbers)
            guard FuzzCases.write(bytes, to: path) else { return }
            read += 1
            guard let snapshot = try? Snapshot.read(path, readers: .nativeAlone) else { return }
            plain += 1
            objects += snapshot.objects.count
            lost += snapshot.faults.count
        }
        unlink(path)
        print("\(read) cases without crash or hang; \(plain) files opened, \(objects) objects, \(lost) not plain")
    }

    /// One line: the file, whether it is sound, damaged, disordered or not read, and why.
    private static func told(_ path: String) -> String {
        let snapshot: Snapshot
        do {
            snapshot = try Snapshot.read(path, readers: .nativeAlone)
        } catch {
            return "\(path)\t\(error.code == .damaged ? "damaged" : "unread")\t0\t/: \(error.words)"
        }
        let damaged = snapshot.faults.filter { $0.kind == .damaged }
        let others = snapshot.faults.filter { $0.kind != .damaged }
        let state =
            !damaged.isEmpty
            ? "damaged" : !snapshot.disorders.isEmpty ? "disordered" : !others.isEmpty ? "unread" : "sound"
        let reasons =
            snapshot.disorders.prefix(3).map { "\($0.place): \($0.index) \($0.name)" }
            + (damaged + others).prefix(3).map { "\($0.place): \($0.failure.words)" }
        return "\(path)\t\(state)\t\(snapshot.objects.count)\t\(reasons.joined(separator: "; "))"
    }
}

/// A file, and where its structures begin.
private struct DamagedFile {
    private let bytes: [UInt8]
    private let marks: [Int]

    /// Signatures of blocks; a message of an object header begins with a small number and a null.
    private static let signatures = [
        "TREE", "HEAP", "SNOD", "OHDR", "OCHK", "GCOL", "FRHP", "FHDB", "FHIB", "BTHD", "BTLF", "BTIN", "FAHD", "FADB",
        "EAHD", "EAIB", "EADB", "EASB", "\u{1}\u{0}", "\u{3}\u{0}", "\u{8}\u{0}", "\u{C}\u{0}",
    ].map { Array($0.utf8) }

    init?(_ path: String) {
        guard let bytes = FuzzCases.bytes(of: path), bytes.count > 64 else { return nil }
        self.bytes = bytes
        marks = Self.signatures.flatMap { signature in
            bytes.indices.lazy.filter { bytes[$0...].starts(with: signature) }.prefix(64)
        }
    }

    /// The file with a few bytes changed, most of them in its structures, and now and then cut.
    func damaged(_ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<([1, 1, 2, 4, 16].randomElement(using: &numbers) ?? 1) {
            let isNear = !marks.isEmpty && Int.random(in: 0..<4, using: &numbers) > 0
            let mark = marks.randomElement(using: &numbers) ?? 0
            let place =
                isNear
                ? mark + Int.random(in: 0..<64, using: &numbers) : Int.random(in: 0..<bytes.count, using: &numbers)
            let old = bytes[min(place, bytes.count - 1)]
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &numbers)
            bytes[min(place, bytes.count - 1)] =
                [0, 1, 0xFF, old ^ bit, UInt8.random(in: 0...255, using: &numbers)].randomElement(using: &numbers) ?? 0
        }
        if Int.random(in: 0..<20, using: &numbers) == 0 {
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers))
        }
        return bytes
    }
}
