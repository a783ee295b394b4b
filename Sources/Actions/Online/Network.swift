// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Frames
public import RuleEngine
import Transport

/// Whoever asks servers in this run: this process, or the program for a worker.
public protocol Network: RemoteLocations {
    /// What servers answer for locations, in their order.
    func outcomes(of locations: [String]) -> [RemoteOutcome]
}

extension Located {
    /// The failure of a location that nobody may ask.
    static func refused(_ location: String, _ words: String) -> Located {
        .failed(Failure(attempt: "read", subject: location, code: .refused(words), words: words))
    }
}
