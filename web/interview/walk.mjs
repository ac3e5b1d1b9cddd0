// Walks a form as an enumerator does and tells every question that was really asked.
//
//     node walk.mjs < {"form": XForm, "files": {"zones.csv": TEXT}, "answers": {…}, "lines": {…}}
//
// `today` is the day of the interview, so that ages are the same each time.
// `answers` holds answers by name of question, `lines` those of each line of a repeat by its name.
// A question without an answer there gets a plain one: the first choice, 1, a word.
import { text } from "node:stream/consumers";

/**
 * @typedef {import("@getodk/xforms-engine").AnyNode} AnyNode
 * @typedef {{form: string, files: Record<string, string>, answers: Record<string, unknown>,
 *   lines?: Record<string, Record<string, unknown>[]>, language?: string, today?: string}} Scene
 */

/** @param {Scene} scene */
async function open(scene) {
  if (scene.today) liveOn(scene.today);
  const { loadForm } = await import("./engine.mjs");
  const form = await loadForm(scene.form, {
    fetchFormAttachment: (url) => {
      const name = decodeURIComponent(url.href.split("/").at(-1) ?? "");
      const file = scene.files[name];
      if (file === undefined) throw new Error(`no file ${name}`);
      return Promise.resolve(new Response(file, { headers: { "content-type": "text/csv" } }));
    },
  });
  if (form.status === "failure") throw form.error;
  return form.createInstance().root;
}

/**
 * The questions in order, each looked at when its turn comes: an answer may bring lines and
 * questions below it.
 * @param {any} node @returns {Generator<any>}
 */
function* questions(node) {
  if (!node.currentState.relevant) return;
  if (node.currentState.children === null) {
    if (isAsked(node)) yield node;
    return;
  }
  for (let place = 0; place < node.currentState.children.length; place++) {
    yield* questions(node.currentState.children[place]);
  }
}

/** @param {any} node */
const isAsked = (node) =>
  node.nodeType === "note" || (node.nodeType !== "model-value" && !node.currentState.readonly);

/** @param {string} reference */
const nameOf = (reference) => reference.split("/").at(-1)?.replace(/\[\d+\]$/, "") ?? "";

/** @param {Scene} scene @param {string} reference */
function answerTo(scene, reference) {
  const name = nameOf(reference);
  for (const [, repeat, line] of [...reference.matchAll(/\/(\w+)\[(\d+)\]/g)].reverse()) {
    const own = scene.lines?.[repeat ?? ""]?.[Number(line) - 1];
    if (own && name in own) return own[name];
  }
  return scene.answers[name];
}

/** @param {any} node */
function plainAnswer(node) {
  if (node.nodeType === "select") return node.currentState.valueOptions[0]?.value ?? "";
  switch (node.valueType) {
    case "int": return 1;
    case "decimal": return 1;
    case "date": return "2026-01-01";
    case "geopoint": return "";
    default: return node.currentState.required ? "x" : "";
  }
}

/** @param {any} node @param {unknown} answer */
function give(node, answer) {
  if (answer === "" || answer === null || node.nodeType === "upload") return;
  if (node.nodeType === "select") {
    const codes = String(answer).split(node.selectType === "select" ? " " : "\u0000");
    for (const code of codes) {
      if (!node.getValueOption(code)) throw new Error(`${node.currentState.reference}: no choice ${code}`);
    }
    node.selectValues(codes);
  } else if (node.valueType === "int") node.setValue(BigInt(Number(answer)));
  else if (node.valueType === "date") node.setValue(String(answer));
  else node.setValue(answer);
}

/** @param {any} node */
function describe(node) {
  const { reference, label, valueOptions } = node.currentState;
  return {
    name: nameOf(reference),
    reference,
    kind: node.nodeType === "select" ? node.selectType : node.nodeType,
    type: node.valueType ?? "",
    label: label?.asString ?? "",
    choices: node.nodeType === "select" ? valueOptions.length : 0,
    appearances: [...(node.appearances ?? [])],
  };
}

/** @param {Scene} scene */
async function walk(scene) {
  const root = await open(scene);
  const language = root.languages.find((one) => one.language?.endsWith(`(${scene.language})`));
  if (language && !language.isSyntheticDefault) root.setLanguage(language);
  const asked = [];
  const refused = [];
  for (const node of questions(root)) {
    asked.push(describe(node));
    if (node.nodeType === "note") continue;
    const reference = node.currentState.reference;
    const given = answerTo(scene, reference);
    const isAnswered = node.nodeType === "select" ? node.currentState.value.length > 0 : false;
    if (given !== undefined || !isAnswered) give(node, given ?? plainAnswer(node));
    const violation = node.validationState.violation;
    if (violation) refused.push({ reference, message: violation.message?.asString ?? "" });
  }
  const payload = await root.prepareInstancePayload();
  const file = payload.data[0].get("xml_submission_file");
  return { status: payload.status, asked, refused, xml: await file.text() };
}

/** @param {string} day */
function liveOn(day) {
  const now = Date.parse(`${day}T09:00:00Z`);
  class Then extends Date {
    /** @param {any[]} told */
    constructor(...told) {
      if (told.length === 0) super(now);
      else super(.../** @type {[any]} */ (told));
    }
    static now() {
      return now;
    }
  }
  globalThis.Date = /** @type {DateConstructor} */ (Then);
}

const scene = /** @type {Scene} */ (JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify(await walk(scene)));
