use leptos::prelude::*;

/// Grey lines in the shape of what comes. The words for a screen reader are said once.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    view! {
        <div class="pv-skeleton" role="status">
            <span class="sr-only">"Loading"</span>
            {(0..lines).map(|_| view! { <span class="pv-skeleton-line"></span> }).collect_view()}
        </div>
    }
}

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
