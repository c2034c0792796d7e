use tc_apis::mps::{DescribePersonSamples, SampleType};
use tc_core::{request, tc_action, tc_model};

const LIMIT: u64 = 100;
const OFFSET: Option<u64> = None;
const NAMES: [&str; 2] = ["John Smith", "Jane Roe"];
const KIND: SampleType = SampleType::Default;

mod limits {
    pub const LOW: u64 = 1;
}

struct Pages;

impl Pages {
    const SIZE: u64 = 50;

    fn first() -> DescribePersonSamples {
        request!(DescribePersonSamples { limit: Self::SIZE })
    }
}

/// A model of every type.
#[tc_model]
struct Every {
    text: Option<String>,
    number: Option<i64>,
    fraction: Option<f64>,
    flag: Option<bool>,
    list: Option<Vec<String>>,
    numbers: Vec<u32>,
    inner: Option<Box<Every>>,
    all: Vec<Every>,
    #[tc(binary)]
    bytes: Option<Vec<u8>>,
}

/// An action that clears its secret when it is dropped.
#[tc_action(service = "cam", version = "2019-01-16", response = ())]
struct UpdatePassword {
    #[tc(sensitive)]
    password: String,
    name: Option<String>,
}

impl Drop for UpdatePassword {
    fn drop(&mut self) {
        self.password.clear();
    }
}

fn main() {
    let _ = UpdatePassword::new("secret").name("zone");
    let _ = request!(UpdatePassword { password: "secret" });
    let (limit, offset, name) = (20, Some(0), String::from("John Smith"));
    let base = request!(DescribePersonSamples { limit, offset, names: [&name] });
    let _ = request!(DescribePersonSamples {});
    let _ = request!(DescribePersonSamples { limit: LIMIT, offset: OFFSET, names: NAMES, r#type: KIND });
    let _ = request!(DescribePersonSamples { limit: limits::LOW, r#type: None, names: vec!["a", "b"] });
    let _ = request!(DescribePersonSamples { limit: Some(5), r#type: "Default", names: name.split(' ') });
    let _ = request!(DescribePersonSamples { limit: 1 + 2, r#type: SampleType::from("New"), tags: [] });
    let _ = request!(DescribePersonSamples { offset: base.limit, names: [name.as_str(), "b"], ..base });
    let _ = request!(Every {
        text: 'x',
        number: -5,
        fraction: -0.5,
        flag: false,
        list: [],
        numbers: [1, 2, 3],
        inner: Every { text: "inner", inner: Every { number: 1 } },
        all: [Every { flag: true }, Every {}],
        bytes: [0, 255],
    });
    let _ = request!(Every { fraction: 1, text: "a".to_owned(), all: vec![Every { list: vec!["x"] }] });
    let _ = Pages::first();
}
