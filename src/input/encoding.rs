use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{EncoderResult, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// A character encoding that files may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// Names that archives use and the WHATWG's list does not have.
const ALIASES: [(&str, &str); 13] = [
    ("utf16", "utf-16le"),
    ("utf16le", "utf-16le"),
    ("utf16be", "utf-16be"),
    ("utf-8-sig", "utf-8"),
    ("cp936", "gbk"),
    ("ms936", "gbk"),
    ("euc-cn", "gbk"),
    ("cp950", "big5"),
    ("big5hkscs", "big5"),
    ("cp932", "shift_jis"),
    ("cp949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("cp866", "ibm866"),
];

/// The encodings that are read.
const READ: [&encoding_rs::Encoding; 37] = [
    UTF_8,
    UTF_16LE,
    UTF_16BE,
    GBK,
    GB18030,
    encoding_rs::BIG5,
    encoding_rs::SHIFT_JIS,
    encoding_rs::EUC_JP,
    encoding_rs::EUC_KR,
    encoding_rs::ISO_8859_2,
    encoding_rs::ISO_8859_3,
    encoding_rs::ISO_8859_4,
    encoding_rs::ISO_8859_5,
    encoding_rs::ISO_8859_6,
    encoding_rs::ISO_8859_7,
    encoding_rs::ISO_8859_8,
    encoding_rs::ISO_8859_8_I,
    encoding_rs::ISO_8859_10,
    encoding_rs::ISO_8859_13,
    encoding_rs::ISO_8859_14,
    encoding_rs::ISO_8859_15,
    encoding_rs::ISO_8859_16,
    encoding_rs::WINDOWS_874,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1251,
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1255,
    encoding_rs::WINDOWS_1256,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1258,
    encoding_rs::KOI8_R,
    encoding_rs::KOI8_U,
    encoding_rs::IBM866,
    encoding_rs::MACINTOSH,
    encoding_rs::X_MAC_CYRILLIC,
];

/// The characters of HKSCS, which the WHATWG's Big5 reads but does not write.
static BIG5_ONLY_READ: LazyLock<HashMap<char, [u8; 2]>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for pair in (0x87..=0xFE).flat_map(|lead| (0x40..=0xFE).map(move |trail| [lead, trail])) {
        let text = encoding_rs::BIG5.decode_without_bom_handling_and_without_replacement(&pair).unwrap_or_default();
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            all.entry(c).or_insert(pair);
        }
    }
    all
});

impl Default for Encoding {
    fn default() -> Self {
        Self::UTF_8
    }
}

impl Encoding {
    pub const UTF_8: Self = Self(UTF_8);
    pub const UTF_16LE: Self = Self(UTF_16LE);
    pub const UTF_16BE: Self = Self(UTF_16BE);
    pub const GB18030: Self = Self(GB18030);
    pub const GBK: Self = Self(GBK);
    pub const WINDOWS_1252: Self = Self(encoding_rs::WINDOWS_1252);

    pub(super) const fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        Self(encoding)
    }

    /// The encoding that a name stands for: those of the WHATWG's list, and a few more. `None` for names that nobody
    /// knows and for encodings with escape sequences (ISO-2022-JP), in which a byte's meaning hangs on all before it.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let label = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, label)| label);
        let found = encoding_rs::Encoding::for_label(label.as_bytes())?;
        READ.contains(&found).then_some(Self(found))
    }

    /// All encodings that are read.
    pub fn all() -> impl Iterator<Item = Self> {
        READ.into_iter().map(Self)
    }

    pub fn name(self) -> &'static str {
        if self.0 == GB18030 { "GB18030" } else { self.0.name() }
    }

    pub fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }

    /// Whether characters may have four bytes, of which the second and the fourth are digits: GBK is read so, too.
    pub(crate) fn is_gb18030(self) -> bool {
        self.0 == GB18030 || self.0 == GBK
    }

    /// Whether every character has two bytes or four, line ends too.
    pub fn is_utf16(self) -> bool {
        self.0 == UTF_16LE || self.0 == UTF_16BE
    }

    /// Bytes of an ASCII character.
    pub(super) fn ascii_len(self) -> u8 {
        if self.is_utf16() { 2 } else { 1 }
    }

    /// Bytes of the character at the start of well-formed bytes.
    pub(super) fn char_len(self, bytes: &[u8]) -> u8 {
        let byte = |i: usize| bytes.get(i).copied().unwrap_or(0);
        let first = byte(0);
        let unit16 = |high: u8| if high & 0xFC == 0xD8 { 4 } else { 2 };
        match self.0.name() {
            "UTF-16LE" => unit16(byte(1)),
            "UTF-16BE" => unit16(first),
            _ if first < 0x80 || self.0.is_single_byte() => 1,
            "UTF-8" => match first {
                0xF0.. => 4,
                0xE0.. => 3,
                _ => 2,
            },
            // 0x80 is the euro sign.
            "GBK" | "gb18030" => match byte(1) {
                _ if first == 0x80 => 1,
                0x30..=0x39 => 4,
                _ => 2,
            },
            "Shift_JIS" if first == 0x80 || (0xA1..=0xDF).contains(&first) => 1,
            "EUC-JP" if first == 0x8F => 3,
            _ => 2,
        }
    }

    /// Decode until the first malformed sequence, onto the end of a text: how many bytes were well-formed, and how many
    /// after them were not.
    pub(super) fn decode_onto(self, bytes: &[u8], text: &mut String) -> (usize, usize) {
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(4 * bytes.len());
        text.reserve(room);
        match decoder.decode_to_string_without_replacement(bytes, text, true) {
            (encoding_rs::DecoderResult::Malformed(len, after), read) => {
                let end = read - usize::from(after);
                (end - usize::from(len), usize::from(len))
            }
            (_, read) => (read, 0),
        }
    }

    /// The text's bytes in this encoding.
    ///
    /// # Errors
    /// The first character that the encoding cannot hold, and its place in the text. Nothing is replaced by a question
    /// mark, nor by a character that looks alike.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, (usize, char)> {
        if self.is_utf8() {
            return Ok(text.as_bytes().to_vec());
        }
        if self.is_utf16() {
            let big = self.0 == UTF_16BE;
            return Ok(text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect());
        }
        let mut out = Vec::with_capacity(2 * text.len());
        for (at, c) in text.char_indices() {
            self.encode_char(c, &mut out).ok_or((at, c))?;
        }
        Ok(out)
    }

    /// Whether the character can stand in XML as itself. What calls itself ISO-8859-1 is read as windows-1252 and must not be
    /// given what only that has.
    pub(crate) fn writes_in_xml(self, c: char) -> bool {
        (self.0 != encoding_rs::WINDOWS_1252 || c <= '\u{FF}') && self.encode(c.encode_utf8(&mut [0; 4])).is_ok()
    }

    /// One character; `None` unless its bytes decode to it again.
    fn encode_char(self, c: char, out: &mut Vec<u8>) -> Option<()> {
        let (mut utf8, mut bytes) = ([0; 4], [0; 16]);
        let text: &str = c.encode_utf8(&mut utf8);
        let (result, _, len) = self.0.new_encoder().encode_from_utf8_without_replacement(text, &mut bytes, true);
        let back = self.0.decode_without_bom_handling_and_without_replacement(&bytes[..len]);
        if matches!(result, EncoderResult::InputEmpty) && back.as_deref() == Some(text) {
            out.extend_from_slice(&bytes[..len]);
            return Some(());
        }
        let found = BIG5_ONLY_READ.get(&c).filter(|_| self.0 == encoding_rs::BIG5)?;
        out.extend_from_slice(found);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_names_are_known() {
        for (name, known) in
            [("gb2312", "GBK"), ("CP936", "GBK"), ("gb18030", "GB18030"), ("Big5-HKSCS", "Big5"), ("sjis", "Shift_JIS"), ("latin1", "windows-1252"), ("UTF-16", "UTF-16LE")]
        {
            assert_eq!(Encoding::named(name).map(Encoding::name), Some(known), "{name}");
        }
        assert_eq!(Encoding::named("iso-2022-jp"), None);
        assert_eq!(Encoding::named("klingon"), None);
    }

    #[test]
    fn what_an_encoding_cannot_hold_is_said() {
        let named = |name| Encoding::named(name).unwrap();
        assert_eq!(named("gbk").encode("，a"), Ok(vec![0xA3, 0xAC, b'a']));
        assert_eq!(named("gbk").encode("ab😀"), Err((2, '😀')));
        assert_eq!(named("gb18030").encode("😀").unwrap().len(), 4);
        assert_eq!(named("shift_jis").encode("¥"), Err((0, '¥')), "it would come back as a backslash");
        assert_eq!(named("big5").encode("㗎").unwrap().len(), 2);
        assert_eq!(named("utf-16be").encode("中😀").unwrap(), [0x4E, 0x2D, 0xD8, 0x3D, 0xDE, 0x00]);
    }
}
