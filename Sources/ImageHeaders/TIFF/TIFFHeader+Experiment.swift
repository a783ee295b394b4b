// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

extension TIFFHeader {
    /// The experiment of the image, as its comment header tells it; nil without one, for then nothing is told.
    ///
    /// - Parameter id: Name of the image.
    public func experiment(id: String, in source: SourceID = .main) -> Experiment? {
        comments?.experiment(id: id, size: size, elementType: elementType, place: .file(source))
    }
}
