// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import HDF5
internal import TestSupport

/// Reads damaged HDF5 files with our own reader alone: no crash, no hang.
///
/// `fuzz-hdf5 COUNT SEED FILE...` prints the seed and what it met. A crash or more than 20 s in one case ends the program
/// with the number of the case, which `fuzz-hdf5 1 SEED:CASE FILE...` repeats. A debug build sees reads past the end.
@main enum FuzzHDF5 {
    static func main() throws {
        let arguments = CommandLine.arguments
        let seeds = arguments.count > 3 ? arguments[2].split(separator: ":").compactMap { UInt64($0) } : []
        guard let count = arguments.dropFirst().first.flatMap({ Int($0) }), count > 0, let seed = seeds.first else {
            print("usage: fuzz-hdf5 COUNT SEED[:CASE] FILE...")
            exit(2)
        }
        let files = arguments[3...].compactMap(DamagedFile.init)
        guard !files.isEmpty else {
            print("fuzz-hdf5: no file could be read")
            exit(2)
        }
        let first = seeds.count > 1 ? Int(seeds[1]) : 0
        let path = "/dev/shm/imprimatur-fuzz-\(getpid()).h5"
        var plain = 0
        var objects = 0
        var lost = 0
        CaseWatch.begin()
        print("seed \(seed), \(files.count) files, \(count) cases")
        for number in first..<first + count {
            CaseWatch.start(number)
            var numbers = SeededNumbers(seed: seed &+ UInt64(number) &* 0x1_0000_0001)
            files[Int.random(in: 0..<files.count, using: &numbers)].write(to: path, &numbers)
            guard let snapshot = try? Snapshot.read(path, readers: .nativeAlone) else { continue }
            plain += 1
            objects += snapshot.objects.count
            lost += snapshot.faults.count
        }
        CaseWatch.end()
        unlink(path)
        print("\(count) cases without crash or hang; \(plain) files opened, \(objects) objects, \(lost) not plain")
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
        guard let stream = fopen(path, "r") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&piece, 1, piece.count, stream), count > 0 { bytes += piece[..<count] }
        guard bytes.count > 64 else { return nil }
        self.bytes = bytes
        marks = Self.signatures.flatMap { signature in
            bytes.indices.lazy.filter { bytes[$0...].starts(with: signature) }.prefix(64)
        }
    }

    /// Writes the file with a few bytes changed, most of them in its structures, and now and then cut.
    func write(to path: String, _ numbers: inout SeededNumbers) {
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
        guard let stream = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, stream)
        fclose(stream)
    }
}
