//! The report for people, drawn by miette: what, where, why and what to do, with the text in view.
//!
//! miette's own sources rescan the file for every finding; here each finding gets a small excerpt of its own.

use std::borrow::Cow;
use std::fmt::Write;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::sentence::visible;
use super::words::Words;
use super::{FileReport, Form, Say, Summary, Totals, doubts, evidence, message, page_of, table};
use crate::document::{Document, Span};
use crate::finding::{Finding, Label, Severity};
use crate::layout::cells;
use crate::rules::card::Lang;

/// Findings of one rule shown per file before the rest is folded.
const SHOWN_PER_RULE: usize = 3;
/// Lines between the first and the last label beyond which a label is only named, not shown.
const MOST_LINES: usize = 7;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub color: bool,
    pub links: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Show every finding.
    pub all: bool,
}

pub struct Human {
    pub style: Style,
    pub statistics: bool,
}

impl Form for Human {
    fn document(&self, report: &FileReport, say: Say<'_>) {
        say(render(report, self.style));
    }

    fn end(&self, summary: &Summary, lang: Lang) -> String {
        let lines = summary.lines(lang).join("\n");
        if self.statistics { format!("{lines}\n\n{}", table(summary, lang)) } else { format!("{lines}\n") }
    }

    fn totals(&self) -> Totals {
        Totals::Inside
    }
}

/// The findings of a file, the worst first.
pub fn render(report: &FileReport, style: Style) -> String {
    let handler = handler(style);
    let mut order: Vec<&Finding> = report.findings.iter().collect();
    let mut counts = vec![0usize; report.rules.entries().len()];
    report.findings.iter().for_each(|f| counts[f.rule] += 1);
    // Of one severity, what is rare comes before what is folded.
    order.sort_by_key(|f| (std::cmp::Reverse(f.severity), counts[f.rule] > SHOWN_PER_RULE));
    let mut shown = vec![0usize; counts.len()];
    let mut out = String::new();
    for finding in order {
        shown[finding.rule] += 1;
        if style.all || shown[finding.rule] <= SHOWN_PER_RULE {
            out.push_str(&drawn(&handler, &Shown::new(report, finding, style), report.lang));
            out.push('\n');
        }
    }
    if !style.all {
        fold(report, &shown, &mut out);
    }
    out
}

/// A report as miette draws it, which knows English only.
pub(crate) fn drawn(handler: &GraphicalReportHandler, shown: &dyn Diagnostic, lang: Lang) -> String {
    let mut out = String::new();
    let _ = handler.render_report(&mut out, shown);
    let [theirs, ours] = [Lang::En, lang].map(|lang| Words::of(lang).say("help-label", &[]));
    // Help is what stands last.
    if let Some(at) = out.rfind(&theirs).filter(|_| shown.help().is_some()) {
        out.replace_range(at..at + theirs.len(), &ours);
    }
    out
}

fn fold(report: &FileReport, shown: &[usize], out: &mut String) {
    let words = Words::of(report.lang);
    for (rule, &n) in shown.iter().enumerate().filter(|(_, n)| **n > SHOWN_PER_RULE) {
        let name = &report.rules.entries()[rule].card.name;
        let _ = writeln!(out, "  {}: {}", report.shown_name(), words.say("folded", &[("n", &(n - SHOWN_PER_RULE)), ("rule", name)]));
    }
    if shown.iter().any(|&n| n > SHOWN_PER_RULE) {
        out.push('\n');
    }
}

pub(crate) fn handler(style: Style) -> GraphicalReportHandler {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme)
        .with_links(style.links)
        .with_link_display_text("")
        .with_width(style.width)
        .with_context_lines(1)
        .with_break_words(true)
        .without_syntax_highlighting()
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Shown {
    message: String,
    rule: String,
    severity: Severity,
    help: String,
    /// The rule's page, for terminals that have links.
    url: Option<String>,
    labels: Vec<LabeledSpan>,
    excerpt: Option<Excerpt>,
}

impl Shown {
    fn new(report: &FileReport, finding: &Finding, style: Style) -> Self {
        let card = report.rules.card(finding);
        let words = Words::of(report.lang);
        let sentences = card.sentences(report.lang);
        let text = |key: &str| sentences.labels.get(key).cloned().unwrap_or_default();
        let first = finding.labels.first().map_or(0, |l| report.doc.line_at(l.span.start));
        let (near, far): (Vec<&Label>, Vec<&Label>) = finding.labels.iter().partition(|l| report.doc.line_at(l.span.start).abs_diff(first) <= MOST_LINES);
        let mut spans: Vec<(Span, String)> = Vec::new();
        for label in near {
            // Over several lines, the words stand under the first.
            let texts = std::iter::once(text(label.key)).chain(std::iter::repeat(String::new()));
            spans.extend(one_line_each(report.doc, label.span).into_iter().zip(texts));
        }
        let (excerpt, labels) = if spans.is_empty() { (None, Vec::new()) } else { Excerpt::cut(report, &spans, style.width) };
        let mut help: Vec<String> = Some(&sentences.help).filter(|help| !help.is_empty()).cloned().into_iter().collect();
        for label in far {
            help.push(words.say("far-label", &[("line", &report.doc.position(label.span.start).line), ("label", &text(label.key))]));
        }
        let mut reasons = finding.evidence.as_ref().map(|found| evidence(found, finding.word(), report.doc, report.lang)).unwrap_or_default();
        reasons.extend(doubts(finding, report.doc, report.lang).into_iter().map(Cow::Owned));
        if !reasons.is_empty() {
            let reasons = reasons.join(&words.say("list-semicolon", &[]));
            help.push(words.say("labelled", &[("label", &words.say("evidence", &[])), ("text", &reasons)]));
        }
        Self {
            message: message(finding, card, report.doc, report.lang).into_owned(),
            rule: card.name.clone(),
            severity: finding.severity,
            help: help.join("\n"),
            url: page_of(card).filter(|_| style.links),
            labels,
            excerpt,
        }
    }
}

/// A label over several lines becomes one a line; blank lines have none.
fn one_line_each(doc: &Document, span: Span) -> Vec<Span> {
    let lines = doc.lines_under(span).filter_map(|l| {
        let line = doc.lines()[l].span;
        let part = Span { start: line.start.max(span.start), end: line.end.min(span.end) };
        (part.start < part.end).then_some(part)
    });
    let mut parts: Vec<Span> = lines.collect();
    parts.truncate(MOST_LINES);
    if parts.is_empty() { vec![Span::empty(span.start)] } else { parts }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(&self.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn std::fmt::Display>)
    }

    fn url<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.url.as_ref().map(|url| Box::new(url) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|e| e as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// The lines around a finding, cropped to the terminal's width.
#[derive(Debug)]
struct Excerpt {
    text: String,
    path: String,
    /// From 0: of the excerpt's first line, and of the finding.
    first_line: usize,
    line: usize,
    column: usize,
}

impl Excerpt {
    /// The lines from the first label to the last, and the labels in the excerpt's own terms.
    fn cut(report: &FileReport, spans: &[(Span, String)], width: usize) -> (Option<Self>, Vec<LabeledSpan>) {
        let doc = report.doc;
        let lines_of = |(span, _): &(Span, String)| doc.line_at(span.start);
        let first = spans.iter().map(lines_of).min().unwrap_or(0);
        let last = spans.iter().map(lines_of).max().unwrap_or(0);
        let mut text = String::new();
        let mut labels: Vec<LabeledSpan> = Vec::new();
        for line in first..=last {
            let own: Vec<&(Span, String)> = spans.iter().filter(|s| lines_of(s) == line).collect();
            let crop = Crop::new(doc, line, own.iter().map(|(s, _)| *s), width);
            let base = text.len();
            text.push_str(&crop.text);
            for (span, label) in own {
                let (from, to) = (base + crop.place(span.start), base + crop.place(span.end));
                let shown = Some(label.clone()).filter(|l| !l.is_empty());
                let at = SourceSpan::new(from.into(), to - from);
                labels.push(if *span == spans[0].0 { LabeledSpan::new_primary_with_span(shown, at) } else { LabeledSpan::new_with_span(shown, at) });
            }
            text.push('\n');
        }
        let at = doc.position(spans[0].0.start);
        (Some(Self { text, path: report.shown_name(), first_line: doc.line_number(first) - 1, line: at.line - 1, column: at.column - 1 }), labels)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // miette asks without context only to learn the place for its header, and counts bytes there: say it in characters.
        let header = before == 0 && after == 0;
        let (line, column) = if header { (self.line, self.column) } else { (self.first_line, 0) };
        let whole = SourceSpan::new(0.into(), self.text.len());
        let data = self.text.as_bytes();
        let lines = self.text.lines().count();
        let span = if header { *span } else { whole };
        Ok(Box::new(MietteSpanContents::new_named(self.path.clone(), data, span, line, column, lines)))
    }
}

/// A line with what does not fit left out around its labels, and control characters made visible.
struct Crop {
    text: String,
    /// For each kept character: where it starts in the document, and in the crop.
    places: Vec<(usize, usize)>,
}

impl Crop {
    fn new(doc: &Document, line: usize, labels: impl Iterator<Item = Span>, width: usize) -> Self {
        let span = doc.lines()[line].span;
        let room = width.saturating_sub(16).max(24);
        let focus = labels.fold(None, |all: Option<Span>, s| Some(all.map_or(s, |a| Span { start: a.start.min(s.start), end: a.end.max(s.end) })));
        let focus = focus.unwrap_or(Span::empty(span.start));
        let (from, to) = window(doc, span, focus, room as u32);
        let mut crop = Self { text: String::new(), places: Vec::new() };
        if from > span.start {
            crop.text.push('…');
        }
        for (at, c) in doc.text()[from..to].char_indices() {
            crop.places.push((from + at, crop.text.len()));
            crop.text.push(visible(c));
        }
        crop.places.push((to, crop.text.len()));
        if to < span.end {
            crop.text.push('…');
        }
        crop
    }

    /// Where a place of the document is in the crop.
    fn place(&self, at: usize) -> usize {
        let i = self.places.partition_point(|&(doc, _)| doc < at).min(self.places.len() - 1);
        self.places[i].1
    }
}

/// The stretch of a line that fits into `room` cells with the focus in view, cut between grapheme clusters.
fn window(doc: &Document, line: Span, focus: Span, room: u32) -> (usize, usize) {
    use unicode_segmentation::UnicodeSegmentation;
    if line.len() <= 4 * room as usize && cells(doc.slice(line)) <= room {
        return (line.start, line.end);
    }
    let mut left = room.saturating_sub(cells(doc.slice(focus)).min(room)) * 2 / 3;
    let mut from = focus.start;
    for cluster in doc.text()[line.start..focus.start].graphemes(true).rev() {
        let cost = cells(cluster).max(1);
        if cost > left {
            break;
        }
        left -= cost;
        from -= cluster.len();
    }
    let mut right = room.saturating_sub(cells(&doc.text()[from..focus.start]));
    let mut to = from.max(focus.start);
    for cluster in doc.text()[to..line.end].graphemes(true) {
        let cost = cells(cluster).max(1);
        if cost > right {
            break;
        }
        right -= cost;
        to += cluster.len();
    }
    (from, to.max(focus.start))
}
