# The thirty rules for Rego: [number of the rule, of the table, of the item].
package bench

import rego.v1

cell(row, key) := object.get(row, key, null)

found contains [0, -1, -1] if input.organization.name == null

found contains [1, -1, -1] if not input.fiscal_year >= 2020

found contains [1, -1, -1] if input.fiscal_year > 2030

found contains [2, t, -1] if {
	some t, table in input.tables
	not contains(table.title, "绩效")
}

found contains [3, t, -1] if {
	some t, table in input.tables
	count(table.title) > 30
}

found contains [4, t, -1] if {
	some t, table in input.tables
	not table.currency_unit in {"元", "万元"}
}

found contains [5, t, g] if {
	some t, table in input.tables
	some g, goal in table.goals
	regex.match("1[3-9][0-9]{9}", goal.text)
}

found contains [6, t, -1] if {
	some t, table in input.tables
	table.fiscal_year != input.fiscal_year
}

source_sum(budget) := sum([to_number(part) | some part in budget.by_source])

found contains [7, t, -1] if {
	some t, table in input.tables
	table.budget.by_source
	abs(source_sum(table.budget) - to_number(table.budget.total)) > 0.011
}

found contains [8, t, -1] if {
	some t, table in input.tables
	parts := to_number(table.budget.by_use.basic) + to_number(table.budget.by_use.project)
	abs(parts - to_number(table.budget.total)) > 0.011
}

found contains [9, t, -1] if {
	some t, table in input.tables
	weights := [to_number(row.weight) | some row in table.indicators]
	count(weights) > 0
	abs(sum(weights) - 100) > 0.001
}

month(point) := to_number(split(point.label, "月")[0])

found contains [10, t, p] if {
	some t, table in input.tables
	some p, point in table.payment_plan.points
	some later in table.payment_plan.points
	month(later) > month(point)
	to_number(later.amount) < to_number(point.amount)
}

found contains [11, t, -1] if {
	some t, table in input.tables
	values := [row.value | some row in table.indicators; row.value != null]
	worded := [value | some value in values; not regex.match("[0-9]", value)]
	2 * count(worded) > count(values)
}

found contains [12, t, i] if {
	some t, table in input.tables
	some i, row in table.indicators
	row.name != null
	some j, other in table.indicators
	j != i
	other.name == row.name
	cell(other, "section") == cell(row, "section")
}

rows contains [t, i, row] if {
	some t, table in input.tables
	some i, row in table.indicators
}

found contains [13, t, i] if {
	some [t, i, row] in rows
	row.name == null
}

found contains [14, t, i] if {
	some [t, i, row] in rows
	row.name != null
	count(row.name) > 30
}

found contains [15, t, i] if {
	some [t, i, row] in rows
	regex.match("^(指标)?[0-9]+$", row.name)
}

found contains [16, t, i] if {
	some [t, i, row] in rows
	regex.match(",|，|。|;|；", row.name)
}

found contains [17, t, i] if {
	some [t, i, row] in rows
	row.level1 == null
}

found contains [18, t, i] if {
	some [t, i, row] in rows
	not row.level1 in input.known.level1
}

found contains [19, t, i] if {
	some [t, i, row] in rows
	not row.level2 in input.known.level2
}

found contains [20, t, i] if {
	some [t, i, row] in rows
	row.value == null
}

found contains [21, t, i] if {
	some [t, i, row] in rows
	regex.match("约|若干|左右|达到要求", row.value)
}

found contains [22, t, i] if {
	some [t, i, row] in rows
	contains(row.value, "%%")
}

found contains [23, t, i] if {
	some [t, i, row] in rows
	regex.match("[0-9]万$", row.value)
}

found contains [24, t, i] if {
	some [t, i, row] in rows
	row.value != null
	count(row.value) > 20
}

found contains [25, t, i] if {
	some [t, i, row] in rows
	endswith(row.name, "率")
	not contains(row.value, "%")
	row.value != null
	cell(row, "unit") != "%"
}

found contains [26, t, i] if {
	some [t, i, row] in rows
	contains(row.level1, "满意")
	row.value != null
	not startswith(row.value, "≥")
	cell(row, "comparator") != "≥"
}

found contains [27, t, i] if {
	some [t, i, row] in rows
	contains(row.level2, "成本")
	row.value != null
	not startswith(row.value, "≤")
	cell(row, "comparator") != "≤"
}

found contains [28, t, i] if {
	some [t, i, row] in rows
	regex.match("^[0-9.]+$", row.value)
	cell(row, "comparator") == null
}

found contains [29, t, i] if {
	some [t, i, row] in rows
	regex.match("^[0-9.]+$", row.value)
	cell(row, "unit") == null
}
