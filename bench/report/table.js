// What was found, for a terminal.

import { claimTable, tablesOf } from "./tables.js";

export function table(found, claims) {
  return [...tablesOf(found), claimTable(claims)].map(render).join("\n");
}

function render({ title, note, head, rows }) {
  const plain = rows.map((row) => row.map((cell) => cell.replaceAll("**", "")));
  const widths = head.map((cell, at) => Math.max(cell.length, ...plain.map((row) => row[at].length)));
  const line = (row) => `${row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  ")}\n`;
  return `${title}\n  ${note}\n${line(head)}${plain.map(line).join("")}`;
}
