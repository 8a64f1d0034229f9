//! An address on the web that stands alone on a line, or behind a word such as 网址：

use super::words;

/// What the last part of a host's name is, where nothing else shows that it is one.
const DOMAINS: [&str; 22] = ["com", "cn", "net", "org", "gov", "edu", "info", "tv", "hk", "tw", "mo", "jp", "kr", "uk", "us", "de", "fr", "sg", "io", "co", "eu", "ca"];

pub fn is_url(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['(', '（', '【', '[', '<', '《', '▶', '→', '👉', '■', '●', '*']).trim_end_matches([')', '）', '】', ']', '>', '》']);
    is_address(unlabelled(text).trim())
}

/// Without 网址： and the like.
fn unlabelled(text: &str) -> &str {
    let Some((label, address)) = text.split_once(['：', ':']) else { return text };
    let label: String = label.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if words::LINKS.contains(&label) { address } else { text }
}

/// One address without spaces, of ASCII.
fn is_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if !lower.is_ascii() || lower.contains(char::is_whitespace) || lower.contains(['@', '"', '\'', ',', ';', '{', '<', '\\']) && !lower.contains("://") {
        return false;
    }
    let schemed = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let rest = schemed.unwrap_or(&lower);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let labels: Vec<&str> = host.split('.').collect();
    let named = labels.len() >= 2 && labels.iter().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let known = labels.last().is_some_and(|l| DOMAINS.contains(l));
    // Booking.com is a company's name.
    named && (schemed.is_some() || known && (rest.starts_with("www.") || rest.contains('/') || labels.len() >= 4))
}
