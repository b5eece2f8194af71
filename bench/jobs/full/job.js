// Ours, the full entry. With esbuild one says where the wasm is, see pkg-template/README.md.

import { connect } from "shopper-mcp";
import wasm from "shopper-mcp/shopper_mcp_bg.wasm";

import { jobOf } from "../shared/ours.js";

export const { answer, call, listTools } = jobOf(connect, wasm);
