// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Completion scripts for shells, written from the table of verbs.
public enum Completions {
    public static let shells = ["bash", "zsh", "fish"]

    public static func script(for shell: String, verbs: [VerbRow]) -> String {
        switch shell {
        case "zsh": return zsh(verbs)
        case "fish": return fish(verbs)
        default: return bash(verbs)
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

    private static func bash(_ verbs: [VerbRow]) -> String {
        var lines = [
            "# bash completion for imprimatur; load it with: source <(imprimatur completions bash)",
            "_imprimatur() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} options=",
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
                guard case .choice(let choices) = option.shape else { continue }
                let words = choices.joined(separator: " ")
                lines.append(
                    "        \"\(verb.name):--\(option.name)\") COMPREPLY=($(compgen -W \"\(words)\" -- \"$word\")); return ;;"
                )
            }
        }
        lines += ["    esac", "    case \"$verb\" in"]
        for verb in verbs {
            let options = verb.allOptions.map { "--" + $0.name }.joined(separator: " ")
            lines.append("        \"\(verb.name)\") options=\"\(options)\" ;;")
        }
        lines += ["    esac", "    case \"$word\" in"]
        lines += [
            "        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;",
            "        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;",
            "    esac", "}", "complete -o filenames -F _imprimatur imprimatur",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func zsh(_ verbs: [VerbRow]) -> String {
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
            for option in verb.allOptions { lines.append("            " + zshWord(option) + " \\") }
            lines.append("            '*:input:_files' ;;")
        }
        lines += ["    esac", "}", "_imprimatur \"$@\""]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func zshWord(_ option: OptionRow) -> String {
        let summary = option.summary.filter { !"[]:'".contains($0) }
        let front = option.isRepeatable ? "'*" : "'"
        let action: String
        switch option.shape {
        case .choice(let choices): action = "(" + choices.joined(separator: " ") + ")"
        case .file: action = "_files"
        case .folder: action = "_files -/"
        case .text, .rule: action = ""
        }
        let value = option.placeholder.map { ":\($0):\(action)" } ?? ""
        return front + "--" + option.name + "[" + summary + "]" + value + "'"
    }

    private static func fish(_ verbs: [VerbRow]) -> String {
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
            for option in verb.allOptions {
                var line = "complete -c imprimatur -n \(condition) -l \(option.name)"
                if let short = option.short { line += " -s \(short)" }
                if option.takesValue { line += " -r" }
                if case .choice(let choices) = option.shape {
                    line += " -f -a \(fishQuoted(choices.joined(separator: " ")))"
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
