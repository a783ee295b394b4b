// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Glibc
internal import Transport

/// Times the reading of CIF files on one core and prints the least CPU nanoseconds of several repetitions.
///
/// `benchmark-cif REPETITIONS FILE` prints two numbers: the document with all values located, and the document with
/// every numeric column converted to doubles.
@main enum BenchmarkCIF {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let repetitions = Int(arguments[1]), repetitions > 0 else {
            print("usage: benchmark-cif REPETITIONS FILE")
            exit(2)
        }
        var located = Int.max
        var converted = Int.max
        var numbers = 0
        for _ in 0..<repetitions {
            let start = cpuTime()
            let document = Document.parse(try ByteBuffer(mapping: arguments[2]))
            located = min(located, cpuTime() - start)
            numbers = document.blocks.reduce(0) { $0 + convert($1) }
            converted = min(converted, cpuTime() - start)
        }
        print(located, converted, numbers)
    }

    /// Converts the columns of looped categories whose first value is a number; returns how many numbers there were.
    static func convert(_ block: Block) -> Int {
        var count = 0
        for column in block.columns where column.isLooped && column.number(0) != nil {
            count += column.doubles().count
        }
        return count
    }

    static func cpuTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
