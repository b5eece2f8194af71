//! The codes that pages rely on.

use std::collections::BTreeSet;

use shopper_mcp::error::Code;

#[test]
fn every_code_is_unique_and_declared_to_typescript() {
    let declarations = include_str!("../../../pkg-template/index.d.ts");
    let union = declarations.split("export type ErrorCode =").nth(1).unwrap().split(';').next().unwrap();
    let declared: BTreeSet<&str> = union.split('"').skip(1).step_by(2).collect();
    let ours: BTreeSet<&str> = Code::ALL.iter().map(|code| code.text()).collect();
    assert_eq!(ours.len(), Code::ALL.len());
    let missing: Vec<&&str> = ours.difference(&declared).collect();
    assert!(missing.is_empty(), "not declared: {missing:?}");
    for code in ours {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
    }
}
