/**
 * Whether a statement stays within one account, by the rules of a database that is distributed by account (Citus,
 * https://docs.citusdata.com/en/stable/develop/reference_sql.html: each table of a query is bound to a value of the
 * distribution column, or joined on it to one that is).
 */

/** Tables that belong to the relay and not to an account: small ones on every node, `directory` by its own key. */
const OF_THE_RELAY = ["relays", "relay_secrets", "migrations", "directory"]

const TABLE = /\b(from|join|into|(?<!\bdo )update)\s+"?(?!select\b)(\w+)"?(?:\s+as\s+"(\w+)")?/gi

const NOT_ASKED = /^\s*(begin|commit|rollback|savepoint|release|pragma|explain)/i

/** That a table's column stands against a value: under its name, or under none. */
const isSaid = (source: string, name: string, column: string): boolean => {
  const named = `"?${name}"?\\."?${column}"?`
  const bare = `(?<!\\.)"${column}"|(?<![."\\w])${column}`
  return new RegExp(`(?:${named}|${bare}) (?:= (?:\\?|\\$\\d)|in \\((?:\\?|\\$\\d))`, "i").test(source)
}

/** That it stands against the same column of another table. */
const isJoined = (source: string, name: string, column: string): boolean => {
  const other = `"?\\w+"?\\."?(?:account_id|id)"?`
  const own = `"?${name}"?\\."?${column}"?`
  return new RegExp(`${own} = ${other}|${other} = ${own}|using \\(account_id`, "i").test(source)
}

/** Tables of a statement that nothing binds to one account; none for one that stays within it. */
export const unboundTables = (source: string): string[] => {
  if (NOT_ASKED.test(source)) return []
  const tables = [...source.matchAll(TABLE)].flatMap(([, verb = "", table = "", alias]) => {
    if (OF_THE_RELAY.includes(table)) return []
    const column = table === "accounts" ? "id" : "account_id"
    return [{ table, name: alias ?? table, column, isInto: verb.toLowerCase() === "into" }]
  })
  const said = ({ name, column, isInto }: (typeof tables)[number]): boolean =>
    isInto ? source.includes(`"${column}"`) : isSaid(source, name, column)
  // Joined to each other they are bound only if one of them is to a value.
  const anchored = tables.some(said)
  const unbound = tables.filter((one) => !(said(one) || (anchored && isJoined(source, one.name, one.column))))
  return [...new Set(unbound.map(({ table }) => table))]
}
