type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A connection had one company before it could have several entities. */
function upgradeConnection(row: Row): Row {
  const { company, ...rest } = row;
  const [first, ...others] = Array.isArray(row["entities"]) ? (row["entities"] as unknown[]) : [];
  if (!isRow(company) || !isRow(first)) return rest;
  return { ...rest, entities: [{ company, ...first }, ...others] };
}

const upgrades: Record<string, (row: Row) => Row> = { connection: upgradeConnection };

/**
 * A record as this version writes it, from the text of any older one: what older versions did not write is
 * optional in its type, and what they wrote differently is turned here. Null where the text is damaged.
 */
export function upgradeRow(kind: string, json: string): unknown {
  try {
    const row: unknown = JSON.parse(json);
    return isRow(row) ? (upgrades[kind] ?? ((same: Row) => same))(row) : null;
  } catch {
    return null;
  }
}
