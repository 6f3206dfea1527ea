"use strict";
// Tables are whole without this; it lets them be sorted by a column and filtered by a word.
const compare = new Intl.Collator("en", { numeric: true }).compare;

function key(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value ?? (cell.textContent === "–" ? "" : cell.textContent);
}

function sort(table, head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  const number = head.classList.contains("number");
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const order = (a, b) => (number ? a - b : compare(a, b)) * (down ? -1 : 1);
  const rows = [...table.tBodies[0].rows].map((row) => [key(row, column), row]);
  // What is empty comes last in both directions.
  rows.sort(([a], [b]) => (a === "") - (b === "") || (a === "" ? 0 : order(a, b)));
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head, column));
    head.append(button);
  });
}

function makeFilterable(table) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 8) return;
  const label = document.createElement("label");
  const input = document.createElement("input");
  const found = document.createElement("output");
  input.type = "search";
  label.append(`Filter ${rows.length} rows `, input);
  const bar = document.createElement("p");
  bar.className = "filter";
  bar.append(label, " ", found);
  table.parentElement.before(bar);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    const left = rows.filter((row) => !row.hidden).length;
    found.textContent = wanted ? `${left} found` : "";
  });
}

for (const table of document.querySelectorAll("table.data")) {
  makeSortable(table);
  makeFilterable(table);
}
