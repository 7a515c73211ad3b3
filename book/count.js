// "Count again in this tab": the SQL of helpers/ask/questions.py, filled in here and run by DuckDB.
import * as duckdb from "@duckdb/duckdb-wasm";
import given from "./build/given.json";

const $ = (id) => document.getElementById(id);
const names = ["days", "until", "at_least", "who", "zone"];
const date = (place) => new Date(Date.parse(given.first) + place * 864e5); // of the day slider
const iso = (day) => day.toISOString().slice(0, 10);
const short = (day) => day.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function chosen() {
  const [days, until, atLeast, who, zone] = names.map((name) => $(name).value);
  return { days: +days, last: date(+until), first: date(+until - days + 1), atLeast: +atLeast, who, zone };
}

/** The text that ask.watched_every_day_sql gives for a definition. */
function sql({ days, last, first, atLeast, who, zone }) {
  const values = { days, first: iso(first), last: iso(last), seconds: atLeast * 60 };
  return given.texts[`${who}, ${zone}, ${atLeast > 0}`].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A definition and its answer as a sentence. */
function sentence(n, { days, last, first, atLeast, who, zone }) {
  let text = `${n.toLocaleString("en")} ${who}${n === 1 ? "" : "s"} watched ${given.title}`;
  text += ` ${days} day${days === 1 ? "" : "s"} in a row, up to ${short(last)}`;
  if (atLeast) text += `, at least ${atLeast} minute${atLeast === 1 ? "" : "s"} a day`;
  if (zone !== "local") text += `, by the calendar of ${zone}`;
  const early = n === 0 && first < date(0);
  return text + (early ? `. Nobody can: it was not played before ${short(date(0))}.` : ".");
}

/** The answers so far on a line: the latest is full, earlier ones are hollow, 53 is dashed. */
function dots(counts) {
  const x = (count) => 15 + (470 * count) / Math.max(106, ...counts);
  const circles = counts.map((count, i) =>
    `<circle cx="${x(count)}" cy="30" r="5" ${i < counts.length - 1 ? 'fill="none"' : ""}/>`);
  return `<path d="M15 30H485"/><path d="M${x(53)} 16V44"/><text x="${x(53)}" y="12">53</text>${circles.join("")}`;
}

/** The answer of a server that would send what is packed in a text. */
async function unpacked(packed, type = "text/plain") {
  const { body } = await fetch(`data:;base64,${packed}`);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } });
}

/** Load the database, once, and return what counts the rows of a text's answer. */
async function open() {
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: "_static/engine.js" });
    script.onload = resolve;
    script.onerror = () => reject(new Error("_static/engine.js was not found"));
    document.head.append(script);
  });
  // A plain folder lets no worker fetch, so the worker's text holds the database itself.
  const { wasm, worker, plays } = window.engine;
  const wasmFirst = `onunhandledrejection = (event) => { throw event.reason; };\n
    self.fetch = ((answer) => () => answer)((${unpacked})("${wasm}", "application/wasm"));\n`;
  const code = new Blob([wasmFirst, await (await unpacked(worker)).text()]);
  const background = new Worker(URL.createObjectURL(code));
  const failed = new Promise((_, reject) => {
    background.onerror = (event) => reject(new Error(event.message));
  });
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), background);
  await Promise.race([database.instantiate("data:,"), failed]);
  await database.registerFileText("plays.csv", await (await unpacked(plays)).text());
  delete window.engine;
  const connection = await database.connect();
  for (const text of given.tables) await connection.query(text);
  return async (text) => (await connection.query(text)).numRows;
}

function page() {
  if (typeof WebAssembly !== "object" || !window.DecompressionStream) return; // the message stays
  $("lacks").hidden = true;
  $("count").hidden = false;
  for (const zone of given.zones) $("zone").add(new Option(zone));
  $("until").max = given.last;
  $("until").value = (Date.parse("2017-12-10") - Date.parse(given.first)) / 864e5;
  const counts = [];
  let count, running, again;

  function write() {
    const asked = chosen();
    for (const name of ["days", "at_least"]) $(`${name}-is`).textContent = $(name).value;
    $("until-is").textContent = short(asked.last);
    $("until").setAttribute("aria-valuetext", short(asked.last));
    $("sql").textContent = sql(asked);
    return asked;
  }
  async function answer() {
    const asked = write();
    if (!count || (again = running)) return;
    running = true;
    $("result").ariaBusy = "true";
    const began = performance.now();
    const n = await count(sql(asked));
    const took = performance.now() - began;
    running = false;
    if (again) return answer(); // something was moved meanwhile
    $("number").textContent = n.toLocaleString("en");
    $("answer").textContent = sentence(n, asked);
    $("took").textContent = `Counted in this tab in ${Math.max(1, Math.round(took))} ms.`;
    counts.push(n);
    $("dots").innerHTML = dots(counts.slice(-12));
    const item = document.createElement("li");
    item.textContent = sentence(n, asked);
    $("trail").prepend(item);
    $("result").ariaBusy = "false";
  }
  for (const name of names) $(name).addEventListener("input", answer);
  $("start").addEventListener("click", async () => {
    $("start").disabled = true;
    $("answer").textContent = "The database is being loaded.";
    try {
      count = await open();
      await answer();
      $("start").hidden = true;
      $("days").focus();
    } catch (error) {
      $("answer").textContent = `The database could not be started: ${error.message}.`;
      $("start").disabled = false;
    }
  });
  write();
}
page();
