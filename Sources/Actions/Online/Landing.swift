// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Remote
import RuleEngine

// Where a DOI leads to.

extension Web {
    /// The host of the landing page of a DOI, as the last of the other hosts of an answer.
    ///
    /// Whatever the page itself answers, its host is known; only the resolver says that there is no such DOI.
    /// - Parameter name: Bare, such as "10.5281/zenodo.7654321".
    /// - Source: DOI Handbook, 3.8 (resolution over HTTP).
    func landing(of name: String, _ client: WebClient) -> RemoteOutcome {
        guard let resolver else { return .notAsked(.mode("no resolver of DOIs is asked in this run")) }
        guard let root = WebAddress(resolver) else {
            return .notAsked(Reason(.refused, "the resolver of DOIs is no address that is asked"))
        }
        let start = root.below(name.split(separator: "/", omittingEmptySubsequences: false).map(String.init))
        do throws(RemoteFault) {
            let sight = try look(at: start.text, client)
            return .answered(Self.answer(start, sight.address.host))
        } catch {
            guard let last = WebAddress(error.address), error.address != start.shown else { return .failed(error) }
            switch error.kind {
            case .page, .empty, .status: return .answered(Self.answer(start, last.host))
            default: return .failed(error)
            }
        }
    }

    private static func answer(_ start: WebAddress, _ host: String) -> RemoteAnswer {
        RemoteAnswer(size: nil, hasRanges: false, isSecure: start.isSecure, otherHosts: [host])
    }
}
