// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import HDF5
public import Transport

/// Files that no output may take the place of, told by their first bytes.
public enum RawData {
    /// Why a file is never replaced; nil for one that holds no diffraction data.
    ///
    /// A description without images, which `describe` may have written before, is none.
    public static func words(on source: Source) -> String? {
        guard let head = try? source.bytes(at: 0, count: 4096) else { return "what is there cannot be read" }
        let hasSuperblock = (try? Superblock.locate(in: source)) ?? nil != nil
        switch ContentKind.of(head, hasSuperblock: hasSuperblock) {
        case .hdf5: return "it holds diffraction data (HDF5)"
        case .smv: return "it holds diffraction data (SMV)"
        case .tiff: return "it holds an image (TIFF)"
        case .cif: return holdsImages(source, head) ? "it holds diffraction data (CBF)" : nil
        case .empty, .other, .pointer:
            if Wrapper.of(head) != nil { return "it is a compressed file" }
            let other = otherImages.first { head.starts(with: $0.bytes.utf8) }
            return other.map { "it holds diffraction data (\($0.name))" }
        }
    }

    /// Formats of detectors that are not read, by how their files begin.
    private static let otherImages = [
        (bytes: "FORMAT :", name: "Bruker"), (bytes: "RAXIS", name: "R-AXIS"), (bytes: "R-AXIS", name: "R-AXIS"),
        (bytes: "{\nHeaderID", name: "EDF"), (bytes: "OD SAPPHIRE", name: "Oxford"),
        (bytes: "\u{D2}\u{4}\u{0}\u{0}", name: "MAR"),
    ]

    private static func holdsImages(_ source: Source, _ head: [UInt8]) -> Bool {
        if head.starts(with: "###CBF".utf8) { return true }
        let mark = Array("--CIF-BINARY-FORMAT-SECTION--".utf8)
        guard let all = try? source.mapped() else { return true }
        return all.withUnsafeBytes { bytes in
            var from = 0
            while let dash = bytes[from...].firstIndex(of: mark[0]) {
                if bytes[dash...].starts(with: mark) { return true }
                from = dash + 1
            }
            return false
        }
    }
}
