// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
public import Frames
public import Remote
public import RuleEngine
import Synchronization
public import Transport

/// Asks servers from this process: each location once, whoever wants to know of it.
public final class Web: Network {
    private let limits: RemoteLimits
    /// One for each thread that asks; a file stays with the one that opened it.
    private let clients: [WebClient]
    private let files = Mutex<[String: Result<RemoteFile, RemoteFault>]>([:])
    /// Hosts that gave nothing, with how often they did so one after the other.
    private let silent = Mutex<[String: (fault: RemoteFault, count: Int)]>([:])
    private let records = Mutex<[String: RepositoryRecord]>([:])

    /// Locations that are asked at most, and failures after which a host is left alone.
    static let mostLocations = 5_000
    private static let patience = 2
    /// More locations than these are looked at without opening their files.
    private static let fewLocations = 8
    private static let threads = 4

    /// What stands in front of the name of a DOI where it is asked for as a location.
    static let doiScheme = "doi:"
    /// The resolver that the world asks.
    public static let usualResolver = "https://doi.org"
    let resolver: String?

    /// - Parameter resolver: Address behind which DOIs stand; nil: nobody asks for them.
    public init(_ limits: RemoteLimits, resolver: String? = nil) {
        self.limits = limits
        self.resolver = resolver
        clients = (0..<Self.threads).map { _ in WebClient(limits) }
    }

    /// What went over the network so far.
    public var counters: RemoteCounters {
        clients.reduce(into: RemoteCounters()) {
            $0.requests += $1.counters.requests
            $0.bytes += $1.counters.bytes
        }
    }

    public func open(_ location: String) -> Located {
        if let why = Self.refusal(of: location) { return .refused(location, why) }
        do throws(RemoteFault) {
            return .file(Source(ranges: try file(location, clients[0]), name: Self.name(of: location)))
        } catch {
            switch error.kind {
            // Rules on locations tell of these.
            case .status(404), .status(410), .unknownHost, .page, .empty, .strayRedirect:
                return .absent("at its address")
            default: return .failed(error.failure(of: Name(location)))
            }
        }
    }

    /// The file at a location, for somebody who asks for this one.
    ///
    /// - Throws: What kept its address from giving it, in words of its own.
    public func source(at location: String) throws(Failure) -> Source {
        if let why = Self.refusal(of: location) {
            throw Failure(
                attempt: "read", subject: location, code: .usage, words: why,
                remedy: "give an address that begins with https://")
        }
        do throws(RemoteFault) {
            return Source(ranges: try file(location, clients[0]), name: Self.name(of: location))
        } catch {
            throw error.failure(of: Name(location))
        }
    }

    public func outcomes(of locations: [String]) -> [RemoteOutcome] {
        guard !locations.isEmpty else { return [] }
        let asked = Array(locations.prefix(Self.mostLocations))
        let results = Mutex([RemoteOutcome?](repeating: nil, count: asked.count))
        let next = Atomic<Int>(0)
        PlainThreads.run(min(Self.threads, asked.count)) { thread in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < asked.count else { return }
                let outcome = self.outcome(
                    of: asked[index], self.clients[thread % self.clients.count],
                    opens: asked.count <= Self.fewLocations)
                results.withLock { $0[index] = outcome }
            }
        }
        let rest = RemoteOutcome.notAsked(
            Reason(.limit, "more than \(Self.mostLocations) locations are not asked in one run"))
        return results.withLock { $0.map { $0 ?? rest } }
            + [RemoteOutcome](repeating: rest, count: locations.count - asked.count)
    }

    /// The name of the file, by which programs tell what it is.
    private static func name(of location: String) -> Name {
        Name(WebAddress(location)?.shown ?? location)
    }

    /// Why a location is not asked; nil for one that may be.
    private static func refusal(of location: String) -> String? {
        guard WebAddress(location) == nil else { return nil }
        let scheme = location.prefix { $0 != ":" }.lowercased()
        return scheme == "http" || scheme == "https"
            ? "it is no address that is asked" : "this program asks over http and https alone, not over \(scheme)"
    }

    /// - Parameter opens: The file is opened, for somebody will read it.
    private func outcome(of location: String, _ client: WebClient, opens: Bool) -> RemoteOutcome {
        if location.hasPrefix(Self.doiScheme) {
            return landing(of: String(location.dropFirst(Self.doiScheme.count)), client)
        }
        if let why = Self.refusal(of: location) { return .notAsked(Reason(.refused, why)) }
        do throws(RemoteFault) {
            let file: RemoteFile? = opens ? try self.file(location, client) : nil
            let sight: RemoteSight
            if let file { sight = RemoteSight(file) } else { sight = try look(at: location, client) }
            var answer = RemoteAnswer(
                size: sight.size, hasRanges: sight.hasRanges, isSecure: sight.start.isSecure)
            if !sight.start.isSecure { answer.isServedSecurely = isServedSecurely(sight, client) }
            var hosts = (sight.hops + [sight.address]).map(\.host)
            hosts.removeAll { $0 == sight.start.host }
            answer.otherHosts = hosts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            answer.statement = statement(on: location, file, client)
            return .answered(answer)
        } catch {
            return .failed(error)
        }
    }

    /// https gives the same file: the server leads there, or answers there.
    private func isServedSecurely(_ sight: RemoteSight, _ client: WebClient) -> Bool {
        if sight.address.isSecure, sight.address.host == sight.start.host { return true }
        guard let other = sight.start.secured, let found = try? RemoteSight(other, by: client) else { return false }
        return found.size == sight.size && found.size != nil && found.address.isSecure
    }

    func look(at location: String, _ client: WebClient) throws(RemoteFault) -> RemoteSight {
        do throws(RemoteFault) {
            let address = try address(location)
            let sight = try RemoteSight(address, by: client)
            silent.withLock { _ = $0.removeValue(forKey: address.host) }
            return sight
        } catch {
            note(error, at: location)
            throw error
        }
    }

    /// The address of a location on a host that is not known to be silent.
    private func address(_ location: String) throws(RemoteFault) -> WebAddress {
        guard let address = WebAddress(location) else {
            throw RemoteFault(.nonsense, location, "it is no address that is asked")
        }
        if let known = silent.withLock({ $0[address.host] }), known.count >= Self.patience { throw known.fault }
        return address
    }

    private func file(_ location: String, _ client: WebClient) throws(RemoteFault) -> RemoteFile {
        if let known = files.withLock({ $0[location] }) { return try known.get() }
        let found: Result<RemoteFile, RemoteFault>
        do throws(RemoteFault) {
            let address = try address(location)
            found = .success(try RemoteFile(address, by: client, from: Self.beginning(of: address)))
            silent.withLock { _ = $0.removeValue(forKey: address.host) }
        } catch {
            note(error, at: location)
            found = .failure(error)
        }
        return try files.withLock { files in
            // Whoever came first stays.
            if let known = files[location] { return known }
            files[location] = found
            return found
        }.get()
    }

    /// A host that does not exist, or is silent, is so for all of its files.
    private func note(_ fault: RemoteFault, at location: String) {
        guard let host = WebAddress(location)?.host else { return }
        let step =
            switch fault.kind {
            case .unknownHost, .unresolved, .notPublic, .certificate, .noLibrary: Self.patience
            case .timedOut, .noConnection, .cut: 1
            default: 0
            }
        guard step > 0 else { return }
        silent.withLock { $0[host] = (fault, ($0[host]?.count ?? 0) + step) }
    }

    private static func beginning(of address: WebAddress) -> RemoteFile.Beginning {
        let path = address.text.prefix { $0 != "?" }.split(separator: "/")
        let name = path.last { $0.lowercased() != "content" && $0.lowercased() != "download" } ?? ""
        return name.lowercased().hasSuffix(".zip") ? .tail : .head
    }

    // MARK: What the repository states

    /// - Parameter file: The file, where it was opened.
    private func statement(on location: String, _ file: RemoteFile?, _ client: WebClient) -> RemoteAnswer.Statement {
        guard let place = RepositoryPlace(location) else {
            return .none("the location is none of a repository whose interface is known")
        }
        // Whoever comes second waits for what the first one asks.
        let record = records.withLock { records in
            let record = records[place.interface] ?? RepositoryRecord(place, by: client)
            records[place.interface] = record
            return record
        }
        switch record {
        case .absent: return .none("the server has no interface of a repository")
        case .unread(let words): return .unread("the interface of the repository: \(words)")
        case .files(let files):
            guard let stated = files[place.file] else {
                return .unread("the record of the repository lists no file '\(place.file)'")
            }
            var found: String?
            if let algorithm = stated.algorithm, let file, !file.hasRanges {
                let source = Source(ranges: file, name: Name(location))
                found = (try? source.bytes(at: 0, count: file.size)).flatMap { Digests.of($0, [algorithm])[algorithm] }
            }
            return .file(
                size: stated.size, algorithm: stated.algorithm?.rawValue, stated: stated.digest, found: found)
        }
    }
}
