import { refusedPage } from "./pages.js";

/** What the provider shows where it must not redirect (RFC 6749 section 4.1.2.1). */
export async function renderErrorPage(ctx, out) {
  ctx.type = "html";
  ctx.body = refusedPage(out.error, out.error_description ?? "");
}
