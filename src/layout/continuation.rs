//! The continuation model: for every gap of the running text, does the text run on?
//!
//! One seam: [`observe`] takes a page (its rows, convention and lexicon), [`weigh`] gives a decision with its evidence for
//! each gap, and for each row whether it is a heading.

use super::again::Before;
use super::apart::{close_alone, close_lists, reconsider_verse, set_apart};
use super::chain::{BODY, Chain, HEADING, Known};
use super::elsewhere::Edges;
use super::form::Form;
use super::geometry;
use super::interleaved;
use super::observe::{Page, Seen};
use super::repeated::{LOOK_BACK, repeated_in};
use super::rows::Row;
use super::trees::{Around, Trees};
use super::weights::{self, Weights};
use crate::document::{Between, Feature, Features, Interleaved, Join, Role, RowFeatures};

/// Rows decided together at most; longer texts are cut into windows of so many, at a gap that keeps.
const WINDOW_ROWS: usize = 4096;

/// What was decided about a page.
#[derive(Default)]
pub struct Decisions {
    /// By gap: between a row and the next.
    pub gaps: Vec<Decision>,
    /// By row: probability that it is a heading.
    pub heading: Vec<f32>,
    /// Stretches where lines of two columns come in turn: nothing is joined there.
    pub interleaved: Vec<Interleaved>,
}

pub struct Decision {
    pub probability: f32,
    pub join: Join,
}

/// What was observed on a page, before any weighing.
pub struct Observed {
    pub gaps: Vec<Seen>,
    /// Decided by the stretches the rows stand in: lines of verse, tables, lists and code are never joined.
    pub kept: Vec<bool>,
    /// What the source's format says, if it does: of gaps, that both sides are one paragraph; of rows, whether they are headings.
    pub joined: Vec<bool>,
    pub roles: Vec<Option<usize>>,
    pub rows: Vec<RowFeatures>,
    /// By row: whether it repeats words of one before it.
    pub repeats: Vec<bool>,
    /// By row: whether lines are visual lines there.
    pub wrapped: Vec<bool>,
    pub latin: bool,
    pub interleaved: Vec<Interleaved>,
}

impl Observed {
    /// What the stretches decide about the gaps of the rows `from..to`.
    pub fn known(&self, from: usize, to: usize) -> Known {
        let join = |i: usize| if self.is_joined(i) { Some(true) } else { self.kept[i].then_some(false) };
        Known { roles: self.roles.get(from..to).unwrap_or_default().to_vec(), joins: (from..to.min(self.kept.len())).map(join).collect() }
    }

    fn is_joined(&self, gap: usize) -> bool {
        self.joined.get(gap) == Some(&true)
    }
}

/// What is seen on a page; `before`: in an earlier round, when fewer rows were taken for text.
pub fn observe(page: &Page, before: Option<&Before>) -> Observed {
    let mut gaps: Vec<Seen> = Vec::with_capacity(page.rows.len());
    let mut edges = Edges::new(page);
    for i in 0..page.rows.len().saturating_sub(1) {
        gaps.push(before.and_then(|b| b.gap(page, i)).unwrap_or_else(|| page.gap(i)));
        if before.is_none() {
            // At once, while the words at the gap are remembered.
            edges.compare(i, &mut gaps);
        }
    }
    if let Some(before) = before {
        edges.compare_again(before, &mut gaps);
    }
    mark_misread(&mut gaps);
    let rows: Vec<RowFeatures> = (0..page.rows.len()).map(|i| before.and_then(|b| b.row(page, i)).unwrap_or_else(|| page.row(i))).collect();
    let mut repeats = vec![false; page.rows.len()];
    let mut kept: Vec<bool> = page.rows.windows(2).map(|pair| is_kept(pair[0].region, pair[1].region)).collect();
    let (mut joined, roles) = believe(page, &gaps, &mut kept);
    close_lists(page, &mut kept);
    find_repeats(page, before, &mut repeats);
    // A word that is cut shows that the line goes on all the same.
    let cut = |i: usize| gaps[i].features.has(Feature::Gain3);
    kept.iter_mut().enumerate().for_each(|(i, kept)| *kept |= repeats[i] && !cut(i));
    for (pair, kept) in page.rows.windows(2).zip(&mut kept) {
        // A credit after a sentence's end begins no sentence.
        *kept |= pair[1].form == Form::Credit && pair[0].facts.ends || geometry::sizes_differ(pair[0], pair[1]) || geometry::heads(pair[0], pair[1]);
    }
    reconsider_verse(page, &gaps, &mut kept);
    close_alone(page, &mut kept);
    set_apart(page, &gaps, &mut kept);
    join_cuts(page, &mut joined, &mut kept);
    let interleaved = interleaved::find(page, &gaps);
    for stretch in &interleaved {
        let (first, last) = (stretch.lines[0], stretch.lines[stretch.lines.len() - 1]);
        page.rows.windows(2).zip(&mut kept).filter(|(pair, _)| pair[0].line >= first && pair[1].line <= last).for_each(|(_, kept)| *kept = true);
    }
    Observed { interleaved, gaps, kept, joined, roles, rows, repeats, wrapped: (0..page.rows.len()).map(|i| page.measure(i).is_some()).collect(), latin: page.latin }
}

/// A word that the format says goes on.
fn join_cuts(page: &Page, joined: &mut Vec<bool>, kept: &mut [bool]) {
    if page.doc.geometry().cuts.is_empty() {
        return;
    }
    joined.resize(kept.len(), false);
    for (i, pair) in page.rows.windows(2).enumerate() {
        if page.doc.geometry().cut(pair[0].line, pair[1].line).is_some() {
            (joined[i], kept[i]) = (true, false);
        }
    }
}

/// Take what the source's format says of gaps and rows.
fn believe(page: &Page, gaps: &[Seen], kept: &mut [bool]) -> (Vec<bool>, Vec<Option<usize>>) {
    let Some(structure) = page.doc.structure() else { return Default::default() };
    let mut joined = vec![false; kept.len()];
    for (i, pair) in page.rows.windows(2).enumerate() {
        match structure.between(pair[0].span, pair[1].span) {
            Between::Nothing => joined[i] = true,
            Between::Wall => kept[i] = true,
            // Where lines are not visual lines, a line end that was asked for is meant, unless it cuts a word.
            Between::Line if page.measure(i).is_none() && !gaps[i].features.has(Feature::Gain3) => kept[i] = true,
            // Two paragraphs of one item or quotation.
            Between::Line | Between::Break => kept[i] &= pair[0].told.is_none(),
        }
    }
    let role = |row: &&Row| row.told.map(|told| if told == Role::Heading { HEADING } else { BODY });
    (joined, page.rows.iter().map(role).collect())
}

/// What is added to what was seen at one gap once all are seen.
pub const OF_ALL: [Feature; 5] = [Feature::Misread, Feature::MisreadFull, Feature::MisreadNoWord, Feature::LeftElsewhere, Feature::RightElsewhere];

/// Where several gaps near by show that columns were not read one after the other, every gap is doubtful.
fn mark_misread(gaps: &mut [Seen]) {
    const NEAR: usize = 8;
    const FEWEST: usize = 3;
    const SIGNS: Features = Features::of(&[Feature::LeftLeaps, Feature::RightLeaps, Feature::LeftAcross, Feature::LeftElsewhere, Feature::RightElsewhere]);
    let signs: Vec<bool> = gaps.iter().map(|gap| gap.features.has_any(SIGNS)).collect();
    if signs.iter().filter(|&&sign| sign).count() < FEWEST {
        return;
    }
    let sign = |i: usize| usize::from(signs.get(i) == Some(&true));
    // Of those up to NEAR before and after the gap.
    let mut around: usize = (0..NEAR).map(sign).sum();
    for (i, gap) in gaps.iter_mut().enumerate() {
        around += sign(i + NEAR);
        if i > NEAR {
            around -= sign(i - NEAR - 1);
        }
        let near = around - sign(i);
        let misread = near >= FEWEST;
        let features = gap.features;
        gap.features.set_if(misread, Feature::Misread);
        gap.features.set_if(misread && features.has(Feature::LeftFull), Feature::MisreadFull);
        gap.features.set_if(misread && !features.has(Feature::Word), Feature::MisreadNoWord);
    }
}

/// An unfinished line after a sentence's end that repeats words of a paragraph before it is a pull quote or a caption:
/// nothing continues it.
fn find_repeats(page: &Page, before: Option<&Before>, repeats: &mut [bool]) {
    const WIDEST: u32 = 120;
    for (i, repeats) in repeats.iter_mut().enumerate().skip(1) {
        let row = &page.rows[i];
        if page.measure(i).is_none() && row.width <= WIDEST && page.rows[i - 1].facts.ends && !row.facts.ends {
            let anew = || repeated_in(page.doc, row.span, page.rows[..i].iter().map(|r| r.span)).is_some();
            *repeats = before.and_then(|b| b.repeats(i, LOOK_BACK)).unwrap_or_else(anew);
        }
    }
}

/// An item of a list may run on over the next line; nothing runs on into an item, nor out of or into the others.
fn is_kept(left: Option<Role>, right: Option<Role>) -> bool {
    right.is_some() || left.is_some_and(|role| role != Role::ListItem)
}

/// A page as the chain reads it, before the thresholds: a decision is made when it is asked for.
pub struct Weighed<'a> {
    observed: &'a Observed,
    weights: &'a Weights,
    trees: &'a Trees,
    /// By row: probability that it is a heading.
    pub heading: Vec<f32>,
    /// By gap: probability of a join in body and in heading.
    join: Vec<[f32; 2]>,
}

/// Weigh what was seen on a page.
pub fn weigh<'a>(observed: &'a Observed, weights: &'a Weights, trees: &'a Trees) -> Weighed<'a> {
    let (mut all, mut joins) = (Vec::with_capacity(observed.rows.len()), Vec::with_capacity(observed.gaps.len()));
    for (heading, join) in windows(observed, weights) {
        all.extend(heading);
        joins.extend(join);
    }
    Weighed { observed, weights, trees, heading: all, join: joins }
}

impl Weighed<'_> {
    /// The decision for every gap of the page.
    pub fn decide(self) -> Decisions {
        let gaps = (0..self.join.len()).map(|i| self.decision(i)).collect();
        Decisions { gaps, heading: self.heading, interleaved: self.observed.interleaved.clone() }
    }

    /// Whether the rows around gap `i` are joined, if there is one.
    pub fn joins(&self, i: usize) -> bool {
        i < self.join.len() && self.decision(i).join > Join::Keep
    }

    fn decision(&self, i: usize) -> Decision {
        let (seen, [body, heading]) = (&self.observed.gaps[i], self.join[i]);
        if self.observed.is_joined(i) {
            return Decision { probability: 1.0, join: Join::Safe };
        }
        let probability = probability(body + heading, i, self.observed, self.trees);
        // Two lines of one heading may be two headings: never unattended.
        let most = if heading > body { Join::Suggested } else { Join::Safe };
        Decision { probability, join: tier(probability, seen.features, self.weights).min(most) }
    }
}

/// The chain's probability of a join at gap `i`; where it is in doubt, together with what the trees say.
pub fn probability(chain: f32, i: usize, page: &Observed, trees: &Trees) -> f32 {
    /// The chain is in doubt between this and as much from the other end.
    const DOUBT: f32 = 0.01;
    /// How much the trees have to say.
    const TREES: f32 = 0.6;
    if page.kept[i] || trees.is_empty() || !(DOUBT..1.0 - DOUBT).contains(&chain) {
        return chain;
    }
    let odds = (1.0 - TREES) * (chain / (1.0 - chain)).ln() + TREES * trees.ask(&Around::new(page, i));
    1.0 / (1.0 + (-odds).exp())
}

/// Probabilities, window by window: of headings, and of joins after each row but the text's last.
fn windows(observed: &Observed, weights: &Weights) -> Vec<(Vec<f32>, Vec<[f32; 2]>)> {
    let n = observed.rows.len();
    (0..n)
        .step_by(WINDOW_ROWS)
        .map(|from| {
            let to = (from + WINDOW_ROWS).min(n);
            // One row more, so that the gap at the window's end is decided too.
            let posterior = chain(observed, weights, from, (to + 1).min(n)).posterior(&observed.known(from, to));
            let heading = posterior.heading[..to - from].to_vec();
            (heading, posterior.join)
        })
        .collect()
}

/// What each observation adds, where lines are visual lines or where they are not.
struct Table {
    /// In body text, and more between headings.
    gap: [[f32; 2]; weights::FEATURES],
    row: [f32; weights::ROW_FEATURES],
}

impl Table {
    fn new(weights: &Weights, wrapped: bool, latin: bool) -> Self {
        let gap = Feature::ALL.iter().map(|&f| [weight(weights, f, wrapped, latin), weights.gap[f as usize][weights::HEADING]]);
        let row = weights.row.iter().map(|[every, more]| every + if wrapped { *more } else { 0.0 });
        Self { gap: filled(gap), row: filled(row) }
    }
}

/// Scores of the rows `from..to`.
pub fn chain(observed: &Observed, weights: &Weights, from: usize, to: usize) -> Chain {
    let tables = [false, true].map(|wrapped| Table::new(weights, wrapped, observed.latin));
    let table = |row: usize| &tables[usize::from(observed.wrapped[row])];
    Chain {
        heading: (from..to).map(|row| observed.rows[row].iter().map(|f| table(row).row[f as usize]).sum()).collect(),
        join: (from..to.saturating_sub(1).max(from)).map(|gap| gap_scores(observed.gaps[gap].features, &table(gap).gap)).collect(),
        transition: weights.transition,
    }
}

/// An array of as many numbers as there are.
fn filled<T: Copy + Default, const N: usize>(numbers: impl Iterator<Item = T>) -> [T; N] {
    let mut all = [T::default(); N];
    all.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
    all
}

fn gap_scores(seen: Features, weights: &[[f32; 2]; weights::FEATURES]) -> [f32; 2] {
    let (mut body, mut heading) = (0.0, 0.0);
    seen.iter().for_each(|feature| {
        body += weights[feature as usize][0];
        heading += weights[feature as usize][1];
    });
    let mut scores = [body, body];
    scores[HEADING] += heading;
    scores
}

/// What an observation adds to the score of a join in body text.
pub fn weight(weights: &Weights, feature: Feature, wrapped: bool, latin: bool) -> f32 {
    let w = weights.gap[feature as usize];
    w[weights::EVERY] + if wrapped { w[weights::WRAPPED] } else { 0.0 } + if latin { w[weights::LATIN] } else { 0.0 }
}

/// How much likelier the join of a line that may be a heading must be.
const MORE_TO_SUGGEST: f32 = 0.08;
const MORE_TO_BE_SAFE: f32 = 0.1;
const HEADING_WIDTHS: Features = Features::of(&[Feature::LeftLen8, Feature::LeftLen16, Feature::LeftLen24, Feature::LeftLen36, Feature::LeftLen50]);

/// Whether the left line of a gap is a visual line.
pub fn is_line_end(seen: Features) -> bool {
    seen.has_any(Features::of(&[Feature::LeftFull, Feature::LeftShort, Feature::LeftFragment]))
}

fn tier(probability: f32, seen: Features, weights: &Weights) -> Join {
    let wrapped = is_line_end(seen);
    let line_end = wrapped && seen.has(Feature::BlankNone);
    // A line without a mark may be a heading or a line of verse.
    let may_head = seen.has(Feature::LeftUnpunctuated) && seen.has_any(HEADING_WIDTHS);
    let item_head = seen.has(Feature::LeftListHeading);
    let suggested = match () {
        () if line_end => weights.suggested_wrap,
        () if wrapped && !may_head => weights.suggested.midpoint(weights.suggested_wrap),
        () if item_head => weights.suggested + 3.0 * MORE_TO_SUGGEST,
        () if may_head => weights.suggested + MORE_TO_SUGGEST,
        () => weights.suggested,
    };
    let safe = if wrapped { weights.safe_wrap } else { weights.safe + if may_head { MORE_TO_BE_SAFE } else { 0.0 } };
    // No threshold makes columns safe that were read across.
    let across = seen.has(Feature::Interleaved);
    // An item of a list may be its own heading, however long; only a word that is cut shows that it is not.
    let item = seen.has(Feature::LeftList) && !seen.has(Feature::Gain6);
    match probability {
        p if p >= safe && !across && !item => Join::Safe,
        p if p >= suggested => Join::Suggested,
        _ => Join::Keep,
    }
}
