// The shop's real sign-in page, used as a customer uses it.

/** The shop's two customers. */
export const MAYA = "maya.okafor@example.com";
export const THEO = "theo.lindqvist@example.com";

/** From the e-mail address to the code that was mailed; ends when the page is left. */
export async function signInAsCustomer(page, email = MAYA) {
  await enterEmail(page, email);
  await enterCode(page);
}

export async function enterEmail(page, email = MAYA) {
  await page.locator("#email").fill(email);
  await page.getByRole("button", { name: /^(Continue|Continuer)$/ }).click();
  await page.locator("#code").waitFor();
}

export async function enterCode(page) {
  const code = await page.locator("#one-time-code").textContent();
  await page.locator("#code").fill(code);
  await page.getByRole("button", { name: /^(Submit|Envoyer)$/ }).click();
}

/** Waits until a tab shows the sign-in page. */
export async function atSignInPage(page) {
  await page.locator("#email, #code").first().waitFor();
}

export async function returnToStore(page) {
  await page.getByRole("button", { name: "Return to store" }).click();
}
