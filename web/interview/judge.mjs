// Tells what the engine makes of interviews that are already filled: what is relevant, required,
// valid, offered, and what it computes. The server's own reading is compared with it.
//
//     node judge.mjs < {"now": INSTANT, "cases": [{"form": XForm, "instance": XML, "files": {…}}]}
//
// Times are those of the zone of the process (TZ). Where the engine stops, its error is the answer.
import { text } from "node:stream/consumers";

/** @typedef {{form: string, instance: string, files: Record<string, string>}} Case */

const { now, cases } = /** @type {{now: string, cases: Case[]}} */ (
  JSON.parse(await text(process.stdin))
);
stopClock(Date.parse(now));
const { loadForm } = await import("./engine.mjs");
/** @type {Map<string, any>} */
const forms = new Map();
const answers = [];
for (const one of cases) answers.push(await judge(one).catch((error) => ({ error: `${error}` })));
process.stdout.write(JSON.stringify(answers));

/** @param {Case} one */
async function judge({ form, instance, files }) {
  const key = JSON.stringify([form, files]);
  if (!forms.has(key)) forms.set(key, await load(form, files));
  const loaded = forms.get(key);
  if (loaded.status === "failure") throw loaded.error;
  const data = new FormData();
  data.set("xml_submission_file", new File([instance], "xml_submission_file"));
  const { root } = await loaded.restoreInstance({ data: [data] });
  return { nodes: [...describe(root)], xml: root.instanceState.instanceXML };
}

/** @param {string} form @param {Record<string, string>} files */
function load(form, files) {
  return loadForm(form, {
    fetchFormAttachment: async (url) => {
      const file = files[url.href.split("/").at(-1) ?? ""];
      if (file === undefined) throw new Error(`no file ${url}`);
      return new Response(file, { headers: { "content-type": "text/csv" } });
    },
  });
}

/** @param {any} node @returns {Generator<object>} */
function* describe(node) {
  const { reference, relevant, required, instanceValue, valueOptions, children } = node.currentState;
  const validation = node.validationState;
  yield {
    where: reference,
    kind: node.nodeType,
    relevant,
    required,
    value: instanceValue ?? null,
    choices: valueOptions?.map((/** @type {{value: string}} */ one) => one.value) ?? null,
    constraint: validation?.constraint?.valid ?? null,
    answered: validation?.required?.valid ?? null,
  };
  for (const child of children ?? []) yield* describe(child);
}

/** @param {number} instant */
function stopClock(instant) {
  class Then extends Date {
    /** @param {any[]} told */
    constructor(...told) {
      if (told.length === 0) super(instant);
      else super(.../** @type {[any]} */ (told));
    }
    static now() {
      return instant;
    }
  }
  globalThis.Date = /** @type {DateConstructor} */ (Then);
}
