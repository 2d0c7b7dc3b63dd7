// The sources of funds add up to the total.
export default (table) => {
  const { total, by_source: sources } = table.budget;
  if (!total || !sources) return [];
  const sum = Object.values(sources).reduce((parts, part) => parts + Number(part), 0);
  return Math.abs(sum - Number(total)) > 0.011 ? [{ message: `sources add up to ${sum}` }] : [];
};
