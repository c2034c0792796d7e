//! The page itself.

use maud::{DOCTYPE, Markup, html};
use tc_core::Region;

use super::server::Server;
use crate::emulator::fault_names;
use crate::profile::in_tccli;
use crate::snippet::Language;

/// The page. Its scripts fill it.
pub(super) fn page(_: &Server) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head("tcapi explorer"))
            body {
                a.skip href="#request" { "Skip to the request" }
                header.top {
                    span.brand { "tcapi " b { "explorer" } }
                    button.finder #search-open type="button" aria-haspopup="dialog" aria-keyshortcuts="Control+K /" {
                        span { "Search all actions" } kbd { "Ctrl K" }
                    }
                    label.site { span.sr { "Site" }
                        select #site { option value="china" { "China site" } option value="international" { "International site" } }
                    }
                    button.icon #theme type="button" aria-label="Switch between light and dark" title="Light or dark" { "◐" }
                }
                nav.tabs aria-label="Open actions" { ul #tabs {} }
                p #offline role="alert" hidden { "The program has ended. Start it again: " code { "tcapi explorer" } }
                main #work hidden {
                    section.request #request aria-label="Request" tabindex="-1" { (request()) }
                    section.results #results aria-label="Results" tabindex="-1" { (results()) }
                }
                main.welcome #welcome aria-label="Start" tabindex="-1" { (welcome()) }
                (dialogs())
                p.sr #announcer role="status" aria-live="polite" {}
                datalist #regions { @for region in Region::KNOWN { option value=(region.as_str()) {} } }
            }
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
            link rel="stylesheet" href="/assets/explorer.css";
            script src="/assets/theme.js" {}
            script type="module" src="/assets/app.js" {}
        }
    }
}

fn request() -> Markup {
    html! {
        div #action {}
        div.bar {
            div.switch role="tablist" aria-label="Form or JSON" {
                button #tab-form role="tab" type="button" aria-selected="true" aria-controls="form-panel" { "Form" }
                button #tab-json role="tab" type="button" aria-selected="false" aria-controls="raw" tabindex="-1" { "JSON" }
            }
            label.check { input #required-only type="checkbox"; "Required only" }
            input.filter #filter type="search" placeholder="Filter parameters" aria-label="Filter parameters" autocomplete="off";
            button.quiet #paste-open type="button" { "Paste…" }
            button.quiet #clear type="button" { "Clear" }
        }
        div #violations role="status" aria-live="polite" {}
        div #form-panel role="tabpanel" aria-labelledby="tab-form" { form #form autocomplete="off" {} }
        div #raw role="tabpanel" aria-labelledby="tab-json" hidden {
            label.sr for="json" { "Parameters as JSON" }
            textarea #json spellcheck="false" rows="18" {}
        }
        (send_bar())
    }
}

fn send_bar() -> Markup {
    html! {
        div.send role="group" aria-label="Send" {
            label { span { "Send to" }
                select #kind { option value="emulator" { "Emulator" } option value="cloud" { "Cloud" } }
            }
            span #to-emulator {
                label { span { "Fault" }
                    select #fault {
                        option value="" { "none" }
                        @for name in fault_names() { option value=(name) { (name.split(':').next().unwrap_or_default()) } }
                    }
                }
                label #fault-label hidden { span #fault-name {} input #fault-value type="text" autocomplete="off"; }
                label #times-label hidden { span { "Calls" } input #fault-times type="text" inputmode="numeric" value="1"; }
                label { span { "Items" } input #items type="text" inputmode="numeric" value="42" title="How many items there are of everything that pages"; }
            }
            span #to-cloud hidden {
                label { span { "Profile" }
                    select #profile {
                        option value="" { "environment or default" }
                        @for name in in_tccli() { option value=(name) { (name) } }
                    }
                }
            }
            label { span { "Region" } input #region type="text" list="regions" autocomplete="off" placeholder="default"; }
            p #identity role="status" hidden {}
            button.primary #send type="button" aria-keyshortcuts="Control+Enter" { "Send" kbd { "Ctrl ↵" } }
        }
    }
}

fn results() -> Markup {
    let panels = [
        ("answer", "Answer"),
        ("code", "Code"),
        ("steps", "Signature"),
        ("about", "Reference"),
        ("history", "History"),
    ];
    html! {
        div.switch.panels role="tablist" aria-label="Results" {
            @for (index, (name, title)) in panels.iter().enumerate() {
                button id={"tab-" (name)} role="tab" type="button" aria-controls={"panel-" (name)}
                    aria-selected=(index == 0) tabindex=[(index != 0).then_some("-1")] { (title) }
            }
        }
        div #panel-answer role="tabpanel" aria-labelledby="tab-answer" {
            div.empty { p { "Nothing was sent yet." } p.quiet { "The emulator answers every action without a key. Press " kbd { "Ctrl ↵" } " to send, " kbd { "F6" } " to move between the request and the results." } }
        }
        div #panel-code role="tabpanel" aria-labelledby="tab-code" hidden {
            div.languages role="group" aria-label="Language" {
                @for language in Language::ALL {
                    button type="button" id={"language-" (language)} data-language=(language) aria-pressed="false" { (language.title()) }
                }
                button.copy #copy-code type="button" { "Copy" }
            }
            pre.code #code tabindex="0" aria-label="Code" {}
        }
        div #panel-steps role="tabpanel" aria-labelledby="tab-steps" hidden {
            label.at { "Signed for the time " input #at type="text" inputmode="numeric" placeholder="now, in seconds since 1970"; }
            div #steps {}
            details.compare {
                summary { "Compare with mine" }
                p.quiet { "Paste your request as text: the line with method and path, headers with the Authorization, an empty line, the body. A curl command works too." }
                label.sr for="mine" { "Your request" }
                textarea #mine rows="8" spellcheck="false" {}
                button #compare type="button" { "Compare" }
                div #comparison role="status" aria-live="polite" {}
            }
        }
        div #panel-about role="tabpanel" aria-labelledby="tab-about" hidden {}
        div #panel-history role="tabpanel" aria-labelledby="tab-history" hidden {}
    }
}

fn welcome() -> Markup {
    let examples = [
        ("mps", "2019-06-12", "DescribePersonSamples"),
        ("cvm", "2017-03-12", "RunInstances"),
        ("hunyuan", "2023-09-01", "ChatCompletions"),
        ("iai", "2020-03-03", "GetPersonGroupInfo"),
    ];
    html! {
        h1 { "Every action of the cloud, on this machine" }
        p { "Press " kbd { "/" } " or " kbd { "Ctrl K" } " and type a few words: a service, a verb, a parameter." }
        p.quiet { "Calls go to an emulator in this program until you choose the cloud. No key is needed, and none reaches this page." }
        ul.examples {
            @for (service, version, action) in examples {
                li { a href={"#/" (service) "/" (version) "/" (action)} { span { (service) } (action) } }
            }
        }
        div #recent {}
    }
}

fn dialogs() -> Markup {
    html! {
        dialog.palette #search aria-label="Search all actions" {
            input #q type="text" role="combobox" aria-expanded="true" aria-controls="found" aria-autocomplete="list"
                aria-label="Words of the action" placeholder="person sample, cvm run, vpc describe …" autocomplete="off" spellcheck="false";
            ul #found role="listbox" aria-label="Actions" {}
            p.keys { kbd { "↑" } kbd { "↓" } " choose " kbd { "↵" } " open " kbd { "Esc" } " close" }
        }
        dialog #paste aria-labelledby="paste-title" {
            h2 #paste-title { "Paste a request" }
            p.quiet { "JSON, a curl command, an HTTP request, a URL, or a command line of tcapi or tccli." }
            label.sr for="pasted" { "Request" }
            textarea #pasted rows="12" spellcheck="false" {}
            p.error #paste-error role="alert" hidden {}
            div.actions { button type="button" data-close { "Cancel" } button.primary #paste-use type="button" { "Use it" } }
        }
        dialog #confirm aria-labelledby="confirm-title" aria-describedby="confirm-text" {
            h2 #confirm-title { "Send a change to the cloud?" }
            p #confirm-text {}
            div.actions { button type="button" data-close { "Cancel" } button.danger #confirm-send type="button" { "Send" } }
        }
    }
}

/// A page that opens `/`.
pub(super) fn start() -> Markup {
    let more = html! {
        link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
        meta http-equiv="refresh" content="0;url=/";
    };
    small_page(&more, &html! { p { a href="/" { "Open the Explorer" } } })
}

/// The page for a browser without a session.
pub(super) fn no_session() -> Markup {
    let text = html! {
        h1 { "This browser has no session" }
        p { "Open the URL that " code { "tcapi explorer" } " printed when it started. It works once; start the program again if it was used." }
    };
    small_page(&html! {}, &text)
}

/// The page for a token that is not accepted.
pub(super) fn closed() -> Markup {
    let text = html! {
        h1 { "This link was used, or is wrong" }
        p { "A link opens the Explorer once. If this browser opened it before, " a href="/" { "go to the page" } "; otherwise start " code { "tcapi explorer" } " again." }
    };
    small_page(&html! {}, &text)
}

/// A page without styles and scripts. `more` is added to its head.
fn small_page(more: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; (more) title { "tcapi explorer" } }
            body { (body) }
        }
    }
}
