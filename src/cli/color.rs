//! Whether to colour: what the call says counts first, then the environment, then the terminal.
//!
//! NO_COLOR: <https://no-color.org>; FORCE_COLOR: <https://force-color.org>; CLICOLOR, CLICOLOR_FORCE: <https://bixense.com/clicolors/>.

use super::args::ColorWhen;

/// Whether standard output is coloured.
pub fn wanted(when: ColorWhen, terminal: bool) -> bool {
    decide(when, terminal, &|name| std::env::var(name).ok())
}

fn decide(when: ColorWhen, terminal: bool, env: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name| env(name).filter(|value| !value.is_empty());
    let on = |name| set(name).map(|value| !matches!(value.as_str(), "0" | "false"));
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("NO_COLOR").is_some() => false,
        ColorWhen::Auto => match on("FORCE_COLOR") {
            Some(forced) => forced,
            None if on("CLICOLOR_FORCE") == Some(true) => true,
            None => terminal && on("CLICOLOR") != Some(false) && env("TERM").as_deref() != Some("dumb"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_counts_before_the_environment_and_that_before_the_terminal() {
        let auto = |terminal, vars: &[(&str, &str)]| decide(ColorWhen::Auto, terminal, &|name| vars.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()));
        assert!(auto(true, &[]) && !auto(false, &[]));
        assert!(!auto(true, &[("NO_COLOR", "1")]) && auto(true, &[("NO_COLOR", "")]));
        assert!(!auto(true, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]));
        assert!(auto(false, &[("FORCE_COLOR", "1")]) && !auto(true, &[("FORCE_COLOR", "0")]));
        assert!(auto(false, &[("CLICOLOR_FORCE", "1")]) && !auto(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!auto(true, &[("CLICOLOR", "0")]) && auto(true, &[("CLICOLOR", "1")]) && !auto(false, &[("CLICOLOR", "1")]));
        assert!(!auto(true, &[("TERM", "dumb")]));
        assert!(decide(ColorWhen::Always, false, &|_| Some("1".to_owned())));
        assert!(!decide(ColorWhen::Never, true, &|_| Some("1".to_owned())));
    }
}
