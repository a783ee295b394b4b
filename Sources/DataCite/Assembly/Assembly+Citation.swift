// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

extension RecordAssembly {
    mutating func fillCitation() {
        record.identifier =
            context.doi.map { Leaf($0, .derived("the repository, which reserved it")) } ?? author.doi ?? facts.doi
        record.url = context.landingPage.map(target) ?? author.url
        record.language = language
        record.titles = [
            author.title.map { RecordText($0, language: language) }
                ?? RecordText(template(titleFromData), language: Self.english)
        ]
        if let name = context.publisher {
            var publisher = Publisher(target(name), language: Self.english)
            if let registry = context.registry {
                publisher.identifier = target("https://doi.org/" + registry)
                publisher.scheme = target("re3data")
                publisher.schemeAddress = target("https://www.re3data.org")
            }
            record.publisher = publisher
        }
        record.version = author.version ?? Leaf("1.0", .defaulted(item: "version"))
        record.target = author.target
        record.policy = author.policy
        record.communities = author.communities
        record.resourceType = ResourceType(
            general: template("Dataset"),
            text: template("\(kindOfImages) (\(facts.isStills ? "still images" : "rotation method"))"))
        fillEmbargo()
        let year = record.embargo?.until ?? Leaf(context.today, .derived("the day of the deposit"))
        record.publicationYear = year.map { String($0.prefix(4)) }
    }

    /// "Raw X-ray diffraction images"; without the word for the radiation where nothing tells it.
    var kindOfImages: String {
        switch probe {
        case .xray: "Raw X-ray diffraction images"
        case .neutron: "Raw neutron diffraction images"
        case .electron: "Raw electron diffraction images"
        default: "Raw diffraction images"
        }
    }

    /// What the data say, else X-rays at a facility of the table, which are synchrotrons.
    var probe: Probe? { facts.probe?.value ?? (facility == nil ? nil : .xray) }

    private var titleFromData: String {
        var parts: [String] = []
        if let frames = facts.frames {
            let width = facts.increment.map { "\(DecimalText.rounded($0.value, decimals: 6)) deg" }
            parts.append(facts.isStills || width == nil ? "\(frames.value) images" : "\(frames.value) x \(width ?? "")")
        }
        if !facts.wavelengths.isEmpty, facts.wavelengths.count <= 4 {
            let values = facts.wavelengths.map { DecimalText.rounded($0.value, decimals: 6) }
            parts.append(values.joined(separator: ", ") + " A")
        }
        if let detector = facts.detector { parts.append(detector.value) }
        let sample = (author.sample ?? facts.sample).map { " of \($0.value)" } ?? ""
        return kindOfImages + sample + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    }

    /// From the author, else from the policy; the end of a policy that lies behind is none.
    private mutating func fillEmbargo() {
        if let closure = author.embargo {
            if let until = closure.until {
                record.embargo = Embargo(until: until, reason: closure.reason)
            } else if let years = closure.years, let end = end(years, from: closure.from) {
                record.embargo = Embargo(until: end, reason: closure.reason)
            }
            return
        }
        guard let policy = context.policy, let years = policy.embargoYears,
            let end = end(years, from: policy.embargoFrom)
        else { return }
        guard end.value > context.today else {
            notes.append("The embargo of policy '\(policy.name)' ended on \(end.value); there is none.")
            return
        }
        record.embargo = Embargo(until: end)
        notes.append("Policy '\(policy.name)' closes the files until \(end.value).")
    }

    /// The day some years after the last day of collection, or after that of the deposit.
    private mutating func end(_ years: Sourced<Int>, from: Leaf?) -> Leaf? {
        var start = context.today
        if from?.value != "deposited" {
            guard let collected = (author.collected ?? facts.collected)?.value.split(separator: "/").last else {
                notes.append("Nobody says when the data were collected, so the end of the embargo is not known.")
                return nil
            }
            start = String(collected)
        }
        guard case .success(var date) = W3CDate.read(start, needsZone: false), date.day != nil else { return nil }
        date.seconds = nil
        return Leaf(date.later(years: years.value).dayText, years.origin)
    }
}
