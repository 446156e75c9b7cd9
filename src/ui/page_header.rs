use leptos::prelude::*;

/// The top of a working page: its title, a quiet line, and its actions (the children) beside it.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    /// Where "back" leads: address and word, as in `(paths::STUDIO_GALLERIES.into(), "Galleries".into())`.
    #[prop(optional)]
    back: Option<(String, String)>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="pv-page-header">
            <div class="min-w-0">
                {back
                    .map(|(href, word)| {
                        view! {
                            <a href=href class="pv-back">
                                <super::Icon name=super::IconName::ArrowLeft class="size-4" />
                                {word}
                            </a>
                        }
                    })}
                <h1>{title}</h1>
                {(!text.is_empty()).then(|| view! { <p class="text-muted mt-1">{text}</p> })}
            </div>
            {children.map(|actions| view! { <div class="pv-actions">{actions()}</div> })}
        </header>
    }
}
