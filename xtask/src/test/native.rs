//! The tests of the workspace on the host: pure rooms, whole flows on a fake platform, and this tool's own.

use anyhow::Result;

use super::count::{self, Count};
use crate::process::tee;
use crate::project::Project;

pub(super) fn native(project: &Project) -> Result<Count> {
    let (status, output) = tee(project.cargo().args(["test", "--workspace", "--no-fail-fast"]))?;
    Ok(count::of_cargo_test(&output).with_status(status))
}
