//! Work on one document that may fail without failing the others: a panic ends it alone, and so does a time limit.
//!
//! The limit is kept by checkpoints, which the stages and the engine pass: once the time is up, the next one unwinds to the
//! nearest [`contained`]. What lies between two of them is not interrupted.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// Why work was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// A defect of ours.
    Panicked,
    /// It took longer than it was given.
    TooSlow,
}

/// What unwinds from a checkpoint.
struct Late;

thread_local! {
    /// Until when the work on this thread may take.
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Gives the thread its former deadline back: a thread that waits for others may take up their work meanwhile.
struct Former(Option<Instant>);

impl Drop for Former {
    fn drop(&mut self) {
        DEADLINE.set(self.0);
    }
}

/// Do work that may panic, within a time limit if there is one. What it was changing must be thrown away if it gave up.
///
/// # Errors
/// Why there is no outcome.
pub fn contained<T>(limit: Option<Duration>, work: impl FnOnce() -> T) -> Result<T, GaveUp> {
    let _former = Former(DEADLINE.replace(limit.and_then(|limit| Instant::now().checked_add(limit))));
    catch_unwind(AssertUnwindSafe(work)).map_err(|what| if is_late(&*what) { GaveUp::TooSlow } else { GaveUp::Panicked })
}

/// Do a part of some work that may panic without failing the rest; a time limit ends the rest too.
pub(crate) fn part<T>(work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => Some(done),
        Err(what) if is_late(&*what) => resume_unwind(what),
        Err(_) => None,
    }
}

/// A place where work ends whose time is up.
pub(crate) fn checkpoint() {
    if DEADLINE.get().is_some_and(|deadline| Instant::now() >= deadline) {
        // No panic: no hook hears of it.
        resume_unwind(Box::new(Late));
    }
}

fn is_late(what: &(dyn Any + Send)) -> bool {
    what.is::<Late>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Panics that are meant do not fill the output of the tests.
    fn quietly<T>(work: impl FnOnce() -> T) -> T {
        std::panic::set_hook(Box::new(|_| {}));
        let done = work();
        let _ = std::panic::take_hook();
        done
    }

    #[test]
    fn a_panic_ends_its_work_alone() {
        let outcomes: Vec<_> = quietly(|| (0..3).map(|n| contained(None, || if n == 1 { panic!("a defect") } else { n })).collect());
        assert_eq!(outcomes, [Ok(0), Err(GaveUp::Panicked), Ok(2)]);
    }

    #[test]
    fn work_ends_at_the_checkpoint_after_its_time() {
        let endless = || loop {
            checkpoint();
        };
        let outcome: Result<(), _> = contained(Some(Duration::from_millis(5)), endless);
        assert_eq!(outcome, Err(GaveUp::TooSlow));
        assert_eq!(contained(Some(Duration::from_secs(1000)), checkpoint), Ok(()));
        assert_eq!(contained(None, checkpoint), Ok(()));
    }

    #[test]
    fn a_part_that_panics_leaves_the_rest_and_one_that_is_late_ends_it() {
        assert_eq!(quietly(|| contained(None, || part(|| panic!("a defect")).unwrap_or(7))), Ok(7));
        let late = contained(Some(Duration::ZERO), || part(checkpoint));
        assert_eq!(late, Err(GaveUp::TooSlow));
    }

    #[test]
    fn work_within_work_has_its_own_time() {
        let inner = || contained(Some(Duration::ZERO), checkpoint);
        assert_eq!(contained(Some(Duration::from_secs(1000)), || (inner(), checkpoint())), Ok((Err(GaveUp::TooSlow), ())));
    }
}
