use leptos::prelude::*;

/// A justified grid before its photographs are known.
#[component]
pub fn PhotoGridSkeleton(#[prop(default = 9)] photos: usize) -> impl IntoView {
    const SHAPES: [&str; 4] = ["1.5", "0.667", "1.333", "1.5"];
    let tile = |n: usize| view! { <span class="pv-photo pv-skeleton-line" style=format!("--ratio:{}", SHAPES[n % SHAPES.len()])></span> };
    view! {
        <div class="pv-photo-grid" role="status">
            <span class="sr-only">"Loading photographs"</span>
            {(0..photos).map(tile).collect_view()}
        </div>
    }
}
