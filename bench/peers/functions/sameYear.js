// The year of each table is that of the document.
export default (document) =>
  document.tables.flatMap((table, at) =>
    table.fiscal_year === document.fiscal_year ? [] : [{ message: "year differs", path: ["tables", at, "fiscal_year"] }],
  );
