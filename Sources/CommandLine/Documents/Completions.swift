// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Completion scripts for shells, written from the table of verbs.
public enum Completions {
    public static let shells = ["bash", "zsh", "fish"]

    /// The names that an installation knows.
    public struct Names: Sendable {
        public let profiles: [String]
        public let rules: [String]
        public let releases: [String]

        public init(profiles: [String], rules: [String], releases: [String]) {
            self.profiles = profiles
            self.rules = rules
            self.releases = releases
        }

        /// What may stand for a value; nil where any text or file may. Names that a file may stand for as well are `open`.
        func words(for shape: ValueShape) -> (words: [String], isOpen: Bool)? {
            switch shape {
            case .choice(let choices): (choices, false)
            case .rule: (rules, false)
            case .profile: (profiles, true)
            case .release: (releases, true)
            case .file, .folder, .text: nil
            }
        }
    }

    public static func script(for shell: String, verbs: [VerbRow], names: Names) -> String {
        switch shell {
        case "zsh": return zsh(verbs, names)
        case "fish": return fish(verbs, names)
        default: return bash(verbs, names)
        }
    }

    /// First words, each once: "check", "rules" …
    private static func firstWords(_ verbs: [VerbRow]) -> [String] {
        var seen = Set<String>()
        return (verbs.map(\.words[0]) + ["help"]).filter { seen.insert($0).inserted }
    }

    /// Second words of the groups.
    private static func groups(_ verbs: [VerbRow]) -> [(word: String, members: [VerbRow])] {
        firstWords(verbs).compactMap { word in
            let members = verbs.filter { $0.words.count == 2 && $0.words[0] == word }
            return members.isEmpty ? nil : (word, members)
        }
    }

    private static func bash(_ verbs: [VerbRow], _ names: Names) -> String {
        var lines = [
            "# bash completion for imprimatur; load it with: source <(imprimatur completions bash)",
            "_imprimatur() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} options= operands=",
            "    COMPREPLY=()",
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
            "        COMPREPLY=($(compgen -W \"\(firstWords(verbs).joined(separator: " ")) --version --help\" -- \"$word\"))",
            "        return",
            "    fi",
        ]
        for group in groups(verbs) {
            let members = group.members.map { $0.words[1] }.joined(separator: " ")
            lines += [
                "    if [ \"$verb\" = \(group.word) ]; then",
                "        if [ \"$COMP_CWORD\" -eq 2 ]; then COMPREPLY=($(compgen -W \"\(members)\" -- \"$word\")); return; fi",
                "        verb=\"$verb ${COMP_WORDS[2]}\"",
                "    fi",
            ]
        }
        lines.append("    case \"$verb:$before\" in")
        for verb in verbs {
            for option in verb.options {
                guard let known = names.words(for: option.shape) else { continue }
                let words = known.words.joined(separator: " ")
                let files = known.isOpen ? " -f" : ""
                let short = option.short.map { "|\"\(verb.name):-\($0)\"" } ?? ""
                lines.append(
                    "        \"\(verb.name):--\(option.name)\"\(short)) COMPREPLY=($(compgen\(files) -W \"\(words)\" -- \"$word\")); return ;;"
                )
            }
        }
        lines += ["    esac", "    case \"$verb\" in"]
        for verb in verbs {
            let options = verb.allOptions.map { "--" + $0.name + ($0.short.map { " -\($0)" } ?? "") }
            let operands = verb.operand.flatMap { names.words(for: $0.shape) }?.words.joined(separator: " ") ?? ""
            lines.append(
                "        \"\(verb.name)\") options=\"\(options.joined(separator: " "))\" operands=\"\(operands)\" ;;")
        }
        lines += ["    esac", "    case \"$word\" in"]
        lines += [
            "        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;",
            "        *) if [ -n \"$operands\" ]; then COMPREPLY=($(compgen -W \"$operands\" -- \"$word\"))",
            "           else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;",
            "    esac", "}", "complete -o filenames -F _imprimatur imprimatur",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func zsh(_ verbs: [VerbRow], _ names: Names) -> String {
        var lines = [
            "#compdef imprimatur", "# zsh completion for imprimatur; put it as _imprimatur into a folder of $fpath",
            "_imprimatur() {", "    local verb=$words[2]",
            "    if (( CURRENT == 2 )); then compadd -- \(firstWords(verbs).joined(separator: " ")); return; fi",
        ]
        for group in groups(verbs) {
            let members = group.members.map { $0.words[1] }.joined(separator: " ")
            lines += [
                "    if [[ $verb == \(group.word) ]]; then",
                "        if (( CURRENT == 3 )); then compadd -- \(members); return; fi",
                "        verb=\"$verb $words[3]\"", "    fi",
            ]
        }
        lines.append("    case $verb in")
        for verb in verbs {
            lines.append("        ('\(verb.name)') _arguments -s \\")
            for option in verb.allOptions {
                for word in zshWords(option, names) { lines.append("            " + word + " \\") }
            }
            let operands = verb.operand.flatMap { names.words(for: $0.shape) }?.words.joined(separator: " ")
            lines.append("            '*:input:\(operands.map { "(\($0))" } ?? "_files")' ;;")
        }
        lines += ["    esac", "}", "_imprimatur \"$@\""]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The long form of an option, and the short one.
    private static func zshWords(_ option: OptionRow, _ names: Names) -> [String] {
        let summary = option.summary.filter { !"[]:'".contains($0) }
        let front = option.isRepeatable ? "'*" : "'"
        let action: String
        switch option.shape {
        case .file: action = "_files"
        case .folder: action = "_files -/"
        case .text: action = ""
        default: action = "(" + (names.words(for: option.shape)?.words.joined(separator: " ") ?? "") + ")"
        }
        let value = option.placeholder.map { ":\($0.filter { $0 != ":" && $0 != "'" }):\(action)" } ?? ""
        let forms = ["--" + option.name] + (option.short.map { ["-\($0)"] } ?? [])
        return forms.map { front + $0 + "[" + summary + "]" + value + "'" }
    }

    private static func fish(_ verbs: [VerbRow], _ names: Names) -> String {
        var lines = ["# fish completion for imprimatur; save it as ~/.config/fish/completions/imprimatur.fish"]
        for word in firstWords(verbs) {
            let summary = verbs.first { $0.name == word }?.summary ?? ""
            lines.append("complete -c imprimatur -n __fish_use_subcommand -f -a \(word) -d \(fishQuoted(summary))")
        }
        for verb in verbs {
            let condition = fishQuoted(
                verb.words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and "))
            if verb.words.count == 2 {
                let group = fishQuoted("__fish_seen_subcommand_from \(verb.words[0])")
                lines.append(
                    "complete -c imprimatur -n \(group) -f -a \(verb.words[1]) -d \(fishQuoted(verb.summary))")
            }
            if let known = verb.operand.flatMap({ names.words(for: $0.shape) }) {
                lines.append(
                    "complete -c imprimatur -n \(condition) -a \(fishQuoted(known.words.joined(separator: " ")))")
            }
            for option in verb.allOptions {
                var line = "complete -c imprimatur -n \(condition) -l \(option.name)"
                if let short = option.short { line += " -s \(short)" }
                if option.takesValue { line += " -r" }
                if let known = names.words(for: option.shape) {
                    line += (known.isOpen ? "" : " -f") + " -a \(fishQuoted(known.words.joined(separator: " ")))"
                }
                lines.append(line + " -d \(fishQuoted(option.summary))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func fishQuoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" ? "\\'" : String($0) }.joined() + "'"
    }
}
