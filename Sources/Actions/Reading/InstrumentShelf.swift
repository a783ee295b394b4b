// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageHeaders
import Synchronization
import Transport

/// The instrument library of a folder of rules, read when the first rule asks for it.
public final class InstrumentShelf: Sendable {
    private enum State {
        case unread
        case read(InstrumentLibrary?)
    }

    private let folder: String
    private let state = Mutex(State.unread)

    public init(_ rules: RulesFolder) { folder = rules.path + "/facilities/" }

    /// nil where the folder has none that can be read.
    var library: InstrumentLibrary? {
        state.withLock { state in
            if case .read(let known) = state { return known }
            let goniometers = FileBytes.read(folder + "goniometer-axes.json5").flatMap { try? GoniometerTable($0) }
            let made = FileBytes.read(folder + "instruments.json5").flatMap {
                try? InstrumentLibrary($0, goniometers: goniometers)
            }
            state = .read(made)
            return made
        }
    }

    /// Asks for the library, for views that do not know folders.
    var ask: @Sendable () -> InstrumentLibrary? { { self.library } }
}
