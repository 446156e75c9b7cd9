//! What pages are drawn with. No business words: a domain arranges these parts and says what they mean.
mod answer;
mod avatar;
mod button_link;
mod confirm;
mod feedback;
mod form;
mod icon;
pub mod layout;
mod load;
mod news;
mod page_header;
mod pager;
mod stat;
mod table;
mod tone;
mod watch;

pub use avatar::Avatar;
pub use button_link::ButtonLink;
pub use confirm::Confirm;
pub use feedback::{Badge, EmptyState, ErrorPage, Notice, OfflineNote, PhotoGridSkeleton, Toast, error_words};
pub use form::{
    Checkbox, HiddenField, PasswordField, PostForm, RadioGroup, Select, SubmitButton, Switch, TextArea, TextField, sentence_of,
};
pub use icon::{Icon, IconName};
pub use layout::{BarePage, DocumentHead, PageTitle, SitePage, StudioPage};
pub use load::{Load, id_param, param, query};
pub use news::NewsLine;
pub use page_header::PageHeader;
pub use pager::Pager;
pub use stat::{StatRow, StatTile};
pub use table::{Cell, Table};
pub use tone::{Mood, Tone};
pub use watch::Watch;
