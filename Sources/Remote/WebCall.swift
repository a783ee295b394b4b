// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// One request to the interface of a server.
public struct WebCall: Sendable {
    /// What is asked of the resource.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// What goes with the request.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// So many bytes, asked for in their order; the closure fills the room and gives the count, 0 only at the end.
        case stream(size: Int, @Sendable (UnsafeMutableRawBufferPointer) throws(Failure) -> Int)
    }

    /// What is asked of the resource.
    public var method: Method
    /// Where it is.
    public var address: WebAddress
    /// Names and values of fields; line ends in them are refused.
    public var fields: [(name: String, value: String)]
    /// What goes with the request.
    public var body: Body
    /// The secret of the caller goes along.
    public var isSigned: Bool
    /// Bytes of the answer that are taken; the rest is cut off.
    public var most = 16 << 20

    public init(
        _ method: Method, _ address: WebAddress, fields: [(name: String, value: String)] = [], body: Body = .none,
        isSigned: Bool = true
    ) {
        self.method = method
        self.address = address
        self.fields = fields
        self.body = body
        self.isSigned = isSigned
    }
}

/// What a server answered to a call.
public struct WebReply: Sendable {
    /// Status of HTTP.
    public var status = 0
    /// By name in lower case; the last of several with one name.
    public var fields: [String: String] = [:]
    /// The body, as far as it was taken.
    public var bytes: [UInt8] = []
    /// There was more than was taken.
    public var isCut = false

    /// Content-Type in lower case, without parameters.
    public var type: String { (fields["content-type"] ?? "").prefix { $0 != ";" && $0 != " " }.lowercased() }

    /// Takes a line of the header; one of status begins a new header.
    mutating func take(_ line: String) {
        if line.hasPrefix("HTTP/") {
            self = WebReply()
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        fields[line[..<colon].lowercased()] = String(value.prefix(8_000))
    }
}
