//! `kanwu learn`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(ClapArgs)]
pub struct Learn {
    #[command(subcommand)]
    pub what: LearnWhat,
}

#[derive(Subcommand)]
pub enum LearnWhat {
    /// The lexicon, from a list of "word frequency" lines
    Lexicon {
        /// The word list
        list: PathBuf,
        /// The data file to write
        #[arg(long)]
        out: PathBuf,
        /// Leave out words with a lower frequency
        #[arg(long, default_value_t = 5)]
        floor: u64,
    },
    /// The character statistics, from whole articles and headlines
    Ngrams {
        /// Whole articles: [{"title", "paras"}]
        articles: PathBuf,
        /// Headlines, one a line
        #[arg(long)]
        headlines: PathBuf,
        /// The data file to write
        #[arg(long)]
        out: PathBuf,
        /// Pairs to keep of running text
        #[arg(long, default_value_t = 50_000)]
        text: usize,
        /// Pairs to keep of headings
        #[arg(long, default_value_t = 25_000)]
        heading: usize,
    },
    /// The weights, from folders of pages (NNNN.txt) with their truth (NNNN.json)
    Weights {
        /// Folders
        sets: Vec<PathBuf>,
        /// Whole articles ([{"title", "paras"}]) to make more pages from, with other damage
        #[arg(long)]
        articles: Vec<PathBuf>,
        /// Headlines, one a line, for the made pages
        #[arg(long, requires = "articles")]
        headlines: Option<PathBuf>,
        /// How many pages to make
        #[arg(long, default_value_t = 600)]
        made: usize,
        /// The weights file to write
        #[arg(long, required_unless_present = "ablation")]
        out: Option<PathBuf>,
        /// Write no weights: print what each kind of evidence adds, learned on one half of the pages and measured on the other
        #[arg(long)]
        ablation: bool,
    },
}
