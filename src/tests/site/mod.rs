mod messages;
mod opening;
mod settings;
