//! The words of notes, in small letters and without spaces: simplified and traditional Chinese, Japanese, Korean, English,
//! German, French. General terms of the trade, not phrases of any one site.

use super::super::words::{Words, words};

/// "Click", and where.
pub static CLICKS: Words =
    words!("点击", "點擊", "点按", "单击", "轻触", "輕觸", "猛戳", "戳", "点此", "點此", "按此", "点这里", "點這裡", "戳这里", "点开", "點開", "请点击", "請點擊", "请按此", "↓");
/// What is clicked.
pub static TARGETS: Words = words!(
    "我", "这里", "這裡", "此处", "此處", "下方", "上方", "底部", "文末", "文中", "页面", "左下角", "右下角", "右上角", "左上角", "下面", "上面", "下图", "上图", "链接", "鏈接",
    "連結", "标题", "標題", "图片", "圖片", "海报", "蓝字", "藍字", "蓝色字", "蓝色字体", "名片", "卡片", "公众号名片", "按钮", "按鈕", "小程序", "二维码", "阅读原文", "閱讀原文",
    "原文链接", "的",
);
/// What one clicks for.
pub static PURPOSES: Words = words!(
    "查看", "阅读", "閱讀", "浏览", "瀏覽", "观看", "觀看", "收听", "收聽", "了解", "瞭解", "进入", "進入", "关注", "關注", "订阅", "訂閱", "下载", "下載", "展开", "展開", "加载",
    "載入", "收起", "参与", "參與", "报名", "報名", "购买", "获取", "獲取", "领取", "打开", "打開", "分享", "放大", "看", "听", "读", "跳转", "访问", "留言", "评论", "評論",
    "投票", "试听", "试读", "前往", "播放", "欣赏", "欣賞", "收看", "添加", "加入", "即可", "可", "来", "去", "继续", "繼續", "一键", "体验", "体验吧", "带你", "直达",
);
/// What one gets by it.
pub static OBJECTS: Words = words!(
    "更多", "全文", "原文", "详情", "詳情", "大图", "大圖", "原图", "视频", "影片", "图集", "圖集", "内容", "內容", "精彩", "完整", "版", "链接", "鏈接", "連結", "我们", "我們",
    "本报", "本報", "公众号", "新闻", "新聞", "资讯", "資訊", "详细", "報道", "报道", "報導", "专题", "專題", "直播", "评论", "評論", "剩余", "全部", "图片", "圖片", "照片",
    "高清", "app", "客户端", "文章", "信息", "消息", "动态", "回复", "留言", "吧", "往期", "回顾", "说明", "名单", "音频", "小程序", "活动", "页面", "一篇", "下一篇",
);
/// 打开App查看更多: what is opened or installed first.
pub static OPENS: Words = words!("打开", "打開", "下载", "下載", "安装", "登录", "登錄", "登入", "使用");
pub static APPS: Words = words!("app", "客户端", "客戶端", "应用", "小程序", "后", "以", "並", "并", "微信", "浏览器");

/// 阅读原文, 查看更多: what may stand without "click".
pub static READS: Words = words!(
    "阅读", "閱讀", "继续阅读", "繼續閱讀", "查看", "浏览", "瀏覽", "展开", "展開", "加载", "載入", "了解", "瞭解", "显示", "顯示", "看", "观看", "觀看", "收听", "更多", "获取",
);
pub static READ_OBJECTS: Words = words!(
    "全文", "原文", "更多", "详情", "詳情", "剩余", "剩餘", "全部", "完整", "内容", "內容", "大图", "大圖", "原图", "原圖", "评论", "評論", "回复", "留言", "新闻", "新聞", "精彩",
    "图片", "文章", "资讯", "資訊", "报道", "報導", "视频", "影片", "推荐", "推薦", "往期", "图集", "详细",
);

/// Commands of a page that nothing else is called.
pub static NAVIGATION: Words = words!(
    "阅读原文", "閱讀原文", "阅读全文", "閱讀全文", "继续阅读", "繼續閱讀", "查看原文", "查看更多", "展开全文", "展開全文", "加载更多", "載入更多", "点击展开", "返回顶部",
    "返回頂部", "回到顶部", "回到頂部", "返回首页", "返回首頁", "回首頁", "回上頁", "回上一頁", "返回上一页", "返回列表", "返回目录", "上一篇", "下一篇", "上一条", "下一条",
    "上一則", "下一則", "前一篇", "后一篇", "上一版", "下一版", "版面导航", "标题导航", "版面目录", "往期回顾", "打印本页", "打印本文", "列印本頁", "关闭窗口", "关闭本页",
    "友善列印", "字体", "字號", "字号", "转发到", "加入收藏", "我要评论", "我要留言", "发表评论", "查看评论", "全部评论", "最新评论", "热门评论", "网友评论", "复制链接",
    "猜你喜欢", "大家都在看", "为您推荐", "为你推荐", "热门推荐", "相关推荐", "点击加载", "点个在看", "点亮在看", "点赞在看", "点个赞", "求点赞", "点个在看吧", "喜欢就点个在看吧",
    "喜欢就点个赞吧", "打开app", "下载app", "下载客户端", "pdf版", "pdf下载", "数字报首页", "扫一扫分享", "用微信扫码分享", "免费订阅", "立即订阅", "立即下载", "立即注册",
    "请先登录", "登录后评论", "登录后查看更多", "続きを読む", "もっと見る", "もっと読む", "全文を読む", "記事全文を読む", "この記事を読む", "記事を読む", "続きを見る",
    "詳しく見る", "詳細を見る", "詳細はこちら", "詳しくはこちら", "こちらをクリック", "ここをクリック", "クリックして拡大", "クリックで拡大", "画像をクリック",
    "画像をクリックして拡大", "写真を拡大", "拡大する", "シェアする", "この記事をシェア", "ツイートする", "ページトップへ", "ページトップへ戻る", "ページの先頭へ", "トップへ戻る",
    "トップページへ", "前の記事", "前の記事へ", "次の記事", "次の記事へ", "一覧へ戻る", "一覧を見る", "関連記事を見る", "印刷する", "コメントする", "コメントを見る",
    "会員登録して続きを読む", "ログインして続きを読む", "無料会員登録", "残り", "더보기", "기사더보기", "더읽기", "계속읽기", "원문보기", "기사원문보기", "전체보기", "이전기사",
    "다음기사", "기사공유하기", "공유하기", "맨위로", "목록으로", "댓글보기", "구독하기", "클릭하세요", "여기를클릭", "readmore", "readmoreat", "readfullstory", "readfullarticle",
    "readthefullstory", "readthefullarticle", "readthestory", "readthearticle", "readtherest", "readtherestofthisarticle", "readtherestofthestory", "continuereading",
    "continuereadingthemainstory", "continuereadingthestory", "continuereadingthisarticle", "continuereadingbelow", "keepreading", "clickhere", "loadmore", "showmore", "seemore",
    "viewmore", "learnmore", "findoutmore", "seefullarticle", "viewfullarticle", "viewfullstory", "showmorecomments", "loadmorecomments", "loadmorestories", "morestories",
    "viewcomments", "showcomments", "readcomments", "leaveacomment", "postacomment", "jointheconversation", "sharethis", "sharethisarticle", "sharethisstory", "sharethispage",
    "sharethispost", "tweetthis", "emailthisarticle", "emailthisstory", "printthisarticle", "printthisstory", "printthispage", "backtotop", "returntotop", "skiptocontent",
    "skiptomaincontent", "skipadvertisement", "subscribenow", "subscribetoday", "subscribetocontinue", "subscribetocontinuereading", "subscribetoournewsletter",
    "signuptoournewsletter", "signupforournewsletter", "signupfornewsletters", "signuptocontinuereading", "signintocontinue", "logintocontinue", "logintocontinuereading",
    "signintocontinuereading", "registertocontinuereading", "alreadyasubscriber", "downloadourapp", "downloadtheapp", "getourapp", "openinapp", "storycontinuesbelow",
    "articlecontinuesbelow", "scrolltocontinue", "scrolldowntocontinue", "scrolldown", "nextarticle", "previousarticle", "nextstory", "previousstory", "relatedarticles",
    "relatedstories", "youmayalsolike", "youmightalsolike", "recommendedforyou", "recommendedstories", "mostpopular", "trendingnow", "watchmore", "watchnow", "watchthevideo",
    "listennow", "listentothisarticle", "copylink", "reportthisad", "manageyourcookies", "acceptcookies", "acceptallcookies", "cookiesettings", "privacysettings", "weiterlesen",
    "mehrlesen", "mehranzeigen", "mehrerfahren", "artikellesen", "zumartikel", "zurstartseite", "nachoben", "artikelteilen", "artikeldrucken", "hierklicken", "jetztlesen",
    "jetztabonnieren", "kommentareanzeigen", "lirelasuite", "lirelarticle", "lirel'article", "lirel’article", "ensavoirplus", "voirplus", "cliquezici", "partagercetarticle",
    "retourenhaut", "afficherplus", "s'abonner", "abonnez-vous", "leermás", "seguirleyendo", "vermás", "compartirartículo", "читатьдалее", "читатьполностью",
);
/// Commands that are words as well: only several together are commands.
pub static BUTTONS: Words = words!(
    "分享", "收藏", "打印", "列印", "关闭", "關閉", "评论", "評論", "点赞", "點讚", "在看", "转发", "轉發", "举报", "首页", "首頁", "登录", "登入", "注册", "註冊", "放大", "缩小",
    "默认", "大", "中", "小", "朗读", "收听", "投诉", "纠错", "喜欢", "推荐", "赞", "按讚", "留言", "目录", "复制", "保存", "点击", "app", "微信", "微博", "朋友圈", "手机版",
    "share", "print", "email", "e-mail", "tweet", "like", "comment", "comments", "save", "subscribe", "login", "signin", "signup", "register", "home", "menu", "search", "follow",
    "facebook", "twitter", "whatsapp", "linkedin", "pinterest", "reddit", "シェア", "ツイート", "印刷", "保存", "ログイン", "会員登録", "teilen", "drucken", "merken", "partager",
    "imprimer", "envoyer", "공유", "인쇄", "댓글",
);
/// "Share to".
pub static SHARES: Words = words!(
    "分享到", "分享至", "一键分享", "转发到", "轉發到", "转发至", "分享给", "分享這篇文章到", "shareon", "shareto", "sharevia", "followuson", "followus", "フォローする",
    "공유하기", "teilenauf", "partagersur"
);
pub static NETWORKS: Words = words!(
    "微信", "微信好友", "朋友圈", "微信朋友圈", "新浪微博", "腾讯微博", "微博", "qq", "qq空间", "qq好友", "空间", "好友", "人人网", "豆瓣", "知乎", "抖音", "小红书", "百度贴吧",
    "贴吧", "钉钉", "邮件", "邮箱", "更多", "复制链接", "脸书", "脸谱", "臉書", "facebook", "twitter", "x", "line", "telegram", "whatsapp", "linkedin", "instagram", "youtube",
    "weibo", "wechat", "pinterest", "reddit", "threads", "email", "e-mail", "tiktok", "plurk", "messenger", "or", "and", "和", "或",
);
/// What goes on with words of its own: Click here to …
pub static CLICK_HERE: Words =
    words!("clickhereto", "clickherefor", "clickto", "tapto", "taphereto", "tapherefor", "swipeto", "downloadourappto", "subscribeto", "signupto", "signupfor");

/// Labels of advertisements.
pub static ADVERTS: Words = words!(
    "广告", "廣告", "広告", "廣吿", "本版广告", "分类广告", "分類廣告", "公益广告", "公益廣告", "商业广告", "商業廣告", "特约广告", "特約廣告", "广告专版", "廣告專版", "广告专刊",
    "广告信息", "广告内容", "推广内容", "推廣內容", "赞助内容", "贊助內容", "企画広告", "全面広告", "広告特集", "广告advertisement", "廣告advertisement", "广告ad", "廣告ad",
    "广告页", "ad", "ads", "adv", "advt", "advt.", "advertisement", "advertisements", "advertising", "paidadvertisement", "advertisementadvertisement", "advertorial",
    "paidadvertorial", "sponsored", "sponsoredcontent", "sponsoredpost", "sponsoredarticle", "sponsoredlinks", "sponsoredfeature", "paidcontent", "paidpost", "paidpartnercontent",
    "partnercontent", "promotedcontent", "adsbygoogle", "commercialfeature", "advertisingfeature", "specialadvertisingsection", "storycontinuesbelowadvertisement",
    "articlecontinuesbelowadvertisement", "articlecontinuesafteradvertisement", "storycontinuesafteradvertisement", "continuereadingbelowadvertisement",
    "advertisement-continuereadingbelow", "advertisement-storycontinuesbelow", "advertisement-scrolltocontinue", "scrolltocontinueadvertisement", "anzeige", "anzeigen", "werbung",
    "publicité", "publi-rédactionnel", "publireportage", "annoncepublicitaire", "publicidad", "광고", "전면광고", "реклама",
);

/// How notices of copyright begin.
pub static COPYRIGHTS: Words = words!(
    "©", "ⓒ", "(c)", "copyright", "版权所有", "版權所有", "版权声明", "版權聲明", "版权申明", "版权归", "免责声明", "免責聲明", "本报版权", "本文版权", "本刊版权", "本网版权",
    "本站版权", "本版权", "著作权", "著作權", "凡本网", "凡本网注明", "凡本报", "凡本站", "凡本社", "凡本刊", "凡注明", "凡来源", "凡未经", "凡經", "转载请", "轉載請", "欢迎转载",
    "歡迎轉載", "如需转载", "如欲转载", "转载须", "转载需", "转载声明", "转载授权", "翻印必究", "侵权必究", "本作品", "c)", "本版图文", "本版内容", "本版所有", "本版文章",
    "本报所刊", "本刊所刊", "图文版权", "本栏目", "本紙", "当紙", "本文仅代表", "文章仅代表", "本文系", "本报所有", "本网站所", "本站所", "以上作品", "以上内容", "所有内容",
    "所有文字", "allrightsreserved", "alleRechte", "allerechte", "tousdroits", "reproduction", "nopartof", "unauthorized", "unauthorised", "thismaterialmaynot",
    "thiscontentmaynot", "nachdruck", "derechosreservados", "todoslosderechos", "無断", "禁無断", "記事の無断", "記事・写真", "掲載の記事", "本紙掲載", "当サイト", "本サイト",
    "このサイト", "無断転載", "무단전재", "무단", "저작권자", "저작권", "本報版權", "本網站", "本文版權", "文章版权", "作品版权", "图片版权",
);
/// How a prohibition begins.
pub static PROHIBITIONS: Words = words!(
    "未经", "未經", "非经", "不得转载", "不得擅自", "严禁转载", "嚴禁轉載", "禁止转载", "禁止轉載", "谢绝转载", "請勿轉載", "请勿转载", "请勿擅自", "未获", "未獲", "转载必究",
    "擅自转载", "违者必究", "盗版必究",
);

/// What a source's note begins with; a colon or a bar follows.
pub static SOURCES: Words = words!(
    "来源", "來源", "文章来源", "文章來源", "稿件来源", "稿件來源", "稿源", "新闻来源", "新聞來源", "信息来源", "资讯来源", "資訊來源", "消息来源", "内容来源", "內容來源",
    "本文来源", "本文來源", "原文来源", "转载来源", "素材来源", "综合来源", "視頻來源", "视频来源", "来源网站", "原标题", "原標題", "原题", "原題", "原文标题", "原文標題",
    "文章标题", "出典", "引用元", "転載元", "記事提供", "情報源", "source", "sources", "newssource", "originalsource", "originaltitle", "originalheadline", "articlesource",
    "quelle", "quellen", "originaltitel", "출처", "원제", "기사출처",
);
/// What a source's note begins with; a name follows.
pub static EXCERPTS: Words = words!(
    "转自", "轉自", "转载自", "轉載自", "本文转自", "本文轉自", "本文转载自", "本文轉載自", "文章转自", "文章转载自", "内容转自", "摘自", "選自", "选自", "原载", "原載",
    "本文原载", "本文选自", "本文摘自", "摘编自", "本文综合自", "綜合自", "据", "編自", "编译自", "本文刊于", "原刊", "本文首发", "originallypublishedin", "originallypublishedby",
    "originallypublishedat", "firstpublishedin", "firstpublishedby", "reprintedfrom", "republishedfrom", "excerptedfrom", "thisarticleoriginallyappeared",
    "thisarticlewasoriginallypublished", "thisstoryoriginallyappeared", "thisstorywasoriginallypublished", "thisstoryfirstappeared",
);

/// Lines of a paper that tell where to write and call. A number or an address must follow.
pub static CONTACTS: Words = words!(
    "投稿", "歡迎投稿", "欢迎投稿", "来稿", "来稿请投", "记者邮箱", "新闻线索提供热线", "新闻线索热线", "值班热线", "采编热线", "编辑室电话", "e-mailthenewsroom",
    "e-mailtheeditor", "e-mailus", "emailjane", "投稿邮箱", "投稿郵箱", "投稿信箱", "投稿電郵", "投稿电邮", "投稿热线", "投稿熱線", "投稿地址", "投稿电话", "投稿专线", "投稿專線",
    "来稿邮箱", "來稿郵箱", "来稿请寄", "來稿請寄", "来稿请发", "来稿信箱", "投稿请发", "投稿请寄", "收稿邮箱", "新闻热线", "新聞熱線", "24小时新闻热线", "24小時新聞熱線",
    "新闻专线", "新闻报料", "新闻爆料", "新聞爆料", "报料热线", "報料熱線", "报料电话", "報料電話", "报料邮箱", "爆料热线", "爆料熱線", "爆料專線", "爆料专线", "爆料电话",
    "爆料邮箱", "爆料信箱", "爆料微信", "报料微信", "线索热线", "线索征集", "新闻线索", "热线电话", "熱線電話", "本报热线", "本報熱線", "本报新闻热线", "读者热线", "讀者熱線",
    "讀者專線", "读者信箱", "读者邮箱", "读者来信", "讀者來函", "编读热线", "编辑部", "编辑部电话", "編輯部電話", "编辑部邮箱", "編輯部信箱", "编辑部热线", "编辑热线", "编辑邮箱",
    "编辑信箱", "責編信箱", "责编邮箱", "本版邮箱", "本版投稿邮箱", "本版热线", "副刊投稿邮箱", "本报地址", "本報地址", "本报电话", "本報電話", "本报邮箱", "本报社址", "报社地址",
    "報社地址", "报社电话", "社址", "總社", "地址", "电话", "電話", "广告热线", "廣告熱線", "廣告專線", "广告专线", "广告电话", "广告部", "廣告部", "广告部电话", "广告刊登",
    "廣告刊登", "广告咨询", "刊登热线", "广告经营许可证", "广告许可证", "广告发布登记", "发行热线", "發行熱線", "发行电话", "发行部", "發行部", "发行部电话", "投递热线",
    "投递投诉", "订报热线", "訂報專線", "訂報熱線", "订报电话", "订阅热线", "订阅电话", "訂閱專線", "征订热线", "征订电话", "讀者服務", "讀者服務專線", "客服專線", "客户服务热线",
    "投诉热线", "本报监督电话", "法律顾问", "法律顧問", "本报法律顾问", "邮发代号", "郵發代號", "国内统一刊号", "国内统一连续出版物号", "國內統一刊號", "国内刊号", "国际刊号",
    "刊号", "零售价", "印刷厂", "传真", "傳真", "邮编", "邮政编码", "官方微博", "官方微信", "微信公众号", "网址", "網址", "e-mail", "email", "電郵", "电子邮箱", "电子信箱",
    "電子信箱", "邮箱", "信箱", "newsroom", "newsdesk", "newshotline", "newstips", "newstip", "tipline", "newstipline", "gotatip", "gotanewstip", "haveatip", "tips",
    "letterstotheeditor", "lettertotheeditor", "sendletters", "sendnews", "submissions", "submitto", "editorialoffice", "editorialdesk", "advertising", "advertisingdesk",
    "classifieds", "subscriptions", "subscriptionservices", "circulation", "circulationdesk", "customerservice", "deliveryproblems", "toadvertise", "tosubscribe", "contactus",
    "contactthenewsroom", "contactthereporter", "contactthewriter", "contacttheeditor", "contact", "reach", "emailthenewsroom", "emailtheeditor", "emailus", "callthenewsroom",
    "callus", "writeto", "writetous", "switchboard", "投稿先", "投稿はこちら", "情報提供", "情報提供は", "購読の", "購読申し込み", "ご購読", "広告の", "編集局", "広告局",
    "販売局", "読者センター", "お客様センター", "제보", "기사제보", "제보전화", "독자투고", "구독신청", "구독문의", "광고문의", "leserservice", "redaktion", "anzeigenannahme",
    "aboservice", "rédaction", "abonnements",
);
/// Of those, what others than papers write as well: a line of the paper must stand beside it.
pub static ADDRESSES: Words = words!(
    "emailus", "e-mailus", "地址", "电话", "電話", "传真", "傳真", "邮编", "邮政编码", "官方微博", "官方微信", "微信公众号", "网址", "網址", "e-mail", "email", "電郵", "电子邮箱",
    "电子信箱", "電子信箱", "邮箱", "信箱", "零售价", "热线电话", "熱線電話", "编辑部", "法律顾问", "法律顧問", "编辑邮箱", "contact", "reach", "contactus", "switchboard",
    "callus", "emailus", "customerservice", "writeto", "redaktion", "rédaction", "投诉热线", "电话热线", "咨询热线", "联系电话", "聯絡電話", "联系邮箱", "联系人", "情報提供",
    "writetous", "客服專線", "客户服务热线", "tips", "submissions", "submitto",
);

/// What leads to an address on the web.
pub static LINKS: Words = words!(
    "本报网址", "本報網址", "数字报网址", "网址", "網址", "链接", "鏈接", "連結", "原文链接", "原文鏈接", "原文連結", "原文地址", "文章链接", "文章地址", "本文链接", "本文网址",
    "本文地址", "详情链接", "官网", "官方网站", "网站", "網站", "url", "link", "links", "website", "web", "online", "リンク", "参考", "permalink", "sourceurl"
);

/// How jump lines begin, Chinese ones aside.
pub static JUMPS: Words = words!(
    "continued", "continuedonpage", "cont'd", "cont’d", "contd", "cont.", "contd.", "cont", "see", "pleasesee", "turnto", "pleaseturnto", "moreonpage", "story,page",
    "storyonpage", "storypage", "fullstory", "fullstory,page", "report,page", "reportpage", "fortsetzung", "fortsetzungauf", "weiterauf", "siehe", "sieheauchseite",
    "berichtseite", "suite", "suitepage", "suiteenpage", "suitedelapage", "lirelasuitepage", "lirelasuiteenpage", "lirepage", "continúaen", "viene", "続き", "関連記事", "詳細は",
    "이어짐", "관련기사", "jumpto", "jump", "tobecontinuedonpage",
);

/// Jump lines that name no page.
pub static JUMP_LINES: Words = words!(
    "continuedonnextpage", "continuedonthenextpage", "continuednextpage", "continuedfrompreviouspage", "continuedfromprecedingpage", "continuedoverleaf", "continuedonbackpage",
    "continuedonthebackpage", "continuedfromfrontpage", "continuedfromthefrontpage", "continuedinside", "次ページへ続く", "次ページに続く", "前ページから続く", "裏面に続く",
    "下转次页", "下轉次頁",
);

/// Names of sections, in capitals.
pub static SECTIONS: Words = words!(
    "SPORTS", "SPORT", "BUSINESS", "OPINION", "LOCALNEWS", "WORLDNEWS", "NATIONALNEWS", "STATENEWS", "REGIONALNEWS", "LOCAL", "WORLD", "NATION", "METRO", "CLASSIFIEDS",
    "CLASSIFIED", "CLASSIFIEDADS", "ENTERTAINMENT", "LIFESTYLE", "FEATURES", "ARTS&CULTURE", "NEWSINPICTURES", "PHOTONEWS", "LOCALSPORTS", "INTERNATIONAL", "INTERNATIONALNEWS",
    "MONEY", "LOKALES", "WIRTSCHAFT", "FEUILLETON", "LESERBRIEFE", "ÉCONOMIE", "FAITSDIVERS",
);

/// 扫码 in other languages: how a prompt to scan a code begins.
pub static SCANS: Words = words!(
    "scanme", "scanhere", "scannow", "scanto", "scanfor", "scantheqr", "scanthisqr", "scanthecode", "scanthiscode", "scanqr", "scanourqr", "usetheqr", "usethisqr", "usethecode",
    "scan", "qrコード", "詳しくはqr", "動画はqr", "スマホでqr", "記事の続きはqr", "二次元コード", "スマートフォンで", "こちらのqr", "下のqr", "左のqr", "右のqr", "上のqr",
    "qr코드", "큐알코드", "qr-code", "scannensie", "scannezle", "scannez", "flashezle", "flashezce", "escaneael",
);

/// Offices of a paper's staff, Chinese ones aside.
pub static OFFICES: Words = words!(
    "editedby", "editor", "editors", "copyeditor", "copyeditors", "copyedit", "copyeditedby", "subeditor", "sub-editor", "nighteditor", "newseditor", "pageeditor",
    "managingeditor", "photoeditor", "sectioneditor", "layout", "layoutby", "layouteditor", "pagedesign", "pagedesignby", "design", "designby", "designer", "pagedesigner",
    "proofreader", "proofreaders", "proofreadby", "proofreading", "compiledby", "producedby", "webproducer", "編集", "編集長", "デザイン", "校閲", "レイアウト", "整理", "편집",
    "교열", "redakteur", "gestaltung", "miseenpage",
);

/// What the credit of a photograph begins with, Chinese ones aside.
pub static PHOTOS: Words = words!(
    "photoby", "photosby", "photographby", "photographsby", "photographer", "photo", "photos", "photograph", "photographs", "photocredit", "photocourtesyof", "photoscourtesyof",
    "imagecourtesyof", "image", "images", "imagecredit", "picture", "pictures", "pictureby", "courtesyof", "apphoto", "illustrationby", "illustration", "graphicby", "foto",
    "fotos", "photographie", "crédit", "bild", "撮影", "写真", "사진", "図版", "イラスト", "资料图片", "资料图", "资料照片", "網絡圖片", "资料圖片", "資料圖片", "資料照片",
    "网络图片", "图片来自网络", "新华社发", "新華社發", "新华社照片", "图片来源", "图源", "图据", "图片摄影", "摄影", "攝影", "圖片來源", "圖源", "图片", "圖", "图",
);
