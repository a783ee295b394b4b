// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Frames

/// Frames that were decoded, as rules of the view `frames` read them.
public final class FramesView: Sendable {
    /// One experiment of the file with its frames.
    public struct Part: Sendable {
        public let view: ExperimentView
        public let frames: ExperimentFrames

        public init(view: ExperimentView, frames: ExperimentFrames) {
            self.view = view
            self.frames = frames
        }
    }

    public let parts: [Part]
    /// The file of a NeXus description, which may say in words what is to be seen in its frames; nil for others.
    public let tree: TreeView?

    public init(_ parts: [Part], tree: TreeView? = nil) {
        self.parts = parts
        self.tree = tree
    }
}
