// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

// What a file says once more of the settings of a rotation: set points, a copy in the NXdata, the goniometer of DECTRIS.
//
// Source: master files of the DECTRIS FileWriter; NXdata.

extension ScanReader {
    /// What cannot be used there is no matter: readers of the axes do not look at it.
    func readAgain(_ axis: inout ScanAxis, of entry: Node) {
        guard let found = axes[axis.axis], found.axis.motion.value == .rotation, found.values.count > 1 else { return }
        let name = found.axis.id.name
        var holders: [(group: Node, isBeside: Bool)] = []
        for sample in tree.groups("NXsample", in: entry) {
            if let goniometer = tree.child("goniometer", of: sample) { holders.append((goniometer, false)) }
        }
        holders += tree.groups("NXdata", in: entry).map { ($0, false) }
        if let group = tree.objects.object(at: parentPath(found.node.path), in: 0) {
            holders.append((Node(file: group.1, id: group.0, path: parentPath(found.node.path)), true))
        }
        for (group, isBeside) in holders {
            if isBeside {
                list(name + "_set", of: found, in: group, &axis)
            } else {
                list(name, of: found, in: group, &axis)
                step(name + "_increment", of: found, in: group, &axis)
            }
            step(name + "_range_average", of: found, in: group, &axis)
        }
    }

    private func numbers(_ name: String, of found: FoundAxis, in group: Node) -> Sourced<[Double]>? {
        guard let node = tree.child(name, of: group), node.identity != found.node.identity,
            let numbers = tree.dataset(node)?.value.doubles, numbers.allSatisfy(\.isFinite)
        else { return nil }
        let units = tree.text("units", of: node)
        let convert = units.flatMap { Quantity.angle.conversion(from: $0) } ?? found.conversion
        return Sourced(numbers.map { convert($0) }, .stated(.object(path: node.path, attribute: nil)))
    }

    private func list(_ name: String, of found: FoundAxis, in group: Node, _ axis: inout ScanAxis) {
        guard let numbers = numbers(name, of: found, in: group), numbers.value.count == found.values.count,
            numbers.value.contains(where: { $0 != numbers.value[0] })
        else { return }
        axis.otherSettings.append((group.path(of: name), numbers))
    }

    private func step(_ name: String, of found: FoundAxis, in group: Node, _ axis: inout ScanAxis) {
        guard let numbers = numbers(name, of: found, in: group), numbers.value.count == 1,
            let first = numbers.value.first,
            first != 0
        else { return }
        axis.otherSteps.append((group.path(of: name), Sourced(first, numbers.origin)))
    }
}
