//! What `tcapi example` prints for some actions. Written by `tests/snippets.rs`.

#![allow(dead_code, missing_docs, clippy::pedantic)]

mod run_instances;
mod describe_person_samples;
mod all_pages;
mod get_person_group_info;
mod hostile_text;
mod describe_instances;
mod describe_auto_scaling_groups;
mod other_version;
mod other_site;
mod create_alarm;
mod create_security_group_policies;
mod create_cluster;
mod stream;
mod describe_bill_detail;
mod file;
mod by_name;
