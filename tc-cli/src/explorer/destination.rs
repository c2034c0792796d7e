//! The destination of a call: the emulator in this program, or the cloud with a profile and a region.

use std::time::Duration;

use serde_json::{Value, json};
use tc_core::emulator::{Emulator, SECRET_ID, SECRET_KEY};
use tc_core::{ClientBuilder, Credential};

use super::input::{Refused, text};
use crate::actions::{self, Target};
use crate::args::Options;
use crate::call;
use crate::emulator::{Answers, CatalogDirectory, Maker, parse_fault};
use crate::error::Error;
use crate::profile::{Keys, Profile, Settings};

/// The time between two events of a streamed answer of the emulator, so that they can be seen to arrive.
const PACE: Duration = Duration::from_millis(400);

/// The destination of a call.
#[derive(Debug)]
pub(super) struct Destination {
    pub(super) is_cloud: bool,
    settings: Settings,
    options: Options,
}

impl Destination {
    /// Reads the member `to` of an input: `{"kind": "cloud", "profile": "default", "region": "ap-guangzhou"}`. The emulator
    /// if it is absent.
    ///
    /// # Errors
    /// There is no such profile.
    pub(super) fn of(input: &Value) -> Result<Self, Error> {
        let to = &input["to"];
        let is_cloud = text(to, "kind") == "cloud";
        let mut options = Options::default();
        for name in ["profile", "region"] {
            let given = text(to, name).trim();
            if !given.is_empty() && (is_cloud || name == "region") {
                options.set(name, given)?;
            }
        }
        let settings = if is_cloud { Settings::load(&options)? } else { without_files()? };
        Ok(Self { is_cloud, settings, options })
    }

    /// The region that is sent.
    pub(super) fn region(&self) -> String {
        self.settings.region(&self.options)
    }

    /// The host or URL of the service, where the profile names one.
    pub(super) fn endpoint(&self, target: &Target) -> Option<String> {
        self.settings.endpoint(&self.options, target.folder)
    }

    /// The name of the profile.
    pub(super) fn profile(&self) -> &str {
        self.settings.profile.name()
    }

    /// The client of a call to the cloud, or to the emulator at this URL.
    ///
    /// # Errors
    /// The settings of the profile cannot be used.
    pub(super) fn client(&self, target: &Target, emulator: Option<&Emulator>) -> Result<ClientBuilder, Error> {
        let (mut options, mut own) = (self.options.clone(), None);
        if let Some(emulator) = emulator {
            options.set("endpoint", emulator.url())?;
            own = Some(example_key());
        }
        call::client_builder(&self.settings, &options, target.folder, own)
    }

    /// The client that only signs: with the example key of the documentation, or with the key of the profile.
    ///
    /// # Errors
    /// The profile has no key, or its settings cannot be used.
    pub(super) fn signer(&self, target: &Target) -> Result<ClientBuilder, Error> {
        let (secret_id, secret_key, token) = self.key()?;
        let credential = Credential::new(secret_id, secret_key);
        let credential = match token {
            Some(token) => credential.with_token(token),
            None => credential,
        };
        call::client_builder(&self.settings, &self.options, target.folder, Some(credential))
    }

    /// SecretId, SecretKey and token.
    ///
    /// # Errors
    /// The credential is not a key: it would have to be fetched first.
    pub(super) fn key(&self) -> Result<(String, String, Option<String>), Error> {
        if !self.is_cloud {
            return Ok((SECRET_ID.to_owned(), SECRET_KEY.to_owned(), None));
        }
        match self.settings.keys(&self.options)? {
            Keys::Static { secret_id, secret_key, token, role: None } => Ok((secret_id, secret_key, token)),
            _ => Err(crate::error::configuration(
                "the credential of this profile is not a key in a file or in the environment, so nothing can be signed \
                 before a call; choose the emulator, whose key is the example of the documentation",
            )),
        }
    }
}

/// An emulator for one call, with the fault and the number of items that the input names.
///
/// # Errors
/// The fault cannot be read, or there is no free port.
pub(super) async fn emulator(input: &Value) -> Result<Emulator, Refused> {
    let items = text(&input["to"], "items").trim();
    let items = if items.is_empty() { Ok(Maker::default().items) } else { items.parse() };
    let items: u64 = items.map_err(|_| Refused::bad("the number of items must be a whole number"))?;
    if items > 100_000 {
        return Err(Refused::bad(format!("the number of items is {items}; at most 100000 is accepted")));
    }
    let fault = Some(text(&input["to"], "fault").trim()).filter(|fault| !fault.is_empty());
    let fault = fault.map(parse_fault).transpose().map_err(|error| Refused::bad(format!("fault: {error}")))?;
    let directory = CatalogDirectory::new(actions::catalog()?, Maker { items, ..Maker::default() }, Answers::default());
    let emulator = Emulator::builder().directory(directory.pace(PACE)).start().await;
    let emulator = emulator.map_err(|error| Refused::bad(format!("the emulator cannot start: {error}")))?;
    if let Some(fault) = fault {
        emulator.inject(fault);
    }
    Ok(emulator)
}

/// The credential of a profile in words, with the key masked, and its region.
///
/// # Errors
/// There is no such profile, or it cannot be used.
pub(super) fn identity(profile: &str) -> Result<Value, Error> {
    let destination = Destination::of(&json!({"to": {"kind": "cloud", "profile": profile}}))?;
    let credential = crate::commands::whoami::credential(&destination.settings, &destination.options)?;
    Ok(json!({"credential": credential, "region": destination.region()}))
}

fn example_key() -> Credential {
    Credential::new(SECRET_ID, SECRET_KEY)
}

/// Settings that no file and no variable of the environment changes.
fn without_files() -> Result<Settings, Error> {
    let profile = Profile::load_from(std::path::PathBuf::from("/nonexistent"), "emulator")?;
    Ok(Settings { profile, explicit: true })
}
