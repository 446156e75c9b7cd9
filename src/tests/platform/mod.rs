mod command;
mod commits;
mod jobs;
mod limits;
mod migrations;
mod settings;
