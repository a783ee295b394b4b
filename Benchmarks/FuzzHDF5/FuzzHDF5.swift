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
/// With `write FOLDER` in front the damaged files are kept, and `tree FILE...` tells what our reader makes of files, a line
/// of JSON each; `compare.py` sets that beside h5py.
@main enum FuzzHDF5 {
    static func main() throws {
        var words = CommandLine.arguments
        if words.count > 2, words[1] == "tree" {
            for path in words.dropFirst(2) { print(String(decoding: TreeText.line(path), as: UTF8.self)) }
            return
        }
        var folder: String?
        if words.count > 3, words[1] == "write" {
            folder = words[2]
            words.removeSubrange(1...2)
        }
        guard let cases = FuzzCases(words) else {
            print("usage: fuzz-hdf5 [write FOLDER] COUNT SEED[:CASE] FILE...\n       fuzz-hdf5 tree FILE...")
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
        cases.run(files: files.count) { number, numbers in
            let bytes = files[Int.random(in: 0..<files.count, using: &numbers)].damaged(&numbers)
            if let folder {
                _ = FuzzCases.write(bytes, to: "\(folder)/\(number).h5")
                return
            }
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
}
