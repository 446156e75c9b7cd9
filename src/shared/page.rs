use serde::{Deserialize, Serialize};

/// One page of a list, and the cursor that asks for the next one. Pages are found by key, not by offset,
/// so the last page costs what the first one costs and rows that arrive meanwhile shift nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Splits what a query for `size + 1` rows found: the extra row only says that there is more.
    pub fn cut(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { items: rows, next }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
