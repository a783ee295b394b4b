// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What is known of the terminal behind standard output.
public struct Terminal: Sendable {
    /// Whether standard output is a terminal.
    public let isTerminal: Bool
    /// Columns, 20 at least; 80 where nobody says.
    public let columns: Int
    /// The same for tables, which take 40.
    public var width: Int { max(40, columns) }
    /// NO_COLOR is set, or TERM is dumb.
    public let refusesColour: Bool

    public init(isTerminal: Bool, width: Int, refusesColour: Bool) {
        self.isTerminal = isTerminal
        columns = max(20, min(width, 160))
        self.refusesColour = refusesColour
    }

    /// The terminal of this process.
    public static func current() -> Terminal {
        var size = winsize()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let asked = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let width = Environment.value("COLUMNS").flatMap { Int($0) } ?? (asked ? Int(size.ws_col) : 80)
        let noColour = Environment.value("NO_COLOR").map { !$0.isEmpty } ?? false
        return Terminal(
            isTerminal: isTerminal, width: width,
            refusesColour: noColour || Environment.value("TERM") == "dumb")
    }

    /// Whether to colour, by the word of --color.
    public func colours(_ choice: ColourChoice) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto: return isTerminal && !refusesColour
        }
    }
}

/// When a report is coloured.
public enum ColourChoice: String, Sendable, CaseIterable {
    case auto, always, never
}

/// Variables of the environment.
enum Environment {
    static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
