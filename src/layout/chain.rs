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
    /// Expected number of kept gaps by the roles before and after.
    pub transition: [f32; TRANSITIONS],
}

const NEVER: f32 = -1e9;

impl Chain {
    /// Probabilities, given what is known.
    pub fn posterior(&self, known: &Known) -> Posterior {
        let n = self.heading.len();
        if n == 0 {
            return Posterior::default();
        }
        let forward = self.pass(n, |i| i, |edge, a, b| edge[a][b], known);
        let backward = self.pass(n, |i| n - 1 - i, |edge, a, b| edge[b][a], known);
        let log_sum = log_add(forward[n - 1][BODY], forward[n - 1][HEADING]);
        let mut out = Posterior::default();
        for i in 0..n {
            let row = self.row(i, known);
            out.heading.push((forward[i][HEADING] + backward[n - 1 - i][HEADING] - row[HEADING] - log_sum).exp());
        }
        for i in 0..n - 1 {
            let mut join = [0.0; 2];
            for a in [BODY, HEADING] {
                for b in [BODY, HEADING] {
                    let around = forward[i][a] + backward[n - 2 - i][b] - log_sum;
                    out.transition[2 * a + b] += (around + self.keep(i, a, b, known)).exp();
                    if a == b {
                        join[a] = (around + self.joined(i, a, known)).exp();
                    }
                }
            }
            out.join.push(join);
        }
        out
    }

    /// Sums over all readings up to each row, from one end.
    fn pass(&self, n: usize, row: impl Fn(usize) -> usize, way: impl Fn(&[[f32; 2]; 2], usize, usize) -> f32, known: &Known) -> Vec<[f32; 2]> {
        let mut sums = Vec::with_capacity(n);
        sums.push(self.row(row(0), known));
        for i in 1..n {
            let (here, before) = (row(i), row(i - 1));
            let edge = self.edge(here.min(before), known);
            let own = self.row(here, known);
            let previous: [f32; 2] = sums[i - 1];
            let sum = |b: usize| own[b] + log_add(previous[BODY] + way(&edge, BODY, b), previous[HEADING] + way(&edge, HEADING, b));
            sums.push([sum(BODY), sum(HEADING)]);
        }
        sums
    }

    fn row(&self, i: usize, known: &Known) -> [f32; 2] {
        match known.roles.get(i).copied().flatten() {
            Some(BODY) => [0.0, NEVER],
            Some(_) => [NEVER, self.heading[i]],
            None => [0.0, self.heading[i]],
        }
    }

    fn edge(&self, i: usize, known: &Known) -> [[f32; 2]; 2] {
        let mut edge = [[0.0; 2]; 2];
        for (a, row) in edge.iter_mut().enumerate() {
            for (b, score) in row.iter_mut().enumerate() {
                *score = self.keep(i, a, b, known);
                if a == b {
                    *score = log_add(*score, self.joined(i, a, known));
                }
            }
        }
        edge
    }

    fn keep(&self, i: usize, a: usize, b: usize, known: &Known) -> f32 {
        if known.joins.get(i) == Some(&Some(true)) { NEVER } else { self.transition[2 * a + b] }
    }

    fn joined(&self, i: usize, role: usize, known: &Known) -> f32 {
        if known.joins.get(i) == Some(&Some(false)) { NEVER } else { self.join[i][role] }
    }
}

fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
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
