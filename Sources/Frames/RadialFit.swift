// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

/// Least squares of a background that depends on the scattering angle, for a small move of the detector.
struct RadialFit {
    private static let rings = 48
    private static let sectors = 12
    private static let shells = 6

    private let cells: [FrameBackground.Cell]
    private let beam: Vector3
    /// Millimetres; any length that values are brought to.
    private let reach: Double
    /// Weight of each cell by how well it fitted, 0 to 1.
    private var trust: [Double]
    /// Sums of the last step, by sector and by shell of rings.
    private var bySector: [NormalEquations] = []
    private var byShell: [NormalEquations] = []
    private var isFirst = true

    /// - Parameter beam: Unit vector.
    init(_ cells: [FrameBackground.Cell], beam: Vector3, reach: Double) {
        self.cells = cells
        self.beam = beam
        self.reach = reach
        trust = [Double](repeating: 1, count: cells.count)
    }

    /// What one cell is to the beam.
    private struct Sight {
        /// Counts of a pixel, brought to one solid angle.
        var value = 0.0
        var ring = -1
        /// Where it stands in its ring, -0.5 to 0.5.
        var part = 0.0
        var cosine = 0.0, sine = 0.0
        var sector = 0
        /// Change of the ring number with the two moves.
        var along = 0.0, across = 0.0
        /// sin² of the scattering angle.
        var polar = 0.0
    }

    /// The move of the beam centre that fits best, pixels along fast and slow; nil where nothing tells.
    ///
    /// - Parameters:
    ///   - moved: How far the detector stands from where it is stated, millimetres.
    ///   - fast: The step of a pixel of the panel.
    ///   - slow: The step of a pixel of the panel.
    mutating func step(moved: Vector3, _ fast: Vector3, _ slow: Vector3) -> (x: Double, y: Double)? {
        guard let u = (abs(beam.x) < 0.9 ? beam.cross(.unitX) : beam.cross(.unitY)).normalised else { return nil }
        let v = beam.cross(u)
        let (fastAlong, slowAlong) = (fast.dot(beam), slow.dot(beam))
        var sights = [Sight](repeating: Sight(), count: cells.count)
        var radii = [Double](repeating: 0, count: cells.count)
        var (least, most) = (2.0, 0.0)
        for (index, cell) in cells.enumerated() {
            let point = cell.point + moved
            let length = max(1e-9, point.length)
            let ray = (1 / length) * point
            let cosine = ray.dot(beam)
            let radius = max(1e-12, (1 - cosine) / 2).squareRoot()
            radii[index] = radius
            least = min(least, radius)
            most = max(most, radius)
            let (x, y) = (ray.dot(u), ray.dot(v))
            let across = max(1e-12, (x * x + y * y).squareRoot())
            let solid = cell.normal.dot(ray).magnitude * (reach / length) * (reach / length)
            // The sine of half the scattering angle falls where the detector moves along with the cell.
            let slope = 1 / (4 * radius * length)
            sights[index] = Sight(
                value: cell.mean / max(solid, 1e-9), cosine: x / across, sine: y / across,
                sector: Self.sector(x, y, across), along: slope * (fastAlong - fast.dot(ray) * cosine),
                across: slope * (slowAlong - slow.dot(ray) * cosine), polar: across * across)
        }
        let width = (most - least) / Double(Self.rings)
        guard width > 1e-9 else { return nil }
        for index in sights.indices {
            let position = (radii[index] - least) / width
            let ring = min(Self.rings - 1, Int(position))
            sights[index].ring = ring
            sights[index].part = position - Double(ring) - 0.5
            sights[index].along /= width
            sights[index].across /= width
        }
        return solve(sights)
    }

    private static func sector(_ x: Double, _ y: Double, _ length: Double) -> Int {
        // Twelve parts of the turn without a function of angles: the quarter, and the third of it.
        let quarter = y >= 0 ? (x >= 0 ? 0 : 1) : (x < 0 ? 2 : 3)
        let within = quarter % 2 == 0 ? y.magnitude / length : x.magnitude / length
        return quarter * 3 + (within < 0.5 ? 0 : within < 0.866 ? 1 : 2)
    }

    private mutating func solve(_ sights: [Sight]) -> (x: Double, y: Double)? {
        guard let profile = profile(sights), hasShape(sights, profile) else { return nil }
        var noise: [Double] = []
        noise.reserveCapacity(cells.count)
        var residuals = [Double](repeating: 0, count: cells.count)
        var spreads = [Double](repeating: 0, count: cells.count)
        for (index, sight) in sights.enumerated() where profile.isUsed[sight.ring] {
            let model = profile.value(sight.ring, sight.part)
            let counts = cells[index].counts
            let unit = counts > 0 ? sight.value / counts : 0
            // Counting, and what flat fields and gains leave: 2 per cent.
            let variance = max(model, 0) * max(unit, profile.unit) + 0.0004 * model * model
            residuals[index] = sight.value - model
            spreads[index] = max(variance, 1e-30).squareRoot()
            noise.append(residuals[index].magnitude / spreads[index])
        }
        guard noise.count >= 200 else { return nil }
        noise.sort()
        let scale = max(1e-9, 1.4826 * noise[noise.count / 2])
        var sums = [RingMeans](repeating: RingMeans(), count: Self.rings)
        var rows = [SIMD8<Double>](repeating: .zero, count: cells.count)
        for (index, sight) in sights.enumerated() where profile.isUsed[sight.ring] {
            let t = residuals[index] / (spreads[index] * scale * 4.7)
            trust[index] = t.magnitude < 1 ? (1 - t * t) * (1 - t * t) : 0
            guard trust[index] > 0 else { continue }
            let (model, slope) = (profile.value(sight.ring, sight.part), profile.slope(sight.ring))
            let (c, s) = (sight.cosine, sight.sine)
            let polar = model * sight.polar
            rows[index] = SIMD8(
                slope * sight.along, slope * sight.across, model * c, model * s, polar * (c * c - s * s),
                polar * 2 * c * s, residuals[index], 0)
            sums[sight.ring].add(rows[index], trust[index] / (spreads[index] * spreads[index] * scale * scale))
        }
        bySector = [NormalEquations](repeating: NormalEquations(), count: Self.sectors)
        byShell = [NormalEquations](repeating: NormalEquations(), count: Self.shells)
        let used = profile.isUsed.indices.filter { profile.isUsed[$0] }
        guard let inner = used.first, let outer = used.last else { return nil }
        for (index, sight) in sights.enumerated() where profile.isUsed[sight.ring] && trust[index] > 0 {
            let weight = trust[index] / (spreads[index] * spreads[index] * scale * scale)
            let row = sums[sight.ring].less(rows[index])
            bySector[sight.sector].add(row, weight)
            byShell[min(Self.shells - 1, (sight.ring - inner) * Self.shells / (outer - inner + 1))].add(row, weight)
        }
        let all = bySector.reduce(NormalEquations()) { $0 + $1 }
        guard let solution = all.solution, bySector.filter({ $0.count > 20 }).count >= 5 else { return nil }
        return (solution[0], solution[1])
    }

    /// Mean counts by ring.
    private struct Profile {
        var means: [Double]
        var isUsed: [Bool]
        /// What a count is in the mean, for cells without any.
        var unit: Double

        func slope(_ ring: Int) -> Double {
            let (a, b) = (max(0, ring - 1), min(means.count - 1, ring + 1))
            guard isUsed[a], isUsed[b], b > a else { return 0 }
            return (means[b] - means[a]) / Double(b - a)
        }

        func value(_ ring: Int, _ part: Double) -> Double { means[ring] + part * slope(ring) }
    }

    private mutating func profile(_ sights: [Sight]) -> Profile? {
        var byRing = [[(value: Double, weight: Double)]](repeating: [], count: Self.rings)
        var sectors = [Set<Int>](repeating: [], count: Self.rings)
        var (total, counts) = (0.0, 0.0)
        for (index, sight) in sights.enumerated() {
            byRing[sight.ring].append((sight.value, trust[index]))
            sectors[sight.ring].insert(sight.sector)
            total += sight.value
            counts += cells[index].counts
        }
        guard counts > 0, total > 0 else { return nil }
        var profile = Profile(
            means: [Double](repeating: 0, count: Self.rings), isUsed: [Bool](repeating: false, count: Self.rings),
            unit: total / counts)
        for ring in byRing.indices {
            let values = byRing[ring].sorted { $0.value < $1.value }
            let weight = values.reduce(0) { $0 + $1.weight }
            guard values.count >= 10, weight > 5, sectors[ring].count >= 3 else { continue }
            profile.isUsed[ring] = true
            if isFirst {
                profile.means[ring] = values[values.count / 2].value
            } else {
                profile.means[ring] = values.reduce(0) { $0 + $1.value * $1.weight } / weight
            }
        }
        isFirst = false
        // Inside a steep rise lies the shadow of the beam stop, which has a centre of its own.
        let third = Self.rings / 3
        for ring in (0..<third).reversed()
        where profile.isUsed[ring] && profile.isUsed[ring + 1] && profile.means[ring] < 0.7 * profile.means[ring + 1] {
            for inner in 0...(ring + 1) { profile.isUsed[inner] = false }
            break
        }
        return profile.isUsed.filter { $0 }.count >= 6 ? profile : nil
    }

    /// The counts themselves, before anything is made of them, rise or fall with the scattering angle by far more than chance.
    ///
    /// An even image has a slope in every ring by its noise, and by the solid angle that values are brought to: a centre
    /// that is fitted to those means nothing.
    private func hasShape(_ sights: [Sight], _ profile: Profile) -> Bool {
        let used = profile.isUsed.indices.filter { profile.isUsed[$0] }
        guard let inner = used.first, let outer = used.last else { return false }
        var sums = [SIMD4<Double>](repeating: .zero, count: Self.shells)
        for (index, sight) in sights.enumerated() where profile.isUsed[sight.ring] && trust[index] > 0 {
            let value = cells[index].mean
            let weight = trust[index]
            let shell = min(Self.shells - 1, (sight.ring - inner) * Self.shells / (outer - inner + 1))
            sums[shell] += SIMD4(weight, weight * value, weight * value * value, 1)
        }
        let shells = sums.filter { $0.x > 5 }.map { sum in
            let mean = sum.y / sum.x
            return (mean: mean, variance: max(sum.z / sum.x - mean * mean, 1e-12 * mean * mean) / sum.w)
        }
        guard shells.count >= 3, let least = shells.map(\.mean).min(), let most = shells.map(\.mean).max() else {
            return false
        }
        let steps = zip(shells, shells.dropFirst()).reduce(0.0) { sum, pair in
            let difference = pair.1.mean - pair.0.mean
            return sum + difference * difference / max(pair.0.variance + pair.1.variance, 1e-30)
        }
        return most - least > Self.leastContrast * most && steps > Self.leastSteps
    }

    /// Part of the brightest shell by which the faintest has to lie below it.
    private static let leastContrast = 0.1
    /// Sum of the squared steps between shells, each in units of its variance: some five by chance.
    private static let leastSteps = 100.0

    /// One standard deviation of the less certain direction, pixels: by the weights, and by leaving parts out in turn.
    var uncertainty: Double? {
        let all = bySector.reduce(NormalEquations()) { $0 + $1 }
        guard let formal = all.variances else { return nil }
        var worst = max(formal.x, formal.y)
        for parts in [bySector, byShell] {
            let there = parts.filter { $0.count > 0 }
            guard there.count >= 4 else { return nil }
            var moves: [(x: Double, y: Double)] = []
            for part in there {
                guard let solution = (all - part).solution else { return nil }
                moves.append((solution[0], solution[1]))
            }
            let count = Double(moves.count)
            let (mx, my) = (moves.reduce(0) { $0 + $1.x } / count, moves.reduce(0) { $0 + $1.y } / count)
            let vx = moves.reduce(0) { $0 + ($1.x - mx) * ($1.x - mx) } * (count - 1) / count
            let vy = moves.reduce(0) { $0 + ($1.y - my) * ($1.y - my) } * (count - 1) / count
            worst = max(worst, vx, vy)
        }
        return worst.squareRoot()
    }
}

/// Weighted means of the terms in one ring.
private struct RingMeans {
    private var sums = SIMD8<Double>.zero
    private var weight = 0.0

    mutating func add(_ row: SIMD8<Double>, _ weight: Double) {
        sums += weight * row
        self.weight += weight
    }

    func less(_ row: SIMD8<Double>) -> SIMD8<Double> { weight > 0 ? row - sums / weight : row }
}

/// Sums of least squares in six unknowns.
struct NormalEquations {
    static let terms = 6
    /// Six rows of the matrix; in the seventh place what each gives.
    private var rows = [SIMD8<Double>](repeating: .zero, count: terms)
    private(set) var count = 0

    /// - Parameter row: The six terms and what they are to give.
    mutating func add(_ row: SIMD8<Double>, _ weight: Double) {
        for index in 0..<Self.terms { rows[index] += weight * row[index] * row }
        count += 1
    }

    static func + (a: NormalEquations, b: NormalEquations) -> NormalEquations { a.joined(b, 1) }
    static func - (a: NormalEquations, b: NormalEquations) -> NormalEquations { a.joined(b, -1) }

    private func joined(_ other: NormalEquations, _ sign: Double) -> NormalEquations {
        var result = self
        for index in rows.indices { result.rows[index] += sign * other.rows[index] }
        result.count += sign > 0 ? other.count : -other.count
        return result
    }

    /// nil where the terms cannot be told apart.
    var solution: [Double]? { solved(rows.map { $0[Self.terms] }) }

    /// Variances of the first two unknowns.
    var variances: (x: Double, y: Double)? {
        func unit(_ index: Int) -> [Double] { (0..<Self.terms).map { $0 == index ? 1 : 0 } }
        guard let x = solved(unit(0)), let y = solved(unit(1)), x[0] > 0, y[1] > 0 else { return nil }
        return (x[0], y[1])
    }

    /// By Cholesky's way, on a matrix brought to ones on its diagonal.
    private func solved(_ wanted: [Double]) -> [Double]? {
        let n = Self.terms
        let scales = (0..<n).map { max(0, rows[$0][$0]).squareRoot() }
        guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        var lower = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0...i {
                var sum = rows[i][j] / (scales[i] * scales[j])
                for k in 0..<j { sum -= lower[i * n + k] * lower[j * n + k] }
                if i == j {
                    guard sum > 1e-9 else { return nil }
                    lower[i * n + i] = sum.squareRoot()
                } else {
                    lower[i * n + j] = sum / lower[j * n + j]
                }
            }
        }
        var result = (0..<n).map { wanted[$0] / scales[$0] }
        for i in 0..<n {
            for k in 0..<i { result[i] -= lower[i * n + k] * result[k] }
            result[i] /= lower[i * n + i]
        }
        for i in (0..<n).reversed() {
            for k in (i + 1)..<n { result[i] -= lower[k * n + i] * result[k] }
            result[i] /= lower[i * n + i]
        }
        return (0..<n).map { result[$0] / scales[$0] }
    }
}
