// No point of a payment plan lies above a later one.
const month = (point) => parseInt(point.label, 10);

export default (table, _options, context) => {
  const points = table.payment_plan?.points ?? [];
  return points.flatMap((point, at) =>
    points.some((later) => month(later) > month(point) && Number(later.amount) < Number(point.amount))
      ? [{ message: "falls later", path: [...context.path, "payment_plan", "points", at] }]
      : [],
  );
};
