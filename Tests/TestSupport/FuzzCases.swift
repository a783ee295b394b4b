// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

// The case under way, for the handler of signals, which may run at any instruction.
nonisolated(unsafe) private var currentCase = 0

/// The cases of a fuzzing program: COUNT, SEED or SEED:CASE, and files.
///
/// A case that a signal ends, or that takes more than 20 s, is named and ends the program with 1; SEED:CASE repeats it.
public struct FuzzCases {
    public let paths: [String]
    private let count: Int
    private let seed: UInt64
    private let first: Int

    /// Nil for other words than these.
    ///
    /// - Parameter arguments: With the name of the program.
    public init?(_ arguments: [String]) {
        let seeds = arguments.count > 3 ? arguments[2].split(separator: ":").compactMap { UInt64($0) } : []
        guard let count = arguments.dropFirst().first.flatMap({ Int($0) }), count > 0, let seed = seeds.first else {
            return nil
        }
        self.count = count
        self.seed = seed
        first = seeds.count > 1 ? Int(seeds[1]) : 0
        paths = Array(arguments[3...])
    }

    /// Prints the seed, and hands over each case with random numbers of its own.
    public func run(files: Int, _ body: (Int, inout SeededNumbers) -> Void) {
        Self.watch()
        print("seed \(seed), \(files) files, \(count) cases")
        for number in first..<first + count {
            currentCase = number
            alarm(20)
            var numbers = SeededNumbers(seed: seed &+ UInt64(number) &* 0x1_0000_0001)
            body(number, &numbers)
        }
        alarm(0)
    }

    /// The bytes of a file; nil when it cannot be opened.
    public static func bytes(of path: String) -> [UInt8]? {
        guard let stream = fopen(path, "r") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&piece, 1, piece.count, stream), count > 0 { bytes += piece[..<count] }
        return bytes
    }

    /// Writes a file; false when it cannot be opened.
    public static func write(_ bytes: [UInt8], to path: String) -> Bool {
        guard let stream = fopen(path, "w") else { return false }
        fwrite(bytes, 1, bytes.count, stream)
        fclose(stream)
        return true
    }

    private static func watch() {
        for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGALRM] {
            signal(number) { number in
                var digits = [UInt8](repeating: 0x30, count: 12)
                var rest = currentCase
                for place in digits.indices.reversed() {
                    digits[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                let front: StaticString = number == SIGALRM ? "\nhang in case " : "\ncrash in case "
                Glibc.write(2, front.utf8Start, front.utf8CodeUnitCount)
                Glibc.write(2, digits, digits.count)
                Glibc.write(2, "\n", 1)
                _exit(1)
            }
        }
    }
}
