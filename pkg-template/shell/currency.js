// Currencies and their minor units. Nothing of an amount is ever a fraction.

// ISO 4217 by its number of decimals; two where nothing else is said. Not taken from Intl, whose digits are CLDR's:
// what is usual in print, not what the standard says.
const DECIMALS = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

// Metals, funds, tests and "no currency": codes of ISO 4217 that have no minor unit.
const NO_MINOR_UNIT = "XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX";

/** How many decimals a currency has; `null` for what is none. */
export function decimalsOf(currency) {
  if (!/^[A-Z]{3}$/.test(currency) || NO_MINOR_UNIT.includes(currency)) return null;
  const found = Object.entries(DECIMALS).find(([, codes]) => codes.includes(currency));
  return found ? Number(found[0]) : 2;
}

/** Decimal text as minor units; `null` for anything else, and for decimals that the currency does not have. */
export function minorUnits(text, decimals) {
  const match = typeof text === "string" && /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (decimals === null || !match) return null;
  const fraction = (match[3] ?? "").padEnd(decimals, "0");
  if (/[1-9]/.test(fraction.slice(decimals))) return null;
  const units = Number(match[2] + fraction.slice(0, decimals));
  if (!Number.isSafeInteger(units)) return null;
  return match[1] && units ? -units : units;
}
