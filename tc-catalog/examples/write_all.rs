//! Writes the source of every module of the catalog, as `tcapi code --out` does for one module.
//!
//! `write_all DIR` makes a directory in `DIR` for each module, and prints how many files it wrote.

use std::error::Error;
use std::fs;
use std::path::Path;

use tc_catalog::rust::{FileOptions, Root, files};
use tc_catalog::{Action, Catalog, Site};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("usage: write_all DIR")?;
    let catalog = Catalog::embedded()?;
    let (mut modules, mut written, mut bytes) = (0_usize, 0_usize, 0_usize);
    for site in Site::ALL {
        for service in catalog.services() {
            for version in service.versions(site) {
                let module = service.module(site, Some(version))?;
                let actions: Vec<Action<'_>> = module.actions().collect();
                let command = format!("tcapi code {}", service.name());
                let options =
                    FileOptions { root: Root::Module, command: &command, sources: catalog.sources(), texts: None };
                let folder = Path::new(&directory).join(format!("{}-{version}-{site}", service.name()));
                fs::create_dir_all(&folder)?;
                for file in files(module, &actions, options)? {
                    fs::write(folder.join(&file.name), &file.text)?;
                    written += 1;
                    bytes += file.text.len();
                }
                modules += 1;
            }
        }
    }
    println!("{modules} modules, {written} files, {bytes} bytes");
    Ok(())
}
