/// How much of a document may change: `5%`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxChange(f64);

impl MaxChange {
    pub fn parse(text: &str) -> Result<Self, String> {
        let percent: Option<f64> = text.strip_suffix('%').and_then(|n| n.trim().parse().ok());
        percent.filter(|p| p.is_finite() && *p >= 0.0).map(Self).ok_or_else(|| "it takes a percentage such as 5% or 0.5%".to_owned())
    }

    /// Whether so many changed characters are more than it allows.
    pub fn is_exceeded(self, changed: usize, characters: usize) -> bool {
        changed as f64 * 100.0 > self.0 * characters as f64
    }
}

impl std::fmt::Display for MaxChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}%", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_percentage() {
        assert_eq!(MaxChange::parse("5%"), Ok(MaxChange(5.0)));
        for wrong in ["5", "0.05", "-1%", "%", "NaN%", "inf%", "five%"] {
            assert!(MaxChange::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn just_so_much_is_allowed() {
        let most = MaxChange(5.0);
        assert!(!most.is_exceeded(5, 100) && most.is_exceeded(6, 100));
        assert!(!MaxChange(0.0).is_exceeded(0, 0) && MaxChange(0.0).is_exceeded(1, 1000));
    }
}
