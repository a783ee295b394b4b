// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Why an address gave no bytes.
public struct RemoteFault: Error, Sendable, Hashable {
    /// What kind of cause it is; rules decide by it.
    public enum Kind: Sendable, Hashable {
        /// No name server knows the host, and they know others.
        case unknownHost
        /// No name server could tell.
        case unresolved
        /// The host has an address of this machine or of a private network.
        case notPublic(address: String)
        case noConnection
        case timedOut
        /// The connection ended before the answer did.
        case cut
        /// The certificate does not verify.
        case certificate
        /// Status of HTTP.
        case status(Int)
        /// More redirects than are followed, or in a circle.
        case redirects(Int)
        /// A redirect from https to http.
        case unsecured(to: String)
        /// A redirect to another host, one of the two over plain http.
        case otherHost(String)
        /// A redirect to what is no address of the web.
        case strayRedirect(String)
        /// A redirect to an address of this machine or of a private network.
        case redirectNotPublic(address: String)
        /// The answer is a web page.
        case page
        /// The file has no bytes.
        case empty
        /// The server sends whole files only; bytes, where it says so.
        case noRanges(size: Int?)
        /// More bytes than may be fetched.
        case limit
        /// It is not what it was when reading began.
        case changed
        /// The answer is none that HTTP has for the question.
        case nonsense
        /// libcurl is not on this machine.
        case noLibrary
    }

    /// What kind of cause it is.
    public let kind: Kind
    /// The address that was asked last, as it may be shown.
    public let address: String
    /// The cause, without the address.
    public let words: String

    public init(_ kind: Kind, _ address: String, _ words: String) {
        self.kind = kind
        self.address = address
        self.words = words
    }

    /// Somebody who asks once more may be answered.
    var mayPass: Bool {
        switch kind {
        case .unresolved, .noConnection, .timedOut, .cut: true
        case .status(let status): [408, 429, 500, 502, 503, 504].contains(status)
        default: false
        }
    }

    /// The same as what could not be read, for those who read bytes.
    public func failure(of name: Name) -> Failure {
        Failure(attempt: "read", subject: name.text, code: code, words: words, remedy: remedy)
    }

    private var code: Failure.Code {
        switch kind {
        case .unknownHost, .status(404), .status(410): .absent
        case .notPublic, .redirectNotPublic, .unsecured, .otherHost, .redirects, .strayRedirect, .certificate:
            .refused(words)
        case .status(401), .status(403): .permission
        case .empty: .empty
        case .page: .foreign
        case .noRanges, .limit: .limit("max-download")
        case .changed: .changed
        case .noLibrary: .library("libcurl")
        case .unresolved, .noConnection, .timedOut, .cut, .status, .nonsense: .network
        }
    }

    private var remedy: String {
        switch kind {
        case .notPublic, .redirectNotPublic: "--allow-private asks such addresses as well"
        case .noRanges, .limit: "--max-download BYTES allows more, or fetch the file and name it by --sub"
        case .noLibrary: "install libcurl4"
        case .unresolved, .noConnection, .timedOut, .cut, .status(429): "try again later"
        case .status(let status) where status >= 500: "try again later"
        case .changed: "run again when the file has found its form"
        default: "open the address in a browser, and write the address of the file itself"
        }
    }
}
