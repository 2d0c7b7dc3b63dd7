// Basic and project expenditure add up to the total.
export default (table) => {
  const { total, by_use: uses } = table.budget;
  if (!total || !uses || !uses.basic) return [];
  const sum = Number(uses.basic) + Number(uses.project);
  return Math.abs(sum - Number(total)) > 0.011 ? [{ message: `uses add up to ${sum}` }] : [];
};
