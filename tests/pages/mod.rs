//! Pages put together from fragments: what newspapers, scanners and extractors leave, in any order.

use proptest::prelude::*;
use proptest::sample::select;

/// A page that shows itself as text, its odd bytes escaped.
#[derive(Clone)]
pub struct Page(Vec<u8>);

impl std::ops::Deref for Page {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for chunk in self.0.utf8_chunks() {
            write!(f, "{}{}", chunk.valid().escape_debug(), chunk.invalid().escape_ascii())?;
        }
        Ok(())
    }
}

/// Pages that once broke a property.
pub const TROUBLE: &[&[u8]] = &[
    // A line with a dateline was joined to a line that ends with a comma, and parted from it again as a heading.
    include_bytes!("dateline-after-a-comma.txt"),
    // A running head with a broken byte stays, and a join over it was offered all the same.
    b"\xE3\x83\x90\xE3\x82\xB9\x0C\xE3\x83\x90\xE3\x82\xB9...\xFF\n\xE6\xBA\x89\xE7\xA8\xBB\xE7\x94\xB0\xE4\xB8\x80\xE5\x8D\x83\xE4\xBA\x8C\xE7\x99\xBE\xE4\xBA\xA9\xEF\xBC\x8C\xE7\xA7\xA7\xE8\x8B\x97\xE6\x99\xAE\xE9\x81\x8D\xE8\xBF\x94\xE9\x9D\x92\xE3\x80\x82\n\x0C",
    // UTF-8 by a hair: another encoding would be guessed without the ligature, so the repair is given up.
    b"\xEF\xBC\x9B\xFF\xEF\xAC\x81\n\xE2\x80\x9C\n",
    // What a repair needs and the guessed encoding does not have.
    b"  A\xe3\x80\x80     \xc7\xc4",
    "Wasser⸗\u{3000}\n \n".as_bytes(),
    b"",
    b"\xEF\xBB\xBF",
    b"\n",
    b"\x0C",
    b"\r\n\r\n",
    // Without its space it had more broken bytes than characters, and was no text any more: 　 / to<soft hyphen>，<broken>
    b"\xE3\x80\x80\n \nto\xC2\xAD\xEF\xBC\x8C\xB8\x80\xB8\x80to\xC2\xAD\n",
    // A line of a quotation mark and a broken byte, taken for the head of a prompt: “<broken> / 微信扫一扫
    b"\xE2\x80\x9C\xFF\n\xE5\xBE\xAE\xE4\xBF\xA1\xE6\x89\xAB\xE4\xB8\x80\xE6\x89\xAB",
];

/// Words and clauses that lines are made of.
const FRAGMENTS: &[&str] = &[
    "县里的图书馆搬进了新楼", "加强知识产权保", "护水平的办法", "渡口的老人撑了三十年船", "二十多名志愿者冒雨清理河道", "春耕正忙", "他说", "的", "了", "一", "12", "3.5", "10:30",
    "公里", "the harbour was quiet", "well-", "known", "conn-", "ection", "Haupt-", "und Nebenbahn", "to\u{AD}", "day¬", "Wasser⸗", "カタカナ", "ひらがな", "한국어", "𠮷野",
    "e\u{301}", "👩\u{200D}👧", "http://a.example/路?x=1", "①", "⻩", "\u{200B}", "\u{7}", "|", "\t", "  ", "\u{3000}", "\u{A0}", // What conversions and OCR leave.
    "⼀", "ﬁ", "\u{FEFF}", "\u{F967}", "2O23年", "0nly", "&nbsp;", "&amp;amp;", "\\u4e2d", "\\n", "ﾊﾞｽ", "\u{200D}", "\u{1B}[1m", "\u{B}", "鏂囧瓧", "Ã©", "â€™", "ÖÐÎÄ",
    "\u{E5E5}", "\u{E863}", "精” 神", "mi^ht", "１２", "f\u{435}rry", "\u{FFFF}", "\u{FFFD}", "国", "國", "锟斤拷", "ver¬", "r", "上 海 市", "W O R D", "12．5％", "1，000",
    "天黑了.", "late,and", "”互联网“", "《读《渡口》》", " ，", " .",
];

/// Lines with a form of their own.
const LINES: &[&str] = &[
    "扫二维码",
    "了解详情",
    "微信扫一扫 关注我们",
    "更多精彩内容",
    "第3版",
    "— 5 —",
    "7",
    "A02 要闻",
    "澜溪日报 2024年3月5日 星期二",
    "2024年3月5日",
    "下转第4版",
    "Continued on page 5",
    "责任编辑 何小舟",
    "责编:丁木 美编:白露",
    "广告",
    "启事",
    "本报讯 (记者 田小禾)",
    "本报讯（记者 田小禾）昨天,县里的图书馆搬进了新楼。",
    "记者 丁木 摄",
    "文/白露",
    "一、加强领导",
    "(1) 关好门窗;",
    "问:今天下雨吗?",
    "姓名  年龄  村组",
    "田禾  31    上坪",
    "let x = f(y); // 注释,一行",
    "月光洒满山",
    "村里的灯灭了",
    "入夏以来,白石镇连续二十天没有下过一场透雨。镇里调来抽水机四十台,干部和农户轮班守在渠边,日夜向高处的梯田送水,目前已经灌",
    "溉稻田一千二百亩,秧苗普遍返青。镇农技站提醒农户(尤其是种晚稻的),雨后要及时追肥。",
    "“渠通了,水就不愁了。",
    "从前靠天吃饭,”他说。",
    "The ferry had been running for thirty years, and nobody could remem-",
    "ber a winter in which the river had frozen from one bank to the",
    "other; the old man said so himself.",
];

const MARKS: &[&str] = &[
    ",", ".", ":", ";", "?", "!", "(", ")", "，", "。", "：", "；", "？", "！", "（", "）", "、", "“", "”", "‘", "’", "《", "》", "「", "」", "…", "—", "-", "[", "]", "\"", "'",
    "...", "。。", "--",
];

const ENDS: &[&str] = &["\n", "\n", "\n", "\n\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "\x0C", "\n\x0C", " \n", "\u{3000}\n \n", "\n\t\n\n\n"];

/// Bytes that are no UTF-8, and stumps of characters.
const BROKEN: &[&[u8]] = &[b"\xFF", b"\xE4\xB8", b"\xB8\x80", b"\xC0\xAF", b"\xED\xA0\x80", b"\x80", b"\xF0\x9F"];

fn pieces(from: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    select(from).prop_map(|s| s.as_bytes().to_vec())
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        12 => pieces(FRAGMENTS),
        8 => pieces(MARKS),
        1 => select(BROKEN).prop_map(<[u8]>::to_vec),
    ];
    let made = prop::collection::vec(piece, 0..12).prop_map(|p| p.concat());
    prop_oneof![3 => made, 2 => pieces(LINES)]
}

/// A page of lines, with or without a byte order mark; its lines often end alike.
pub fn page() -> impl Strategy<Value = Page> {
    let mixed = prop::collection::vec((line(), pieces(ENDS)), 0..24).prop_map(|lines| lines.into_iter().flat_map(|(l, e)| [l, e]).collect::<Vec<_>>().concat());
    let alike = (prop::collection::vec(line(), 0..24), pieces(ENDS)).prop_map(|(lines, end)| lines.join(&end[..]));
    (prop::bool::weighted(0.1), prop_oneof![mixed, alike]).prop_map(|(bom, body)| if bom { Page([b"\xEF\xBB\xBF", &body[..]].concat()) } else { Page(body) })
}

/// Any bytes at all, and any text at all.
pub fn noise() -> impl Strategy<Value = Page> {
    let bytes = prop::collection::vec(any::<u8>(), 0..400);
    let text = prop::collection::vec(any::<char>(), 0..200).prop_map(|c| String::from_iter(c).into_bytes());
    let spoilt = (page(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(Page(mut page), at, byte)| {
        if !page.is_empty() {
            let at = at.index(page.len());
            page[at] = byte;
        }
        page
    });
    prop_oneof![bytes, text, spoilt].prop_map(Page)
}

/// A way to spoil a page at a line.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Cut,
    Drop,
    Repeat,
    Swap,
    Join,
    Blank,
    Insert(&'static str),
}

/// The corpus's pages, with some of their lines cut, dropped, doubled, swapped or joined.
pub fn spoilt() -> impl Strategy<Value = Page> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/pages");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the corpus").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let pages: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("a page")).collect();
    let plain = select(&[Harm::Cut, Harm::Cut, Harm::Drop, Harm::Repeat, Harm::Swap, Harm::Join, Harm::Blank][..]);
    let harm = prop_oneof![4 => plain, 1 => select(LINES).prop_map(Harm::Insert)];
    let harms = prop::collection::vec((any::<prop::sample::Index>(), harm), 0..12);
    (select(pages), harms).prop_map(|(page, harms)| {
        let mut lines: Vec<String> = page.split('\n').map(str::to_owned).collect();
        for (at, harm) in harms.into_iter().filter(|_| !page.is_empty()) {
            let at = at.index(lines.len().max(1));
            spoil(&mut lines, at, harm);
        }
        Page(lines.join("\n").into_bytes())
    })
}

fn spoil(lines: &mut Vec<String>, at: usize, harm: Harm) {
    let Some(line) = lines.get(at).cloned() else { return };
    let chars: Vec<char> = line.chars().collect();
    match harm {
        Harm::Cut => {
            let (left, right) = chars.split_at(chars.len() * 3 / 5);
            lines.splice(at..=at, [String::from_iter(left), String::new(), String::from_iter(right)]);
        }
        Harm::Drop => drop(lines.remove(at)),
        Harm::Repeat => lines.insert(at, line),
        Harm::Swap => lines.swap(at, 0),
        Harm::Join if at + 1 < lines.len() => {
            let next = lines.remove(at + 1);
            lines[at].push_str(&next);
        }
        Harm::Join => {}
        Harm::Blank => lines.insert(at, String::new()),
        Harm::Insert(other) => lines.insert(at, other.to_owned()),
    }
}
