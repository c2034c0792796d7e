//! The stylesheet, the scripts and the icon.

/// A file that the page loads.
pub(super) struct Asset {
    pub(super) name: &'static str,
    pub(super) media_type: &'static str,
    pub(super) text: &'static str,
}

macro_rules! assets {
    ($($name:literal $media_type:literal),* $(,)?) => {
        static ASSETS: &[Asset] = &[$(
            Asset { name: $name, media_type: $media_type, text: include_str!(concat!("assets/", $name)) },
        )*];
    };
}

assets! {
    "explorer.css" "text/css; charset=utf-8",
    "theme.js" "text/javascript; charset=utf-8",
    "api.js" "text/javascript; charset=utf-8",
    "app.js" "text/javascript; charset=utf-8",
    "form.js" "text/javascript; charset=utf-8",
    "panels.js" "text/javascript; charset=utf-8",
    "search.js" "text/javascript; charset=utf-8",
    "send.js" "text/javascript; charset=utf-8",
    "tree.js" "text/javascript; charset=utf-8",
    "icon.svg" "image/svg+xml",
}

/// The file of this name.
pub(super) fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}
