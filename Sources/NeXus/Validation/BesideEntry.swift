// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Groups at the root that a definition lists beside the entry: NXcxi_ptycho and NXxpcs do.

extension EntryWalk {
    /// Checks the groups beside the entry that the definition lists, where they are there.
    ///
    /// - Returns: Their names.
    func runBesideEntry(_ application: Application) -> Set<String> {
        guard application.tree.children.contains(where: { $0.kind == .group && $0.item.type != "NXentry" }) else {
            return []
        }
        let root = GroupWork(
            node: tree.root, className: "NXroot", application: application.tree, base: nil, scope: "/",
            ancestors: Ancestors(tree.root, above: nil))
        let members = tree.members(of: tree.root).filter { $0.isGroup && $0.className != "NXentry" }
        let plan = GroupPlanner(tree: tree, context: context, work: root, members: members).plan(.none)
        var names: Set<String> = []
        for (member, plan) in zip(members, plan.members) {
            guard case .group(let node, let className) = member.target, case .group(let group) = plan.content else {
                continue
            }
            if let mismatch = plan.mismatch { tell(mismatch, at: node) }
            guard plan.mismatch != nil || !plan.match.applications.isEmpty else { continue }
            names.insert(member.name)
            enter(node, className, member, group, isTold: plan.mismatch != nil, in: root)
        }
        checkWaiting()
        tellSymbols()
        return names
    }
}
