/**
 * Checks every row of a table, and names all that fail. For rows that can share one page; where each needs a world of
 * its own, each is a test.
 *
 * @template Row
 * @param {Record<string, Row>} table by what a row is about
 * @param {(row: Row, what: string) => Promise<void>} check
 */
export async function each(table, check) {
  const failures = [];
  for (const [what, row] of Object.entries(table)) {
    try {
      await check(row, what);
    } catch (error) {
      error.message = `${what}: ${error.message}`;
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, failures.map(({ message }) => message).join("\n"));
}
