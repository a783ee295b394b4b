// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Frames
import JSON
import Transport

/// What a worker asks of the program: a letter, a number where there is one, and words.
enum Asked {
    /// Something about values, in words of libhdf5's reader.
    case value
    case input([String])
    /// What a file names, by the number of that file.
    case named(Name, by: Int)
    /// A name of external data, and the number of the description.
    case external(ExternalName, by: Int)
    /// What stands behind such names.
    case sights([ExternalName], by: Int)
    /// The files of the folder that stands for a location.
    case files(String, by: Int)
    /// Something of servers.
    case web(AskedOfWeb)

    private static let letters = (
        value: UInt8(ascii: "v"), input: UInt8(ascii: "i"), named: UInt8(ascii: "n"), external: UInt8(ascii: "e"),
        sights: UInt8(ascii: "s"), files: UInt8(ascii: "l"), web: UInt8(ascii: "w")
    )
    /// In front of a question about values.
    static let valueFront = [letters.value]

    var bytes: [UInt8] {
        switch self {
        case .value: Self.valueFront
        case .input(let words): [Self.letters.input] + words.joined(separator: "\0").utf8
        case .named(let name, let file): [Self.letters.named] + Little.bytes(UInt64(file)) + name.bytes
        case .external(let name, let file):
            [Self.letters.external] + Little.bytes(UInt64(file)) + ExternalNames.bytes([name])
        case .sights(let names, let file):
            [Self.letters.sights] + Little.bytes(UInt64(file)) + ExternalNames.bytes(names)
        case .web(let asked): [Self.letters.web] + asked.bytes
        case .files(let location, let file): [Self.letters.files] + Little.bytes(UInt64(file)) + location.utf8
        }
    }

    /// Nil for bytes that make no sense.
    init?(_ bytes: [UInt8]) {
        let rest = bytes.dropFirst()
        switch bytes.first {
        case Self.letters.value: self = .value
        case Self.letters.input:
            guard let text = String(validating: rest, as: UTF8.self) else { return nil }
            self = .input(text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init))
        case Self.letters.named:
            guard let file = Little.number(rest.prefix(8)).flatMap({ Int(exactly: $0) }) else { return nil }
            self = .named(Name(bytes: Array(rest.dropFirst(8))), by: file)
        case Self.letters.external, Self.letters.sights, Self.letters.files:
            guard let file = Little.number(rest.prefix(8)).flatMap({ Int(exactly: $0) }) else { return nil }
            let words = rest.dropFirst(8)
            if bytes.first == Self.letters.files {
                self = .files(String(decoding: words, as: UTF8.self), by: file)
                return
            }
            guard let names = ExternalNames.names(words) else { return nil }
            if bytes.first == Self.letters.sights {
                self = .sights(names, by: file)
            } else {
                guard names.count == 1 else { return nil }
                self = .external(names[0], by: file)
            }
        case Self.letters.web:
            guard let asked = AskedOfWeb(rest) else { return nil }
            self = .web(asked)
        default: return nil
        }
    }
}

/// What the program answers: a letter, the device and number of the file, then a number or words.
struct Told {
    enum State {
        case opened(Int)
        /// It has no descriptor, and its bytes are asked for by its number.
        case far(Int, size: Int)
        case absent
        case refused(String)
        case failed(Failure)
    }

    let key: Identity.Key?
    let state: State

    init(key: Identity.Key?, state: State) {
        self.key = key
        self.state = state
    }

    init(_ reached: Folder.Reached, number: Int) {
        key = reached.key
        state =
            switch reached.opened {
            case .open: .opened(number)
            case .refused(let why): .refused(why)
            case .failed(let failure): .failed(failure)
            case .absent, nil: .absent
            }
    }

    /// What was answered, where it is no open file.
    var opened: Folder.Opened? {
        switch state {
        case .opened, .far: nil
        case .absent: .absent
        case .refused(let why): .refused(why)
        case .failed(let failure): .failed(failure)
        }
    }

    private static let letters = (
        opened: UInt8(ascii: "o"), far: UInt8(ascii: "d"), absent: UInt8(ascii: "a"), refused: UInt8(ascii: "r"),
        failed: UInt8(ascii: "f")
    )

    var bytes: [UInt8] {
        let front =
            [key == nil ? 0 : 1] + Little.bytes(key?.device ?? 0) + Little.bytes(key?.inode ?? 0)
        switch state {
        case .opened(let number): return [Self.letters.opened] + front + Little.bytes(UInt64(number))
        case .far(let number, let size):
            return [Self.letters.far] + front + Little.bytes(UInt64(number)) + Little.bytes(UInt64(size))
        case .absent: return [Self.letters.absent] + front
        case .refused(let why): return [Self.letters.refused] + front + why.utf8
        case .failed(let failure):
            var json = JSONWriter(.compact)
            json.object { failure.write(into: &$0) }
            return [Self.letters.failed] + front + json.finish()
        }
    }

    /// Adds an answer to a list of some.
    static func join(_ answer: [UInt8], to list: inout [UInt8]) { list += Little.bytes(UInt64(answer.count)) + answer }

    /// Takes the first answer off a list.
    static func split(_ list: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let number = Little.number(list.prefix(8)), let count = Int(exactly: number), count <= list.count - 8
        else { return nil }
        let answer = Array(list.dropFirst(8).prefix(count))
        list = list.dropFirst(8 + count)
        return answer
    }

    /// Nil for bytes that make no sense.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 18, let device = Little.number(bytes[2..<10]), let inode = Little.number(bytes[10..<18])
        else { return nil }
        key = bytes[1] == 0 ? nil : Identity.Key(device: device, inode: inode)
        let rest = bytes.dropFirst(18)
        switch bytes[0] {
        case Self.letters.opened:
            guard let number = Little.number(rest).flatMap({ Int(exactly: $0) }) else { return nil }
            state = .opened(number)
        case Self.letters.far:
            guard let number = Little.number(rest.prefix(8)).flatMap({ Int(exactly: $0) }),
                let size = Little.number(rest.dropFirst(8)).flatMap({ Int(exactly: $0) })
            else { return nil }
            state = .far(number, size: size)
        case Self.letters.absent: state = .absent
        case Self.letters.refused: state = .refused(String(decoding: rest, as: UTF8.self))
        case Self.letters.failed:
            guard let value = try? JSONReader.read(Array(rest)), let failure = try? Failure(reading: value) else {
                return nil
            }
            state = .failed(failure)
        default: return nil
        }
    }
}

/// Whole numbers of eight bytes, the lowest first.
enum Little {
    static func bytes(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    static func number(_ bytes: ArraySlice<UInt8>) -> UInt64? {
        guard bytes.count == 8 else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
