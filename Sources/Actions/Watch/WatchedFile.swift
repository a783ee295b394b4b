// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// A file that waits to be checked, or to stand still.
struct WatchedFile {
    /// Number, size and time of the bytes of a file: while they are the same, so is the file.
    struct State: Hashable {
        let text: String
        /// Seconds since 1970.
        let modified: Double

        init(_ identity: Identity) {
            let time = identity.modified
            text =
                "\(identity.device):\(identity.inode):\(identity.size):\(time.seconds).\(time.nanoseconds)"
            modified = Double(time.seconds) + Double(time.nanoseconds) / 1e9
        }

        static func of(_ name: Name) -> State? { Identity.of(name).map(State.init) }
    }

    /// The folder that was named.
    let root: Name
    var state: State
    /// When this state was first seen, by the clock that only runs on.
    var since: Double
    /// It is not checked before.
    var due: Double
    /// How often it was checked and its writer was at work.
    var tries = 0
    var isInHand = false
    /// What was last said of it while it was written.
    var told = ""
}

/// The files that a master links to, with their states, as a ledger keeps them.
enum LinkedStates {
    /// Names and states, one pair a line; a name with a line feed in it counts as changed.
    static func text(_ paths: [String]) -> String {
        paths.map { "\($0)\t\(WatchedFile.State.of(Name($0))?.text ?? "")" }.joined(separator: "\n")
    }

    /// All files are still as they were.
    static func areUnchanged(_ text: String) -> Bool {
        text.split(separator: "\n").allSatisfy { line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return false }
            return WatchedFile.State.of(Name(String(parts[0])))?.text ?? "" == String(parts[1])
        }
    }

    static func paths(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) }
    }
}

/// Clocks of this machine.
enum WatchClock {
    /// Seconds of the clock that nobody sets.
    static var steady: Double { seconds(CLOCK_MONOTONIC) }
    /// Seconds since 1970.
    static var wall: Double { seconds(CLOCK_REALTIME) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var now = timespec()
        clock_gettime(clock, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
