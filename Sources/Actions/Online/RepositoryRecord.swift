// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import JSON
import Remote
import Transport

/// Where the interface of a repository tells of a file.
///
/// - Source: InvenioRDM REST API; addresses of Zenodo.
struct RepositoryPlace {
    /// Address of the list of files of the record.
    let interface: String
    /// The name of the file in its record.
    let file: String

    /// Nil for a location of another form than /records/NUMBER/files/NAME.
    init?(_ location: String) {
        guard let address = WebAddress(location) else { return nil }
        let parts = address.parts
        guard let at = parts.firstIndex(where: { $0 == "records" || $0 == "record" }), at + 3 < parts.count,
            at == 0 || at == 1 && parts[0] == "api", parts[at + 2] == "files"
        else { return nil }
        var name = Array(parts[(at + 3)...])
        if at == 1, name.count > 1, name.last == "content" { name.removeLast() }
        file = name.joined(separator: "/")
        interface = address.root + "/api/records/" + parts[at + 1] + "/files"
    }
}

/// What a repository states of the files of a record.
enum RepositoryRecord: Sendable {
    struct Stated: Sendable {
        var size: Int?
        var algorithm: DigestAlgorithm?
        /// Hexadecimal.
        var digest: String?
    }

    /// By name.
    case files([String: Stated])
    /// There is no such interface.
    case absent
    /// Says why.
    case unread(String)

    /// Bytes of a list of files that are read.
    private static let most = 4 << 20

    init(_ place: RepositoryPlace, by client: WebClient) {
        guard let address = WebAddress(place.interface) else {
            self = .absent
            return
        }
        do throws(RemoteFault) {
            let bytes = try client.text(address, most: Self.most)
            guard let value = try? JSONReader.read(bytes), let files = Self.files(value) else {
                self = .absent
                return
            }
            self = .files(files)
        } catch {
            switch error.kind {
            case .status(404), .status(405), .status(406), .status(410), .page: self = .absent
            default: self = .unread(error.words)
            }
        }
    }

    private static func files(_ value: JSONValue) -> [String: Stated]? {
        guard let entries = (value["entries"] ?? value["files"])?.elements else { return nil }
        var files: [String: Stated] = [:]
        for entry in entries {
            guard let key = entry["key"]?.string else { continue }
            var stated = Stated(size: entry["size"]?.integer)
            let sum = (entry["checksum"]?.string ?? "").split(separator: ":", maxSplits: 1).map { $0.lowercased() }
            if sum.count == 2, let algorithm = DigestAlgorithm(rawValue: sum[0]) {
                stated.algorithm = algorithm
                stated.digest = sum[1]
            }
            files[key] = stated
        }
        return files
    }
}
