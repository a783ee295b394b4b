// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Kernels for processors with vectors of 32 bytes.
package enum VectorKernels {
    /// Lets them run where the processor has such vectors, or keeps them from running, in the whole process.
    ///
    /// - Returns: Whether they run.
    @discardableResult
    package static func use(_ wanted: Bool) -> Bool { imprimatur_use_avx2(wanted ? 1 : 0) != 0 }
}

/// Which implementation works: the C kernel, or the safe twin in Swift that checks it.
package enum Kernel: Sendable, CaseIterable { case c, swift }
