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
    Other,
}

impl Role {
    /// Page furniture: printed on the page, but not the article.
    pub fn is_furniture(self) -> bool {
        matches!(self, Role::Header | Role::PageNumber | Role::JumpLine | Role::Prompt | Role::StaffLine | Role::SectionLabel)
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
            Role::Other => "other",
        }
    }
}
