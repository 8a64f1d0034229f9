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

const NEVER: f32 = -1e9;

impl Chain {
    /// Probabilities, given what is known.
    pub fn posterior(&self, known: &Known) -> Posterior {
        let sums = self.sums(known);
        let mut out = Posterior::default();
        for i in 0..self.heading.len() {
            let row = self.row(i, known);
            out.heading.push((sums.forward[i][HEADING] + sums.backward[i][HEADING] - row[HEADING] - sums.total).exp());
        }
        for i in 0..self.heading.len().saturating_sub(1) {
            let joined = |role: usize| (sums.around(i, role, role) + self.joined(i, role, known)).exp();
            out.join.push([joined(BODY), joined(HEADING)]);
        }
        out
    }

    /// The same, with the expected number of kept gaps.
    #[cfg(feature = "learn")]
    pub fn counted(&self, known: &Known) -> Posterior {
        let sums = self.sums(known);
        let mut out = self.posterior(known);
        for i in 0..out.join.len() {
            for a in [BODY, HEADING] {
                for b in [BODY, HEADING] {
                    out.transition[2 * a + b] += (sums.around(i, a, b) + self.keep(i, a, b, known)).exp();
                }
            }
        }
        out
    }

    /// Sums over all readings up to each row, from both ends.
    fn sums(&self, known: &Known) -> Sums {
        let n = self.heading.len();
        let Some(last) = n.checked_sub(1) else { return Sums::default() };
        let edges: Vec<[[f32; 2]; 2]> = (0..last).map(|i| self.edge(i, known)).collect();
        let mut sums = Sums { forward: vec![[0.0; 2]; n], backward: vec![[0.0; 2]; n], total: 0.0 };
        sums.forward[0] = self.row(0, known);
        sums.backward[last] = self.row(last, known);
        for (i, edge) in edges.iter().enumerate() {
            let (own, before) = (self.row(i + 1, known), sums.forward[i]);
            let sum = |b: usize| own[b] + log_add(before[BODY] + edge[BODY][b], before[HEADING] + edge[HEADING][b]);
            sums.forward[i + 1] = [sum(BODY), sum(HEADING)];
        }
        for (i, edge) in edges.iter().enumerate().rev() {
            let (own, after) = (self.row(i, known), sums.backward[i + 1]);
            let sum = |a: usize| own[a] + log_add(after[BODY] + edge[a][BODY], after[HEADING] + edge[a][HEADING]);
            sums.backward[i] = [sum(BODY), sum(HEADING)];
        }
        sums.total = log_add(sums.forward[last][BODY], sums.forward[last][HEADING]);
        sums
    }

    fn row(&self, i: usize, known: &Known) -> [f32; 2] {
        match known.roles.get(i).copied().flatten() {
            Some(BODY) => [0.0, NEVER],
            Some(_) => [NEVER, self.heading[i]],
            None => [0.0, self.heading[i]],
        }
    }

    /// Scores of a gap by the roles before and after, kept or joined.
    fn edge(&self, i: usize, known: &Known) -> [[f32; 2]; 2] {
        let either = |role: usize| log_add(self.keep(i, role, role, known), self.joined(i, role, known));
        [[either(BODY), self.keep(i, BODY, HEADING, known)], [self.keep(i, HEADING, BODY, known), either(HEADING)]]
    }

    fn keep(&self, i: usize, a: usize, b: usize, known: &Known) -> f32 {
        if known.joins.get(i) == Some(&Some(true)) { NEVER } else { self.transition[2 * a + b] }
    }

    fn joined(&self, i: usize, role: usize, known: &Known) -> f32 {
        if known.joins.get(i) == Some(&Some(false)) { NEVER } else { self.join[i][role] }
    }
}

/// Sums over all readings of the rows up to each row, by its role, from the first row and from the last.
#[derive(Default)]
struct Sums {
    forward: Vec<[f32; 2]>,
    backward: Vec<[f32; 2]>,
    /// Over all readings of all rows.
    total: f32,
}

impl Sums {
    /// Of the readings on both sides of the gap after row `i`, less all.
    fn around(&self, i: usize, before: usize, after: usize) -> f32 {
        self.forward[i][before] + self.backward[i + 1][after] - self.total
    }
}

/// ln(e^a + e^b)
fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    // What adds less than half of the last bit of `high` changes nothing; most pairs differ by more.
    let exponent = (high.to_bits() >> 23 & 0xFF) as i32 - 127;
    if low - high < (exponent - 25) as f32 * std::f32::consts::LN_2 - 0.01 {
        return high;
    }
    high + (low - high).exp().ln_1p()
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
