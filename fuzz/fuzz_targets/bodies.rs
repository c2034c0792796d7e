#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| tc_fuzz::bodies(input));
