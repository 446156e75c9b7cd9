use leptos::prelude::*;

/// How far something is, as a bar with words: `label` says what, `value` of `max` how far.
#[component]
pub fn Progress(#[prop(into)] label: String, value: u64, max: u64) -> impl IntoView {
    view! {
        <label class="pv-progress">
            <span>{label}</span>
            <span class="pv-number">{format!("{value} of {max}")}</span>
            <progress value=value.to_string() max=max.max(1).to_string()></progress>
        </label>
    }
}
