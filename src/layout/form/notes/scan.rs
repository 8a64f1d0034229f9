//! Prompts to scan a code that are not Chinese: Scan the QR code to watch, QRコードはこちら.

use super::super::cursor::Cursor;
use super::{Line, have, words};

/// Longer lines are sentences.
const LONGEST: usize = 44;

pub fn is_prompt(line: &Line) -> bool {
    let bare = line.bare();
    let mut c = Cursor::new(bare);
    if bare.len() > LONGEST || line.ended || line.goes_on || !c.eat_listed(&words::SCANS) || bare.iter().any(|c| matches!(c, ',' | ';' | '。' | '、')) {
        return false;
    }
    let text = line.text();
    let code = have(&text, &["qr", "code", "コード", "코드"]);
    let rest: String = c.rest().iter().collect();
    match bare[0] {
        's' if text.starts_with("scan") => {
            let aims = have(
                &text,
                &[
                    "towatch", "toread", "tosee", "tolisten", "tosubscribe", "tojoin", "tofollow", "todownload", "tolearn", "toview", "tofind", "tobuy", "toenter", "tosign",
                    "todonate", "forvideo", "formore", "fordetails", "forthe", "fortickets", "foraudio", "here",
                ],
            );
            matches!(text.as_str(), "scanme" | "scanhere" | "scannow")
                || code && !have(&text, &["scanned", "scanners", "scanning"])
                || aims && text.starts_with("scanto")
                || aims && (text.starts_with("scanfor") || text.starts_with("scanhere"))
        }
        'u' | 'q' | 'e' | 'f' => code && (rest.is_empty() || have(&text, &["scan", "スキャン", "読み取", "読取", "こちら", "から", "스캔", "찍", "to", "pour", "para", "用"])),
        _ => code && (rest.is_empty() || have(&text, &["読み取", "読取", "こちら", "から", "スキャン", "アクセス", "스캔", "で見", "へ"])),
    }
}
