// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The axes of an experiment, ready to be followed: built once, looked up in constant time, cheap to copy.
///
/// Where an id is defined twice the first definition counts. Everything is iterative: a chain of any length is safe.
public struct AxisGraph: Sendable {
    /// In the order of the source.
    public let axes: [Axis]
    /// From the frame of the model to McStas, for axes that are given in the system McStas; nil when it is undefined.
    let toMcStas: Matrix3?
    private let indices: [AxisID: Int]

    /// - Cost: Linear in the number of axes.
    public init(_ experiment: Experiment) {
        axes = experiment.axes
        toMcStas = try? experiment.rotationToMcStas().get().matrix
        var found: [AxisID: Int] = [:]
        found.reserveCapacity(experiment.axes.count)
        for (index, axis) in experiment.axes.enumerated() where found[axis.id] == nil { found[axis.id] = index }
        indices = found
    }

    /// The index in `axes` of an axis, or nil when it is not defined.
    public func index(of id: AxisID) -> Int? { indices[id] }

    /// An axis, or nil when it is not defined.
    public subscript(id: AxisID) -> Axis? { indices[id].map { axes[$0] } }

    /// The axes from one axis outward to the base, along `depends_on` and mounting rotations.
    ///
    /// - Parameters:
    ///   - id: The innermost axis of the chain.
    ///   - mention: Where that axis is named; for the fault when it is not defined.
    /// - Returns: Indices into `axes`, innermost first; or why there is no such chain.
    /// - Source: imgCIF `_axis.depends_on`; NXtransformations `@depends_on`.
    public func chain(from id: AxisID, mention: AxisMention? = nil) -> Result<[Int], ChainFault> {
        links(from: id, mention: mention).map { $0.map(\.index) }
    }

    /// The axes on the chains from several axes; chains that break off or go round are left out.
    ///
    /// Each axis is looked at once, however many chains lead through it.
    ///
    /// - Returns: Indices into `axes`: the first chain from its base inward, then what each next one adds to it. An
    ///   axis stands behind all that it hangs on.
    public func axes(onChainsFrom starts: [AxisID]) -> [Int] {
        var isWhole: [Int: Bool] = [:]
        var found: [Int] = []
        for start in starts {
            var path: [Int] = []
            var next = indices[start]
            var leadsOut = true
            // An axis on the way holds false, so that a chain that goes round meets that.
            while let index = next {
                if let known = isWhole[index] {
                    leadsOut = known
                    break
                }
                isWhole[index] = false
                guard foreignSystem(of: axes[index]) == nil, case .success(let step) = step(from: axes[index]) else {
                    leadsOut = false
                    break
                }
                path.append(index)
                next = step.0
            }
            guard leadsOut else { continue }
            for index in path.reversed() {
                isWhole[index] = true
                found.append(index)
            }
        }
        return found
    }

    /// For each axis on the chains from several axes the nearest one outward that is of a kind.
    ///
    /// - Parameter isOfKind: Asked once for each axis that another one hangs on.
    /// - Returns: In the order of `axes(onChainsFrom:)`; indices into `axes`.
    /// - Cost: Linear in the number of axes.
    public func nearestOutward(
        onChainsFrom starts: [AxisID], where isOfKind: (Axis) -> Bool
    ) -> [(axis: Int, outward: Int?)] {
        var nearest: [Int: Int] = [:]
        return axes(onChainsFrom: starts).map { index in
            guard case .success(let (next?, _)) = step(from: axes[index]) else { return (index, nil) }
            let outward = isOfKind(axes[next]) ? next : nearest[next]
            nearest[index] = outward
            return (index, outward)
        }
    }

    /// One step of a chain: an axis, with the angle of a mounting rotation added to its setting.
    struct Link: Sendable {
        let index: Int
        let extraAngle: Double
    }

    func links(from id: AxisID, mention: AxisMention? = nil) -> Result<[Link], ChainFault> {
        guard let start = indices[id] else {
            return .failure(.undefined(mention ?? AxisMention(axis: id, item: "the chain", place: .file)))
        }
        var links: [Link] = []
        var seen = Set<Int>()
        var next: Int? = start
        var extraAngle = 0.0
        while let index = next {
            guard seen.insert(index).inserted else { return .failure(.circle(members(of: links, from: index))) }
            let axis = axes[index]
            if let system = foreignSystem(of: axis) {
                return .failure(.otherSystem(axis: axis.id, system: system))
            }
            links.append(Link(index: index, extraAngle: extraAngle))
            switch step(from: axis) {
            case .success(let step): (next, extraAngle) = step
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(links)
    }

    /// The axis after `axis` on the way outward, nil at the base, and the angle of a mounting rotation.
    private func step(from axis: Axis) -> Result<(Int?, Double), ChainFault> {
        if let mount = axis.mount, mount.angle != 0 {
            guard let index = indices[mount.axis] else { return .failure(.undefined(mentioned(mount.axis, by: axis))) }
            let outward = axis.dependsOn.value
            guard outward == mount.axis || outward == axes[index].dependsOn.value else {
                return .failure(.mountDisagrees(axis: axis.id, mount: mount.axis))
            }
            return .success((index, mount.angle))
        }
        guard let outward = axis.dependsOn.value else { return .success((nil, 0)) }
        guard let index = indices[outward] else { return .failure(.undefined(mentioned(outward, by: axis))) }
        return .success((index, 0))
    }

    private func mentioned(_ id: AxisID, by axis: Axis) -> AxisMention {
        AxisMention(axis: id, item: "axis '\(axis.id)'", place: axis.dependsOn.origin.place ?? axis.place)
    }

    private func members(of links: [Link], from index: Int) -> [AxisID] {
        links.drop { $0.index != index }.map { axes[$0.index].id } + [axes[index].id]
    }

    /// The word of a system that an axis of the laboratory cannot be given in, or nil.
    private func foreignSystem(of axis: Axis) -> String? {
        guard let word = axis.system?.value else { return nil }
        switch word.lowercased() {
        case "laboratory": return nil
        case "mcstas": return toMcStas == nil ? word : nil
        default: return word
        }
    }

    /// Every circle of `depends_on`, each once, from its member that stands first in the source.
    ///
    /// The first member is repeated at the end. Linear in the number of axes.
    /// - Source: AXIS-002.
    public var circles: [[AxisID]] {
        var circles: [[AxisID]] = []
        var visitedBy = [Int?](repeating: nil, count: axes.count)
        for start in axes.indices where indices[axes[start].id] == start {
            var path: [Int] = []
            var next: Int? = start
            while let index = next, visitedBy[index] == nil {
                visitedBy[index] = start
                path.append(index)
                next = axes[index].dependsOn.value.flatMap { indices[$0] }
            }
            guard let closing = next, visitedBy[closing] == start else { continue }
            let members = Array(path.drop { $0 != closing })
            guard let first = members.min(), let turn = members.firstIndex(of: first) else { continue }
            let turned = members[turn...] + members[..<turn] + [first]
            circles.append(turned.map { axes[$0].id })
        }
        return circles
    }

    /// The axes of a set that no other axis of the set depends on: one, when the set is a chain.
    ///
    /// - Source: geometry.md section 11; the order of `_diffrn_measurement_axis` means nothing.
    public func innermost(of set: [AxisID]) -> [AxisID] {
        var outer = Set<AxisID>()
        for id in set {
            guard let axis = self[id] else { continue }
            if let outward = axis.dependsOn.value { outer.insert(outward) }
            if let mount = axis.mount, mount.angle != 0 { outer.insert(mount.axis) }
        }
        var seen = Set<AxisID>()
        return set.filter { indices[$0] != nil && !outer.contains($0) && seen.insert($0).inserted }
    }
}

extension Experiment {
    /// The axes ready to be followed; build it once and keep it where more than one chain is asked for.
    public var axisGraph: AxisGraph { AxisGraph(self) }

    /// The axes from one axis outward to the base: indices into `axes`, innermost first.
    public func chain(from id: AxisID) -> Result<[Int], ChainFault> {
        AxisGraph(self).chain(from: id, mention: mentions.first { $0.axis == id })
    }
}
