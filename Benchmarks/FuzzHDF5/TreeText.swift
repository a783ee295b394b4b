// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5
internal import JSON
internal import Transport

/// What our own reader makes of a file as one line of JSON, for comparison with another reader.
///
/// `compare.py` reads it. Texts are told as they are, numbers in decimal, what is not a number as null.
struct TreeText {
    /// Values up to this size are told whole.
    private static let largest = 16 << 20

    /// - Returns: A line without its end.
    static func line(_ path: String) -> [UInt8] {
        var writer = JSONWriter(.compact)
        writer.object { line in
            line.member("file", path)
            var limits = Limits.default
            limits.smallValueBytes = largest
            limits.attributeBytes = largest
            do throws(Failure) {
                tell(try Snapshot.read(path, limits: limits, readers: .nativeAlone), &line)
            } catch {
                line.member("state", error.code == .damaged ? "damaged" : "unread")
                line.member("why", error.words)
            }
        }
        return writer.finishValue()
    }

    private static func tell(_ snapshot: Snapshot, _ line: inout JSONWriter) {
        let damaged = snapshot.faults.filter { $0.kind == .damaged }
        let others = snapshot.faults.filter { $0.kind != .damaged }
        let state =
            !damaged.isEmpty
            ? "damaged"
            : !snapshot.disorders.isEmpty
                ? "disordered" : !others.isEmpty ? "unread" : isWhole(snapshot) ? "sound" : "cut"
        line.member("state", state)
        line.member(
            "why",
            (snapshot.disorders.prefix(3).map { "\($0.place): \($0.index) \($0.name)" }
                + (damaged + others).prefix(3).map { "\($0.place): \($0.failure.words)" }).joined(separator: "; "))
        let release = snapshot.forms.compactMap(\.form.release).max()
        line.member("release", release.map { "\($0)" } ?? "")
        line.member("refused", snapshot.forms.contains { $0.form.isRefusedByNewest })
        guard state == "sound" || state == "unread" else { return }
        line.array("objects") { list in
            for object in snapshot.objects { list.object { tell(object, of: snapshot, &$0) } }
        }
    }

    /// Neither shorter than it says nor open for writing, both of which rules tell.
    private static func isWhole(_ snapshot: Snapshot) -> Bool {
        !snapshot.superblock.isOpenForWriting && !snapshot.superblock.isOpenForSWMR
            && snapshot.superblock.statedEnd.map { $0 <= UInt64(snapshot.size) } ?? false
    }

    private static func tell(_ object: Object, of snapshot: Snapshot, _ writer: inout JSONWriter) {
        writer.member("path", snapshot.path(of: object.id))
        writer.member("kind", "\(object.kind)")
        writer.array("attributes") { list in
            for attribute in object.attributes {
                list.object { one in
                    one.member("name", attribute.name)
                    tell(attribute.shape, as: "shape", &one)
                    tell(attribute.value, &one)
                }
            }
        }
        if !object.links.isEmpty {
            writer.array("links") { list in
                for link in object.links {
                    list.object { one in
                        one.member("name", link.name)
                        one.member("target", target(link.target))
                    }
                }
            }
        }
        guard let dataset = object.dataset else { return }
        tell(dataset.shape, as: "shape", &writer)
        writer.member("type", dataset.type.words)
        writer.member("layout", layout(dataset.layout))
        if case .virtual(let mappings) = dataset.layout {
            writer.array("mappings") { list in
                for mapping in mappings { list.string("\(mapping.file) \(mapping.dataset)") }
            }
        }
        tell(dataset.value, &writer)
    }

    private static func tell(_ shape: [Int]?, as name: String, _ writer: inout JSONWriter) {
        guard let shape else { return writer.member(name, "null") }
        writer.array(name) { list in
            for extent in shape { list.integer(extent) }
        }
    }

    private static func target(_ target: Link.Target) -> String {
        switch target {
        case .hard, .notEntered: "hard"
        case .soft(let path): "soft \(path)"
        case .external(let file, let path): "external \(file) \(path)"
        case .userDefined(let number): "user \(number)"
        case .unreadable: "unreadable"
        }
    }

    private static func layout(_ layout: Layout) -> String {
        switch layout {
        case .compact: "compact"
        case .contiguous: "contiguous"
        case .chunked(let chunking): "chunked \(chunking.allocated ?? -1)"
        case .virtual(let mappings): "virtual \(mappings.count)"
        case .external: "external"
        case .unknown: "unknown"
        }
    }

    private static func tell(_ value: Value, _ writer: inout JSONWriter) {
        switch value {
        case .notRead(let reason): writer.member("unread", "\(reason)")
        case .null: writer.member("unread", "null")
        case .strings(let texts):
            writer.array("value") { list in
                for text in texts { list.string(text.string) }
            }
        case .integers(let numbers):
            writer.array("value") { list in
                for number in numbers { list.integer(Int(number)) }
            }
        case .unsigned(let numbers):
            writer.array("value") { list in
                for number in numbers { list.written(Array(String(number).utf8)) }
            }
        case .reals(let numbers):
            writer.array("value") { list in
                for number in numbers { list.number(number) }
            }
        }
    }
}
