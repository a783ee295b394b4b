// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import HDF5

/// Reads HDF5 files as snapshots, one after the other, and prints how many objects and attributes they have.
///
/// `benchmark-hdf5 FILE...`; a file can be named many times.
@main enum BenchmarkHDF5 {
    static func main() {
        var objects = 0
        var attributes = 0
        for path in CommandLine.arguments.dropFirst() {
            do {
                let snapshot = try Snapshot.read(path)
                objects += snapshot.objects.count
                attributes += snapshot.objects.reduce(0) { $0 + $1.attributes.count }
            } catch {
                print(error)
                exit(3)
            }
        }
        print("\(objects) objects, \(attributes) attributes")
    }
}
