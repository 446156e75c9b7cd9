use leptos::prelude::*;

/// The first letters of a name, in a circle. The name itself stands beside it, so it is decoration.
#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    view! {
        <span class="pv-avatar" aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_last_name() {
        for (name, letters) in [("Ada Lovelace", "AL"), ("ada", "A"), ("Ana María de la Cruz", "AC"), ("", ""), ("Émile Zola", "ÉZ")] {
            assert_eq!(initials(name), letters);
        }
    }
}
