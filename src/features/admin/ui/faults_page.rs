use crate::{
    features::admin::{FailedJobRow, FaultDesk, JobCount, faults},
    paths,
    ui::{Cell, EmptyState, IconName, Load, PageHeader, PageTitle, PostForm, StatRow, StatTile, StudioPage, SubmitButton, Table, Tone},
};
use leptos::prelude::*;

/// What runs in the background, what was given up, and what went wrong.
#[component]
pub fn FaultsPage() -> impl IntoView {
    view! {
        <Load what=faults let:desk>
            <PageTitle title="Errors and jobs" description="What runs in the background, and what went wrong." noindex=true />
            <StudioPage>
                <PageHeader title="Errors and jobs" text="What runs in the background, and what went wrong." back=(paths::ADMIN.into(), "Admin".into()) />
                <Desk desk=desk />
            </StudioPage>
        </Load>
    }
}

#[component]
fn Desk(desk: FaultDesk) -> impl IntoView {
    let FaultDesk { jobs, failed, faults } = desk;
    let [waiting, running, given_up] = [|job: &JobCount| job.waiting, |job: &JobCount| job.running, |job: &JobCount| job.failed]
        .map(|number| jobs.iter().map(number).sum::<i64>().to_string());
    view! {
        <div class="pv-stack">
            <StatRow>
                <StatTile label="Jobs waiting" value=waiting />
                <StatTile label="Jobs running" value=running />
                <StatTile label="Jobs given up" value=given_up />
            </StatRow>
            <section>
                <h2 class="mb-4">"Given up"</h2>
                {match failed.is_empty() {
                    true => view! { <p class="text-muted">"Nothing was given up."</p> }.into_any(),
                    false => view! { <GivenUp failed=failed /> }.into_any(),
                }}
            </section>
            <section>
                <h2 class="mb-4">"Errors"</h2>
                {match faults.is_empty() {
                    true => {
                        view! { <EmptyState icon=IconName::Check title="Nothing went wrong" text="Errors of the last 30 days will be here, under the reference that people saw." /> }
                            .into_any()
                    }
                    false => {
                        view! {
                            <Table caption="Errors, the newest first" heads=vec!["Reference", "When", "Where", "What"]>
                                {faults
                                    .into_iter()
                                    .map(|fault| {
                                        view! {
                                            <tr>
                                                <Cell class="font-mono">{fault.reference}</Cell>
                                                <Cell label="When" class="whitespace-nowrap">
                                                    {fault.when}
                                                </Cell>
                                                <Cell label="Where">{fault.place}</Cell>
                                                <Cell label="What" class="break-words">
                                                    {fault.cause}
                                                </Cell>
                                            </tr>
                                        }
                                    })
                                    .collect_view()}
                            </Table>
                        }
                            .into_any()
                    }
                }}
            </section>
        </div>
    }
}

#[component]
fn GivenUp(failed: Vec<FailedJobRow>) -> impl IntoView {
    view! {
        <PostForm action="retry_jobs" class="pv-actions mb-4">
            <SubmitButton label="Try all again" tone=Tone::Quiet icon=IconName::Retry />
        </PostForm>
        <Table caption="Jobs that were given up" heads=vec!["Job", "About", "When", "Reason", ""]>
            {failed
                .into_iter()
                .map(|job| {
                    view! {
                        <tr>
                            <Cell>{job.kind}</Cell>
                            <Cell label="About" class="break-all">
                                {job.subject}
                            </Cell>
                            <Cell label="When" class="whitespace-nowrap">
                                {job.when}
                            </Cell>
                            <Cell label="Reason" class="break-words">
                                {job.failure}
                            </Cell>
                            <Cell>
                                <PostForm action="retry_jobs" about=("job", job.id) class="pv-actions">
                                    <SubmitButton label="Try again" tone=Tone::Ghost icon=IconName::Retry />
                                </PostForm>
                            </Cell>
                        </tr>
                    }
                })
                .collect_view()}
        </Table>
    }
}
