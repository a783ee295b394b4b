// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The recipes of a folder of corpora, and the files they make.
public struct Corpora: Sendable {
    /// What one recipe made.
    public struct Built: Sendable {
        public let recipe: String
        public let file: String
    }

    /// The folder `corpora` of a checkout.
    public let folder: String

    public init(in folder: String) { self.folder = folder }

    /// Every recipe below the folder, in the order of the paths; relative to it.
    public func recipes() throws(RecipeFault) -> [String] {
        var found: [String] = []
        for name in try Self.names(in: folder) {
            if Self.isRecipe(name) { found.append(name) }
            guard Self.isFolder(folder + "/" + name) else { continue }
            for inner in try Self.names(in: folder + "/" + name) where Self.isRecipe(inner) {
                found.append(name + "/" + inner)
            }
        }
        return found.sorted()
    }

    /// Builds every recipe into a folder, each in a subfolder as its recipe stands in one.
    ///
    /// - Parameters:
    ///   - output: Created when it is not there.
    ///   - isWanted: Chooses recipes by their path relative to the corpora.
    /// - Returns: What was made, in order.
    @discardableResult
    public func build(
        into output: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(RecipeFault) -> [Built] {
        var built: [Built] = []
        for recipe in try recipes() where isWanted(recipe) {
            let file = output + "/" + Self.fileName(of: recipe)
            try Self.makeFolder(
                file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
            try Self.build(folder + "/" + recipe, at: file)
            built.append(Built(recipe: recipe, file: file))
        }
        return built
    }

    /// The name of a recipe of an HDF5 file, or of an imgCIF with the files that it names.
    public static func isRecipe(_ name: String) -> Bool { name.hasSuffix(".nxs.json") || isText(name) }

    /// The name of a recipe of an imgCIF with the files that it names.
    public static func isText(_ name: String) -> Bool { name.hasSuffix(".cif.json") }

    /// Makes the file of one recipe, and those beside it.
    public static func build(_ recipe: String, at file: String) throws(RecipeFault) {
        if isText(recipe) {
            try TextRecipe(reading: recipe).build(at: file)
        } else {
            try Recipe(reading: recipe).build(at: file)
        }
    }

    /// The name of the file that a recipe makes: its own without `.json`.
    public static func fileName(of recipe: String) -> String { String(recipe.dropLast(".json".count)) }

    private static func names(in folder: String) throws(RecipeFault) -> [String] {
        guard let directory = opendir(folder) else { throw RecipeFault(folder, "the folder cannot be read") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func makeFolder(_ path: String) throws(RecipeFault) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : part + "/"
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
                throw RecipeFault(path, "the folder cannot be made")
            }
        }
    }
}
