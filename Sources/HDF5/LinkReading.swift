// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// Reads the links of one group without following them.
struct LinkReading {
    /// Bytes of the value of a link, at most.
    static let mostBytes = 131_072

    let limits: Limits
    let subject: () -> String
    let report: (Fault) -> Void

    /// Names and kinds, sorted by bytes; a name that stands twice is taken once.
    ///
    /// Asked for an order, libhdf5 1.10.8 builds a table and frees what it never filled if the file is cut; in the native
    /// order it needs none.
    func names(of group: hid_t) -> [NameCollector.Entry] {
        var names = NameCollector(limit: limits.objects)
        do throws(Failure) {
            _ = try Door.call("list the links of", subject()) {
                withUnsafeMutablePointer(to: &names) { collector in
                    H5Literate(
                        group, H5_INDEX_NAME, H5_ITER_NATIVE, nil,
                        { _, name, info, context in
                            guard let name, let info, let context else { return -1 }
                            let names = context.assumingMemoryBound(to: NameCollector.self)
                            let isHard = info.pointee.type == H5L_TYPE_HARD
                            let number =
                                isHard ? UInt64(chdf5_link_address(info)) : UInt64(clamping: chdf5_link_size(info))
                            return names.pointee.add(name, info.pointee.type, number)
                        }, collector)
                }
            }
        } catch {
            report(Fault(place: subject(), error))
        }
        if names.isFull {
            report(Fault(kind: .objectLimit, place: subject(), text: "more than \(limits.objects) links in a group"))
        }
        return names.sorted()
    }

    /// The target of a link that is not hard.
    func target(_ entry: NameCollector.Entry, in group: hid_t) -> Link.Target {
        guard let size = Int(exactly: entry.number), size > 0, size <= Self.mostBytes else {
            return .unreadable("the link's value claims \(entry.number) bytes")
        }
        // The library would take a slash for a path and follow it.
        guard !entry.name.contains(0x2F), entry.name != [0x2E, 0] else { return .unreadable("the name is a path") }
        guard entry.kind == H5L_TYPE_SOFT || entry.kind == H5L_TYPE_EXTERNAL else {
            return .userDefined(Int(entry.kind.rawValue))
        }
        var value = [UInt8](repeating: 0, count: size &+ 1)
        do throws(Failure) {
            _ = try Door.call("read a link of", subject()) {
                H5Lget_val(group, entry.name, &value, size, chdf5_default_list())
            }
        } catch {
            return .unreadable(error.innermost)
        }
        if entry.kind == H5L_TYPE_SOFT {
            return .soft(value.withUnsafeBytes { shownName(UnsafeRawBufferPointer(rebasing: $0.prefix { $0 != 0 })) })
        }
        return external(value, size)
    }

    private func external(_ value: [UInt8], _ size: Int) -> Link.Target {
        var flags: UInt32 = 0
        var file: UnsafePointer<CChar>?
        var path: UnsafePointer<CChar>?
        return value.withUnsafeBytes { bytes in
            let status = Door.ask { H5Lunpack_elink_val(bytes.baseAddress, size, &flags, &file, &path) }
            guard status >= 0, let file, let path else { return .unreadable("not the value of an external link") }
            return .external(file: Self.text(file), path: Self.text(path))
        }
    }

    private static func text(_ name: UnsafePointer<CChar>) -> String {
        shownName(UnsafeRawBufferPointer(start: name, count: cStringLength(name)))
    }
}
