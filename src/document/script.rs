use serde::{Deserialize, Serialize};

use super::{Block, Class, Document, Role, class};

/// A script that a rule is for, by its name in Unicode's data (`Scripts.txt`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub enum Script {
    /// Chinese: Han characters without kana or hangul among them.
    Han,
    /// Japanese: kana, and the Han characters among them.
    Kana,
    /// Korean: hangul, and the Han characters among them.
    Hangul,
    Latin,
    Greek,
    Cyrillic,
}

impl Script {
    /// Whether the script's texts have Han characters among them: Chinese, Japanese, Korean.
    pub fn has_han(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Hangul)
    }

    pub fn name(self) -> &'static str {
        match self {
            Script::Han => "Han",
            Script::Kana => "Kana",
            Script::Hangul => "Hangul",
            Script::Latin => "Latin",
            Script::Greek => "Greek",
            Script::Cyrillic => "Cyrillic",
        }
    }
}

/// One kana or hangul among so many Han characters makes a text Japanese or Korean.
const SHARE: usize = 8;
/// Han characters of a sentence without kana: it is Chinese. A heading or a list of names may be in Japanese all the same.
const SENTENCE: usize = 6;
/// A block with fewer characters says little by one kana or hangul: 优の良品.
const SHORT: usize = 16;

impl Document {
    /// The script that the Han characters at a place belong to: Chinese, Japanese or Korean text. Each block has one. A block
    /// that does not show it, as a heading without kana, has that of the text beside it.
    pub fn han_script(&self, at: usize) -> Script {
        let scripts = self.scripts.get_or_init(|| of_lines(self));
        scripts.get(self.line_at(at)).copied().unwrap_or(Script::Han)
    }
}

/// By line; nothing where all is Chinese, as far as it has Han characters at all.
fn of_lines(doc: &Document) -> Vec<Script> {
    let census = doc.census();
    if census.kana + census.hangul == 0 {
        return Vec::new();
    }
    let blocks: Vec<&Block> = doc.layout().blocks.iter().collect();
    let shown: Vec<Option<Script>> = blocks.iter().map(|block| Counts::of(doc, block).shown()).collect();
    let whole = Counts { han: census.han, kana: census.kana, hangul: census.hangul, stops: 0 }.script();
    let mut after = vec![None; blocks.len()];
    let mut next = None;
    for i in (0..blocks.len()).rev() {
        after[i] = next;
        next = shown[i].or(next);
    }
    let mut scripts = vec![whole; doc.lines().len()];
    let mut before = None;
    for (i, block) in blocks.iter().enumerate() {
        // A heading belongs to the text below it.
        let beside = if block.role == Role::Heading { after[i].or(before) } else { before.or(after[i]) };
        let script = shown[i].or(beside).unwrap_or(whole);
        block.lines.iter().for_each(|&line| scripts[line] = script);
        before = shown[i].or(before);
    }
    scripts
}

#[derive(Default)]
struct Counts {
    han: usize,
    kana: usize,
    hangul: usize,
    /// Marks that only sentences have.
    stops: usize,
}

impl Counts {
    fn of(doc: &Document, block: &Block) -> Self {
        let mut counts = Self::default();
        for c in block.lines.iter().flat_map(|&line| doc.line_text(line).chars()) {
            match class(c) {
                Class::Han => counts.han += 1,
                Class::Kana if !matches!(c, 'ー' | '・') => counts.kana += 1,
                Class::Hangul => counts.hangul += 1,
                _ => counts.stops += usize::from(matches!(c, '。' | '，')),
            }
        }
        counts
    }

    /// The script, if the text shows it.
    fn shown(&self) -> Option<Script> {
        let foreign = self.kana + self.hangul;
        match () {
            () if foreign == 0 => (self.han >= SENTENCE && self.stops > 0).then_some(Script::Han),
            () if foreign == 1 && self.han > 1 && self.han < SHORT => None,
            () => Some(self.script()),
        }
    }

    fn script(&self) -> Script {
        match () {
            () if self.hangul * SHARE > self.han => Script::Hangul,
            () if self.kana * SHARE > self.han => Script::Kana,
            () => Script::Han,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_and_hangul_tell() {
        let script = |text: &str, at: &str| {
            let doc = Document::from_text(text);
            doc.han_script(doc.text().find(at).unwrap())
        };
        assert_eq!(script("渡口的早晨\n\n渡船靠岸的时候，天已经黑透了。", "渡口"), Script::Han);
        assert_eq!(script("渡し場の朝は早い。", "朝"), Script::Kana);
        assert_eq!(script("社会面\n\n渡し場の朝は早い。船頭は火を焚いて客を待つ。", "社会"), Script::Kana);
        assert_eq!(script("港朝市移転計画\n\n渡し場の朝は早い。船頭は火を焚いて客を待つ。\n\n他在信里写道：“渡口的早晨来得很早。”", "港朝市"), Script::Kana);
        assert_eq!(script("渡し場の朝は早い。船頭は火を焚いて客を待つ。\n\n他在信里写道：“渡口的早晨来得很早。”", "早晨"), Script::Han);
        assert_eq!(script("나루의 아침은 社會의 아침이다.", "社會"), Script::Hangul);
        assert_eq!(script("他爱读《海の声》这本讲渡口和船家的旧书，一读就是一整夜。", "渡口"), Script::Han);
    }
}
