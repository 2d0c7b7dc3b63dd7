// No two rows of a block share a name.
export default (table, _options, context) => {
  const rows = table.indicators ?? [];
  const key = (row) => `${row.section ?? ""} ${row.name}`;
  const times = new Map();
  for (const row of rows) times.set(key(row), (times.get(key(row)) ?? 0) + 1);
  return rows.flatMap((row, at) =>
    row.name && times.get(key(row)) > 1
      ? [{ message: "name repeats", path: [...context.path, "indicators", at, "name"] }]
      : [],
  );
};
