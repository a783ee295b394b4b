// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A release of the definitions: a tag `vYYYY.M` of the repository of NIAC.
public struct Release: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// As tagged, such as `v2018.5`.
    public let tag: String
    let year: Int
    let month: Int
    /// Commits after the tag, for a development version such as `v2024.02.post1.dev2005`; nil for the release itself.
    public let commitsAfter: Int?

    /// Releases whose facts ship with the program, oldest first.
    public static let shipped: [Release] = [
        "v2018.5", "v2020.10", "v2022.07", "v2024.02", "v2025.11", "v2026.01",
    ].compactMap(Release.init)

    /// Reads a tag, with or without the leading `v`; a development version stands some commits after it.
    ///
    /// The tags before 2018, `v3.1` to `v3.3`, are older than all others; without the `v` they say nothing.
    ///
    /// - Returns: nil for anything that is not `[v]YYYY.M[M]` with or without an addition, or `v3.N`.
    public init?(_ text: String) {
        let plain = text.hasPrefix("v") ? text.dropFirst() : Substring(text)
        let parts = plain.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        if text.hasPrefix("v3."), parts.count == 2, let minor = Int(parts[1]), (1...3).contains(minor) {
            (year, month) = (3, minor)
            tag = text
            commitsAfter = nil
            return
        }
        guard parts.count >= 2, parts[0].utf8.count == 4, (1...2).contains(parts[1].utf8.count),
            let year = Int(parts[0]), let month = Int(parts[1]), (1990...9999).contains(year), (1...12).contains(month)
        else { return nil }
        self.year = year
        self.month = month
        tag = "v\(parts[0]).\(parts[1])"
        commitsAfter = parts.count > 2 ? Self.commits(parts[2]) : nil
    }

    /// The number behind `dev`; nil where there is none, so that `v2024.02.1` is the release.
    private static func commits(_ addition: Substring) -> Int? {
        guard let dev = addition.split(separator: ".").first(where: { $0.hasPrefix("dev") }) else { return nil }
        return Int(dev.dropFirst(3).prefix { ("0"..."9").contains($0) }) ?? 0
    }

    public static func < (left: Release, right: Release) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }

    public static func == (left: Release, right: Release) -> Bool {
        left.year == right.year && left.month == right.month
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(year)
        hasher.combine(month)
    }

    public var description: String { tag }

    /// The newest shipped release that is not later than this one, else the oldest; for a development version the first
    /// that is later, and the newest where it stands far behind its tag.
    public var nearestShipped: Release? {
        if let commitsAfter, commitsAfter > 0 {
            return commitsAfter >= 1000 ? Self.shipped.last : Self.shipped.first { $0 > self } ?? Self.shipped.last
        }
        return Self.shipped.last { $0 <= self } ?? Self.shipped.first
    }

    /// The release a file declares by `definition@version`: a tag, or the version NXDL files carried in old days.
    static func declared(version text: String) -> Release? {
        text == "1.4" || text == "1.5" ? Release("v2018.5") : Release(text)
    }

    /// The release in an address such as `…/blob/v2024.02/applications/NXmx.nxdl.xml`.
    static func declared(address text: String) -> Release? {
        for part in text.split(separator: "/") where part.hasPrefix("v") {
            if let release = Release(String(part)) { return release }
        }
        return nil
    }
}
