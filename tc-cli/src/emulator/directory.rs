//! Every action of the catalog, for the emulator.

use std::time::Duration;

use serde_json::Value;
use tc_catalog::{Catalog, Service, Site};
use tc_core::emulator::{Directory, Reply, Unknown};
use tc_spec::ActionSpec;

use super::answers::Answers;
use super::made::{self, Maker};
use crate::actions;

/// Knows every action of both sites, and answers with the user's answers or with made ones.
#[derive(Debug)]
pub struct CatalogDirectory {
    catalog: &'static Catalog,
    maker: Maker,
    answers: Answers,
    pace: Duration,
}

impl CatalogDirectory {
    /// The actions of this catalog.
    pub fn new(catalog: &'static Catalog, maker: Maker, answers: Answers) -> Self {
        Self { catalog, maker, answers, pace: Duration::ZERO }
    }

    /// Sends the events of a stream with this much time between two of them. Default: none.
    #[must_use]
    pub fn pace(mut self, pace: Duration) -> Self {
        self.pace = pace;
        self
    }
}

impl Directory for CatalogDirectory {
    fn find(&self, service: &str, version: &str, action: &str) -> Result<ActionSpec, Unknown> {
        let service = self.catalog.service(service).ok().filter(|found| found.wire_name() == service);
        let service = service.ok_or(Unknown::Service)?;
        let mut unknown = Unknown::Version;
        // What only the international site has is known, too.
        for site in Site::ALL {
            let Ok(module) = service.module(site, Some(version)) else { continue };
            match module.action(action) {
                Ok(action) => {
                    return actions::target(service, site, action)
                        .map(|found| *found.spec)
                        .map_err(|_| Unknown::Action);
                }
                Err(_) => unknown = Unknown::Action,
            }
        }
        Err(unknown)
    }

    fn answer(&self, spec: &ActionSpec, params: Value) -> Reply<Value> {
        if let Some(reply) = self.answers.answer(spec.service, spec.name) {
            return reply;
        }
        let whole = made::answer(spec, &params, self.maker);
        if spec.streaming && (spec.request.param("Stream").is_none() || params["Stream"] == true) {
            let next = made::answer(spec, &params, Maker { seed: self.maker.seed.wrapping_add(1), ..self.maker });
            let reply = Reply::events([whole.to_string(), next.to_string(), "[DONE]".to_owned()]);
            return if self.pace.is_zero() { reply } else { reply.every(self.pace) };
        }
        Reply::json(whole)
    }

    fn service_of(&self, version: &str, action: &str) -> Option<String> {
        let has = |service: &Service<'_>| {
            Site::ALL.into_iter().any(|site| {
                service.versions(site).any(|known| known == version)
                    && service.module(site, Some(version)).is_ok_and(|module| module.action(action).is_ok())
            })
        };
        self.catalog.services().find(has).map(|service| service.wire_name().to_owned())
    }
}
