// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5

/// Visits the objects of a file by breadth, each once, without recursion and without following links to other files.
///
/// Objects are opened by the address their hard link holds, so that no name is looked up and nothing but the object is
/// opened; at any time one object is open.
final class Walk {
    private let container: Container
    private let limits: Limits
    private let wants: ValueWants
    private let reading: ValueReading

    private var objects: [Object] = []
    private var addresses: [UInt64] = []
    private var depths: [Int32] = []
    private var known: [UInt64: Int] = [:]
    /// NX_class and signal of each object, for its members.
    private var labels: [(nexusClass: String?, signal: String?)] = []
    private(set) var origins: [Snapshot.Origin?] = []
    private(set) var faults: [Fault] = []
    private var isDepthReported = false
    private var isCountReported = false
    /// Groups with links to objects that were not entered when the group was read.
    private var unsettled: [Int] = []
    /// Faults kept, at most; a broken file can have one for each object.
    private static let mostFaults = 10_000

    init(_ container: Container, limits: Limits, wants: ValueWants) {
        self.container = container
        self.limits = limits
        self.wants = wants
        reading = ValueReading(
            heap: GlobalHeap(of: container), addressBytes: container.superblock.addressBytes,
            textBytes: limits.smallValueBytes)
    }

    /// Reads all objects that can be reached from the root.
    func run() throws(Failure) {
        let file = container.file
        var info = H5O_info_t()
        _ = try Door.call("open the root group of", container.path) {
            H5Oget_info2(file, &info, chdf5_object_basics())
        }
        _ = discover(UInt64(info.addr), from: nil, depth: 0)
        var index = 0
        while index < addresses.count {
            let object = visit(index)
            objects.append(object)
            labels.append(
                (object.attribute("NX_class")?.value.firstString, object.attribute("signal")?.value.firstString))
            index &+= 1
        }
    }

    /// The objects, with links into unentered groups joined to objects that were found elsewhere.
    func finishedObjects() -> [Object] {
        for index in unsettled {
            let object = objects[index]
            let links = object.links.map { link in
                guard case .notEntered(let address) = link.target, let found = known[address] else { return link }
                return Link(name: link.name, target: .hard(ObjectID(index: found)))
            }
            objects[index] = Object(
                id: object.id, kind: object.kind, address: object.address, attributes: object.attributes, links: links,
                dataset: object.dataset, isEntered: object.isEntered)
        }
        return objects
    }

    private func report(_ fault: Fault) {
        if faults.count < Self.mostFaults { faults.append(fault) }
    }

    private func discover(_ address: UInt64, from origin: Snapshot.Origin?, depth: Int32) -> Int {
        let index = addresses.count
        known[address] = index
        addresses.append(address)
        origins.append(origin)
        depths.append(depth)
        return index
    }

    private func place(_ index: Int) -> String {
        var names: [String] = []
        var index = index
        while let origin = origins[index] {
            names.append(objects[origin.group].links[origin.link].name)
            index = origin.group
        }
        return "/" + names.reversed().joined(separator: "/")
    }

    private func visit(_ index: Int) -> Object {
        let id = ObjectID(index: index)
        let address = addresses[index]
        do throws(Failure) {
            return try read(id, address)
        } catch {
            report(Fault(kind: .unreadable, place: place(index), text: error.description))
            return Object(
                id: id, kind: .unreadable(error.innermost), address: address, attributes: [], links: [], dataset: nil,
                isEntered: false)
        }
    }

    private func read(_ id: ObjectID, _ address: UInt64) throws(Failure) -> Object {
        let file = container.file
        let object = try Identifier("open", place(id.index)) { H5Oopen_by_addr(file, haddr_t(address)) }
        let kind = Door.ask { H5Iget_type(object.id) }
        if kind == H5I_DATATYPE {
            return Object(
                id: id, kind: .namedType, address: address, attributes: [], links: [], dataset: nil, isEntered: true)
        }
        let attributes = AttributeReading(
            limits: limits, reading: reading, subject: { self.place(id.index) }, report: report
        ).attributes(of: object.id)
        if kind == H5I_GROUP { return group(id, address, object.id, attributes) }
        let dataset = try DatasetReading(
            limits: limits, reading: reading, subject: { self.place(id.index) }, report: report,
            amount: { type, shape in self.amount(id.index, attributes, type, shape) }
        ).dataset(object.id)
        return Object(
            id: id, kind: .dataset, address: address, attributes: attributes, links: [], dataset: dataset,
            isEntered: true)
    }

    private func amount(_ index: Int, _ attributes: [Attribute], _ type: DataType, _ shape: [Int]) -> ValueWants.Amount
    {
        guard let origin = origins[index] else { return .nothing }
        let labels = labels[origin.group]
        return wants.amount(
            .init(
                name: objects[origin.group].links[origin.link].name, groupClass: labels.nexusClass,
                groupSignal: labels.signal, attributes: attributes, type: type, shape: shape))
    }

    private func group(_ id: ObjectID, _ address: UInt64, _ group: hid_t, _ attributes: [Attribute]) -> Object {
        let isCollection = attributes.first { $0.name == "NX_class" }?.value.firstString == "NXcollection"
        let depth = depths[id.index] &+ 1
        let isTooDeep = depth > limits.depth
        let names = LinkReading(limits: limits, subject: { self.place(id.index) }, report: report).names(of: group)
        let isEntered = !isCollection && !isTooDeep
        if isTooDeep, !isDepthReported, names.contains(where: { $0.kind == H5L_TYPE_HARD }) {
            isDepthReported = true
            report(
                Fault(
                    kind: .depthLimit, place: place(id.index),
                    text: "groups more than \(limits.depth) deep are not entered"))
        }
        var links: [Link] = []
        links.reserveCapacity(names.count)
        let reading = LinkReading(limits: limits, subject: { self.place(id.index) }, report: report)
        var hasUnsettled = false
        for (number, entry) in names.enumerated() {
            var target: Link.Target
            if entry.kind == H5L_TYPE_HARD {
                let isWanted = isEntered || !isTooDeep && wants.collectionMembers.contains(entry.shown)
                target = hard(entry.number, .init(group: id.index, link: number), depth, isWanted)
                if case .notEntered = target { hasUnsettled = true }
            } else {
                target = reading.target(entry, in: group)
            }
            links.append(Link(name: entry.shown, target: target))
        }
        if hasUnsettled { unsettled.append(id.index) }
        return Object(
            id: id, kind: .group, address: address, attributes: attributes, links: links, dataset: nil,
            isEntered: isEntered)
    }

    private func hard(_ address: UInt64, _ origin: Snapshot.Origin, _ depth: Int32, _ isEntered: Bool) -> Link.Target {
        if let found = known[address] { return .hard(ObjectID(index: found)) }
        guard isEntered else { return .notEntered(address: address) }
        guard addresses.count < limits.objects else {
            if !isCountReported {
                isCountReported = true
                report(
                    Fault(
                        kind: .objectLimit, place: place(origin.group),
                        text: "more than \(limits.objects) objects; the rest is not read"))
            }
            return .notEntered(address: address)
        }
        return .hard(ObjectID(index: discover(address, from: origin, depth: depth)))
    }
}
