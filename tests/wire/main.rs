//! Each action of tc-apis: the exact request it becomes, and what the documents' own answers become.

mod answers;
mod captured;
mod forms;
mod requests;
