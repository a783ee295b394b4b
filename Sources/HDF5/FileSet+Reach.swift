// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Where a path ends, and in which file of a set.
public struct PathEnd: Sendable {
    /// What the path leads to, or why it leads nowhere.
    public let resolution: Resolution
    /// The file in which the walk ended; the one that names the next, where that was not followed.
    public let file: Int
}

/// A file of external raw storage: looked for and measured, never read.
public enum RawFile: Sendable, Hashable {
    /// Bytes of the file.
    case present(size: Int)
    case absent
    /// The policy does not let us look; says why.
    case refused(String)
    /// It is there and cannot be opened; says why.
    case failed(String)
}

extension FileSet {
    /// The file of external raw storage of this name; nil when more files were named than are looked for.
    public func raw(_ name: String, namedBy file: Int) -> RawFile? { raws[RawName(file: file, name: name)] }

    /// The mappings that one mapping stands for: itself, or with `%b` one for each block within the extent.
    ///
    /// - Returns: Each with the number of its file; nil for a file that was not looked for.
    public func blocks(
        of mapping: VirtualMapping, in file: Int, shape: [Int]
    ) -> [(mapping: VirtualMapping, file: Int?)] {
        let pattern = BlockPattern(mapping.file)
        let object = BlockPattern(mapping.dataset)
        guard pattern.isNumbered || object.isNumbered else {
            let name = pattern.name(0)
            let named = VirtualMapping(
                file: name, dataset: object.name(0), destination: mapping.destination, source: mapping.source,
                sourceShape: mapping.sourceShape)
            return [(named, number(ofFile: name, namedBy: file))]
        }
        var blocks: [(mapping: VirtualMapping, file: Int?)] = []
        for block in 0..<Limits.default.files {
            guard let destination = mapping.destination.block(block, in: shape) else { break }
            let name = pattern.name(block)
            let number = number(ofFile: name, namedBy: file)
            // Blocks behind the first absent one are not looked for.
            guard number != nil || blocks.isEmpty else { break }
            blocks.append(
                (
                    VirtualMapping(
                        file: name, dataset: object.name(block), destination: destination, source: mapping.source,
                        sourceShape: mapping.sourceShape), number
                ))
        }
        return blocks
    }
}

extension Selection {
    /// The elements of one block of a selection without end; nil beyond the extent, and for the second block of another.
    fileprivate func block(_ number: Int, in shape: [Int]) -> Selection? {
        guard case .hyperslab(let slabs) = self, let axis = slabs.firstIndex(where: { $0.count == nil }),
            shape.indices.contains(axis), let block = slabs[axis].block
        else { return number == 0 ? self : nil }
        let (offset, first) = slabs[axis].stride.multipliedReportingOverflow(by: number)
        let (start, second) = slabs[axis].start.addingReportingOverflow(offset)
        guard !first, !second, start < shape[axis] else { return nil }
        var part = slabs
        part[axis] = Slab(start: start, stride: 1, count: 1, block: min(block, shape[axis] &- start))
        return .hyperslab(part)
    }
}
