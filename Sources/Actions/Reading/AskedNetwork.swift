// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
public import Frames
import JSON
public import RuleEngine
import Synchronization
import Transport

/// What a worker asks of servers through the program.
enum AskedOfWeb {
    case outcomes([String])
    case open(String)
    /// Bytes of a file by the number that the program gave it.
    case read(Int, at: Int, count: Int)
    case expect(Int, Range<Int>)
    /// All bytes of a file, behind a descriptor.
    case whole(Int)

    var bytes: [UInt8] {
        switch self {
        case .outcomes(let locations): [0] + locations.joined(separator: "\0").utf8
        case .open(let location): [1] + location.utf8
        case .read(let file, let place, let count):
            [2] + [file, place, count].flatMap { Little.bytes(UInt64($0)) }
        case .expect(let file, let range):
            [3] + [file, range.lowerBound, range.upperBound].flatMap { Little.bytes(UInt64($0)) }
        case .whole(let file): [4] + Little.bytes(UInt64(file))
        }
    }

    /// Nil for bytes that make no sense.
    init?(_ bytes: ArraySlice<UInt8>) {
        let rest = bytes.dropFirst()
        let numbers = stride(from: rest.startIndex, to: rest.endIndex, by: 8).compactMap {
            Little.number(rest[$0...].prefix(8)).flatMap { Int(exactly: $0) }
        }
        switch bytes.first {
        case 0:
            self = .outcomes(
                String(decoding: rest, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
                    .map(String.init))
        case 1: self = .open(String(decoding: rest, as: UTF8.self))
        case 2 where numbers.count == 3 && numbers[2] <= Self.mostBytes:
            self = .read(numbers[0], at: numbers[1], count: numbers[2])
        case 3 where numbers.count == 3 && numbers[1] <= numbers[2]:
            self = .expect(numbers[0], numbers[1]..<numbers[2])
        case 4 where numbers.count == 1: self = .whole(numbers[0])
        default: return nil
        }
    }

    /// Bytes of a file in one answer.
    static let mostBytes = 16 << 20
}

/// Answers what workers ask of servers; in the program, which has the network.
final class WebDesk: Sendable {
    private let network: any Network
    private let files = Mutex<[Source]>([])

    init(_ network: any Network) { self.network = network }

    /// Nil for what a sound worker does not ask.
    func answer(_ asked: AskedOfWeb) -> [UInt8]? {
        switch asked {
        case .outcomes(let locations):
            var json = JSONWriter(.compact)
            json.array { json in for outcome in network.outcomes(of: locations) { outcome.write(to: &json) } }
            return json.finish()
        case .open(let location):
            switch network.open(location) {
            case .file(let source), .archive(let source):
                let number = files.withLock { files in
                    files.append(source)
                    return files.count - 1
                }
                return [1] + Little.bytes(UInt64(number)) + Little.bytes(UInt64(source.size)) + source.name.bytes
            case let other: return [0] + ToldLocated(other).bytes
            }
        case .read(let file, let place, let count):
            guard let source = source(file) else { return nil }
            do throws(Failure) { return [1] + (try source.bytes(at: place, count: count)) } catch {
                return Self.failed(error)
            }
        case .expect(let file, let range):
            guard let source = source(file) else { return nil }
            do throws(Failure) { try source.expect(range) } catch { return Self.failed(error) }
            return [1]
        case .whole: return [0]
        }
    }

    private func source(_ number: Int) -> Source? {
        files.withLock { $0.indices.contains(number) ? $0[number] : nil }
    }

    private static func failed(_ failure: Failure) -> [UInt8] { [0] + ToldLocated(.failed(failure)).bytes }
}

/// Asks servers through the program that started this worker.
public struct AskedNetwork: Network {
    private let opener: RemoteOpener

    public init(_ opener: RemoteOpener) { self.opener = opener }

    public func outcomes(of locations: [String]) -> [RemoteOutcome] {
        guard !locations.isEmpty else { return [] }
        let value = try? JSONReader.read(opener.ask(.outcomes(locations)))
        let outcomes = value?.elements?.map { RemoteOutcome($0) } ?? []
        return locations.indices.map { index in
            (outcomes.indices.contains(index) ? outcomes[index] : nil)
                ?? .notAsked(.unread("the program gave no answer"))
        }
    }

    public func open(_ location: String) -> Located {
        let told = opener.ask(.open(location))
        if told.first == 1, told.count >= 17, let number = Little.number(told[1..<9]).flatMap({ Int(exactly: $0) }),
            let size = Little.number(told[9..<17]).flatMap({ Int(exactly: $0) })
        {
            let name = Name(bytes: Array(told[17...]))
            return .file(Source(ranges: AskedFile(opener: opener, number: number, size: size, name: name), name: name))
        }
        return ToldLocated(Array(told.dropFirst()))?.located ?? .failed(AskedFile.nonsense(Name(location)))
    }
}

/// A file behind an address, as a worker reads it.
struct AskedFile: RangeReader {
    let opener: RemoteOpener
    let number: Int
    let size: Int
    let name: Name

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        let count = min(buffer.count, max(0, size - max(0, offset)))
        if count > AskedOfWeb.mostBytes { try expect(offset..<(offset + count)) }
        var done = 0
        while done < count {
            let piece = min(AskedOfWeb.mostBytes, count - done)
            let bytes = try answer(.read(number, at: offset + done, count: piece))
            guard bytes.count == piece else { throw Self.nonsense(name) }
            UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + piece)]).copyBytes(from: bytes)
            done += piece
        }
        return done
    }

    var isFar: Bool { true }

    func expect(_ range: Range<Int>) throws(Failure) { _ = try answer(.expect(number, range)) }

    func lend() -> Descriptor? { opener.lend(number) }

    private func answer(_ asked: AskedOfWeb) throws(Failure) -> ArraySlice<UInt8> {
        let told = opener.ask(asked)
        if told.first == 1 { return told.dropFirst() }
        if case .failed(let failure)? = ToldLocated(Array(told.dropFirst()))?.located { throw failure }
        throw Self.nonsense(name)
    }

    static func nonsense(_ name: Name) -> Failure {
        Failure(
            attempt: "read", subject: name.text, code: .ended("answer"), words: "the program gave no answer",
            remedy: "tell the authors of this program")
    }
}
