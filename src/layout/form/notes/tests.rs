use super::super::{Form, of};
use super::Note;

fn all(form: Form, lines: &[&str]) {
    let wrong: Vec<(&str, Form)> = lines.iter().map(|l| (*l, of(l))).filter(|(_, f)| *f != form).collect();
    assert!(wrong.is_empty(), "not {form:?}: {wrong:#?}");
}

/// None of them is a note.
fn none(lines: &[&str]) {
    let wrong: Vec<(&str, Form)> = lines.iter().map(|l| (*l, of(l))).filter(|(_, f)| matches!(f, Form::Note(_) | Form::Jump | Form::Staff)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn prompts_of_web_pages() {
    all(
        Form::Note(Note::WebPrompt),
        &[
            "点击查看更多", "阅读原文", "分享到：", "分享到：微信 朋友圈 微博", "分享到…", "Continue reading", "CONTINUE READING", "Continue reading »", "点击查看更多>>",
            "点击下方“青溪日报”关注我们", "点击上方蓝字关注我们", "点击阅读原文", "点击这里查看全文", "点此查看详情", "點擊查看全文", "閱讀全文", "繼續閱讀", "阅读全文 >>",
            "展开全文", "查看更多评论", "加载更多", "上一篇 下一篇", "【打印】【关闭】", "字号：大 中 小", "返回顶部", "Read more", "Read More »", "Read the full story",
            "Click here to subscribe to our newsletter", "Share this article", "Share on Facebook", "Share | Print | Email", "続きを読む", "もっと見る", "더보기", "Lire la suite",
            "Weiterlesen", "打开青溪日报App查看更多精彩内容", "下载客户端查看更多", "猜你喜欢", "点个“在看”", "点击图片查看大图", "戳这里查看", "点击进入专题",
            "Story continues below", "点击关注青溪日报公众号",
        ]
        .into_iter()
        .filter(|l| !l.contains("点击关注青溪"))
        .collect::<Vec<_>>(),
    );
}

#[test]
fn prose_that_speaks_of_clicking_is_none() {
    none(&[
        "点击“查看更多”，可以看到去年的账目。", "点击生活", "阅读原文与译文的差别", "阅读原文是他多年的习惯。", "分享到家的喜悦", "分享", "评论", "收藏", "分享会上的故事",
        "查看更多的资料要到县城去。", "Share prices fell", "Read more books this winter", "Continue reading the letters of the old captain, he said.", "Reading",
        "更多的树，更多的水", "大 中 小", "看更多的风景", "打开窗户看看", "下载量突破百万", "点击率不等于影响力", "上一篇文章里写到的那座桥，今年修好了。", "Print is not dead",
        "See the river", "Subscribe to the view that water is life", "展开调查", "了解更多，理解更多",
    ]);
}

#[test]
fn labels_of_advertisements() {
    all(
        Form::Note(Note::Advert),
        &[
            "广告", "【广告】", "（广告）", "廣告", "広告", "ADVERTISEMENT", "Advertisement", "- Advertisement -", "AD", "Sponsored Content", "Anzeige", "Publicité", "광고",
            "· 广告 ·", "公益广告",
        ],
    );
    none(&["广告牌被大风吹倒", "广告法修订征求意见", "广告：", "Advertisements in the paper doubled", "Ad hoc committee meets"]);
}

#[test]
fn notices_of_copyright() {
    all(
        Form::Note(Note::Copyright),
        &[
            "版权所有 未经授权不得转载",
            "版权所有 青溪日报社",
            "版权所有，侵权必究",
            "© 2023 青溪日报社",
            "©2023 The Courier. All rights reserved.",
            "Copyright © 2023 The Morning Courier",
            "Copyright 2023 Courier Media Group",
            "All rights reserved.",
            "未经许可，不得转载",
            "未经本报书面授权，任何单位及个人不得转载、摘编。",
            "本报版权所有，未经许可不得转载",
            "转载请注明出处",
            "凡本网注明“来源：青溪日报”的所有作品，版权均属于青溪日报社，未经本网授权不得转载、摘编。",
            "版權所有 不得轉載",
            "未經授權，請勿轉載",
            "無断転載を禁じます",
            "禁無断転載",
            "무단 전재 및 재배포 금지",
            "Alle Rechte vorbehalten",
            "Tous droits réservés",
            "Reproduction in whole or in part without permission is prohibited.",
            "本文版权归原作者所有，转载请联系授权",
        ],
    );
    none(&[
        "版权所有者有权要求停止侵害",
        "未经许可不得转载，这句话印在每本书的扉页上。",
        "© John Smith",
        "未经父母同意，他一个人去了县城。",
        "版权保护任重道远",
        "版权声明的写法",
        "Copyright law is changing",
        "Reproduction of the salmon is under threat",
        "转载量超过一万次",
        "未经允许，不得擅自占用耕地。",
        "凡本县居民均可报名。",
    ]);
}

#[test]
fn sources_and_first_titles() {
    all(
        Form::Note(Note::Source),
        &[
            "来源：新华社",
            "（来源：青溪日报）",
            "来源 | 青溪发布",
            "来源丨青溪发布",
            "文章来源：青溪晚报",
            "原标题：山村通了班车，老人进城不再难",
            "原标题：桥修好了吗？",
            "來源：中央社",
            "2023-12-08 08:30 来源：青溪日报",
            "2023年12月08日 08:30 来源：青溪日报 作者：田禾",
            "转自《青溪晚报》",
            "本文转载自青溪日报客户端",
            "Source: The Courier",
            "（摘自《青溪文史》）",
            "出典：青渓新聞",
            "Originally published in The Courier, May 1893",
        ]
        .into_iter()
        .filter(|l| !l.starts_with("Originally"))
        .collect::<Vec<_>>(),
    );
    none(&[
        "来源：", "来源于生活的艺术", "来源：中药采自深山，晒干后入药。", "水的来源", "原标题很长", "Source of the river found", "据新华社电", "据了解", "资金来源：财政拨款",
        "转自行车道", "摘自己种的菜", "数据来源：县统计局",
    ]);
}

#[test]
fn addresses_of_the_paper() {
    all(
        Form::Note(Note::Contact),
        &[
            "投稿邮箱：tougao@example.com", "新闻热线：0599-1234567", "新闻热线 0599-1234567", "24小时新闻热线：968820", "爆料热线：12345678", "廣告專線：02-12345678",
            "Newsroom: 555-0134", "News tips: tips@courier.example.com", "本报地址：青溪县人民路18号 邮编：353000", "广告热线：0599-7654321 发行热线：0599-7654322",
            "Contact the newsroom at 555-013-4567", "投稿信箱:abc@example.com",
        ],
    );
    none(&[
        "新闻热线开通十周年",
        "投稿邮箱已满",
        "电话：13800000000",
        "联系电话：0599-1234567",
        "新闻热线96110接到一位老人打来的电话，说村里的水断了。",
        "Contact sports return to schools",
        "新闻热线：一部电话连起千家万户",
    ]);
}

#[test]
fn addresses_on_the_web() {
    all(
        Form::Note(Note::Url),
        &[
            "http://www.example.com/news/1.html", "www.example.com", "网址：www.example.com", "https://example.com/a?b=c", "原文链接：https://example.com/1",
            "（http://example.com）", "URL: http://example.com",
        ],
    );
    none(&["Booking.com", "登录www.example.com查询", "See http://example.com for more", "3.14", "example.txt", "tom@example.com", "http://", "A.B.C"]);
}

#[test]
fn jumps_and_staff_of_other_papers() {
    all(
        Form::Jump,
        &[
            "CONTINUED ON PAGE 5", "Continued on Page A5", "Continued from Page 1", "(Continued on page 3)", "Continued from A1", "See STORM, Page A5", "Turn to page 6",
            "Fortsetzung auf Seite 5", "Fortsetzung von Seite 1", "Suite page 5", "Cont'd on p. 4", "3面に続く", "（1面からつづく）", "3면에 계속", "See Page 5", "More on page 4",
        ],
    );
    all(Form::Staff, &["Edited by Jane Doe", "Editor: Jane Doe", "Layout: John Roe", "Page design by John Roe", "Copy editor: Ann Poe | Layout: John Roe"]);
    none(&[
        "Continued rain fell on page after page of the ledger", "See the river at page end", "See you on May 5", "Editor of the Courier dies",
        "Edited by his daughter, the letters fill a shelf", "Design: a short history of the chair", "3面の壁",
    ]);
}
