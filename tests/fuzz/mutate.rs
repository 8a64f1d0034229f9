//! Inputs made from seeds: spliced, flipped, doubled, cut, with tokens that mean something put in.

/// Numbers that look random, the same ones for the same seed (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }
}

/// What formats and rules look for, and what readers stumble over.
const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"\"",
    b"'",
    b"&",
    b"&amp;",
    b"&#x110000;",
    b"&#0;",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<p>",
    b"</p>",
    b"<div class='ocr_page'>",
    b"<span class='ocr_line' title='bbox 1 2 3 4'>",
    b"<String CONTENT=''/>",
    b"<HYP CONTENT='-'/>",
    b"<TextEquiv><Unicode>",
    b"HPOS='-1'",
    b"WIDTH='99999999999'",
    b"points='0,0 1,1'",
    b"custom=\"readingOrder {index:0;}\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\\ud800",
    b"\\u0000",
    b"\\\"",
    b"\"text\"",
    b"null",
    b"-1",
    b"1e999",
    b"18446744073709551615",
    b"=",
    b"[[match]]",
    b"find = '('",
    b"replace = '${9}'",
    b"\n---\n",
    b"```\n",
    b"> ",
    b"- ",
    b"| a | b |\n|---|---|\n",
    b"\r",
    b"\n",
    b"\r\n",
    b"\x0C",
    b"\0",
    b"\x1B[31m",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xFF",
    b"\x80",
    b"\x81",
    b"\x81\x30",
    b"\xE4\xB8",
    b"\xED\xA0\x80",
    b"\xF4\x90\x80\x80",
    "\u{202E}".as_bytes(),
    "\u{200B}".as_bytes(),
    "\u{AD}".as_bytes(),
    "，".as_bytes(),
    "。".as_bytes(),
    "“".as_bytes(),
    "”".as_bytes(),
    "（".as_bytes(),
    "《".as_bytes(),
    "第3版".as_bytes(),
    "（下转第4版）".as_bytes(),
    "扫二维码".as_bytes(),
    "本报讯（记者 田小禾）".as_bytes(),
    "责任编辑 何小舟".as_bytes(),
    "　　".as_bytes(),
    b"conn-\nection",
    b"...",
    b"--",
    b"  ",
    b"\n\n\n\n",
    "⼀".as_bytes(),
    "ﾊﾞ".as_bytes(),
];

/// Longest input.
const MOST: usize = 16 * 1024;

/// Most damages of an input.
const DAMAGES: usize = 8;

pub struct Mutator {
    seeds: Vec<Vec<u8>>,
    random: Random,
}

impl Mutator {
    pub fn new(seeds: Vec<Vec<u8>>, random: Random) -> Self {
        Self { seeds, random }
    }

    /// Another input.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.part(MOST / 2);
        for _ in 0..=self.random.below(DAMAGES) {
            self.damage(&mut input);
        }
        input.truncate(MOST);
        input
    }

    /// A seed, or a part of it.
    fn part(&mut self, most: usize) -> Vec<u8> {
        let seed = self.random.below(self.seeds.len());
        let len = self.seeds[seed].len();
        let (from, to) = if self.random.below(3) > 0 { (0, len) } else { self.range(len) };
        self.seeds[seed][from..to.min(from + most)].to_vec()
    }

    fn range(&mut self, len: usize) -> (usize, usize) {
        let (a, b) = (self.random.below(len + 1), self.random.below(len + 1));
        (a.min(b), a.max(b))
    }

    fn damage(&mut self, input: &mut Vec<u8>) {
        let at = self.random.below(input.len() + 1);
        match self.random.below(8) {
            0 if at < input.len() => input[at] ^= 1 << self.random.below(8),
            1 if at < input.len() => input[at] = self.random.below(256) as u8,
            2 => {
                let (from, to) = self.range(input.len());
                input.drain(from..to.min(from + 64));
            }
            3 => {
                let (from, to) = self.range(input.len());
                let again = input[from..to.min(from + 256)].repeat(1 + self.random.below(4));
                input.splice(at..at, again);
            }
            4 => input.truncate(at),
            5 => {
                let other = self.part(512);
                input.splice(at..at, other);
            }
            _ => {
                let token = TOKENS[self.random.below(TOKENS.len())];
                let again = if self.random.below(10) == 0 { 1 + self.random.below(40) } else { 1 };
                input.splice(at..at, token.repeat(again));
            }
        }
    }
}
