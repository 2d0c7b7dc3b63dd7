// Weights add up to 100.
export default (table) => {
  const weights = (table.indicators ?? []).filter((row) => row.weight).map((row) => Number(row.weight));
  const sum = weights.reduce((parts, part) => parts + part, 0);
  return weights.length > 0 && Math.abs(sum - 100) > 0.001 ? [{ message: `weights add up to ${sum}` }] : [];
};
