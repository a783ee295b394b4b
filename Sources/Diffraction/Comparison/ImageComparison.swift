// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    /// Compares where the images of frames lie: location, member, path and number, each told once.
    mutating func compareImages(_ first: Experiment, _ second: Experiment) {
        if let a = first.imageData, let b = second.imageData {
            func type(_ data: Sourced<ImageData>) -> Sourced<String>? {
                data.value.elementType.map { Sourced(Self.plain($0), data.origin) }
            }
            compare("type of the data", texts: type(a), type(b))
        }
        var told: Set<[String]> = []
        for (a, b) in Self.pairs(first.scans, second.scans, id: \.id) {
            guard let ours = a.image, let theirs = b.image else { continue }
            let count = min(a.frameCount.value, b.frameCount.value)
            guard count > 0, count <= 10_000_000 else { continue }
            if reportOtherOrder(a, ours, theirs, count) { continue }
            for (fact, kind) in Self.parts {
                func part(_ image: FrameImage) -> String? { image.text(kind) }
                func origin(_ scan: Scan, _ image: Sourced<FrameImage>, _ frame: Int) -> Origin {
                    scan.placeOfImage?(frame, kind).map { .stated($0) } ?? image.origin
                }
                var apart: (first: Sourced<FrameImage>, second: Sourced<FrameImage>, frame: Int)?
                var frames = 0
                for frame in 0..<count {
                    guard let x = ours(frame), let y = theirs(frame), part(x.value) != part(y.value) else { continue }
                    frames += 1
                    apart = apart ?? (x, y, frame)
                }
                guard let apart else { continue }
                let texts = [apart.first, apart.second].map { part($0.value).map { "'\($0)'" } ?? "not given" }
                guard told.insert([fact] + texts).inserted else { continue }
                let more = frames > 1 ? " (\(frames) frames)" : ""
                differences.append(
                    Difference(
                        kind: .text, subject: "scan '\(a.id)'", fact: "\(fact) of frame \(apart.frame + 1)\(more)",
                        first: ComparedValue(text: texts[0], origin: origin(a, apart.first, apart.frame)),
                        second: ComparedValue(text: texts[1], origin: origin(b, apart.second, apart.frame)),
                        amount: nil, unit: nil))
            }
        }
    }

    /// Reals of one size by one name: imgCIF says "signed 32-bit real IEEE", HDF5 "32-bit float".
    private static func plain(_ type: String) -> String {
        let lower = type.lowercased()
        guard lower.contains("real") || lower.contains("float"), !lower.contains("complex"),
            let bits = lower.split(whereSeparator: { !$0.isNumber }).first
        else { return type }
        return "\(bits)-bit float"
    }

    private static let parts: [(fact: String, part: FrameImage.Part)] = [
        ("location", .location), ("kind of archive", .archive), ("member", .member), ("path", .path),
        ("image number", .frame), ("format", .format),
    ]

    /// Both name the same images in another order: tells which frames show those of others.
    private mutating func reportOtherOrder(
        _ scan: Scan, _ ours: (Int) -> Sourced<FrameImage>?, _ theirs: (Int) -> Sourced<FrameImage>?, _ count: Int
    ) -> Bool {
        var moved: [Int] = []
        var balance: [FrameImage: Int] = [:]
        for frame in 0..<count {
            guard let x = ours(frame), let y = theirs(frame) else { return false }
            guard x.value != y.value else { continue }
            moved.append(frame)
            balance[x.value, default: 0] += 1
            balance[y.value, default: 0] -= 1
        }
        guard let first = moved.first, moved.count > 1, balance.values.allSatisfy({ $0 == 0 }), let x = ours(first),
            let y = theirs(first)
        else { return false }
        let names = moved.prefix(6).map { "\($0 + 1)" }.joined(separator: ", ")
        let more = moved.count > 6 ? " and \(moved.count - 6) more" : ""
        differences.append(
            Difference(
                kind: .text, subject: "scan '\(scan.id)'",
                fact:
                    "order of the images (frames \(names)\(more) show those of one another); image of frame \(first + 1)",
                first: ComparedValue(text: Self.words(x.value), origin: x.origin),
                second: ComparedValue(text: Self.words(y.value), origin: y.origin), amount: nil, unit: nil))
        return true
    }

    private static func words(_ image: FrameImage) -> String {
        let parts = [image.member ?? image.location, image.path, image.frame].compactMap { $0 }
        return "'" + parts.joined(separator: " ") + "'"
    }
}
