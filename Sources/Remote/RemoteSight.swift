// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What an address answers, looked at without reading its file.
public struct RemoteSight: Sendable {
    /// Bytes; nil where the server does not say.
    public let size: Int?
    /// The server gives parts of the file.
    public let hasRanges: Bool
    /// The address that was asked.
    public let start: WebAddress
    /// Addresses that led to another one, in their order.
    public let hops: [WebAddress]
    /// The address that answered.
    public let address: WebAddress

    /// As many bytes as tell a web page from a file.
    private static let most = 512

    /// Asks for the first bytes; of a server that sends whole files no more are taken.
    ///
    /// - Throws: What kept the address from giving bytes.
    public init(_ start: WebAddress, by client: WebClient) throws(RemoteFault) {
        let fetched = try client.fetch(start, range: "0-\(Self.most - 1)", expected: Self.most) { _ in Self.most }
        self.start = start
        hops = fetched.hops
        address = fetched.address
        let answer = fetched.answer
        if WebPage.isOne(fetched.bytes, type: answer.type) { throw WebPage.fault(at: address) }
        hasRanges = answer.status == 206
        size = hasRanges ? answer.range?.size : answer.length
        let shown = address.shown
        if fetched.bytes.isEmpty {
            guard answer.status != 416 || answer.range?.size == 0 else {
                throw RemoteFault(.status(416), shown, "the server answers 416 (it has no such part)")
            }
            throw RemoteFault(.empty, shown, "the file is empty")
        }
    }

    /// Of a file that was opened.
    public init(_ file: RemoteFile) {
        size = file.size
        hasRanges = file.hasRanges
        start = file.start
        hops = file.hops
        address = file.address
    }
}

/// Web pages in the place of files.
enum WebPage {
    /// The type is that of a page; files that a server takes for pages are none.
    static func isSaid(_ type: String) -> Bool { type == "text/html" || type == "application/xhtml+xml" }

    static func isOne(_ bytes: [UInt8], type: String) -> Bool {
        let head = String(decoding: bytes.prefix(256).drop { $0 <= 0x20 || $0 >= 0x80 }, as: UTF8.self).lowercased()
        let beginnings = ["<!doctype html", "<html"] + (isSaid(type) ? ["<head", "<!--", "<?xml"] : [])
        return beginnings.contains(where: head.hasPrefix)
    }

    static func fault(at address: WebAddress) -> RemoteFault {
        RemoteFault(.page, address.shown, "the server answers with a web page instead of the file")
    }
}
