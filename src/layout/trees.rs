//! The second opinion: boosted decision trees over the same observations. They see which observations come together, and
//! what was seen at the gaps beside; the chain sees the whole page. They are asked only where the chain is in doubt.

use super::continuation::Observed;
use crate::document::{Feature, Features, RowFeature, RowFeatures, ones};

static BUILTIN: &str = include_str!("data/trees.txt");

/// Whose observation a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Gap,
    /// The gap before.
    Before,
    /// The gap after.
    After,
    LeftRow,
    RightRow,
}

const OF: [(Of, &str); 5] = [(Of::Gap, ""), (Of::Before, "before:"), (Of::After, "after:"), (Of::LeftRow, "left:"), (Of::RightRow, "right:")];

/// Questions about a gap have numbers: each kind takes a block of so many.
const BLOCK: u16 = 128;
/// All numbers are below this.
pub const QUESTIONS: usize = BLOCK as usize * OF.len();

/// What there is to see around one gap.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    gap: Features,
    before: Features,
    after: Features,
    left: RowFeatures,
    right: RowFeatures,
}

impl Around {
    pub fn new(page: &Observed, i: usize) -> Self {
        let gap = |i: usize| page.gaps.get(i).map_or_else(Features::default, |gap| gap.features);
        Self { gap: gap(i), before: i.checked_sub(1).map_or_else(Features::default, gap), after: gap(i + 1), left: page.rows[i], right: page.rows[i + 1] }
    }

    /// The questions that are answered with yes, as bits.
    fn answers(&self) -> [u64; QUESTIONS / 64] {
        let [[a, b], [c, d], [e, f]] = [self.gap, self.before, self.after].map(Features::halves);
        let [[g, h], [i, j]] = [self.left, self.right].map(RowFeatures::halves);
        [a, b, c, d, e, f, g, h, i, j]
    }

    #[cfg(feature = "learn")]
    /// The questions that are answered with yes.
    pub fn questions(&self) -> impl Iterator<Item = u16> {
        (0..).step_by(64).zip(self.answers()).flat_map(|(from, bits)| ones(bits).map(move |bit| from + bit as u16))
    }
}

/// A node of a tree: a question with two ways on, or a leaf.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// The way of yes is the next node; the way of no is at this place in the list.
    Ask { question: u16, no: u32 },
    /// Nats towards a join.
    Leaf(f32),
}

/// All trees one after the other, each in the order of question, yes, no.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    nodes: Vec<Node>,
    roots: Vec<u32>,
    quick: Quick,
}

/// The same trees, to be asked all at once. Each tree's leaves stand in a row, those of a no before those of its yes. A yes
/// rules out the leaves of its no; of those that all yeses together leave, the first is where the tree is left. Most
/// answers are no, and cost nothing (QuickScorer, Lucchese et al. 2015).
#[derive(Clone, Debug, Default, PartialEq)]
struct Quick {
    /// By question.
    rulings: Vec<Box<[Ruling]>>,
    /// By tree.
    leaves: Vec<[f32; Quick::MOST_LEAVES]>,
    /// What the trees ask about at all: the questions as bits.
    asked: [u64; QUESTIONS / 64],
}

/// The leaves below a node, and what each yes leaves of them.
fn line_up(nodes: &[Node], at: usize, tree: u8, leaves: &mut Vec<f32>, rulings: &mut Vec<(u16, Ruling)>) {
    match nodes[at] {
        Node::Leaf(nats) => leaves.push(nats),
        Node::Ask { question, no } => {
            let from = leaves.len();
            line_up(nodes, no as usize, tree, leaves, rulings);
            let below = |leaf: usize| 1u32.checked_shl(leaf as u32).map_or(u32::MAX, |bit| bit - 1);
            rulings.push((question, Ruling { tree, leaves: !(below(leaves.len()) & !below(from)) }));
            line_up(nodes, at + 1, tree, leaves, rulings);
        }
    }
}

/// What a yes leaves of one tree.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ruling {
    tree: u8,
    leaves: u32,
}

impl Quick {
    const MOST_TREES: usize = 256;
    const MOST_LEAVES: usize = 32;
    /// The last leaf there may be. Some leaf is always left; with this one, the processor need not ask whether.
    const LAST: u32 = 1 << (Self::MOST_LEAVES - 1);

    /// `None` for more trees or leaves than there is room for.
    fn new(nodes: &[Node], roots: &[u32]) -> Option<Self> {
        let mut quick = Self::default();
        let mut rulings = Vec::new();
        for (tree, &root) in roots.iter().enumerate() {
            let mut leaves = Vec::new();
            line_up(nodes, root as usize, u8::try_from(tree).ok()?, &mut leaves, &mut rulings);
            let mut all = [0.0; Self::MOST_LEAVES];
            all.get_mut(..leaves.len())?.copy_from_slice(&leaves);
            quick.leaves.push(all);
        }
        // Trees of nothing, for a whole number of fours.
        quick.leaves.resize(roots.len().next_multiple_of(4), [0.0; Self::MOST_LEAVES]);
        rulings.sort_by_key(|&(question, _)| question);
        rulings.iter().for_each(|&(question, _)| quick.asked[usize::from(question) / 64] |= 1 << (question % 64));
        quick.rulings.resize(QUESTIONS, Box::default());
        for of_one in rulings.chunk_by(|(a, _), (b, _)| a == b) {
            quick.rulings[usize::from(of_one[0].0)] = of_one.iter().map(|&(_, ruling)| ruling).collect();
        }
        Some(quick)
    }

    fn ask(&self, around: &Around) -> f32 {
        let mut left = [u32::MAX; Self::MOST_TREES];
        for (word, answers) in around.answers().into_iter().enumerate() {
            for bit in ones(answers & self.asked[word]) {
                for ruling in &self.rulings[64 * word + bit] {
                    left[usize::from(ruling.tree)] &= ruling.leaves;
                }
            }
        }
        // Several sums at a time: an addition need not wait for the one before.
        let mut sums = [0.0; 4];
        for (leaves, left) in self.leaves.as_chunks::<4>().0.iter().zip(left.as_chunks::<4>().0) {
            for i in 0..4 {
                sums[i] += leaves[i][(left[i] | Self::LAST).trailing_zeros() as usize];
            }
        }
        sums.iter().sum()
    }
}

impl Trees {
    /// The trees that are built in.
    ///
    /// # Panics
    /// If the embedded file is broken; a test loads it.
    pub fn builtin() -> Self {
        Self::parse(BUILTIN).expect("the built-in trees are a valid file")
    }

    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Log-odds of a join.
    pub fn ask(&self, around: &Around) -> f32 {
        self.quick.ask(around)
    }

    /// One tree a line: a question, the tree of its yes and the tree of its no; or a number, which is a leaf.
    ///
    /// # Errors
    /// The line that is no tree, or that the trees are too many or too large.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut names: Vec<(String, u16)> =
            OF.iter().zip(0..).flat_map(|(&(of, prefix), block)| questions_of(of).map(move |(name, f)| (format!("{prefix}{name}"), block * BLOCK + f))).collect();
        names.sort_unstable();
        let mut trees = Self::default();
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let mut words = line.split(' ');
            trees.roots.push(trees.nodes.len() as u32);
            let whole = trees.read(&mut words, &names).is_some() && words.next().is_none();
            whole.then_some(()).ok_or_else(|| format!("line {}: not a tree", n + 1))?;
        }
        trees.quick = Quick::new(&trees.nodes, &trees.roots).ok_or("more trees or leaves than there is room for")?;
        Ok(trees)
    }

    fn read<'a>(&mut self, words: &mut impl Iterator<Item = &'a str>, names: &[(String, u16)]) -> Option<()> {
        let word = words.next()?;
        if let Ok(nats) = word.parse() {
            self.nodes.push(Node::Leaf(nats));
            return Some(());
        }
        let question = names[names.binary_search_by(|(name, _)| name.as_str().cmp(word)).ok()?].1;
        let at = self.nodes.len();
        self.nodes.push(Node::Ask { question, no: 0 });
        self.read(words, names)?;
        self.nodes[at] = Node::Ask { question, no: self.nodes.len() as u32 };
        self.read(words, names)
    }

    #[cfg(feature = "learn")]
    /// A tree whose root comes first.
    pub fn push(&mut self, nodes: Vec<Node>) {
        let base = self.nodes.len() as u32;
        self.roots.push(base);
        self.nodes.extend(nodes.into_iter().map(|node| match node {
            Node::Ask { question, no } => Node::Ask { question, no: no + base },
            leaf @ Node::Leaf(_) => leaf,
        }));
        self.quick = Quick::new(&self.nodes, &self.roots).expect("few and small trees");
    }

    #[cfg(any(feature = "learn", test))]
    pub fn to_text(&self) -> String {
        let mut out = String::from(
            "# Decision trees of the continuation model, one a line, written by `kanwu learn weights`: a question, the tree for yes, the\n# tree for no; numbers are nats towards a join. before: and after: are the gaps beside, left: and right: the two lines.\n",
        );
        for (n, &root) in self.roots.iter().enumerate() {
            let end = self.roots.get(n + 1).map_or(self.nodes.len(), |&next| next as usize);
            let words: Vec<String> = self.nodes[root as usize..end].iter().map(|node| word(*node)).collect();
            out.push_str(&words.join(" "));
            out.push('\n');
        }
        out
    }
}

fn questions_of(of: Of) -> Box<dyn Iterator<Item = (&'static str, u16)>> {
    match of {
        Of::Gap | Of::Before | Of::After => Box::new(Feature::ALL.iter().map(|&f| (f.name(), f as u16))),
        Of::LeftRow | Of::RightRow => Box::new(RowFeature::ALL.iter().map(|&f| (f.name(), f as u16))),
    }
}

#[cfg(any(feature = "learn", test))]
fn word(node: Node) -> String {
    match node {
        Node::Leaf(nats) => format!("{:.2}", nats),
        Node::Ask { question, .. } => {
            let (of, prefix) = OF[usize::from(question / BLOCK)];
            let name = questions_of(of).find(|&(_, f)| f == question % BLOCK).map_or("?", |(name, _)| name);
            format!("{prefix}{name}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_gives_back_its_trees() {
        let trees = Trees::builtin();
        assert_eq!(Trees::parse(&trees.to_text()).unwrap(), trees);
        assert!(Trees::parse("left-ends 0.1").is_err());
        assert!(Trees::parse(&format!("{}0.2", "left-ends 0.1 ".repeat(40))).is_err());
    }

    #[test]
    fn a_tree_is_walked_to_its_leaf() {
        let trees = Trees::parse("left-ends before:left-ends 1.5 2.5 -3.0\n0.25").unwrap();
        let mut around = Around::default();
        assert!((trees.ask(&around) + 2.75).abs() < 1e-6);
        around.gap.set(Feature::LeftEnds);
        assert!((trees.ask(&around) - 2.75).abs() < 1e-6);
        around.before.set(Feature::LeftEnds);
        assert!((trees.ask(&around) - 1.75).abs() < 1e-6);
    }
}
