//! Learning the decision trees: gradient boosting on the logistic loss, every question a yes or no.

use super::{Dice, Sample};
use crate::layout::trees::{Around, Node, QUESTIONS, Trees};

/// Trees, and leaves in each.
const TREES: usize = 160;
const LEAVES: usize = 15;
/// How much of what a tree says is believed.
const RATE: f32 = 0.12;
/// Gaps in a leaf, at least.
const FEWEST: usize = 20;
/// Prior on a leaf's value.
const PRIOR: f32 = 5.0;

/// The gaps to learn from, as lists of the questions that are answered with yes.
#[derive(Default)]
struct Table {
    yes: Vec<u16>,
    /// Where each gap's questions begin in `yes`; one more at the end.
    from: Vec<u32>,
    joins: Vec<bool>,
}

impl Table {
    fn new(samples: &[&Sample]) -> Self {
        let mut table = Self::default();
        for sample in samples {
            let page = &sample.observed;
            for (i, truth) in sample.known.joins.iter().enumerate().filter(|&(i, _)| !page.kept[i]) {
                let Some(truth) = truth else { continue };
                table.from.push(table.yes.len() as u32);
                table.yes.extend(Around::new(page, i).questions());
                table.joins.push(*truth);
            }
        }
        table.from.push(table.yes.len() as u32);
        table
    }

    fn questions(&self, gap: u32) -> &[u16] {
        &self.yes[self.from[gap as usize] as usize..self.from[gap as usize + 1] as usize]
    }
}

/// Decision trees for the samples.
pub fn trees(samples: &[&Sample]) -> Trees {
    let table = Table::new(samples);
    let mut odds = vec![0.0f32; table.joins.len()];
    let mut dice = Dice::new(2);
    let mut trees = Trees::default();
    for _ in 0..TREES {
        let slopes: Vec<(f32, f32)> = odds.iter().zip(&table.joins).map(|(&odds, &join)| slope(odds, join)).collect();
        let allowed: Vec<bool> = (0..QUESTIONS).map(|_| dice.chance(50)).collect();
        let mut tree = Growing { table: &table, slopes: &slopes, allowed: &allowed };
        trees.push(tree.grow(&mut odds));
    }
    trees
}

/// First and second derivative of the loss.
fn slope(odds: f32, join: bool) -> (f32, f32) {
    let likely = 1.0 / (1.0 + (-odds).exp());
    (f32::from(u8::from(join)) - likely, likely * (1.0 - likely))
}

struct Growing<'a> {
    table: &'a Table,
    slopes: &'a [(f32, f32)],
    allowed: &'a [bool],
}

/// A part of the gaps, and the best question to part it by.
struct Part {
    gaps: Vec<u32>,
    sum: (f32, f32),
    best: Option<(f32, u16)>,
    /// The parts of yes and no, once parted.
    ways: Option<(u16, usize, usize)>,
}

impl Growing<'_> {
    /// The part that gains most is parted, until there are leaves enough. Adds the tree's say to the odds.
    fn grow(&mut self, odds: &mut [f32]) -> Vec<Node> {
        let mut parts = vec![self.part((0..self.slopes.len() as u32).collect())];
        for _ in 1..LEAVES {
            let open = (0..parts.len()).filter(|&i| parts[i].ways.is_none() && parts[i].best.is_some());
            let Some(at) = open.max_by(|&a, &b| parts[a].best.map(|(g, _)| g).unwrap_or(0.0).total_cmp(&parts[b].best.map(|(g, _)| g).unwrap_or(0.0))) else { break };
            let Some((_, question)) = parts[at].best else { break };
            let gaps = std::mem::take(&mut parts[at].gaps);
            let (yes, no): (Vec<u32>, Vec<u32>) = gaps.into_iter().partition(|&gap| self.table.questions(gap).contains(&question));
            parts[at].ways = Some((question, parts.len(), parts.len() + 1));
            let (yes, no) = (self.part(yes), self.part(no));
            parts.extend([yes, no]);
        }
        for part in parts.iter().filter(|part| part.ways.is_none()) {
            part.gaps.iter().for_each(|&gap| odds[gap as usize] += part.say());
        }
        let mut nodes = Vec::new();
        write(&parts, 0, &mut nodes);
        nodes
    }

    fn part(&self, gaps: Vec<u32>) -> Part {
        let mut sums = vec![(0.0f32, 0.0f32, 0usize); QUESTIONS];
        let mut sum = (0.0, 0.0);
        for &gap in &gaps {
            let slope = self.slopes[gap as usize];
            sum = (sum.0 + slope.0, sum.1 + slope.1);
            for &question in self.table.questions(gap) {
                let yes = &mut sums[usize::from(question)];
                *yes = (yes.0 + slope.0, yes.1 + slope.1, yes.2 + 1);
            }
        }
        let worth = |(first, second): (f32, f32)| first * first / (second + PRIOR);
        let gain = |&(first, second, _): &(f32, f32, usize)| worth((first, second)) + worth((sum.0 - first, sum.1 - second)) - worth(sum);
        let able = |question: usize| self.allowed[question] && sums[question].2 >= FEWEST && gaps.len() - sums[question].2 >= FEWEST;
        let best = (0..QUESTIONS).filter(|&q| able(q)).map(|q| (gain(&sums[q]), q as u16)).max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(gain, _)| *gain > 1e-3);
        Part { gaps, sum, best, ways: None }
    }
}

impl Part {
    fn say(&self) -> f32 {
        RATE * self.sum.0 / (self.sum.1 + PRIOR)
    }
}

fn write(parts: &[Part], at: usize, nodes: &mut Vec<Node>) {
    match parts[at].ways {
        None => nodes.push(Node::Leaf((parts[at].say() * 100.0).round() / 100.0)),
        Some((question, yes, no)) => {
            let here = nodes.len();
            nodes.push(Node::Ask { question, no: 0 });
            write(parts, yes, nodes);
            nodes[here] = Node::Ask { question, no: nodes.len() as u32 };
            write(parts, no, nodes);
        }
    }
}
