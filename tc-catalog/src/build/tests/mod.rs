//! Builds small packages and reads the result; also damaged and changed ones.

mod files;
mod metadata;
mod paging;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{BuildError, Packages, build};
use crate::Catalog;

/// A directory that is removed at the end of the test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tc-catalog-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn site(&self, site: &str, api: &Value, examples: &Value) {
        let services = format!("{site}/tccli/services");
        self.write(&format!("{services}/__init__.py"), "SERVICE_VERSIONS = {\n \"zoo\": [\n  \"2020-01-01\"\n ]\n}\n");
        self.write(&format!("{services}/zoo/v20200101/api.json"), &api.to_string());
        self.write(&format!("{services}/zoo/v20200101/examples.json"), &examples.to_string());
        let package = if site == "cn" { "tccli" } else { "tccli-intl-en" };
        self.write(&format!("{site}/{package}.dist-info/METADATA"), &format!("Name: {package}\nVersion: 3.1\n"));
    }

    fn packages(&self) -> Packages {
        Packages { china: self.0.join("cn"), international: self.0.join("intl"), errors: self.0.join("sdk") }
    }

    fn built(&self) -> Result<Catalog, BuildError> {
        build(&self.packages(), &mut |_| {}).map(|built| Catalog::from_bytes(built.bytes).unwrap())
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn member(name: &str, form: &str, ty: &str, document: &str) -> Value {
    json!({"name": name, "type": form, "member": ty, "document": document, "required": false})
}

fn api() -> Value {
    json!({
        "version": "1.0",
        "metadata": {"apiVersion": "2020-01-01", "serviceShortName": "zoos"},
        "actions": {
            "ListAnimals": {"name": "", "document": "默认接口请求频率限制：20次/秒。", "status": "deprecated",
                            "input": "ListAnimalsRequest", "output": "ListAnimalsResponse"},
            "FeedAnimal": {"name": "", "document": "", "input": "FeedAnimalRequest", "output": "EmptyResponse", "skip_sign": true},
        },
        "objects": {
            "ListAnimalsRequest": {"members": [
                member("Limit", "int", "uint64", "默认值为20，最大值为100。"),
                member("Offset", "int", "uint64", "默认值为0。"),
                member("Password", "string", "string", ""),
            ]},
            "ListAnimalsResponse": {"members": [
                member("TotalCount", "int", "int64", ""),
                {"name": "Animals", "type": "list", "member": "Animal", "document": "", "value_allowed_null": true},
                member("RequestId", "string", "string", "请求ID"),
            ]},
            "FeedAnimalRequest": {"members": [
                {"name": "Animal", "type": "object", "member": "Animal", "document": "", "required": 1, "disabled": true},
            ]},
            "EmptyResponse": {"members": [member("RequestId", "string", "string", "X-TC-RequestId")]},
            "Animal": {"members": [
                member("Kind", "string", "string", "取值范围：CAT、DOG。"),
                member("Born", "string", "date", ""),
                member("Fed", "string", "datetime_iso", ""),
                member("Parent", "object", "Animal", ""),
                member("Children", "list", "Animal", ""),
            ]},
        },
    })
}

fn directory(name: &str) -> Directory {
    let directory = Directory::new(name);
    directory.site("cn", &api(), &json!({"actions": {}}));
    directory.site("intl", &api(), &json!({"actions": {}}));
    let codes =
        "# -*- coding: utf8 -*-\n\n# a comment = 'with a quote'\nB = 'LimitExceeded.Food'\nA = 'FailedOperation'\n";
    directory.write("sdk/tencentcloud/zoo/v20200101/errorcodes.py", codes);
    directory.write("sdk/tencentcloud_sdk_python.dist-info/METADATA", "Name: tencentcloud-sdk-python\nVersion: 3.2\n");
    directory
}
