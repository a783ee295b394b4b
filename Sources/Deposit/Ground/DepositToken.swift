// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Remote
internal import Transport

/// Where the token of a deposit comes from: a variable, or a file that nobody else can read.
public enum DepositToken {
    /// Finds the token.
    ///
    /// - Parameters:
    ///   - variable: The variable of the environment that the target names.
    ///   - file: A file instead; it belongs to the user and has mode 0600 or less.
    ///   - isAccount: It is user and password with a colon between.
    /// - Throws: When there is none, or the file is open to others. What it holds is in no word of a failure.
    public static func find(
        variable: String, file: String?, isAccount: Bool = false
    ) throws(DepositStop) -> WebSecret {
        if let file { return try read(file, isAccount) }
        guard let value = getenv(variable), value.pointee != 0 else {
            throw DepositStop(
                .refusal, "there is no token: the variable \(variable) is not set",
                remedy: "set it, or name a file of mode 0600 with --token-file; a token is never an argument")
        }
        return try secret(String(cString: value), "the variable \(variable)", isAccount)
    }

    private static func read(_ path: String, _ isAccount: Bool) throws(DepositStop) -> WebSecret {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw DepositStop(Failure.system("read the token from", path, errno)).asRefusal }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw DepositStop(.refusal, "'\(path)' is no plain file", remedy: "keep the token in a file of mode 0600")
        }
        guard facts.st_uid == geteuid() else {
            throw DepositStop(
                .refusal, "'\(path)' belongs to another user, who can read and change the token",
                remedy: "keep the token in a file of your own")
        }
        guard facts.st_mode & 0o077 == 0 else {
            throw DepositStop(
                .refusal, "'\(path)' is open to others (mode \(String(facts.st_mode & 0o777, radix: 8)))",
                remedy: "chmod 600, and make a new token where others may have read this one")
        }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw DepositStop(Failure.system("read the token from", path, errno)).asRefusal }
        return try secret(String(decoding: bytes[..<count], as: UTF8.self), "'\(path)'", isAccount)
    }

    private static func secret(
        _ text: String, _ place: String, _ isAccount: Bool
    ) throws(DepositStop) -> WebSecret {
        let word = text.drop { $0.isWhitespace }
        let end = word.lastIndex { !$0.isWhitespace }
        let bare = end.map { String(word[...$0]) } ?? ""
        guard let secret = isAccount ? WebSecret(account: bare) : WebSecret(bare) else {
            throw DepositStop(
                .refusal,
                "\(place) holds no " + (isAccount ? "user and password" : "token: one word of ASCII is expected"),
                remedy: isAccount
                    ? "write USER:PASSWORD, and nothing else"
                    : "copy the token from the settings of your account, and nothing else")
        }
        return secret
    }
}

extension DepositStop {
    /// The same as wrong settings.
    fileprivate var asRefusal: DepositStop { DepositStop(.refusal, words, remedy: remedy) }
}
