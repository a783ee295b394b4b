// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// Image data or pointers to them are there, and the first location can be read.
    static func dataSource(_ items: Items, _ log: inout Log) throws(Stop) {
        let uri = "_array_data_external_data.uri"
        let isEmbedded = items.has("_array_data.data")
        guard isEmbedded || items.has("_array_data_external_data.id") else {
            log.fail("there is neither _array_data.data nor _array_data_external_data.id")
            return
        }
        guard items.has(uri) else {
            throw Stop(
                "\(uri) is absent",
                limit: isEmbedded ? "it asks for a location of data that the file holds itself" : nil)
        }
        guard let first = try items.values(uri).first, case .text(let text) = first else {
            throw Stop("the first \(uri) is '.' or '?'")
        }
        let scheme = text.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        let isRelative = scheme.count == text.count || text.dropFirst(scheme.count).first != ":"
        if isRelative || scheme.lowercased() == "file" {
            log.remark(
                "the first location is local, which it only warns of",
                limit: "a local location leads nobody else to the data")
        }
        log.remark("the first location can be read; it looks at no other")
    }
}
