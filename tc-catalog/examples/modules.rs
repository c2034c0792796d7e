//! Prints site, service and version of every module of the catalog, one a line.

use tc_catalog::{Catalog, CatalogError, Site};

fn main() -> Result<(), CatalogError> {
    for site in Site::ALL {
        for service in Catalog::embedded()?.services() {
            for version in service.versions(site) {
                println!("{site} {} {version}", service.name());
            }
        }
    }
    Ok(())
}
