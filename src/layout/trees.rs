//! The second opinion: boosted decision trees over the same observations. They see which observations come together, and
//! what was seen at the gaps beside; the chain sees the whole page. They are asked only where the chain is in doubt.

use super::continuation::Observed;
use crate::document::{Feature, Features, RowFeature, RowFeatures};

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
#[cfg(feature = "learn")]
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

    fn answer(&self, question: u16) -> bool {
        let at = usize::from(question % BLOCK);
        match OF[usize::from(question / BLOCK)].0 {
            Of::Gap => self.gap.has(Feature::ALL[at]),
            Of::Before => self.before.has(Feature::ALL[at]),
            Of::After => self.after.has(Feature::ALL[at]),
            Of::LeftRow => self.left.has(RowFeature::ALL[at]),
            Of::RightRow => self.right.has(RowFeature::ALL[at]),
        }
    }

    /// The questions that are answered with yes.
    #[cfg(feature = "learn")]
    pub fn questions(&self) -> impl Iterator<Item = u16> {
        let gaps = [self.gap, self.before, self.after].into_iter().zip(0..).flat_map(|(set, block)| set.iter().map(move |f| block * BLOCK + f as u16));
        let rows = [self.left, self.right].into_iter().zip(3..).flat_map(|(set, block)| set.iter().map(move |f| block * BLOCK + f as u16));
        gaps.chain(rows)
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
}

impl Trees {
    /// The trees that are built in.
    ///
    /// # Panics
    /// If the embedded file is broken; a test loads it.
    pub fn builtin() -> Self {
        Self::parse(BUILTIN).expect("the built-in trees are a valid file")
    }

    /// Log-odds of a join.
    pub fn ask(&self, around: &Around) -> f32 {
        self.roots.iter().map(|&root| self.leaf(root, around)).sum()
    }

    fn leaf(&self, root: u32, around: &Around) -> f32 {
        let mut at = root as usize;
        loop {
            match self.nodes[at] {
                Node::Leaf(nats) => return nats,
                Node::Ask { question, .. } if around.answer(question) => at += 1,
                Node::Ask { no, .. } => at = no as usize,
            }
        }
    }

    /// One tree a line: a question, the tree of its yes and the tree of its no; or a number, which is a leaf.
    ///
    /// # Errors
    /// The line that is no tree.
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

    #[cfg(any(feature = "learn", test))]
    /// A tree whose root comes first.
    pub fn push(&mut self, nodes: Vec<Node>) {
        let base = self.nodes.len() as u32;
        self.roots.push(base);
        self.nodes.extend(nodes.into_iter().map(|node| match node {
            Node::Ask { question, no } => Node::Ask { question, no: no + base },
            leaf @ Node::Leaf(_) => leaf,
        }));
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
