// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file001 = Rule(
        "FILE-001", .A, "file is not HDF5", applies: .anyNeXus,
        what: """
            The HDF5 signature (89 48 44 46 0D 0A 1A 0A) at byte 0, 512, 1024 or a further power of two, in a file \
            that is named .h5, .hdf5, .nxs or .nx, or that an imgCIF declares to be HDF5. A file of no bytes, or of \
            zeros only, counts here. Nothing else of such a file is checked. Every file that links and virtual datasets \
            lead to is looked at as well.
            """,
        why: "No program can open the file: it was not written to the end, or is something else under this name.",
        fix: "Copy the file again from where it was written, or give it the name of what it is.",
        references: ["HDF5 File Format Specification, superblock signature"],
        checks: [.tree(foreignBytes)])
}

private func foreignBytes(_ view: TreeView, _ verdicts: inout Verdicts) {
    if view.superblock == nil, view.files == nil, isMeantAsHDF5(view) {
        report(view.size, view.head, in: .main, .file, &verdicts)
    }
    for (number, file) in (view.files?.files ?? []).enumerated().dropFirst() {
        guard let sight = file.sight, sight.superblock == nil else { continue }
        report(
            sight.size, sight.head, in: SourceID(position: number), Subject(.dataset, "bytes of " + file.name),
            &verdicts)
    }
}

private func report(_ size: Int, _ head: [UInt8], in source: SourceID, _ subject: Subject, _ verdicts: inout Verdicts) {
    let (bytes, guess) = words(size, head)
    verdicts.report(
        "file is not HDF5: it begins with \(bytes) (\(guess))", at: [.file(source)],
        values: [("bytes", .text(bytes)), ("guess", .text(guess))], subjects: [subject, Subject(.dataset, "links")])
}

private func isMeantAsHDF5(_ view: TreeView) -> Bool {
    let name = view.name.lowercased()
    return [".h5", ".hdf5", ".hdf", ".nxs", ".nx"].contains { name.hasSuffix($0) } || view.kind == .hdf5
}

private func words(_ size: Int, _ head: [UInt8]) -> (bytes: String, guess: String) {
    guard size > 0 else { return ("no byte", "an empty file") }
    guard head.contains(where: { $0 != 0 }) else { return ("zeros", "never written") }
    let bytes = head.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    let isText = head.allSatisfy { (0x20...0x7E).contains($0) || (0x09...0x0D).contains($0) }
    let known: [([UInt8], String)] = [
        (Array("PK".utf8), "a ZIP archive"), ([0x1F, 0x8B], "compressed with gzip"),
        (Array("BZh".utf8), "compressed with bzip2"),
        (Array("###CBF".utf8), "a CBF image"), (Array("CDF".utf8), "NetCDF 3"), ([0x0E, 0x03, 0x13, 0x01], "HDF4"),
        (Array("<".utf8), "a page of a web site or XML"),
        (Array("version https://git-lfs".utf8), "a pointer of Git LFS"),
        (Array("II*".utf8), "a TIFF image"), (Array("MM".utf8), "a TIFF image"),
    ]
    return (bytes, known.first { head.starts(with: $0.0) }?.1 ?? (isText ? "plain text" : "nothing known"))
}
