// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// Reads the attributes of one object.
struct AttributeReading {
    /// Attributes of one object, at most.
    static let most = 65_536

    let limits: Limits
    let reading: ValueReading
    /// Path of the object, for failures.
    let subject: () -> String
    let report: (Fault) -> Void

    func attributes(of object: hid_t) -> [Attribute] {
        var names = NameCollector(limit: Self.most)
        do throws(Failure) {
            _ = try Door.call("list the attributes of", subject()) {
                withUnsafeMutablePointer(to: &names) { collector in
                    H5Aiterate2(
                        object, H5_INDEX_NAME, H5_ITER_NATIVE, nil,
                        { _, name, info, context in
                            guard let name, let info, let context else { return -1 }
                            let names = context.assumingMemoryBound(to: NameCollector.self)
                            return names.pointee.add(name, H5L_TYPE_ERROR, info.pointee.data_size)
                        }, collector)
                }
            }
        } catch {
            report(Fault(place: subject(), error))
        }
        if names.isFull {
            report(Fault(kind: .sizeLimit, place: subject(), text: "more than \(Self.most) attributes"))
        }
        return names.sorted().map { attribute($0, of: object) }
    }

    private func attribute(_ entry: NameCollector.Entry, of object: hid_t) -> Attribute {
        let name = entry.shown
        do throws(Failure) {
            return try read(entry, name, of: object)
        } catch {
            report(Fault(place: place(name), error))
            return Attribute(name: name, type: .unknown, shape: [], value: .notRead(.unreadable))
        }
    }

    private func place(_ name: String) -> String { "\(subject())@\(name)" }

    private func read(_ entry: NameCollector.Entry, _ name: String, of object: hid_t) throws(Failure) -> Attribute {
        let attribute = try Identifier("open", place(name)) {
            H5Aopen(object, entry.name, chdf5_default_list())
        }
        let type = try Identifier("read the type of", place(name)) { H5Aget_type(attribute.id) }
        let space = try Identifier("read the extent of", place(name)) { H5Aget_space(attribute.id) }
        let extent = try Extent(space.id, place(name))
        let described = try TypeReading(subject: { self.place(name) }).describe(type.id)
        func result(_ value: Value) -> Attribute {
            Attribute(name: name, type: described, shape: extent.shape, value: value)
        }
        if extent.shape == nil { return result(.null) }
        guard let width = reading.elementBytes(described) else { return result(.notRead(.type)) }
        guard let count = extent.elements, let bytes = product([count, width]), bytes <= limits.attributeBytes else {
            report(
                Fault(kind: .sizeLimit, place: place(name), text: "value is larger than \(limits.attributeBytes) bytes")
            )
            return result(.notRead(.large))
        }
        let read = try reading.read(described, stored: type.id, count: count, subject: place(name)) {
            H5Aread(attribute.id, $0, $1)
        }
        if let kind = read.fault { report(Fault(kind: kind, place: place(name), text: read.text)) }
        return result(read.value)
    }
}
