// At most half of the values are words.
export default (table) => {
  const values = (table.indicators ?? []).map((row) => row.value).filter((value) => value);
  const worded = values.filter((value) => !/[0-9]/.test(value)).length;
  return 2 * worded > values.length ? [{ message: `${worded} of ${values.length} values are words` }] : [];
};
