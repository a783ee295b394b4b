// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// A virtual dataset of frames in the main file.
struct VirtualSight {
    let path: String
    let shape: [Int]
    let mappings: [VirtualMapping]
    let fillValue: Double?

    /// Virtual datasets of numbers with at least three dimensions, in the order of the walk.
    static func all(_ files: FileSet) -> [VirtualSight] {
        files.main.objects.compactMap { object in
            guard let dataset = object.dataset, case .virtual(let mappings) = dataset.layout, let shape = dataset.shape,
                shape.count >= 3, dataset.type.isNumeric
            else { return nil }
            return VirtualSight(
                path: files.main.path(of: object.id), shape: shape, mappings: mappings, fillValue: dataset.fillValue)
        }
    }

    /// The file names as the mappings write them.
    var sourceNames: [String] {
        var names: [String] = []
        var seen = Set<String>()
        for mapping in mappings where mapping.file != "." && seen.insert(mapping.file).inserted {
            names.append(mapping.file)
        }
        return names
    }

    /// The mappings whose source is not there, or is too small; those that were not followed pass.
    func missing(_ files: FileSet) -> [VirtualMapping] {
        mappings.filter { mapping in
            let sources = files.sources(of: mapping)
            guard let first = sources.first else { return true }
            guard let number = first.file, files.files.indices.contains(number) else { return true }
            switch files.files[number].state {
            case .absent: return true
            case .refused, .failed: return false
            case .opened(let snapshot):
                guard case .object(let id, let place) = files.resolve(mapping.dataset, from: "/", in: number) else {
                    return true
                }
                let owner = place == number ? snapshot : files.files[place].snapshot
                guard let extent = owner?[id].dataset?.shape else { return true }
                return !mapping.sourceShape.isEmpty
                    && (mapping.sourceShape.count != extent.count
                        || zip(mapping.sourceShape, extent).contains { $0 > $1 })
            }
        }
    }

    /// How the mappings fill the frames.
    struct Coverage {
        var mapped: Int
        var frames: Int
        /// The first frame, from 0, that is filled by none or by two.
        var firstFault: Int?
        var isDoubled: Bool
    }

    /// Frames filled by the mappings; nil when their selections are not regular. Mappings of different parts of the
    /// frame are counted apart, and the part that is filled worst is told.
    var coverage: Coverage? {
        guard let frames = shape.first, frames > 0 else { return nil }
        var parts: [[Selection.Slab]: [Range<Int>]] = [:]
        for mapping in mappings {
            switch mapping.destination {
            case .all: parts[[], default: []].append(0..<frames)
            case .hyperslab(let slabs):
                guard let first = slabs.first, slabs.count == shape.count, let ranges = Self.ranges(first, frames)
                else {
                    return nil
                }
                parts[Array(slabs.dropFirst()), default: []] += ranges
            case .other, .none: return nil
            }
        }
        let all = parts.values.map { Self.cover($0, frames) }
        return all.min { $0.mapped < $1.mapped && $1.firstFault == nil || $0.firstFault != nil && $1.firstFault == nil }
    }

    private static func ranges(_ slab: Selection.Slab, _ frames: Int) -> [Range<Int>]? {
        guard slab.start >= 0, slab.start <= frames else { return nil }
        guard let count = slab.count, let block = slab.block else { return [slab.start..<frames] }
        guard count >= 0, block >= 0, slab.stride >= 0, count <= frames, block <= frames, slab.stride <= frames else {
            return nil
        }
        if count == 1 || slab.stride == block {
            let (length, overflow) = count.multipliedReportingOverflow(by: block)
            let end = slab.start.addingReportingOverflow(length)
            return [slab.start..<(overflow || end.overflow ? frames : min(frames, end.partialValue))]
        }
        guard count <= 1_000_000 else { return nil }
        return (0..<count).map { index in
            let (step, overflow) = index.multipliedReportingOverflow(by: slab.stride)
            let start = overflow || step > frames ? frames : min(frames, slab.start &+ step)
            let end = start.addingReportingOverflow(block)
            return start..<(end.overflow ? frames : min(frames, end.partialValue))
        }
    }

    private static func cover(_ ranges: [Range<Int>], _ frames: Int) -> Coverage {
        var coverage = Coverage(mapped: 0, frames: frames, firstFault: nil, isDoubled: false)
        var reach = 0
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if range.lowerBound > reach, coverage.firstFault == nil { coverage.firstFault = reach }
            if range.lowerBound < reach, !range.isEmpty, coverage.firstFault == nil {
                coverage.firstFault = range.lowerBound
                coverage.isDoubled = true
            }
            coverage.mapped += max(0, range.upperBound - max(reach, range.lowerBound))
            reach = max(reach, range.upperBound)
        }
        if reach < frames, coverage.firstFault == nil { coverage.firstFault = reach }
        return coverage
    }
}
