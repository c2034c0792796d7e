//! The cost of opening the catalog, finding an action, building specs, and searching.

use std::hint::black_box;

use serde_json::{Value, json};
use tc_benches::measure::measure;
use tc_benches::{Case, Options, Table};
use tc_catalog::{Catalog, Module, Site};

static FILE: &[u8] = include_bytes!("../../tc-catalog/data/catalog.bin");

fn main() -> std::io::Result<()> {
    // Every round leaves the specs of a service in memory, because specs live as long as the program.
    let options = Options::from_args();
    let options = Options { rounds: options.rounds.min(51), ..options };
    find(options)?;
    specs(options)?;
    search(options)
}

/// A newly opened catalog without cached specs. It is never closed, because specs live as long as the program.
fn open() -> &'static Catalog {
    Box::leak(Box::new(Catalog::from_bytes(FILE).expect("the catalog")))
}

fn find(options: Options) -> std::io::Result<()> {
    let json = as_json(open().module(Site::China, "cvm", None).expect("cvm"));
    let run = measure(
        options,
        vec![
            Case::new("open the catalog, find cvm RunInstances", || {
                let catalog = Catalog::from_bytes(FILE).expect("the catalog");
                let action = catalog.action(Site::China, "cvm", None, "RunInstances").expect("the action");
                action.request().members().len()
            }),
            Case::new("open the catalog alone", || Catalog::from_bytes(black_box(FILE))),
            Case::new("serde_json: the metadata of cvm as JSON", || serde_json::from_str::<Value>(black_box(&json))),
        ],
    );
    let mut table = Table::new("catalog_find", "one action from the catalog, without a cache");
    table.cases(&run);
    table.ratio(&run, "ours / serde_json with the same metadata as JSON", 0, &[2], None);
    table.figure("open and find", run.cpu(0) / 1e6, "ms", Some(1.0));
    table.keep(options)
}

fn specs(options: Options) -> std::io::Result<()> {
    let json = as_json(open().module(Site::China, "csip", None).expect("csip"));
    let run = measure(
        options,
        vec![
            Case::new("all specs of csip: 10,162 members", || {
                let module = open().module(Site::China, "csip", None).expect("csip");
                let params: usize = module.objects().map(|object| object.model().get().params.len()).sum();
                params + module.actions().filter_map(|action| action.spec().ok()).count()
            }),
            Case::new("serde_json: the metadata of csip as JSON", || serde_json::from_str::<Value>(black_box(&json))),
        ],
    );
    let mut table = Table::new("catalog_specs", "all specs of the largest service, including opening the catalog");
    table.cases(&run);
    table.ratio(&run, "ours / serde_json with the same metadata as JSON", 0, &[1], None);
    table.figure("open and build every spec", run.cpu(0) / 1e6, "ms", Some(12.0));
    table.keep(options)
}

fn search(options: Options) -> std::io::Result<()> {
    let catalog = open();
    let names: Vec<String> = catalog
        .services()
        .flat_map(|service| service.versions(Site::China).map(move |version| (service, version)))
        .filter_map(|(service, version)| service.module(Site::China, Some(version)).ok())
        .flat_map(|module| module.actions().map(|action| action.name().to_owned()))
        .collect();
    let run = measure(
        options,
        vec![
            Case::new("search for `person sample`, ranked", || catalog.search(Site::China, black_box("person sample"))),
            Case::new("the same search, including parameters", || {
                catalog.search_parameters(Site::China, black_box("person sample"))
            }),
            Case::new("16,204 names in a Vec: lower case and `contains`, not ranked", || {
                let has = |name: &&String, word| name.to_ascii_lowercase().contains(black_box(word));
                names.iter().filter(|name| has(name, "person") && has(name, "sample")).count()
            }),
        ],
    );
    let mut table = Table::new("catalog_search", "a search in the catalog");
    table.cases(&run);
    table.ratio(&run, "ours / a Vec of names", 0, &[2], None);
    table.figure("search of all names", run.cpu(0) / 1e6, "ms", Some(3.0));
    table.figure("search of names and parameters", run.cpu(1) / 1e6, "ms", None);
    table.keep(options)
}

/// The metadata of a module as JSON.
fn as_json(module: Module<'_>) -> String {
    let object = |object: tc_catalog::Object<'_>| {
        let members: Vec<Value> = object
            .members()
            .map(|member| {
                json!({
                    "name": member.name(), "type": member.ty().to_string(), "list": member.is_list(),
                    "required": member.is_required(), "nullable": member.is_nullable(),
                })
            })
            .collect();
        json!({"name": object.name(), "members": members})
    };
    let actions: Vec<Value> = module
        .actions()
        .map(|action| json!({"name": action.name(), "input": action.request().name(), "output": action.response().name()}))
        .collect();
    json!({"actions": actions, "objects": module.objects().map(object).collect::<Vec<_>>()}).to_string()
}
