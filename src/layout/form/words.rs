//! The words that page furniture is made of, in simplified and traditional Chinese. General trade terms, not phrases of
//! any one paper.

use crate::document::class::{CharSet, Filter, decode, is_word};

/// A list of words.
pub struct Words {
    list: &'static [&'static str],
    /// The first character of each.
    firsts: &'static [u32],
    /// What the words begin with: most lines begin with none of them.
    starts: Filter,
    /// The first two characters of each, and whether one has but one.
    pairs: Filter<64>,
    single: bool,
    /// What they end with.
    ends: Filter,
    /// Characters of the longest one.
    longest: usize,
}

/// Declares a list of words.
macro_rules! words {
    ($($word:literal),* $(,)?) => {{
        const LIST: &[&str] = &[$($word),*];
        static FIRSTS: [u32; LIST.len()] = $crate::layout::form::words::firsts(LIST);
        $crate::layout::form::words::Words::new(LIST, &FIRSTS)
    }};
}

/// A list of words that one place needs.
macro_rules! any_of {
    ($($word:literal),* $(,)?) => {{
        static WORDS: $crate::layout::form::words::Words = $crate::layout::form::words::words![$($word),*];
        &WORDS
    }};
}
pub(super) use {any_of, words};

/// The first character of each word.
pub const fn firsts<const N: usize>(list: &[&str]) -> [u32; N] {
    let (mut firsts, mut i) = ([0; N], 0);
    while i < N {
        firsts[i] = decode(list[i].as_bytes(), 0).0;
        i += 1;
    }
    firsts
}

impl Words {
    pub const fn new(list: &'static [&'static str], firsts: &'static [u32]) -> Self {
        let (mut starts, mut ends, mut longest, mut i) = (Filter::empty(), Filter::empty(), 0, 0);
        let (mut pairs, mut single) = (Filter::empty(), false);
        while i < list.len() {
            let bytes = list[i].as_bytes();
            let (first, len) = decode(bytes, 0);
            if len == bytes.len() {
                single = true;
            } else {
                pairs = pairs.with(pair(first, decode(bytes, len).0));
            }
            let (mut last, mut chars, mut at) = (0, 0, 0);
            while at < bytes.len() {
                let (c, len) = decode(bytes, at);
                last = c;
                chars += 1;
                at += len;
            }
            (starts, ends) = (starts.with(firsts[i]), ends.with(last));
            if chars > longest {
                longest = chars;
            }
            i += 1;
        }
        Self { list, firsts, starts, pairs, single, ends, longest }
    }

    /// The words that begin with the character.
    pub fn starting(&self, c: char) -> impl Iterator<Item = &'static str> {
        self.firsts.iter().zip(self.list).filter(move |&(&first, _)| first == u32::from(c)).map(|(_, &word)| word)
    }

    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.list.iter().copied()
    }

    /// Whether a word may begin with the character; `false` is sure.
    #[inline]
    pub const fn may_start(&self, c: char) -> bool {
        self.starts.may_have(c)
    }

    /// Whether a word may begin so; `false` is sure.
    #[inline]
    pub fn may_begin(&self, chars: &[char]) -> bool {
        match *chars {
            [] => false,
            [first] => self.single && self.may_start(first),
            [first, second, ..] => self.may_start(first) && (self.single || self.pairs.may_have_number(pair(first as u32, second as u32))),
        }
    }

    pub fn contains(&self, word: &str) -> bool {
        self.list.contains(&word)
    }

    /// Whether the characters are one of the words.
    pub fn are(&self, chars: &[char]) -> bool {
        let Some(&first) = chars.first().filter(|_| chars.len() <= self.longest && self.may_begin(chars)) else { return false };
        self.starting(first).any(|word| word.chars().eq(chars.iter().copied()))
    }

    /// Whether the characters may end with a word; `false` is sure.
    pub fn may_end(&self, chars: &[char]) -> bool {
        chars.last().is_some_and(|&c| self.ends.may_have(c))
    }

    /// Whether the characters end with one of the words.
    pub fn end(&self, chars: &[char]) -> bool {
        self.may_end(chars) && self.iter().any(|word| ends_with(chars, word))
    }
}

/// What lines of a kind begin with: single characters, and two or three characters.
pub struct Starts {
    single: Filter<1024>,
    /// The first two of all words that have two.
    pairs: Filter<1024>,
    /// Words of two, and the first three of the others.
    whole_pairs: Filter<1024>,
    triples: Filter<1024>,
}

impl Starts {
    /// The characters, and the beginnings of the lists' words.
    pub const fn new(chars: &str, lists: &[&Words]) -> Self {
        let mut starts = Self { single: Filter::empty().with_all(chars), pairs: Filter::empty(), whole_pairs: Filter::empty(), triples: Filter::empty() };
        let mut i = 0;
        while i < lists.len() {
            let mut j = 0;
            while j < lists[i].list.len() {
                let word = lists[i].list[j].as_bytes();
                let (first, len) = decode(word, 0);
                if len == word.len() {
                    starts.single = starts.single.with(first);
                } else {
                    let (second, more) = decode(word, len);
                    let both = pair(first, second);
                    starts.pairs = starts.pairs.with(both);
                    if len + more == word.len() {
                        starts.whole_pairs = starts.whole_pairs.with(both);
                    } else {
                        starts.triples = starts.triples.with(pair(both, decode(word, len + more).0));
                    }
                }
                j += 1;
            }
            i += 1;
        }
        starts
    }

    /// Whether a line may begin so; `false` is sure.
    #[inline]
    pub const fn may_be(&self, first: char, second: char) -> bool {
        self.single.may_have(first) || self.pairs.may_have_number(pair(first as u32, second as u32))
    }

    /// The same where a third character is known; a space stands for none. A mark there may stand within the words: 点个“在看”.
    #[inline]
    pub fn may_be_three(&self, first: char, second: char, third: char) -> bool {
        if third != ' ' && !is_word(third) {
            return self.may_be(first, second);
        }
        let both = pair(first as u32, second as u32);
        self.single.may_have(first) || self.whole_pairs.may_have_number(both) || self.triples.may_have_number(pair(both, third as u32))
    }
}

/// A number for two characters, of 16 bits.
const fn pair(first: u32, second: u32) -> u32 {
    (first.wrapping_mul(0x2F0B) ^ second) & 0xFFFF
}

/// Whether the characters end with the word.
pub fn ends_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

/// What leads up to "scan".
pub static PROMPT_LEADS: Words = words!(
    "请", "請", "敬请", "欢迎", "歡迎", "您可", "可", "打开", "打開", "用", "使用", "通过", "手机", "手機", "微信", "支付宝", "抖音", "浏览器", "客户端", "读者", "讀者",
    "更多内容", "更多精彩", "更多资讯", "更多新闻", "更多详情", "更多", "精彩内容", "精彩视频", "视频", "全文", "详情", "立即", "马上", "点击", "或", "也可", "即可", "想看",
    "想了解", "欲知详情", "了解更多", "看更多", "了解详情", "查看详情", "观看视频", "查看更多", "阅读全文", "关注我们", "相关报道", "在线", "一键", "▶", "▲", "▼", "●", "■", "◆",
    "★", ">", "→", "←", "↑", "↓", ",", ":", "|", "【", "(", "[", "“",
);
/// What a line above "scan" has to offer.
pub static PROMPT_OFFERS: Words = words!(
    "精彩", "内容", "內容", "资讯", "資訊", "新闻", "新聞", "信息", "消息", "报道", "報道", "故事", "视频", "影片", "图片", "圖片", "照片", "直播", "活动", "活動", "服务", "服務",
    "详情", "詳情", "全文", "原文", "请", "請",
);
/// "Scan", "press and hold".
pub static PROMPT_SCANS: Words = words!("扫一扫", "扫描", "扫码", "扫", "掃一掃", "掃描", "掃碼", "掃", "长按识别", "长按", "長按識別", "長按", "识别", "識別", "刷一刷");
/// What is scanned.
pub static PROMPT_CODES: Words = words!(
    "二维码", "二維碼", "條碼", "条码", "條形碼", "小程序码", "小程序碼", "条形码", "条码", "微信码", "公众号码", "太阳码", "QR码", "QR碼", "QRCODE", "QRCode", "QR", "QR圖碼",
    "码", "碼", "一扫", "一掃", "上方", "下方", "左方", "右方", "左侧", "右侧", "左下角", "右下角", "左上角", "右上角", "上图", "下图", "左图", "右图", "图中", "文中", "文末",
    "页面", "本版", "报头", "以下", "以上", "此", "该", "本报", "图片", "图码", "圖碼", "旁邊", "旁边", "屏幕", "的",
);
/// What one scans for.
pub static PROMPT_PURPOSES: Words = words!(
    "了解", "瞭解", "关注", "關注", "查看", "观看", "觀看", "收看", "看", "阅读", "閱讀", "阅览", "读", "讀", "收听", "收聽", "听", "聽", "获取", "獲取", "下载", "下載", "加入",
    "参与", "參與", "报名", "報名", "进入", "進入", "浏览", "瀏覽", "订阅", "訂閱", "投稿", "咨询", "諮詢", "领取", "領取", "答题", "预约", "預約", "投票", "分享", "添加", "体验",
    "體驗", "播放", "欣赏", "欣賞", "登录", "打开", "收藏", "查询", "查詢", "爆料", "留言", "互动", "互動", "学习", "解锁", "有惊喜", "发现", "旁听", "旁聽", "试听", "试读",
    "收看", "挂号", "缴费", "点播", "回看", "重温", "抢票", "购票", "寻找", "观賞", "觀賞", "评论", "购买", "享", "更多", "详情", "詳情", "全文", "视频", "影片", "影音", "原文",
    "本报", "本報", "我们", "公众号", "直播", "进群", "入群", "即可", "电子版", "數位版", "数字报", "续读", "續讀",
);

/// Offices of a paper's staff.
pub static STAFF: Words = words!(
    "责任编辑", "責任編輯", "本版责任编辑", "本版责编", "本版编辑", "本版编务", "本版校审", "本期校对", "本期主编", "本期美编", "本期执行", "值班编辑", "本版主编", "本期编辑",
    "本期责编", "本报责编", "责编", "責編", "执行编辑", "值班编辑", "文字编辑", "图片编辑", "视觉编辑", "美术编辑", "美編", "美编", "编辑", "編輯", "版面编辑", "责任校对", "责校",
    "校对", "校對", "检校", "审校", "審校", "排版", "组版", "組版", "版式", "版式设计", "版面设计", "版面", "美术设计", "美术", "视觉", "视觉设计", "設計", "设计", "制图", "製圖",
    "美工", "统筹", "策划", "值班主任", "值班总编", "值班编委", "值班主编", "执行主编", "副主编", "主编", "主編", "总编辑", "總編輯", "总值班", "编审", "编委", "监制", "监审",
    "签发", "终审", "終審", "复审", "初审", "一审", "二审", "三审", "一校", "二校", "三校", "一读", "二读", "三读", "审读", "审核", "审阅", "责任主编", "见习编辑", "实习编辑",
    "首席编辑", "新媒体编辑", "责任技编", "技编", "电子邮箱编辑", "本版统筹", "本版校对", "本版美编", "本版制图", "本版版式", "組稿", "组稿", "统稿", "印务", "検校", "编务",
    "采编", "播音", "版面設計", "版面編輯", "執行編輯", "文字編輯", "美術編輯", "值班編輯", "總編", "副總編", "總編審", "監製", "監制", "統籌", "策劃", "審核", "核稿", "校閱",
    "編校", "编校", "責任校對", "副总编", "总编", "值班总编辑", "值班副总编", "轮值主编", "审签", "核发", "编发", "终校", "三审", "责任总编", "运营", "新媒体运营", "编辑统筹",
    "版面统筹", "视觉总监", "融媒编辑", "网络编辑", "微信编辑", "責任主編", "執編",
);

/// What makes a name a section's: 经济新闻, 融媒互动, 读者之窗.
pub static SECTION_TAILS: Words = words!(
    "新闻", "新聞", "互动", "互動", "速递", "速遞", "速览", "快讯", "快訊", "快报", "播报", "播報", "视窗", "视点", "视界", "之窗", "天地", "广场", "廣場", "在线", "專欄", "专栏",
    "专题", "專題", "专版", "专刊", "副刊", "特刊", "周刊", "週刊", "专页", "专区", "资讯", "資訊", "动态", "要闻", "要聞", "简讯", "簡訊", "短讯", "集锦", "集萃", "文摘", "荟萃",
    "导读", "導讀", "提示", "看台", "论坛", "論壇", "聚焦", "观察", "热线", "热点", "焦点", "纵横", "综合", "综览", "广告", "廣告", "链接", "連結", "融媒", "直通车", "关注",
    "百科", "课堂", "信箱", "茶座", "沙龙", "大观", "经纬", "扫描",
);
/// Names of sections that stand alone.
pub static SECTIONS: Words = words!(
    "广告", "廣告", "要闻", "要聞", "综合", "綜合", "时事", "時事", "时政", "国际", "國際", "国内", "國內", "本地", "本埠", "经济", "經濟", "财经", "財經", "文化", "体育", "體育",
    "教育", "健康", "法治", "法制", "社会", "社會", "民生", "文艺", "文藝", "理论", "评论", "評論", "娱乐", "娛樂", "科技", "生活", "旅游", "视觉", "军事", "军事", "环球", "天下",
    "人物", "读书", "讀書", "图片", "影像", "光影", "镜头", "数字报", "融媒", "新媒体", "互动", "导读", "導讀", "简讯", "簡訊", "短讯", "一周", "头条", "特稿", "专题", "副刊",
    "三农", "金融", "地产", "汽车", "消费", "服务", "便民", "气象", "天气", "星空", "书香", "校园", "校園", "少年", "公益广告", "分类广告", "分類廣告", "图片新闻", "圖片新聞",
    "スポーツ", "経済", "総合", "国際面", "社会面", "経済面", "総合面", "地域面", "スポーツ面", "文化面", "生活面", "くらし", "地方版", "港聞", "兩岸", "兩岸新聞", "社會", "產經",
    "政治", "地方", "影視", "論壇", "焦點", "藝文", "综合新闻", "综合资讯", "新闻速览", "要闻速览", "一句话新闻", "公告栏", "公益", "专版", "专刊", "AD", "ADVERTISEMENT",
);
/// Words that are as often the heading of their own notice.
pub static NOTICES: Words = words!(
    "公告", "公示", "通告", "通知", "启事", "啟事", "声明", "聲明", "更正", "讣告", "招聘", "招租", "寻人启事", "遗失声明", "拍卖公告", "招标公告", "致歉", "道歉声明", "温馨提示",
    "天气预报", "寻物启事", "征稿启事", "徵稿啟事",
);

/// How a paper's name ends.
pub static PAPER_TAILS: Words = words!(
    "日报", "晚报", "晨报", "早报", "时报", "周报", "新报", "快报", "商报", "导报", "晚刊", "早刊", "日刊", "旬刊", "旬报", "通讯", "通訊", "校刊", "院报", "校报", "都市报",
    "画报", "青年报", "新聞", "新聞報", "日報", "晚報", "晨報", "早報", "時報", "週報", "新報", "快報", "商報", "導報", "周刊", "週刊", "月刊", "报", "報",
);

/// What comes before the place in a news agency's dateline.
pub static AGENCIES: Words = words!(
    "新华社", "新華社", "中新社", "中新网", "中央社", "本报", "本報", "本刊", "本台", "据新华社", "据中新社", "据本报", "人民网", "央视", "法新社", "路透社", "美联社", "共同社",
    "塔斯社", "综合新华社", "光明网",
);
/// What opens a local report.
pub static OPENINGS: Words = words!(
    "本报讯", "本報訊", "本刊讯", "本刊訊", "本台讯", "本网讯", "本社讯", "本校讯", "本校訊", "本站讯", "校报讯", "又讯", "综合消息", "本报综合消息", "本报消息", "本报综合讯",
);
/// Offices of those who write and photograph.
pub static REPORTERS: Words = words!(
    "本报记者", "本報記者", "记者", "記者", "首席记者", "特约记者", "見習記者", "见习记者", "实习记者", "實習記者", "实习生", "全媒体记者", "融媒记者", "特派记者", "摄影记者",
    "文字记者", "本报特约记者", "本报通讯员", "通讯员", "通訊員", "特约通讯员", "学生记者", "小记者", "校园记者", "本报评论员", "特约撰稿人", "撰稿", "作者", "新华社记者",
    "中新社记者", "驻站记者", "驻京记者", "通讯社记者",
);

/// The commonest surnames, and the first characters of double ones, simplified and traditional.
pub static SURNAMES: CharSet<1024> = CharSet::new(
    "王李张劉刘陈陳杨楊黄黃赵趙周吴吳徐孙孫马馬朱胡林郭何高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭肖蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戚莫孔向汤湯常温康施牛文樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關焦俞裴左甘祝包管舒柯阮屠卜骆駱苗凌费費纪紀解辛滕霍项項涂凤鳳虞房宁寧闻聞司上诸諸端皇东東夏独慕宇长鲜仲盛柴车車路池艾游尤华華桂童谷隋冉宫宮应應敖单單窦竇鲍鮑欧祁卓丛叢柳",
);

/// What a credit begins with.
pub static CREDIT_HEADS: Words = words!("图/", "图:", "摄影/", "摄影:", "攝影/", "圖/", "圖:", "图片/", "图文/", "图片由", "摄影");
/// What an author's line begins with.
pub static WRITERS: Words = words!("文/", "文:", "作者:", "作者/", "撰文/", "撰文:", "采写/", "采写:", "图文/");
