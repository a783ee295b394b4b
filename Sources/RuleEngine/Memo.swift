// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Results that several rules need of one view, computed once.
public final class Memo: Sendable {
    private let results = Mutex<[String: any Sendable]>([:])

    public init() {}

    /// The result under a name; computed when it is asked for the first time.
    ///
    /// - Parameters:
    ///   - name: One for each kind of result and each part of the view.
    ///   - make: Depends on the view alone, so that it does not matter which rule asks first.
    public func result<Value: Sendable>(_ name: String, _ make: () -> Value) -> Value {
        if let known = results.withLock({ $0[name] }) as? Value { return known }
        let value = make()
        results.withLock { $0[name] = value }
        return value
    }
}
