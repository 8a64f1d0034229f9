use serde::{Deserialize, Serialize};

use super::{Class, Document, class, floor};

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

/// Han characters of a line that has no kana: so many are Chinese, whatever stands around.
const CHINESE: usize = 16;
/// Bytes on each side of a shorter line that are looked at as well.
const AROUND: usize = 600;
/// One kana or hangul among so many Han characters makes a text Japanese or Korean.
const SHARE: usize = 8;

impl Document {
    /// The script that the Han characters at a place belong to: Chinese, Japanese or Korean text.
    pub fn han_script(&self, at: usize) -> Script {
        let line = self.lines()[self.line_at(at)].span;
        let (from, to) = (floor(self.text(), at.saturating_sub(AROUND)), floor(self.text(), at + AROUND));
        let own = Counts::of(&self.text()[from.max(line.start)..to.min(line.end)]);
        if own.kana + own.hangul == 0 && own.han < CHINESE {
            return Counts::of(&self.text()[from..to]).script();
        }
        own.script()
    }
}

#[derive(Default)]
struct Counts {
    han: usize,
    kana: usize,
    hangul: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        for c in text.chars() {
            match class(c) {
                Class::Han => counts.han += 1,
                Class::Kana => counts.kana += 1,
                Class::Hangul => counts.hangul += 1,
                _ => {}
            }
        }
        counts
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
        assert_eq!(script("나루의 아침은 社會의 아침이다.", "社會"), Script::Hangul);
        assert_eq!(script("他爱读《海の声》这本讲渡口和船家的旧书，一读就是一整夜。", "渡口"), Script::Han);
    }
}
