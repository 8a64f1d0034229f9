//! Roles and gaps decided together: a linear-chain conditional random field over the rows of the running text.
//!
//! Each row is body or heading; each gap keeps or joins; a join binds two rows of one role. The scores are sums of
//! weights of what was observed; forward and backward passes give the probability of each role and each join, with all
//! readings of the rest of the page weighed in.

use super::weights::TRANSITIONS;

pub const BODY: usize = 0;
pub const HEADING: usize = 1;

/// A page's scores.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// Score of each row as a heading (as body: 0).
    pub heading: Vec<f32>,
    /// Score of joining at each gap, in body and in heading.
    pub join: Vec<[f32; 2]>,
    /// Score of keeping, by the roles before and after.
    pub transition: [f32; TRANSITIONS],
}

/// What is already known, when learning: which roles and which decisions are possible. Empty: nothing is known.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub roles: Vec<Option<usize>>,
    pub joins: Vec<Option<bool>>,
}

/// Probabilities of all roles and decisions.
#[derive(Clone, Debug, Default)]
pub struct Posterior {
    pub heading: Vec<f32>,
    /// Of a join at each gap, in body and in heading.
    pub join: Vec<[f32; 2]>,
    /// Expected number of kept gaps by the roles before and after; counted for learning only.
    #[cfg(feature = "learn")]
    pub transition: [f32; TRANSITIONS],
}

/// Weight of what is ruled out. Not 0: where all readings are ruled out, the others stay comparable.
const NEVER: f64 = 1e-60;

impl Chain {
    /// Probabilities, given what is known.
    pub fn posterior(&self, known: &Known) -> Posterior {
        let passes = self.passes(known);
        let mut out = Posterior::default();
        out.heading.reserve(passes.rows.len());
        out.join.reserve(passes.gaps.len());
        for ([body, heading], after) in passes.forward.iter().zip(&passes.backward) {
            let heading = heading * after[HEADING];
            out.heading.push((heading / (body * after[BODY] + heading)) as f32);
        }
        for (i, gap) in passes.gaps.iter().enumerate() {
            let around = passes.around(i);
            let total = gap.total(around);
            out.join.push([BODY, HEADING].map(|role| (around[role][role] * gap.joined[role] / total) as f32));
        }
        out
    }

    /// The same, with the expected number of kept gaps.
    #[cfg(feature = "learn")]
    pub fn counted(&self, known: &Known) -> Posterior {
        let passes = self.passes(known);
        let mut out = self.posterior(known);
        let keep = self.keep();
        for (i, gap) in passes.gaps.iter().enumerate() {
            let around = passes.around(i);
            for a in [BODY, HEADING] {
                for b in [BODY, HEADING] {
                    out.transition[2 * a + b] += (around[a][b] * gap.kept * keep[a][b] / gap.total(around)) as f32;
                }
            }
        }
        out
    }

    /// Weights of all readings up to each row, from both ends. Only their ratios count: each row's are scaled to a sum of 1,
    /// so that they stay within range however long the page.
    fn passes(&self, known: &Known) -> Passes {
        let n = self.heading.len();
        let keep = self.keep();
        let mut passes = Passes {
            rows: (0..n).map(|i| self.row(i, known)).collect(),
            gaps: (0..n.saturating_sub(1)).map(|i| self.gap(i, known, keep)).collect(),
            forward: vec![[1.0; 2]; n],
            backward: vec![[1.0; 2]; n],
        };
        let mut sum = passes.rows.first().map_or([1.0; 2], |&first| scaled(first));
        for i in 0..n {
            if i > 0 {
                let ([body, heading], edge) = (sum, passes.gaps[i - 1].edge);
                let to = |role: usize| passes.rows[i][role] * (body * edge[BODY][role] + heading * edge[HEADING][role]);
                sum = scaled([to(BODY), to(HEADING)]);
            }
            passes.forward[i] = sum;
        }
        let mut sum = [1.0; 2];
        for i in (0..n.saturating_sub(1)).rev() {
            let (row, edge) = (passes.rows[i + 1], passes.gaps[i].edge);
            let after = [row[BODY] * sum[BODY], row[HEADING] * sum[HEADING]];
            let from = |role: usize| edge[role][BODY] * after[BODY] + edge[role][HEADING] * after[HEADING];
            sum = scaled([from(BODY), from(HEADING)]);
            passes.backward[i] = sum;
        }
        passes
    }

    fn row(&self, i: usize, known: &Known) -> [f64; 2] {
        match known.roles.get(i).copied().flatten() {
            Some(BODY) => [1.0, NEVER],
            Some(_) => [NEVER, weight(self.heading[i])],
            None => [1.0, weight(self.heading[i])],
        }
    }

    /// Weights of keeping, by the roles before and after.
    fn keep(&self) -> [[f64; 2]; 2] {
        let [bb, bh, hb, hh] = self.transition.map(weight);
        [[bb, bh], [hb, hh]]
    }

    fn gap(&self, i: usize, known: &Known, [[bb, bh], [hb, hh]]: [[f64; 2]; 2]) -> Gap {
        let decided = known.joins.get(i).copied().flatten();
        let kept = if decided == Some(true) { NEVER } else { 1.0 };
        let joined = if decided == Some(false) { [NEVER; 2] } else { self.join[i].map(weight) };
        Gap { kept, joined, edge: [[bb * kept + joined[BODY], bh * kept], [hb * kept, hh * kept + joined[HEADING]]] }
    }
}

/// Weights of a gap.
struct Gap {
    /// Beside those of the transition.
    #[cfg_attr(not(feature = "learn"), expect(dead_code, reason = "counted for learning only"))]
    kept: f64,
    /// By the role of both rows.
    joined: [f64; 2],
    /// By the roles before and after, kept or joined.
    edge: [[f64; 2]; 2],
}

impl Gap {
    /// Of all readings, in the measure of [`Passes::around`].
    fn total(&self, around: [[f64; 2]; 2]) -> f64 {
        let of = |role: usize| self.edge[role][BODY] * around[role][BODY] + self.edge[role][HEADING] * around[role][HEADING];
        of(BODY) + of(HEADING)
    }
}

/// Weights, and their sums over all readings.
struct Passes {
    /// Of each row, by its role.
    rows: Vec<[f64; 2]>,
    gaps: Vec<Gap>,
    /// Of the readings up to each row, by its role, and of those of the rows after it.
    forward: Vec<[f64; 2]>,
    backward: Vec<[f64; 2]>,
}

impl Passes {
    /// Of the readings on both sides of the gap after row `i`, by the roles before and after.
    fn around(&self, i: usize) -> [[f64; 2]; 2] {
        let (before, row, after) = (self.forward[i], self.rows[i + 1], self.backward[i + 1]);
        before.map(|before| [before * row[BODY] * after[BODY], before * row[HEADING] * after[HEADING]])
    }
}

fn weight(score: f32) -> f64 {
    /// No score is so sure that it may leave the range of numbers.
    const SUREST: f64 = 200.0;
    f64::from(score).clamp(-SUREST, SUREST).exp()
}

fn scaled([body, heading]: [f64; 2]) -> [f64; 2] {
    let scale = 1.0 / (body + heading);
    [body * scale, heading * scale]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by brute force over all readings.
    fn brute(chain: &Chain) -> (Vec<f32>, Vec<f32>) {
        let n = chain.heading.len();
        let (mut total, mut heading, mut join) = (0.0f64, vec![0.0f64; n], vec![0.0f64; n - 1]);
        for roles in 0..1usize << n {
            for joins in 0..1usize << (n - 1) {
                let role = |i: usize| roles >> i & 1;
                let mut score = (0..n).map(|i| if role(i) == 1 { chain.heading[i] } else { 0.0 }).sum::<f32>();
                for i in 0..n - 1 {
                    score += match (joins >> i & 1, role(i), role(i + 1)) {
                        (0, a, b) => chain.transition[2 * a + b],
                        (_, a, b) if a == b => chain.join[i][a],
                        _ => f32::NEG_INFINITY,
                    };
                }
                let weight = f64::from(score).exp();
                total += weight;
                (0..n).filter(|&i| role(i) == 1).for_each(|i| heading[i] += weight);
                (0..n - 1).filter(|&i| joins >> i & 1 == 1).for_each(|i| join[i] += weight);
            }
        }
        let share = |v: Vec<f64>| v.iter().map(|x| (x / total) as f32).collect();
        (share(heading), share(join))
    }

    #[test]
    fn passes_agree_with_brute_force() {
        let chain = Chain { heading: vec![1.0, -2.0, 0.5, -0.3], join: vec![[0.4, -1.0], [2.0, 0.1], [-1.5, 0.7]], transition: [0.2, 0.9, -0.4, -2.0] };
        let (heading, join) = brute(&chain);
        let posterior = chain.posterior(&Known::default());
        for (got, want) in posterior.heading.iter().zip(&heading) {
            assert!((got - want).abs() < 1e-4, "{got} {want}");
        }
        for (got, want) in posterior.join.iter().zip(&join) {
            assert!((got[0] + got[1] - want).abs() < 1e-4, "{got:?} {want}");
        }
    }
}
