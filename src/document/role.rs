/// What a line or block is on its page. Names follow PAGE XML's TextRegion types where one fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    #[default]
    Paragraph,
    Heading,
    /// 本报讯（记者 …）, 新华社北京1月6日电: what opens a news text.
    Dateline,
    /// An author's line.
    Byline,
    Caption,
    /// A photo credit.
    Credit,
    ListItem,
    Verse,
    Table,
    Preformatted,
    Header,
    PageNumber,
    /// 下转第3版, 上接第1版.
    JumpLine,
    /// 扫二维码 了解详情.
    Prompt,
    /// 责任编辑 …
    StaffLine,
    SectionLabel,
    /// A date and a weekday, alone on a line.
    DateLine,
    /// 阅读原文, Continue reading.
    WebPrompt,
    /// 版权所有, © 2023 …
    Copyright,
    /// 来源：…, 原标题：…
    SourceNote,
    /// 投稿邮箱：…
    ContactLine,
    /// 广告.
    AdvertLabel,
    /// An address on the web.
    UrlLine,
    /// The same as the line before it.
    RepeatedLine,
    /// A paragraph that stands in many documents of the archive.
    RepeatedNotice,
    Other,
}

impl Role {
    /// Page furniture: printed on the page, but not the article.
    pub fn is_furniture(self) -> bool {
        matches!(
            self,
            Role::Header
                | Role::PageNumber
                | Role::JumpLine
                | Role::Prompt
                | Role::StaffLine
                | Role::SectionLabel
                | Role::DateLine
                | Role::WebPrompt
                | Role::Copyright
                | Role::SourceNote
                | Role::ContactLine
                | Role::AdvertLabel
                | Role::UrlLine
                | Role::RepeatedLine
                | Role::RepeatedNotice
        )
    }

    pub fn name(self) -> &'static str {
        match self {
            Role::Paragraph => "paragraph",
            Role::Heading => "heading",
            Role::Dateline => "dateline",
            Role::Byline => "byline",
            Role::Caption => "caption",
            Role::Credit => "credit",
            Role::ListItem => "list-item",
            Role::Verse => "verse",
            Role::Table => "table",
            Role::Preformatted => "preformatted",
            Role::Header => "header",
            Role::PageNumber => "page-number",
            Role::JumpLine => "jump-line",
            Role::Prompt => "prompt",
            Role::StaffLine => "staff-line",
            Role::SectionLabel => "section-label",
            Role::DateLine => "date-line",
            Role::WebPrompt => "web-prompt",
            Role::Copyright => "copyright",
            Role::SourceNote => "source-note",
            Role::ContactLine => "contact-line",
            Role::AdvertLabel => "advert-label",
            Role::UrlLine => "url-line",
            Role::RepeatedLine => "repeated-line",
            Role::RepeatedNotice => "repeated-notice",
            Role::Other => "other",
        }
    }
}
