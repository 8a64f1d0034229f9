//! Fenced blocks and lines of programs, queries, commands and formulas.

use std::borrow::Cow;

use crate::document::{Class, Document, Role, class};
use crate::layout::facts::Facts;
use crate::layout::rows::Row;

/// Words that open a line of a program.
const KEYWORDS: &[&str] = &[
    "def", "class", "return", "import", "from", "for", "while", "if", "elif", "else", "else:", "try:", "except", "finally:", "with", "lambda", "yield", "raise", "assert", "pass",
    "break", "continue", "print", "let", "const", "var", "function", "fn", "pub", "use", "struct", "enum", "impl", "match", "switch", "case", "default:", "end", "then", "fi",
    "do", "done", "echo", "export", "public", "private", "static", "void", "int", "float", "package", "#include", "using", "namespace", "self",
];
/// Words that open a query, and those that open its further lines.
const QUERIES: &[&str] = &["select", "insert into", "update", "delete from", "create table", "alter table"];
const SECOND: &[&str] = &["from", "where", "set", "values", "into", "left join", "join"];
const CLAUSES: &[&str] = &[
    "from", "where", "group by", "order by", "having", "limit", "join", "left join", "inner join", "on", "and", "or", "values", "set", "union", "returning", "offset",
    "primary key",
];

pub fn find(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let mut fenced = false;
    for (i, row) in rows.iter().enumerate() {
        let text = doc.slice(row.span);
        let fence = text.starts_with("```") || text.starts_with("~~~");
        if fenced
            || fence
            || (row.facts.is_long() || row.facts.signs > 0) && is_setting(text)
            || is_data(text)
            || is_code(text, &row.facts)
            || is_command(text)
            || is_formula(text, &row.facts)
        {
            regions[i] = Some(Role::Preformatted);
        }
        fenced ^= fence;
    }
    queries(doc, rows, regions);
    cues(doc, rows, regions);
    logs(doc, rows, regions);
    grow(doc, rows, regions);
    listings(doc, rows, regions);
}

/// Stretches most of whose lines are code: what stands between those is code too. A listing has no blank lines inside, unless all
/// of it is set in by spaces of ASCII or a tab; a script begins with #!, what a
/// program printed with the command, and a difference of two files with @@ or their names.
fn listings(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    const FEWEST: usize = 2;
    let set_in = |row: &Row| {
        let line = doc.line_text(row.line);
        line.starts_with("    ") || line.starts_with('\t')
    };
    let mut from = 0;
    for run in rows.chunk_by(|a, b| !b.page_break && (b.blanks == 0 && set_in(a) == set_in(b) || set_in(a) && set_in(b))) {
        let to = from + run.len();
        let code = regions[from..to].iter().filter(|region| **region == Some(Role::Preformatted)).count();
        let first = doc.slice(run[0].span);
        let script =
            first.starts_with("#!") || is_command(first) || first.starts_with("@@ -") || run.len() > 1 && first.starts_with("--- ") && doc.slice(run[1].span).starts_with("+++ ");
        let half = code >= FEWEST && code * 2 >= run.len() && regions[from] == Some(Role::Preformatted);
        let prose = || run.iter().any(|row| row.facts.last == '。');
        if script || (half || set_in(&run[0]) && code >= FEWEST) && !prose() {
            regions[from..to].fill(Some(Role::Preformatted));
        }
        from = to;
    }
}

/// Subtitles: a number, the times 00:00:01,200 --> 00:00:03,800, and below them what is said, set in lines.
fn cues(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    for i in 0..rows.len() {
        let text = doc.slice(rows[i].span);
        if !rows[i].facts.first.is_ascii_digit() || !text.contains(" --> ") {
            continue;
        }
        regions[i] = Some(Role::Preformatted);
        if i > 0 && doc.slice(rows[i - 1].span).bytes().all(|b| b.is_ascii_digit()) {
            regions[i - 1] = Some(Role::Preformatted);
        }
        let said = rows[i + 1..].iter().take_while(|row| row.blanks == 0).count();
        regions[i + 1..i + 1 + said].fill(Some(Role::Verse));
    }
}

/// Lines of a log, each with its day and its second, and what is set in below them.
fn logs(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let logged: Vec<bool> = rows.iter().map(|row| matches!(row.facts.first, '0'..='9' | '[') && is_logged(doc.slice(row.span))).collect();
    let mut i = 0;
    while i < rows.len() {
        let run = rows[i..].iter().zip(&logged[i..]).take_while(|(row, logged)| **logged || logged_before(doc, row)).count();
        if logged[i] && logged[i..i + run].iter().filter(|logged| **logged).nth(1).is_some() {
            regions[i..i + run].fill(Some(Role::Preformatted));
        }
        i += run.max(1);
    }
}

fn logged_before(doc: &Document, row: &Row) -> bool {
    row.blanks == 0 && doc.line_text(row.line).starts_with([' ', '\t'])
}

/// `2024-03-01 08:00:12,301 INFO …`, `[2024-03-01 08:00:12] …`
fn is_logged(text: &str) -> bool {
    let bytes = text.strip_prefix('[').unwrap_or(text).as_bytes();
    let stamp = |form: &[u8]| bytes.len() > form.len() && form.iter().zip(bytes).all(|(f, b)| if *f == b'0' { b.is_ascii_digit() } else { f == b || *f == b' ' && *b == b'T' });
    stamp(b"0000-00-00 00:00:00") || stamp(b"0000/00/00 00:00:00")
}

/// `∴ x = (5 ± 3)/4,`: a relation between what has no words but names of variables and functions.
fn is_formula(text: &str, facts: &Facts) -> bool {
    /// Letters of a function's name, and Han characters of what leads to a formula: 即, 在 … 中.
    const LONGEST_NAME: usize = 4;
    const MOST_HAN: u16 = 4;
    let inferred = text.starts_with(['∴', '∵']);
    if !inferred && facts.signs == 0 || facts.is_long() || facts.han > if inferred { 2 * MOST_HAN } else { MOST_HAN } || facts.stops > 0 {
        return false;
    }
    let relates = text.contains(['=', '≈', '≤', '≥', '≠', '⇌', '∈', '≡', '<', '>']);
    let names = text.split(|c: char| !c.is_ascii_alphabetic()).all(|name| name.len() <= LONGEST_NAME);
    (relates || inferred) && names && facts.graphic > facts.han
}

/// `SELECT year` above `FROM floods`: two lines that open as a query does, in any case.
fn queries(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let opens = |i: usize, words: &[&str]| {
        let text = doc.slice(rows[i].span);
        words.iter().any(|w| text.len() > w.len() && text.is_char_boundary(w.len()) && text[..w.len()].eq_ignore_ascii_case(w) && text.as_bytes()[w.len()] == b' ')
    };
    let ends = |i: usize| doc.slice(rows[i].span).ends_with(['.', ',', '。']) && !doc.slice(rows[i].span).ends_with(");");
    let mut i = 0;
    while i + 1 < rows.len() {
        let mut to = i + 1;
        while to < rows.len() && rows[i].facts.first.is_ascii_alphabetic() && opens(i, QUERIES) && opens(i + 1, SECOND) && opens(to, CLAUSES) && rows[to].blanks == 0 {
            to += 1;
        }
        // A sentence ends; prose of two lines may open so by chance.
        if to > i + 1 && (to > i + 2 || is_shouted(doc.slice(rows[i].span))) && !ends(to - 1) {
            regions[i..to].fill(Some(Role::Preformatted));
        }
        i = to;
    }
}

fn is_shouted(text: &str) -> bool {
    text.split(' ').next().is_some_and(|word| word.chars().all(|c| c.is_ascii_uppercase()))
}

/// Lines beside code that open with a keyword, are set in deeper or end in a colon.
fn grow(doc: &Document, rows: &[Row], regions: &mut [Option<Role>]) {
    let mut beside = |i: usize, neighbour: usize| {
        if regions[i].is_none() && regions[neighbour] == Some(Role::Preformatted) && could_be_code(doc.slice(rows[i].span), rows[i].indent) {
            regions[i] = Some(Role::Preformatted);
        }
    };
    (1..rows.len()).for_each(|i| beside(i, i - 1));
    (0..rows.len().saturating_sub(1)).rev().for_each(|i| beside(i, i + 1));
}

fn could_be_code(text: &str, indent: u32) -> bool {
    const LONGEST: usize = 120;
    /// Programs are set in by steps of two or four; a paragraph, by two at most.
    const DEEP: u32 = 4;
    if text.len() > LONGEST {
        return false;
    }
    if text.starts_with(['#', '}', ')', ']']) || text.starts_with("//") || text.starts_with("/*") || text.starts_with("--") {
        return true;
    }
    let han = text.chars().any(|c| class(c) == Class::Han);
    let opened = text.split([' ', '(']).next().is_some_and(|word| KEYWORDS.contains(&word));
    // A keyword's line in prose ends as sentences do, or goes on without a sign.
    let signed = text.contains(['(', '=', '_', '<', '>', '"', '\'', '[', ']']) || text.split(' ').count() <= 4;
    !han && !text.ends_with(['.', ',']) && (indent >= DEEP || opened && (signed || text.ends_with(':')))
}

/// `"标题": "渡口重开,渔民返乡",` of JSON, `<标题>渡口重开</标题>` of XML.
fn is_data(text: &str) -> bool {
    const LONGEST: usize = 400;
    if !text.starts_with(['"', '<']) || text.len() > LONGEST {
        return false;
    }
    let member = || text.strip_prefix('"').and_then(|rest| rest.split_once("\": ")).is_some_and(|(name, _)| !name.contains(['"', ' ']));
    let element = || text.starts_with('<') && text.ends_with('>') && (text.contains("</") || text.contains("/>") || text.starts_with("<?"));
    member() || element()
}

/// `标题="晨江日报,第1版"`: a name, without a space, and what it is set to.
fn is_setting(text: &str) -> bool {
    const LONGEST_NAME: usize = 24;
    let named = |name: &str| !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(|c| c == '_' || matches!(class(c), Class::Han | Class::Letter));
    text.split_once('=').is_some_and(|(name, value)| named(name) && value.len() > 2 && value.starts_with('"') && value.ends_with('"'))
}

/// `$ kanwu check page.txt`, `>>> mean(levels)`
fn is_command(text: &str) -> bool {
    if !text.starts_with(['$', '>', 'C']) {
        return false;
    }
    let rest = text.strip_prefix("$ ").or(text.strip_prefix(">>> ")).or(text.strip_prefix("C:\\"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '.' || c == '/'))
}

/// `let x = 1;`, `if (a) {`, `E = mc²`, `def mean(levels):`, `rows.append(row)`
fn is_code(text: &str, facts: &Facts) -> bool {
    if text.len() > 200 {
        return false;
    }
    let whole = text;
    let text = without_remark(text);
    if text.len() < whole.len() && text.is_ascii() {
        return true;
    }
    if facts.first.is_ascii() && (is_definition(text) || facts.may_have_bracket() && is_call(text)) {
        return true;
    }
    if facts.signs == 0 || facts.graphic <= 3 * facts.han {
        return false;
    }
    let (mut signs, mut ascii, mut han) = (0, 0, 0);
    for c in unescaped(text).chars() {
        ascii += usize::from(c.is_ascii_graphic());
        han += usize::from(class(c) == Class::Han);
        signs += usize::from(matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '\\' | '$' | '#' | '^' | '+' | '*' | '×' | '÷' | '≥' | '≤' | '≈' | '∑' | '√' | '²'));
    }
    let calls = text.contains("()") || text.contains("(\"") || text.contains("->") || text.contains("=>") || text.contains("::");
    ascii > 3 * han && (signs * 8 >= ascii.max(8) || signs > 0 && calls) && !text.ends_with(['.', '。', '”', ','])
}

/// The text without the references of HTML and the escapes of Unicode that a conversion left: they are no code.
fn unescaped(text: &str) -> Cow<'_, str> {
    /// Letters of a reference, and of an escape.
    const LONGEST: usize = 10;
    if !text.contains('&') && !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\\']) {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let reference =
            escape.find(';').filter(|&end| escape.starts_with('&') && (2..=LONGEST).contains(&end) && escape[1..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#'));
        let unicode = || (escape.starts_with("\\u") && escape.get(2..6).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))).then_some(5);
        match reference.or_else(unicode) {
            Some(end) => {
                // For the sake of the count it is the character that it stands for, of whatever script.
                out.push('\u{4E00}');
                rest = &escape[end + 1..];
            }
            None => {
                out.push_str(&escape[..1]);
                rest = &escape[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A line of code without the remark behind it: two spaces, # or //.
fn without_remark(text: &str) -> &str {
    if memchr::memchr2(b'#', b'/', text.as_bytes()).is_none() {
        return text;
    }
    ["  #", "  //"].iter().filter_map(|sign| text.find(sign)).min().map_or(text, |at| text[..at].trim_end())
}

/// `def name(…):`, `class Name:`, `for x in y:`, `from a import b`
fn is_definition(text: &str) -> bool {
    if !text.starts_with(['d', 'f', 'c', 'P', 'S', 'E', 'D']) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    match words.as_slice() {
        ["def" | "fn" | "function", name, ..] => name.contains('('),
        // Visual Basic
        ["Private" | "Public", "Sub" | "Function", name, ..] => name.contains('('),
        ["Sub", name] => name.contains('('),
        ["Dim", _, "As", _] | ["End", "Sub" | "If" | "Function"] => true,
        ["class", name] => name.ends_with(':'),
        ["for", _, "in", ..] | ["for", _, _, "in", ..] => text.ends_with(':'),
        ["from", _, "import", ..] => !text.ends_with('.'),
        _ => false,
    }
}

/// A whole line that calls something: a name, its bracket without a space before it, and the bracket's end.
fn is_call(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    let named = name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')) && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    // word(s) is a plural left open.
    named && rest.len() > 2 && rest.trim_end_matches([';', ':']).ends_with(')')
}
