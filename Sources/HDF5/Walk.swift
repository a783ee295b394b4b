// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// Visits the objects of a file by breadth, each once, without recursion and without following links to other files.
///
/// Objects are read by the address their hard link holds, by our own reader. Values behind filters that it lacks are gathered
/// and asked of libhdf5 in another process at the end; for comparison libhdf5 reads everything, in this process.
final class Walk {
    private let container: Container
    private let limits: Limits
    private let policy: ValuePolicy
    private let reading: ValueReading
    private let native: NativeReader?
    /// Why our own reader cannot read the file as a whole.
    private let obstacle: Stop?
    private let foreign: ForeignReader?
    /// Values that libhdf5 is to read, and the datasets they belong to.
    private var foreignValues: [(dataset: Int, value: ForeignValue)] = []

    private var objects: [Object] = []
    private var addresses: [UInt64] = []
    private var depths: [Int32] = []
    private var known: [UInt64: Int] = [:]
    /// What the policy asks of objects for their members, where it asks for something.
    private var labels: [Int: ValuePolicy.Labels] = [:]
    private(set) var origins: [Snapshot.Origin?] = []
    private(set) var faults: [Fault] = []
    /// Indices that are out of order.
    private(set) var disorders: [Disorder] = []
    /// Objects that need a newer release than 1.10, each with the form that does.
    private(set) var forms: [Snapshot.NewForm] = []
    /// Objects of which libhdf5 had to read something.
    var foreignObjects: Int { native == nil ? objects.count : foreignValues.count }
    private var isDepthReported = false
    private var isCountReported = false
    /// Groups with links to objects that were not entered when the group was read.
    private var unsettled: [Int] = []
    /// Soft links, and links of other files, that may lead into closed groups.
    private var linked: [(group: Int, path: String)] = []
    /// Groups that are entered for a link that leads through them, and no further.
    private var passages: Set<Int> = []
    /// Names in a path that is followed into closed groups, at most.
    private static let mostSteps = 64
    /// Faults kept, at most; a broken file can have one for each object.
    private static let mostFaults = 10_000

    /// - Parameter entering: Paths from the root that are followed into closed groups.
    init(
        _ container: Container, limits: Limits, policy: ValuePolicy, entering: [String], readers: Snapshot.Readers
    ) {
        linked = entering.map { (0, $0.hasPrefix("/") ? $0 : "/" + $0) }
        if case .ours(let foreign) = readers { self.foreign = foreign } else { foreign = nil }
        self.container = container
        self.limits = limits
        self.policy = policy
        let heap = GlobalHeap(of: container)
        reading = ValueReading(
            heap: heap, addressBytes: container.superblock.addressBytes, textBytes: limits.smallValueBytes)
        guard case .ours = readers else {
            native = nil
            obstacle = nil
            return
        }
        do throws(Stop) {
            native = try NativeReader(container, heap: heap, reading: reading, limits: limits)
            obstacle = nil
        } catch {
            native = nil
            obstacle = error
        }
    }

    /// Reads all objects that can be reached from the root.
    func run() throws(Failure) {
        _ = discover(try root(), from: nil, depth: 0)
        visitWaiting()
        while openLinked() { visitWaiting() }
        askForeign()
    }

    private func visitWaiting() {
        while objects.count < addresses.count {
            let object = visit(objects.count)
            let asked = policy.labels(object)
            if !asked.isEmpty { labels[objects.count] = asked }
            objects.append(object)
        }
    }

    /// Enters what soft links name in groups that are closed: one step of each path, the groups on the way no further.
    ///
    /// - Returns: Whether there is more to visit.
    private func openLinked() -> Bool {
        let before = addresses.count
        linked.removeAll { link in !openStep(of: link) }
        return addresses.count > before
    }

    /// - Returns: Whether the path may lead on when the object it found has been visited.
    private func openStep(of link: (group: Int, path: String)) -> Bool {
        var group = link.path.hasPrefix("/") ? 0 : link.group
        let names = link.path.split(separator: "/").filter { $0 != "." }
        guard names.count <= Self.mostSteps else { return false }
        for (step, name) in names.enumerated() {
            guard let number = objects[group].linkNumber(name) else { return false }
            switch objects[group].links[number].target {
            case .hard(let id): group = id.index
            case .notEntered(let address):
                if let found = known[address] {
                    group = found
                } else {
                    guard depths[group] < limits.depth, addresses.count < limits.objects else { return false }
                    let index = discover(
                        address, from: .init(group: group, link: number), depth: depths[group] &+ 1)
                    if step < names.count - 1 { passages.insert(index) }
                    return true
                }
            default: return false
            }
            // Found for another path in this round, and not visited yet.
            guard group < objects.count else { return true }
        }
        return false
    }

    /// Puts values into their datasets that libhdf5 read in another process.
    private func askForeign() {
        guard let foreign, !foreignValues.isEmpty else { return }
        if let descriptor = container.descriptor {
            ask(foreign, descriptor)
        } else if let lent = container.lend() {
            ask(foreign, lent.number)
        } else {
            for (dataset, _) in foreignValues { lose(dataset, .library(""), "it does not lie in a file of its own") }
        }
    }

    private func ask(_ foreign: ForeignReader, _ descriptor: Int32) {
        let results = foreign.results(of: foreignValues.map(\.value), descriptor: descriptor)
        for ((index, _), result) in zip(foreignValues, results) {
            switch result {
            case .value(let value):
                objects[index] = objects[index].with(value)
            case .failed(let words): lose(index, .library(words), words)
            case .ended(let words): lose(index, .ended(words), "the process that read it ended (\(words))")
            }
        }
    }

    private func lose(_ index: Int, _ code: Failure.Code, _ words: String) {
        let place = place(index)
        report(Fault(place: place, Failure(attempt: "read the value of", subject: place, code: code, words: words)))
    }

    /// Address of the root group.
    private func root() throws(Failure) -> UInt64 {
        if let native {
            do throws(Stop) {
                try native.checkRoot()
            } catch {
                throw Failure(attempt: "open", subject: container.path, error)
            }
            return native.root
        }
        if let obstacle { throw Failure(attempt: "open", subject: container.path, obstacle) }
        let file = try container.library()
        var info = H5O_info_t()
        _ = try Door.call("open the root group of", container.path) {
            H5Oget_info2(file, &info, chdf5_object_basics())
        }
        return UInt64(info.addr)
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
            report(Fault(place: place(index), error))
            return Object(
                id: id, kind: .unreadable(error.innermost), address: address, attributes: [], links: [], dataset: nil,
                isEntered: false)
        }
    }

    private func read(_ id: ObjectID, _ address: UInt64) throws(Failure) -> Object {
        if let native {
            do throws(Stop) {
                return try plain(id, address, native)
            } catch {
                throw Failure(attempt: "read", subject: place(id.index), error)
            }
        }
        return try foreign(id, address)
    }

    /// Only what is sound and of a form that libhdf5 reads is asked of it.
    private func isAsked(_ stop: Stop) -> Bool {
        if case .unread(let form) = stop { form.isAsked } else { false }
    }

    /// Keeps what our reader noted of an object beside its content.
    private func keep(_ object: PlainObject, of id: ObjectID) {
        for obstacle in object.obstacles { report(Fault(place: "\(place(id.index))@\(obstacle.name)", obstacle.stop)) }
        for disorder in object.notes.disorders where disorders.count < Self.mostFaults {
            disorders.append(Disorder(index: disorder.index, place: place(id.index), name: disorder.name))
        }
        var notes = object.notes
        notes.met(reading.heap.takeForm())
        if let form = notes.form, form.isNew, forms.count < Self.mostFaults {
            forms.append(.init(object: id, form: form))
        }
    }

    /// Reads an object ourselves.
    private func plain(_ id: ObjectID, _ address: UInt64, _ native: NativeReader) throws(Stop) -> Object {
        let object = try native.object(at: address)
        switch object.content {
        case .namedType:
            keep(object, of: id)
            return Object(
                id: id, kind: .namedType, address: address, attributes: object.attributes, links: [], dataset: nil,
                isEntered: true)
        case .group(let links):
            keep(object, of: id)
            return group(id, address, object.attributes, links.map { (shownName($0.name), $0.target) })
        case .dataset(let dataset):
            let decision = ValueDecision(
                limits: limits, reading: reading,
                amount: { type, shape in self.amount(id.index, object.attributes, type, shape) })
            let value: Value
            switch decision.decide(dataset.facts) {
            case .no(let reason): value = reason
            case .fault(let reason, let kind, let text):
                report(Fault(kind: kind, place: place(id.index), text: text))
                value = .notRead(reason)
            case .read(let first): value = try self.value(of: dataset, first, id, native)
            }
            keep(object, of: id)
            let read = Dataset(
                type: dataset.type.type, shape: dataset.extent.shape, maxShape: dataset.extent.maxShape,
                layout: dataset.stored.layout, filters: dataset.filters, storedBytes: dataset.stored.storedBytes,
                value: value, fillValue: try native.fillValue(of: dataset))
            return Object(
                id: id, kind: .dataset, address: address, attributes: object.attributes, links: [], dataset: read,
                isEntered: true)
        }
    }

    /// The value of a dataset; what is wrong with it leaves the rest of the dataset as it is.
    private func value(
        of dataset: PlainDataset, _ first: [Int], _ id: ObjectID, _ native: NativeReader
    ) throws(Stop) -> Value {
        do throws(Stop) {
            return try native.value(of: dataset, first: first)
        } catch {
            if foreign != nil, isAsked(error) {
                let width = dataset.type.bytes
                let value = ForeignValue(address: addresses[id.index], first: first, width: width)
                foreignValues.append((id.index, value))
                return .notRead(.unreadable)
            }
            report(Fault(place: place(id.index), error))
            return .notRead(.unreadable)
        }
    }

    /// Reads an object through libhdf5.
    private func foreign(_ id: ObjectID, _ address: UInt64) throws(Failure) -> Object {
        let file = try container.library()
        let object = try Identifier("open", place(id.index)) { H5Oopen_by_addr(file, haddr_t(address)) }
        let kind = Door.ask { H5Iget_type(object.id) }
        if kind == H5I_DATATYPE {
            return Object(
                id: id, kind: .namedType, address: address, attributes: [], links: [], dataset: nil, isEntered: true)
        }
        let attributes = AttributeReading(
            limits: limits, reading: reading, subject: { self.place(id.index) }, report: report
        ).attributes(of: object.id)
        if kind == H5I_GROUP {
            let links = LinkReading(limits: limits, subject: { self.place(id.index) }, report: report)
            let members = links.names(of: object.id).map { entry -> Member in
                entry.kind == H5L_TYPE_HARD
                    ? (entry.shown, .hard(entry.number)) : (entry.shown, .other(links.target(entry, in: object.id)))
            }
            return group(id, address, attributes, members)
        }
        let dataset = try DatasetReading(
            limits: limits, reading: reading, subject: { self.place(id.index) }, report: report,
            amount: { type, shape in self.amount(id.index, attributes, type, shape) }
        ).dataset(object.id)
        return Object(
            id: id, kind: .dataset, address: address, attributes: attributes, links: [], dataset: dataset,
            isEntered: true)
    }

    private func amount(
        _ index: Int, _ attributes: [Attribute], _ type: DataType, _ shape: [Int]
    ) -> ValuePolicy.Amount {
        guard let origin = origins[index] else { return .nothing }
        return policy.amount(
            .init(
                name: objects[origin.group].links[origin.link].name, group: labels[origin.group] ?? .none,
                attributes: attributes, type: type, shape: shape))
    }

    private typealias Member = (name: String, target: PlainLink.Target)

    private func group(_ id: ObjectID, _ address: UInt64, _ attributes: [Attribute], _ members: [Member]) -> Object {
        let isClosed = policy.isClosed(attributes) || passages.contains(id.index)
        let depth = depths[id.index] &+ 1
        let isTooDeep = depth > limits.depth
        let isEntered = !isClosed && !isTooDeep
        var links: [Link] = []
        links.reserveCapacity(members.count)
        var hasUnsettled = false
        for (number, member) in members.enumerated() {
            let target: Link.Target
            switch member.target {
            case .hard(let address):
                if isTooDeep { reportDepth(id.index) }
                let isWanted = isEntered || !isTooDeep && policy.openMembers.contains(member.name)
                target = hard(address, .init(group: id.index, link: number), depth, isWanted)
                if case .notEntered = target { hasUnsettled = true }
            case .other(let other):
                target = other
                if case .soft(let path) = other { linked.append((id.index, path)) }
            }
            links.append(Link(name: member.name, target: target))
        }
        if hasUnsettled { unsettled.append(id.index) }
        return Object(
            id: id, kind: .group, address: address, attributes: attributes, links: links, dataset: nil,
            isEntered: isEntered)
    }

    private func reportDepth(_ index: Int) {
        guard !isDepthReported else { return }
        isDepthReported = true
        report(
            Fault(
                kind: .depthLimit, place: place(index), text: "groups more than \(limits.depth) deep are not entered"))
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
