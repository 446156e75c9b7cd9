//! Forms that are plain HTML first: they post to a server function, and a page that comes back shows what was typed
//! and what is wrong, beside the field it is about.
mod choice;
mod hidden_field;
mod post_form;
mod select;
mod shell;
mod submit_button;
mod text_field;

pub use choice::{Checkbox, RadioGroup, Switch};
pub use hidden_field::HiddenField;
pub use post_form::{PostForm, sentence_of};
pub use select::Select;
pub use submit_button::SubmitButton;
pub use text_field::{PasswordField, TextArea, TextField};
