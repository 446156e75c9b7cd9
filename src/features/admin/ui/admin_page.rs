use super::{invitations::Invitations, person_row::Row};
use crate::{
    features::{
        accounts::PersonRow,
        admin::{ConsoleView, console},
    },
    paths,
    shared::Role,
    ui::{
        ButtonLink, IconName, Load, PageHeader, PageTitle, PostForm, Select, StatRow, StatTile, StudioPage, SubmitButton, Table, TextField,
    },
};
use leptos::prelude::*;

/// Who is here, who may come, and whether the mail goes out.
#[component]
pub fn AdminPage() -> impl IntoView {
    view! {
        <Load what=console let:console>
            <PageTitle title="Admin" description="The people of this studio, and its mail." noindex=true />
            <StudioPage>
                <PageHeader title="Admin" text="The people of this studio, and its mail.">
                    <ButtonLink href=paths::ADMIN_MAIL label="Open mail" icon=IconName::Mail />
                    <ButtonLink href=paths::ADMIN_FAULTS label="Errors and jobs" icon=IconName::Warning />
                </PageHeader>
                <div class="pv-stack">
                    <Numbers console=console.clone() />
                    <Invite />
                    <Invitations open=console.invitations />
                    <section>
                        <h2 class="mb-4">"People"</h2>
                        <Table caption="Everybody with an account" heads=vec!["Name", "Role", "Since", "State", ""]>
                            {console.people.into_iter().map(|person| view! { <Row person=person /> }).collect_view()}
                        </Table>
                    </section>
                </div>
            </StudioPage>
        </Load>
    }
}

#[component]
fn Numbers(console: ConsoleView) -> impl IntoView {
    let (staff, clients) = (count(&console.people, true), count(&console.people, false));
    view! {
        <StatRow>
            <StatTile label="People of the studio" value=staff />
            <StatTile label="Clients" value=clients />
            <StatTile label="Letters waiting" value=console.waiting.to_string() href=paths::ADMIN_MAIL />
            <StatTile label="Letters not sent" value=console.failed.to_string() href=paths::ADMIN_MAIL />
        </StatRow>
    }
}

fn count(people: &[PersonRow], works_here: bool) -> String {
    people.iter().filter(|person| person.is_active && person.role.works_here() == works_here).count().to_string()
}

#[component]
fn Invite() -> impl IntoView {
    let roles = [Role::Photographer, Role::Crew].map(|role| (role.to_string(), role.title().to_string()));
    view! {
        <section>
            <h2 class="mb-4">"Invite somebody to work here"</h2>
            <PostForm action="invite_person" class="pv-form-line max-w-2xl">
                <TextField name="email" label="E-mail address" kind="email" autocomplete="off" required=true maxlength=254u32 />
                <Select name="role" label="Role" options=roles.to_vec() />
                <SubmitButton label="Send invitation" />
            </PostForm>
        </section>
    }
}
